import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Finding } from '../../../../src-main/contract/report.ts'
import type { AudienceFile, CampaignSettings } from '../../../../src-main/intake/campaign-settings.ts'
import { reviewFile } from '../../../../src-main/review/review-file.ts'
import { audienceOfRows, type AudienceContext } from '../../../../src-main/rules/audience/audience-facts.ts'
import { judge } from '../../../../src-main/rules/judge.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { settingsOf } from '../../../support/campaign-settings.ts'
import { zipOf } from '../../../support/zip.ts'
import { asOf, compiled, messageOf, rule } from '../pack-fixture.ts'

type Rows = readonly Readonly<Record<string, string>>[]

async function found(check: string, rows: Rows, more: Partial<AudienceContext> = {}): Promise<readonly Finding[]> {
  const rules = await compiled(rule(check))
  const context = { day: '2026-03-01', channel: 'email', consent: null, isSent: true, ...more } as const
  const audience = audienceOfRows(rules, rows, context)
  return judge(rules, buildViews(messageOf({ text: 'Hello', channel: context.channel })), {
    asOf,
    region: [],
    audience,
  }).findings
}

const email = 'a@reader.example'

describe('audience', () => {
  it('finds once what many rows of a column say, with count and first rows', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({ Email: email, Source: at < 14 ? 'Bought list' : 'Shop' }))
    const [finding, ...others] = await found('{ kind: audience, columns: source, is: { any: ["bought list"] } }', rows)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      part: 'audience',
      span: null,
      source: null,
      severity: 'error',
      message: '“14 of 25 rows” against clause T1',
      rows: { count: 14, column: 'Source' },
    })
    expect(finding?.rows?.first).toHaveLength(10)
    expect(finding?.rows?.first[0]).toEqual({ row: 1, excerpt: 'Bought list' })
  })

  it.each([
    ['+15550100@text.example', 1],
    ['a@MM.text.example', 1],
    ['a@context.example', 0],
    ['a@text.example.org', 0],
    ['text.example', 0],
    ['a@old.example', 0],
  ])('the domain of an address: %s', async (address, count) => {
    const values = {
      'own/values/wireless.yaml':
        'title: T\nvalues:\n  - text.example\n  - { value: old.example, until: "2020-01-01" }\n',
    }
    const rules = await compiled(
      rule('{ kind: audience, columns: email, is: { domain-of: { values: wireless } } }'),
      values,
    )
    const context = { day: '2026-03-01', channel: 'email', consent: null, isSent: true } as const
    const audience = audienceOfRows(rules, [{ Email: address }], context)
    const views = buildViews(messageOf({ text: 'Hello' }))
    expect(judge(rules, views, { asOf, region: [], audience }).findings).toHaveLength(count)
  })

  it.each([
    [
      'a value however it is written',
      'columns: channel_consent, is: { values: [NEVER_SUBSCRIBED] }',
      { 'Email Marketing Consent': 'Never subscribed' },
      1,
    ],
    [
      'another value',
      'columns: channel_consent, is: { values: [NEVER_SUBSCRIBED] }',
      { 'Email Marketing Consent': 'SUBSCRIBED' },
      0,
    ],
    ['an empty cell', 'columns: channel_consent, is: { empty: true }', { 'Email Marketing Consent': ' ' }, 1],
    ['no such column', 'columns: channel_consent, is: { empty: true }', { Note: '' }, 0],
    ['a word inside another', 'columns: source, is: { any: [bought] }', { Source: 'boughton' }, 0],
    ['a column by its name', 'named: [medical diagnosis], is: { filled: true }', { medicalDiagnosis: 'x' }, 1],
    [
      'a condition that holds',
      'columns: age, is: { younger-than: 16 }, where: [{ columns: country, is: { values: [DE] } }]',
      { Age: '15', Country: 'de' },
      1,
    ],
    [
      'a condition that does not',
      'columns: age, is: { younger-than: 16 }, where: [{ columns: country, is: { values: [DE] } }]',
      { Age: '15', Country: 'US' },
      0,
    ],
    [
      'a condition without its column',
      'columns: age, is: { younger-than: 16 }, where: [{ columns: country, is: { values: [DE] } }]',
      { Age: '15' },
      0,
    ],
    ['a date long ago', 'columns: last_purchase, is: { older-than-days: 730 }', { 'Last Purchase': '2023-01-01' }, 1],
    [
      'a date not long ago',
      'columns: last_purchase, is: { older-than-days: 730 }',
      { 'Last Purchase': '2025-01-01' },
      0,
    ],
  ])('judges %s', async (_, check, row, count) => {
    expect(await found(`{ kind: audience, ${check} }`, [{ Email: email, ...row }])).toHaveLength(count)
  })

  it.each([
    ['Birth Date', '2013-03-02', '12 years'],
    ['Birth Date', '2013-03-01', null],
    ['Birth Date', '03/02/2013', null],
    ['Birth Date', '03/02/2014', '11 to 12 years'],
    ['Birth Date', '02.03.2013', '12 years'],
    ['Birth Date', '2014', '11 to 12 years'],
    ['Birth Date', '2013', null],
    ['Birth Date', '2013-02-30', null],
    ['Birth Date', 'unknown', null],
    ['Birth Date', '2030-01-01', null],
    ['Age', '12', '12 years'],
    ['Age', '10-12', '10 to 12 years'],
    ['Age', '13', null],
    ['Age', '12-14', null],
    ['Grade', '3rd', '8 to 10 years'],
    ['Grade', 'K', '5 to 6 years'],
    ['Grade', 'Year 5', '9 to 10 years'],
    ['Grade', '7', null],
  ])('takes %s %s for %s under thirteen', async (column, cell, excerpt) => {
    const check = '{ kind: audience, columns: [birth_date, age, grade], is: { younger-than: 13 } }'
    const findings = await found(check, [{ Email: email, [column]: cell }])
    expect(findings.map(({ rows }) => rows?.first[0]?.excerpt ?? null)).toEqual(excerpt === null ? [] : [excerpt])
  })

  it('asks for the consent of the message’s own channel', async () => {
    const check = '{ kind: audience, columns: channel_consent, is: { values: [no] } }'
    const rows = [{ Email: email, 'Email Consent': 'yes', Phone: '+12125550147', 'SMS Consent': 'no' }]
    expect(await found(check, rows)).toEqual([])
    expect(await found(check, rows, { channel: 'sms' })).toMatchObject([{ rows: { column: 'SMS Consent' } }])
  })

  it('lets the manifest’s consent stand where a row says none', async () => {
    const check = '{ kind: audience, columns: channel_consent, is: { empty: true } }'
    expect(await found(check, [{ Email: email, Consent: '' }], { consent: 'express' })).toEqual([])
    expect(await found(check, [{ Email: email, Consent: '' }], { consent: 'none' })).toHaveLength(1)
  })

  it('asks all rows for one value, and for enough rows', async () => {
    const check = '{ kind: audience, columns: consent_at, is: { same-in-all: true }, rows: 3 }'
    const row = { Email: email, 'Consent Date': '2026-01-01T00:00:00Z' }
    expect(await found(check, [row, row])).toEqual([])
    expect(await found(check, [row, row, row])).toHaveLength(1)
    expect(await found(check, [row, row, row, { ...row, 'Consent Date': '2026-01-02' }])).toEqual([])
    const share = '{ kind: audience, columns: source, is: { filled: true }, share: 0.5 }'
    expect(
      await found(share, [
        { Email: email, Source: 'x' },
        { Email: email, Source: '' },
      ]),
    ).toHaveLength(1)
    expect(
      await found(share, [
        { Email: email, Source: 'x' },
        { Email: email, Source: '' },
        { Email: email, Source: '' },
      ]),
    ).toEqual([])
  })

  it('is an information where the list is an export of profiles', async () => {
    const check = '{ kind: audience, columns: suppressed, is: { values: [yes] }, sent: true }'
    const rows = [{ Email: email, Suppressed: 'yes', Source: 'Shop', 'Date Added': '2025', Latitude: '1' }]
    expect(await found(check, rows)).toMatchObject([{ severity: 'error' }])
    expect(await found(check, rows, { channel: null, isSent: false })).toMatchObject([{ severity: 'info' }])
  })

  it('shows no address, number or birth date of a person', async () => {
    const rows = [
      {
        Email: email,
        Source: 'from jane.doe@reader.example, card 4111 1111 1111 1111',
        Secret: 'Jane 12',
        'Birth Date': '2020-01-02',
      },
    ]
    const all = [
      ...(await found('{ kind: audience, columns: source, is: { any: [card] } }', rows)),
      ...(await found('{ kind: audience, named: [secret], is: { filled: true } }', rows)),
      ...(await found('{ kind: audience, columns: birth_date, is: { younger-than: 13 } }', rows)),
    ]
    expect(all.map(({ rows: told }) => told?.first[0]?.excerpt)).toEqual([
      'from •••@reader.example, card •••• •••• •••• 1111',
      '•••• ••',
      '6 years',
    ])
  })

  it('is one fact behind all messages to one list, and known again in it', async () => {
    const rules = await compiled(rule('{ kind: audience, columns: source, is: { any: [bought] } }'))
    const rows = [{ Email: email, Source: 'bought' }]
    const [one, two, other] = ['first', 'second', 'third'].map((id, at) => {
      const audience = audienceOfRows(rules, at < 2 ? rows : [...rows, ...rows], {
        day: asOf,
        channel: 'email',
        consent: null,
        isSent: true,
      })
      return judge(rules, buildViews({ ...messageOf({ text: id }), id }), { asOf, region: [], audience }).findings[0]
    })
    expect(one?.group).toBe(two?.group)
    expect(one?.fingerprint).toBe(two?.fingerprint)
    expect(other?.group).not.toBe(one?.group)
    expect(other?.fingerprint).not.toBe(one?.fingerprint)
  })
})

