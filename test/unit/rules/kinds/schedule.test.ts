import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { audienceOfRows } from '../../../../src-main/rules/audience/audience-facts.ts'
import type { CompiledRules } from '../../../../src-main/rules/compile.ts'
import { judge, type Judgement } from '../../../../src-main/rules/judge.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { asOf, compiled, messageOf, rule } from '../pack-fixture.ts'

const valueFiles = ['us-state-zones', 'us-zip-states', 'us-area-codes']

let rules: CompiledRules
beforeAll(async () => {
  const folder = join(import.meta.dirname, '../../../../resources/values')
  const read = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8')
  const values = valueFiles.map((name): readonly [string, string] => [`values/${name}.yaml`, read(name)])
  const states = read('state-quiet-hours').replace(/^[^]*?values:\n/, '')
  rules = await compiled(rule('{ kind: schedule, hours: all-hours, of: every }'), {
    ...Object.fromEntries<string>(values),
    'values/all-hours.yaml': `${read('quiet-hours')}${states}`,
  })
})

interface Send {
  readonly at: string | null
  readonly timezone?: string
  readonly localTime?: boolean
  readonly region?: string
  readonly consent?: string
  readonly rows?: readonly Readonly<Record<string, string>>[]
}

function judged({ at, timezone, localTime, region, consent, rows }: Send): Judgement {
  const said = { timezone, region, consent, local_time: localTime === undefined ? undefined : String(localTime) }
  const fields = new Map(Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const message = { ...messageOf({ text: 'Hello', channel: 'sms' }), sendAt: at, fields }
  const context = { day: at?.slice(0, 10) ?? asOf, channel: 'sms', consent: null, isSent: true } as const
  const audience = rows === undefined ? null : audienceOfRows(rules, rows, context)
  return judge(rules, buildViews(message), { asOf, region: [], audience })
}

/** Severity and what stands for `{match}`. */
function told(send: Send): readonly string[] {
  return judged(send).findings.map(({ severity, message }) => `${severity} ${/“(.*)”/.exec(message)?.[1] ?? ''}`)
}

const newYork = 'America/New_York'

describe('schedule', () => {
  it.each<[string, Send, readonly string[]]>([
    ['by day', { at: '2026-05-12T12:00:00-04:00', timezone: newYork }, []],
    ['at the first minute', { at: '2026-05-12T08:00:00-04:00', timezone: newYork }, []],
    [
      'before the first minute',
      { at: '2026-05-12T07:59:00-04:00', timezone: newYork },
      ['error 07:59 in America/New_York'],
    ],
    ['at the last minute', { at: '2026-05-12T20:59:00-04:00', timezone: newYork }, []],
    [
      'after the last minute',
      { at: '2026-05-12T21:00:00-04:00', timezone: newYork },
      ['error 21:00 in America/New_York'],
    ],
    [
      'in another zone than it is written in',
      { at: '2026-05-12T12:30:00Z', timezone: 'America/Los_Angeles' },
      ['error 05:30 in America/Los_Angeles'],
    ],
    [
      'without an offset, in its zone',
      { at: '2026-05-12T22:00:00', timezone: newYork },
      ['error 22:00 in America/New_York'],
    ],
    [
      'in each recipient’s time',
      { at: '2026-05-12T20:30:00', timezone: 'recipient', region: 'US-FL' },
      ['error 20:30 in America/New_York'],
    ],
    ['in local time, whatever its offset', { at: '2026-05-12T20:30:00Z', localTime: true, region: 'US-CA' }, []],
    [
      'on a Sunday morning in Texas',
      { at: '2026-05-10T11:59:00-05:00', timezone: 'America/Chicago', region: 'US-TX' },
      ['error 11:59 in America/Chicago'],
    ],
    [
      'on a Sunday noon in Texas',
      { at: '2026-05-10T12:00:00-05:00', timezone: 'America/Chicago', region: 'US-TX' },
      [],
    ],
    ['in Texas before its law', { at: '2025-08-31T08:30:00-05:00', timezone: 'America/Chicago', region: 'US-TX' }, []],
    ['with a day alone', { at: '2026-05-12', timezone: newYork }, []],
    ['without a time', { at: null, timezone: newYork }, []],
    ['where other law counts', { at: '2026-05-12T23:00:00Z', timezone: 'Europe/London', region: 'GB' }, []],
    [
      'with express consent',
      { at: '2026-05-12T22:30:00-04:00', timezone: newYork, consent: 'express' },
      ['warning 22:30 in America/New_York'],
    ],
    [
      'with nothing known, at night by its own clock',
      { at: '2026-05-12T23:00:00-04:00' },
      ['warning 23:00 as it is written'],
    ],
    ['with nothing known, by day', { at: '2026-05-12T13:00:00-04:00' }, []],
  ])('judges a message %s', (_, send, expected) => {
    expect(told(send)).toEqual(expected)
  })

  it.each([
    ['the day before summer time', '2026-03-07T13:30:00Z', []],
    ['the first day of summer time', '2026-03-08T12:30:00Z', []],
    ['half an hour before eight in summer time', '2026-03-08T11:30:00Z', ['error 07:30 in America/New_York']],
    ['the same hour in winter', '2026-03-07T12:30:00Z', ['error 07:30 in America/New_York']],
    ['the last evening of summer time', '2026-11-01T00:59:00Z', []],
    ['the first evening of winter time', '2026-11-02T01:59:00Z', []],
    ['an hour later', '2026-11-02T02:00:00Z', ['error 21:00 in America/New_York']],
  ])('keeps to daylight saving on %s', (_, at, expected) => {
    expect(told({ at, timezone: newYork })).toEqual(expected)
  })

  const night = '2026-05-12T12:30:00Z'

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['time zone before all else', { Timezone: newYork, State: 'CA' }, []],
    ['ZIP before state', { 'Zip Code': '97209', State: 'NY' }, ['error 05:30 in America/Los_Angeles']],
    ['state before number', { State: 'Oregon', Phone: '+12125550147' }, ['error 05:30 in America/Los_Angeles']],
    ['area code, which is not certain', { Phone: '(503) 555-0181' }, ['warning 05:30 in America/Los_Angeles']],
    [
      'area code beside an unknown state',
      { Phone: '503-555-0181', State: 'Bavaria' },
      ['warning 05:30 in America/Los_Angeles'],
    ],
    ['another country', { Phone: '+15035550181', Country: 'Germany' }, []],
    ['consent in the row', { State: 'CA', 'SMS Consent': 'SUBSCRIBED' }, ['warning 05:30 in America/Los_Angeles']],
    ['a zone that is none', { Timezone: 'Somewhere', State: 'NY' }, []],
  ])('knows where a recipient is by %s', (_, row, expected) => {
    expect(told({ at: night, rows: [{ Email: 'a@r.example', ...row }] })).toEqual(expected)
  })

  it('judges the strictest of several zones, and names all', () => {
    const { findings } = judged({ at: '2026-05-12T12:30:00Z', rows: [{ Phone: '+12085550147', State: 'ID' }] })
    expect(findings).toMatchObject([{ severity: 'error' }])
    const at = '2026-05-12T14:30:00Z'
    const [split] = judged({ at, rows: [{ Phone: '+12085550147', State: 'ID' }] }).findings
    expect(split).toMatchObject({ severity: 'warning', certainty: 'likely' })
    expect(split?.explain.join('\n')).toMatch(
      /by state in America\/Boise or America\/Los_Angeles; 07:30 in America\/Los_Angeles .*the strictest counts/,
    )
  })

  it('counts rows, and shows the first', () => {
    const rows = [
      { Phone: '+12125550104', State: 'NY' },
      ...Array.from({ length: 12 }, (_, at) => ({ Phone: `+15035550${String(100 + at)}`, State: 'OR' })),
    ]
    const [finding, ...others] = judged({ at: night, rows }).findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({ part: 'schedule', rows: { count: 12, column: 'state' } })
    expect(finding?.rows?.first.slice(0, 2)).toEqual([
      { row: 2, excerpt: '05:30 in America/Los_Angeles' },
      { row: 3, excerpt: '05:30 in America/Los_Angeles' },
    ])
  })

  it('says that nothing tells where the recipients are', () => {
    const { notChecked } = judged({ at: '2026-05-12T13:00:00-04:00' })
    expect(notChecked).toMatchObject([{ code: 'no-recipients', material: false }])
  })

  it('names the law it rests on, and warns only where that is not verified', () => {
    const of = (region: string): readonly unknown[] =>
      judged({ at: '2026-05-12T20:30:00-04:00', timezone: newYork, region }).findings.map(({ severity, sources }) => [
        severity,
        sources.slice(1).map(({ value, verify }) => [value, verify]),
      ])
    expect(of('US-FL')).toEqual([['error', [['US-FL mon-sun 08:00-20:00', false]]]])
    expect(of('US-MA')).toEqual([['warning', [['US-MA mon-sun 08:00-20:00', true]]]])
  })
})
