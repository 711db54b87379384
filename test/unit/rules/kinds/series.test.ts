import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../../../src-main/contract/report.ts'
import type { CompiledRules } from '../../../../src-main/rules/compile.ts'
import { audienceOfRows } from '../../../../src-main/rules/audience/audience-facts.ts'
import { judge } from '../../../../src-main/rules/judge.ts'
import { testExamples } from '../../../../src-main/rules/examples.ts'
import { endDayIn } from '../../../../src-main/rules/series/end-day.ts'
import { judgeSeries } from '../../../../src-main/rules/series/judge-series.ts'
import { seriesMessage, type SeriesMessage } from '../../../../src-main/rules/series/series-message.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { asOf, compiled, load, messageOf, packYaml, rule, type MessageParts } from '../pack-fixture.ts'

interface Sent extends MessageParts {
  readonly id: string
  readonly at?: string | undefined
  readonly series?: string
  readonly coupon?: string
  readonly client?: string
  readonly to?: string
  readonly region?: string
  readonly rows?: readonly Readonly<Record<string, string>>[]
  /** The path that brought it; empty: for all. */
  readonly earlier?: string
  readonly history?: string
}

function messageFor(rules: CompiledRules, sent: Sent): SeriesMessage | null {
  const { id, at, series, coupon, client, to, region, rows, earlier, history } = sent
  const fields = Object.entries({ series, coupon, to, region }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  const message = {
    ...messageOf({ channel: 'email', from: 'Acme <news@acme.example>', ...sent }),
    id,
    sendAt: at ?? null,
    client: client ?? null,
    fields: new Map(fields),
  }
  const audience =
    rows === undefined
      ? null
      : audienceOfRows(rules, rows, { day: asOf, channel: message.channel, consent: null, isSent: true })
  const judged = judge(rules, buildViews(message), { asOf, region: [], audience })
  const made = seriesMessage(
    message,
    { notes: judged.notes, language: 'en' },
    audience,
    earlier === undefined ? asOf : null,
  )
  if (made === null) return null
  const named = history === undefined ? made : { ...made, history: [{ path: history, input: history }] }
  return earlier === undefined ? named : { ...named, earlier }
}

/** Findings by the id of their message. */
function together(rules: CompiledRules, sent: readonly Sent[]): Record<string, readonly Finding[]> {
  const messages = sent.map((one) => messageFor(rules, one)).filter((one) => one !== null)
  const found = judgeSeries(rules, messages, endDayIn)
  return Object.fromEntries(found.map(({ at, findings }) => [messages[at]?.id ?? '', findings]))
}

/** `id severity match`, in the order of the messages. */
function told(rules: CompiledRules, sent: readonly Sent[]): readonly string[] {
  return Object.entries(together(rules, sent)).flatMap(([id, findings]) =>
    findings.map(({ severity, message }) => `${id} ${severity} ${/“(.*?)”/.exec(message)?.[1] ?? ''}`),
  )
}

const ends = `[{ any: ['{ends|ending} {tonight|today}', 'today only', 'last chance'], in-days: 0 }, { any: ['{ends|until|expires}'] }]`

describe('series: an offer that ends again', () => {
  let rules: CompiledRules
  beforeAll(async () => {
    rules = await compiled(rule(`{ kind: series, of: offer-ends-again, ends: ${ends} }`))
  })

  it.each<[string, readonly Sent[], readonly string[]]>([
    [
      'an offer by its code',
      [
        { id: 'a', at: '2026-03-03', subject: 'Code SPRING20 ends tonight' },
        { id: 'b', at: '2026-03-10', subject: 'Last chance for code SPRING20' },
      ],
      ['b error SPRING20'],
    ],
    [
      'a discount with the same words',
      [
        { id: 'a', at: '2026-03-03', subject: '20% off ends tonight' },
        { id: 'b', at: '2026-03-10', subject: '20% off ends tonight' },
      ],
      ['b error 20% off'],
    ],
    [
      'a discount with other words, one step less sure',
      [
        { id: 'a', at: '2026-03-03', subject: 'Boots: 20% off ends tonight' },
        { id: 'b', at: '2026-03-10', subject: 'Today only: 20% off hats' },
      ],
      ['b warning 20% off'],
    ],
    [
      'two offers at once',
      [
        { id: 'a', at: '2026-03-03', subject: '20% off and free shipping end today, last chance' },
        { id: 'b', at: '2026-03-10', subject: 'Today only: 20% off hats, free shipping' },
      ],
      ['b error 20% off'],
    ],
    [
      'one series, whatever the words',
      [
        { id: 'a', at: '2026-03-03', series: 's', subject: 'Boots: 20% off ends tonight' },
        { id: 'b', at: '2026-03-10', series: 's', subject: 'Today only: 20% off hats' },
      ],
      ['b error 20% off'],
    ],
    [
      'one series without a named offer, by the words, one step less sure',
      [
        { id: 'a', at: '2026-03-03', series: 's', subject: 'Our sale ends tonight!' },
        { id: 'b', at: '2026-03-10', series: 's', subject: 'Our SALE ends tonight' },
      ],
      ['b warning Our SALE ends tonight'],
    ],
    [
      'three weeks running, whatever the order of the files',
      [
        { id: 'c', at: '2026-03-17T09:00:00Z', coupon: 'spring20', subject: 'ends today' },
        { id: 'a', at: '2026-03-03T09:00:00Z', coupon: 'SPRING20', subject: 'ends today' },
        { id: 'b', at: '2026-03-10T09:00:00-05:00', coupon: 'SPRING20', subject: 'ends today' },
      ],
      ['c error SPRING20', 'b error SPRING20'],
    ],
    [
      'a draft without a time, as of the day of the review',
      [
        { id: 'a', at: '2026-11-01', subject: 'Code SPRING20 ends tonight' },
        { id: 'b', subject: 'Last chance for code SPRING20' },
      ],
      ['b error SPRING20'],
    ],
    [
      'an earlier message only where it is named',
      [
        { id: 'a', at: '2026-03-03', subject: 'Code SPRING20 ends tonight', earlier: '/old' },
        { id: 'b', at: '2026-03-10', subject: 'Last chance for code SPRING20', history: '/old' },
        { id: 'c', at: '2026-03-10', subject: 'Last chance for code SPRING20' },
      ],
      ['b error SPRING20'],
    ],
  ])('finds %s', (_, sent, expected) => {
    expect(told(rules, sent)).toEqual(expected)
  })

  it.each<[string, readonly Sent[]]>([
    [
      'a reminder before the end',
      [
        { id: 'a', at: '2026-03-03', subject: '20% off ends Sunday' },
        { id: 'b', at: '2026-03-08', subject: '20% off ends tonight' },
      ],
    ],
    [
      'two mails of one day',
      [
        { id: 'a', at: '2026-03-03T08:00:00Z', subject: 'Code SPRING20 ends tonight' },
        { id: 'b', at: '2026-03-03T20:00:00Z', subject: 'Code SPRING20 ends tonight' },
      ],
    ],
    [
      'another code',
      [
        { id: 'a', at: '2026-03-03', subject: 'Code SPRING20 ends tonight' },
        { id: 'b', at: '2026-03-10', subject: 'Code SUMMER20 ends tonight' },
      ],
    ],
    [
      'an offer that goes on without an end',
      [
        { id: 'a', at: '2026-03-03', subject: 'Code SPRING20 ends tonight' },
        { id: 'b', at: '2026-03-10', subject: 'Code SPRING20' },
      ],
    ],
    [
      'an end without a day',
      [
        { id: 'a', at: '2026-03-03', subject: 'Code SPRING20 expires soon' },
        { id: 'b', at: '2026-03-10', subject: 'Code SPRING20 expires soon' },
      ],
    ],
    [
      'the sale of a year ago',
      [
        { id: 'a', at: '2025-11-28', subject: 'Black Friday: 40% off ends tonight' },
        { id: 'b', at: '2026-11-27', subject: 'Black Friday: 40% off ends tonight' },
      ],
    ],
    [
      'another sender',
      [
        { id: 'a', at: '2026-03-03', subject: '20% off ends tonight' },
        { id: 'b', at: '2026-03-10', subject: '20% off ends tonight', from: 'Other <hi@other.example>' },
      ],
    ],
    [
      'another client of an agency',
      [
        { id: 'a', at: '2026-03-03', client: 'A', subject: '20% off ends tonight' },
        { id: 'b', at: '2026-03-10', client: 'B', subject: '20% off ends tonight' },
      ],
    ],
    [
      'an earlier message without a time',
      [
        { id: 'a', earlier: '', subject: '20% off ends tonight' },
        { id: 'b', at: '2026-12-10', subject: '20% off ends tonight' },
      ],
    ],
  ])('leaves alone %s', (_, sent) => {
    expect(told(rules, sent)).toEqual([])
  })

  it('names the earlier messages, and makes one group of all', () => {
    const mail = (id: string, at: string): Sent => ({ id, at, subject: 'Code SPRING20 ends tonight' })
    const found = together(rules, [mail('a', '2026-03-03'), mail('b', '2026-03-10'), mail('c', '2026-03-17')])
    expect(Object.keys(found)).toEqual(['b', 'c'])
    expect(found.c?.[0]).toMatchObject({ part: 'series', span: null, source: null, number: 1 })
    expect(found.c?.[0]?.related).toEqual([
      { id: 'b', span: null, message: 'Of 2026-03-10: “Code SPRING20 ends tonight”; by that it ended on 2026-03-10.' },
      { id: 'a', span: null, message: 'Of 2026-03-03: “Code SPRING20 ends tonight”; by that it ended on 2026-03-03.' },
    ])
    expect(found.b?.[0]?.group).toBe(found.c?.[0]?.group)
    expect(found.b?.[0]?.fingerprint).not.toBe(found.c?.[0]?.fingerprint)
    expect(found.c?.[0]?.explain).toEqual([
      '2026-03-10: code SPRING20 in b, said to end on 2026-03-10 (“Code SPRING20 ends tonight”)',
      '2026-03-17: code SPRING20 again, said to end on 2026-03-17',
      '2 earlier messages say so',
    ])
  })

  it('masks numbers of persons in what it quotes', () => {
    const subject = 'Code SPRING20 for SSN 536-22-4398 ends tonight'
    const found = together(rules, [
      { id: 'a', at: '2026-03-03', subject },
      { id: 'b', at: '2026-03-10', subject },
    ])
    expect(JSON.stringify(found)).not.toContain('536-22')
    expect(JSON.stringify(found)).toContain('•••-••-4398')
  })
})

describe('series: a coupon after its end', () => {
  let rules: CompiledRules
  beforeAll(async () => {
    rules = await compiled(rule(`{ kind: series, of: coupon-after-end, ends: ${ends} }`))
  })

  it('finds a code that is offered after its last day', () => {
    const sent: readonly Sent[] = [
      { id: 'a', at: '2026-03-03', text: 'Code SPRING20 expires on March 5.' },
      { id: 'b', at: '2026-03-05', text: 'Code SPRING20.' },
      { id: 'c', at: '2026-03-06', text: 'Code SPRING20.' },
    ]
    expect(told(rules, sent)).toEqual(['c error SPRING20'])
  })

  it('leaves discounts without a code alone', () => {
    const sent: readonly Sent[] = [
      { id: 'a', at: '2026-03-03', text: '20% off ends tonight.' },
      { id: 'b', at: '2026-03-06', text: '20% off ends tonight.' },
    ]
    expect(told(rules, sent)).toEqual([])
  })
})

describe('series: messages to one number', () => {
  let rules: CompiledRules
  beforeAll(async () => {
    rules = await compiled(rule('{ kind: series, of: sends-to-one-number, above: 2, hours: 24 }'))
  })

  const sms = (id: string, at: string, more: Partial<Sent> = {}): Sent => ({
    id,
    at,
    channel: 'sms',
    from: 'ACME',
    text: 'Hi',
    ...more,
  })
  const ann = { phone: '+1 555 010 0199' }
  const bob = { phone: '(555) 010-0198' }
  const day = '2026-03-03T'

  it('counts by the numbers of the lists', () => {
    const found = together(rules, [
      sms('a', `${day}08:00:00Z`, { rows: [ann, bob] }),
      sms('b', `${day}10:00:00Z`, { rows: [bob] }),
      sms('c', `${day}12:00:00Z`, { rows: [{ phone: '1' }, ann, { phone: '555-010-0198' }] }),
    ])
    expect(Object.keys(found)).toEqual(['c'])
    expect(found.c?.[0]).toMatchObject({
      severity: 'error',
      message: '“3 messages in 24 hours” against clause T1',
      rows: { count: 1, column: 'phone', first: [{ row: 3, excerpt: '+•••••••0198' }] },
    })
    expect(found.c?.[0]?.related.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(found.c?.[0]?.explain).toEqual([
      '3 messages to one number within 24 hours; no more than 2 are allowed',
      '1 number gets too many',
    ])
  })

  it.each<[string, readonly Sent[], readonly string[]]>([
    [
      'one list, each message that is too much',
      [1, 2, 3, 4].map((n) => sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`, { rows: [ann] })),
      ['m3 error 3 messages in 24 hours', 'm4 error 4 messages in 24 hours'],
    ],
    [
      'the number of a draft',
      [1, 2, 3].map((n) => sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`, { to: '+15550100199' })),
      ['m3 error 3 messages in 24 hours'],
    ],
    [
      'nothing known of the recipients, one step less sure',
      [1, 2, 3].map((n) => sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`)),
      ['m3 warning 3 messages in 24 hours'],
    ],
    [
      'days without a time',
      [1, 2, 3].map((n) => sms(`m${String(n)}`, '2026-03-03', { rows: [ann] })),
      ['m3 error 3 messages in 24 hours'],
    ],
    [
      'messages a whole day apart',
      [3, 4, 5].map((n) => sms(`m${String(n)}`, `2026-03-0${String(n)}T09:00:00Z`, { rows: [ann] })),
      [],
    ],
    [
      'lists that have nobody in common',
      [ann, bob, { phone: '+44 20 7946 0958' }].map((row, n) =>
        sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`, { rows: [row] }),
      ),
      [],
    ],
    [
      'another sender',
      [1, 2, 3].map((n) =>
        sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`, { rows: [ann], from: `SHOP${String(n)}` }),
      ),
      [],
    ],
    ['drafts without a time', [1, 2, 3].map((n) => ({ ...sms(`m${String(n)}`, day), at: undefined, rows: [ann] })), []],
    [
      'mails beside texts',
      [1, 2, 3].map((n) =>
        sms(`m${String(n)}`, `${day}1${String(n)}:00:00Z`, {
          rows: [ann],
          client: 'A',
          channel: n === 1 ? 'mms' : 'sms',
        }),
      ),
      [],
    ],
  ])('%s', (_, sent, expected) => {
    expect(told(rules, sent)).toEqual(expected)
  })

  it('counts the last moment of the window and not the one before', () => {
    const at = (last: string): readonly string[] =>
      told(rules, [
        sms('a', '2026-03-03T09:00:00Z', { rows: [ann] }),
        sms('b', '2026-03-03T20:00:00Z', { rows: [ann] }),
        sms('c', last, { rows: [ann] }),
      ])
    expect(at('2026-03-04T08:59:59Z')).toEqual(['c error 3 messages in 24 hours'])
    expect(at('2026-03-04T09:00:00Z')).toEqual([])
  })
})

describe('series: rules', () => {
  it('for some places alone is a hint where nothing says where people are, and nothing elsewhere', async () => {
    const rules = await compiled(
      rule('{ kind: series, of: sends-to-one-number, above: 1 }', 'severity: error\n  regions: [US-FL]'),
    )
    const sent = (region?: string): readonly Sent[] =>
      [1, 2].map((n) => ({
        id: `m${String(n)}`,
        at: `2026-03-03T1${String(n)}:00:00Z`,
        channel: 'sms',
        text: 'Hi',
        ...(region === undefined ? {} : { region }),
      }))
    expect(told(rules, sent('US-FL'))).toEqual(['m2 warning 2 messages in 24 hours'])
    expect(told(rules, sent())).toEqual(['m2 info 2 messages in 24 hours'])
    expect(told(rules, sent('GB'))).toEqual([])
  })

  it('runs its examples with their earlier messages', async () => {
    const rules = await compiled(
      rule(
        `{ kind: series, of: offer-ends-again, ends: ${ends} }`,
        `examples:
    violates:
      - { subject: 20% off ends tonight, send_at: '2026-03-10', earlier: [{ subject: 20% off ends tonight, send_at: '2026-03-03' }] }
      - { subject: 20% off ends tonight, send_at: '2026-03-10' }
    fine:
      - { subject: 20% off ends tonight, send_at: '2026-03-10', earlier: [{ subject: 20% off ends Tuesday, send_at: '2026-03-05' }] }`,
      ),
    )
    expect(testExamples(rules).map(({ ok, note }) => ({ ok, note }))).toEqual([
      { ok: true, note: null },
      { ok: false, note: 'expected a hit, found nothing' },
      { ok: true, note: null },
    ])
  })

  it.each([
    ['{ kind: series, of: offer-ends-again }', 'ends goes with'],
    ['{ kind: series, of: sends-to-one-number }', 'above goes with'],
    ['{ kind: series, of: sends-to-one-number, above: 2, ends: [{ any: [x] }] }', 'ends goes with'],
    ['{ kind: series, of: coupon-after-end, ends: [{ any: [x] }], hours: 2 }', 'hours goes with'],
    ['{ kind: series, of: sends-to-one-number, above: 2, within-days: 3 }', 'within-days goes with'],
    ['{ kind: series, of: coupon-after-end, ends: [{ in-days: 2 }] }', 'ends needs any or words'],
  ])('are refused: %s', async (check, message) => {
    const { packs } = await load({ 'own/pack.yaml': packYaml, 'own/rules/all.yaml': rule(check) })
    expect(packs[0]?.rules).toEqual([])
    expect(packs[0]?.problems[0]?.message).toContain(message)
  })
})