describe('a text with merge tags', () => {
  it('is measured as the recipient with the longest values gets it', async () => {
    const rules = await compiled(rule('{ kind: measure, of: segments, above: 1 }'))
    const text = `Hi {{ first_name }}, ${'jugs '.repeat(28)}`
    const segments = (names: readonly string[]): number => {
      const rows = names.map((name) => ({ Email: email, 'First Name': name }))
      const audience = audienceOfRows(rules, rows, { day: asOf, channel: 'sms', consent: null, isSent: true })
      const views = buildViews(messageOf({ text, channel: 'sms' }))
      return judge(rules, views, { asOf, region: [], audience }).findings.length
    }
    expect(segments(['Al', 'Bo'])).toBe(0)
    expect(segments(['Al', 'Wilhelmina-Charlotte'])).toBe(1)
  })
})

describe('lists of a campaign', () => {
  function campaign(files: Readonly<Record<string, string>>): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-lists-')))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    mkdirSync(join(folder, 'own', 'rules'), { recursive: true })
    writeFileSync(join(folder, 'own', 'pack.yaml'), 'id: own\nversion: "1"\ntitle: Own\npolicy: own\n')
    const check = '{ kind: audience, columns: suppressed, is: { values: [yes] }, sent: true }'
    writeFileSync(join(folder, 'own', 'rules', 'own.yaml'), rule(check))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }

  async function review(
    folder: string,
    name: string,
    said: Partial<CampaignSettings> = {},
    audience: AudienceFile | null = null,
  ): ReturnType<typeof reviewFile> {
    const settings = settingsOf(said)
    const packs = { shipped: join(folder, 'none'), own: [join(folder, 'own')], named: ['own'], asOf }
    return reviewFile({
      path: join(folder, name),
      input: name,
      named: true,
      defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null, settings },
      settings: { packs, asOf, region: [], audience },
    })
  }

  const file = (folder: string, name: string): AudienceFile => ({
    path: join(folder, name),
    input: name,
    columns: {},
    as: null,
  })

  it('are read for each message, without those who are excluded', async () => {
    const folder = campaign({
      'a.txt': 'Hello',
      'list.csv': 'Email,Suppressed\na@r.example,yes\nB@r.example,yes\nc@r.example,no\n',
      'not.csv': 'Email\nb@r.example\n',
    })
    const list = file(folder, 'list.csv')
    const all = await review(folder, 'a.txt', { audience: [list] })
    expect(all.messages[0]?.report.findings).toMatchObject([{ message: '“2 of 3 rows” against clause T1' }])
    const some = await review(folder, 'a.txt', { audience: [list], exclude: [file(folder, 'not.csv')] })
    expect(some.messages[0]?.report.findings).toMatchObject([{ message: '“1 of 2 rows” against clause T1' }])
    const ofCall = await review(folder, 'a.txt', {}, list)
    expect(ofCall.messages[0]?.report.findings).toHaveLength(1)
    const corrected = { ...list, columns: { suppressed: 'Email' } }
    expect((await review(folder, 'a.txt', { audience: [corrected] })).messages[0]?.report.findings).toEqual([])
  })

  it('are a message of no channel when nothing names them', async () => {
    const folder = campaign({ 'recipients.csv': 'Email,Suppressed\na@r.example,yes\n' })
    const { inputs, messages } = await review(folder, 'recipients.csv')
    expect(inputs).toMatchObject([{ path: 'recipients.csv', status: 'reviewed' }])
    expect(messages.map(({ report }) => report)).toMatchObject([
      { channel: null, verdict: 'errors', findings: [{ part: 'audience', severity: 'error' }] },
    ])
  })

  it('are read from the archive that the messages lie in', async () => {
    const manifest =
      'schema: clausebench-campaign/1\naudience: lists/a.csv\nexclude: not.csv\nmessages: [{ file: m.txt, audience: [lists/a.csv, lists/gone.csv] }]\n'
    const folder = campaign({})
    const archive = zipOf({
      'c/campaign.yaml': manifest,
      'c/m.txt': 'Hello',
      'c/lists/a.csv': 'Email,Suppressed\na@r.example,yes\nb@r.example,yes\n',
      'c/not.csv': 'Email\nb@r.example\n',
    })
    writeFileSync(join(folder, 'c.zip'), archive)
    const { inputs, messages } = await review(folder, 'c.zip')
    expect(inputs.map(({ path, status }) => `${path} ${status}`)).toEqual([
      'c.zip reviewed',
      'c.zip/c/campaign.yaml reviewed',
      'c.zip/c/lists/a.csv reviewed',
      'c.zip/c/m.txt reviewed',
      'c.zip/c/not.csv reviewed',
    ])
    expect(messages.map(({ report }) => report.id)).toEqual(['c.zip/c/m.txt'])
    expect(messages[0]?.report.findings).toMatchObject([{ message: '“1 of 1 row” against clause T1' }])
    expect(messages[0]?.report.notChecked.map(({ reason }) => reason)).toEqual([
      'c.zip/c/lists/gone.csv: There is no such file in the archive.',
    ])
  })

  it('say what could not be read of them', async () => {
    const folder = campaign({ 'a.txt': 'Hello', 'list.csv': 'Email,Suppressed\na@r.example,yes\n"b' })
    const { messages } = await review(folder, 'a.txt', {
      audience: [file(folder, 'list.csv'), file(folder, 'gone.csv')],
    })
    expect(messages[0]?.report.notChecked.map(({ reason, material }) => [reason, material])).toEqual([
      [expect.stringMatching(/gone\.csv: There is no such file/), true],
      [expect.stringMatching(/list\.csv: A quoted cell after row 2/), true],
    ])
  })
})
