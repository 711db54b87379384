import { describe, expect, it } from 'vitest'
import { audienceOfRows } from '../../../src-main/rules/audience/audience-facts.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { countsAt, type DatedValue } from '../../../src-main/rules/values.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { asOf, compiled, messageOf, rule } from './pack-fixture.ts'

function value(more: Partial<DatedValue>): DatedValue {
  return { value: 'x', from: null, until: null, source: null, verify: false, region: null, ...more }
}

describe('a dated value counts', () => {
  it.each<[string, Partial<DatedValue>, string, readonly string[], boolean]>([
    ['always and everywhere', {}, '2026-01-01', ['US'], true],
    ['from its first day', { from: '2026-01-01' }, '2026-01-01', [], true],
    ['not before', { from: '2026-01-01' }, '2025-12-31', [], false],
    ['until the day before its end', { until: '2026-01-01' }, '2025-12-31', [], true],
    ['not on its end', { until: '2026-01-01' }, '2026-01-01', [], false],
    ['in its place', { region: ['US-TX'] }, '2026-01-01', ['US-TX'], true],
    ['in one of its places', { region: ['US-TX', 'GB'] }, '2026-01-01', ['GB'], true],
    ['where one of the recipients’ places is its own', { region: ['GB'] }, '2026-01-01', ['US', 'GB'], true],
    ['in a place within it', { region: ['EU'] }, '2026-01-01', ['FR'], true],
    ['where its place may be meant', { region: ['US-TX'] }, '2026-01-01', ['US'], true],
    ['where nothing is known', { region: ['US-TX'] }, '2026-01-01', [], true],
    ['not in another place', { region: ['US-TX'] }, '2026-01-01', ['US-FL', 'GB'], false],
    ['not in its place after its end', { region: ['GB'], until: '2025-01-01' }, '2026-01-01', ['GB'], false],
  ])('%s', (_, more, day, region, counts) => {
    expect(countsAt(value(more), { day, region })).toBe(counts)
  })
})

const shorteners = `title: Shorteners
source: A public list
values:
  - { value: sho.example, from: '2020-01-01', until: '2025-08-25', source: notice of its end, verify: true }
  - { value: brit.example, region: GB }
`

describe('a finding rests on the value of the day and place', () => {
  async function found(
    href: string,
    sent: { readonly at?: string; readonly asOf?: string; readonly region?: readonly string[] },
  ): Promise<readonly string[]> {
    const rules = await compiled(rule('{ kind: link, domains: { values: short } }'), {
      'own/values/short.yaml': shorteners,
    })
    const message = messageOf({
      html: `<a href="${href}">Look</a>`,
      ...(sent.at === undefined ? {} : { sendAt: sent.at }),
    })
    const { findings } = judge(rules, buildViews(message), { asOf: sent.asOf ?? asOf, region: sent.region ?? [] })
    return findings.flatMap(({ sources, explain }) => [
      ...sources.filter(({ value: one }) => one !== null).map((one) => JSON.stringify(one)),
      ...explain.filter((line) => line.startsWith('by the value')),
    ])
  }

  it('by the time of sending, with its source and what is to be verified', async () => {
    expect(await found('https://sho.example/a', { at: '2025-08-24T10:00:00Z' })).toEqual([
      '{"id":"notice of its end","value":"sho.example","from":"2020-01-01","until":"2025-08-25","verify":true}',
      'by the value “sho.example”; notice of its end; from 2020-01-01 until 2025-08-25; to be verified against its source',
    ])
    expect(await found('https://sho.example/a', { at: '2025-08-25T10:00:00Z', asOf: '2024-01-01' })).toEqual([])
  })

  it('else by the day of the review', async () => {
    expect(await found('https://sho.example/a', { asOf: '2024-01-01' })).toHaveLength(2)
    expect(await found('https://sho.example/a', { asOf: '2026-01-01' })).toEqual([])
  })

  it('by the place of the recipients', async () => {
    expect(await found('https://brit.example/a', { region: ['GB'] })).toEqual([
      '{"id":"A public list","value":"brit.example","from":null,"until":null,"verify":false}',
      'by the value “brit.example”; A public list',
    ])
    expect(await found('https://brit.example/a', { region: ['US'] })).toEqual([])
    expect(await found('https://brit.example/a', {})).toHaveLength(2)
  })

  it('in rows of a list too', async () => {
    const wireless = 'title: Wireless\nsource: A registry\nvalues: [txt.example, old.example]\n'
    const rules = await compiled(rule('{ kind: audience, columns: email, is: { domain-of: { values: wireless } } }'), {
      'own/values/wireless.yaml': wireless,
    })
    const rows = [{ email: 'a@acme.example' }, { email: 'b@sms.txt.example' }]
    const audience = audienceOfRows(rules, rows, { day: asOf, channel: 'email', consent: null, isSent: true })
    const { findings } = judge(rules, buildViews(messageOf({ text: 'Hi' })), { asOf, region: [], audience })
    expect(findings.map(({ rows: said }) => said?.count)).toEqual([1])
    expect(findings[0]?.sources.map(({ id, value: one }) => [id, one])).toContainEqual(['A registry', 'txt.example'])
  })
})
