import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  operationSchemas,
  type Answer,
  type Args,
  type CampaignId,
} from '../../../src-main/contract/operation-schemas.ts'
import type { EventName, OperationName } from '../../../src-main/contract/operations.ts'
import { createWorkbench, type Workbench } from '../../../src-main/review/workbench.ts'

/** Rules that are written, tried and kept, and what another version of the policy means, with the real workers and a small pack. */

const files: Readonly<Record<string, string>> = {
  'resources/packs/house/pack.yaml': 'id: house\ntitle: House rules\npolicy: house\nlanguages: [en]\n',
  'resources/packs/house/clauses/2020-01-01.yaml': `policy: house
version: '2020-01-01'
basis: primary
title: House rules
clauses:
  - { id: C1, section: conduct, heading: Casinos, summary: No casinos }
  - { id: C2, section: conduct, heading: Pills, summary: No pills }
  - { id: C3, section: conduct, heading: Fireworks, summary: No fireworks }
`,
  'resources/packs/house/clauses/2026-01-01.yaml': `policy: house
version: '2026-01-01'
basis: second-hand
title: House rules
follows: '2020-01-01'
lineage:
  - { kind: reworded, from: [C2], to: [C2], note: Pills on prescription are served }
  - { kind: removed, from: [C3], to: [] }
  - { kind: added, from: [], to: [C4] }
clauses:
  - { id: C1, section: conduct, heading: Casinos, summary: No casinos }
  - { id: C2, section: conduct, heading: Pills, summary: No pills without prescription }
  - { id: C4, section: conduct, heading: Raffles, summary: No raffles }
`,
  'resources/packs/house/rules/all.yaml': `
- id: house/casino
  clauses: [C1]
  check: { kind: phrases, any: [casino] }
  message: "“{match}” against {clause}"
- id: house/pills
  clauses: [C2]
  check: { kind: phrases, any: [pills] }
  message: "“{match}” against {clause}"
- id: house/fireworks
  clauses: [C3]
  versions: ['2020-01-01']
  check: { kind: phrases, any: [fireworks] }
  message: "“{match}” against {clause}"
- id: house/raffles
  clauses: [C4]
  versions: ['2026-01-01']
  check: { kind: phrases, any: [raffle] }
  message: "“{match}” against {clause}"
`,
  'resources/schemas/clausebench-pack-1-rules.schema.json': '{ "type": "array" }',
  'resources/samples/.keep': '',
  'spring/a.eml': mail('A night at the casino', 'And a raffle.'),
  'spring/b.eml': mail('Spring', 'Pills and fireworks.'),
  'spring/c.eml': mail('Cups', 'New cups are in stock.'),
}

function mail(subject: string, text: string): string {
  return `From: shop@acme.example\r\nTo: reader@reader.example\r\nSubject: ${subject}\r\n\r\n${text}\r\n`
}

let folder = ''
let workbench: Workbench
let events: EventName[] = []

function start(): Workbench {
  return createWorkbench({
    host: 'browser',
    version: '0.1.0',
    platform: 'linux',
    resourcesDir: join(folder, 'resources'),
    dataDir: join(folder, 'data'),
    workerFile: join(import.meta.dirname, '../../../src-main/review/worker.ts'),
    storeWorkerFile: join(import.meta.dirname, '../../../src-main/store/store-worker.ts'),
    jobs: 1,
    initialPaths: [],
    openExternal: () => Promise.resolve(true),
    emit: (event) => void events.push(event),
    today: () => '2020-11-23',
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rule-editor-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  events = []
  workbench = start()
})
afterEach(async () => {
  await workbench.close()
  rmSync(folder, { recursive: true, force: true })
})

async function call<O extends OperationName>(operation: O, args: Args<O>): Promise<Answer<O>> {
  const result = await workbench.handlers[operation](args)
  if (!result.ok) throw new Error(`${operation}: ${result.problem.code} ${result.problem.message}`)
  operationSchemas[operation].result.parse(result.value)
  return result.value
}

async function openAll(): Promise<CampaignId> {
  const { campaign } = await call('campaign.open', { token: workbench.grants.grant([join(folder, 'spring')]) })
  await finished(campaign)
  return campaign
}

async function finished(campaign: CampaignId): Promise<void> {
  await vi.waitFor(
    async () => {
      const { campaigns } = await call('campaign.list', {})
      expect(campaigns.find(({ id }) => id === campaign)?.finished).toBe(true)
    },
    { timeout: 15_000 },
  )
}

async function rulesFound(campaign: CampaignId): Promise<readonly (readonly string[])[]> {
  const { messages } = await call('campaign.messages', { campaign })
  return messages.map(({ rules }) => rules.toSorted())
}

const cups = `- id: own/cups
  clauses: [C1]
  check: { kind: phrases, any: ["new cups"] }
  message: "“{match}” against {clause}"
  examples:
    violates:
      - "Look, {{new cups}}!"
      - "Old {{plates}}"
    fine: ["Old cups"]
`

describe('the own pack', { timeout: 60_000 }, () => {
  it('is tried as it is written: problems with their places, examples with their lines, rules of other packs', async () => {
    const tried = await call('rules.check', { document: null, yaml: cups })
    expect(tried.rules).toEqual(['own/cups'])
    expect(tried.problems).toEqual([])
    expect(tried.examples.map(({ expects, number, ok, line }) => [expects, number, ok, line])).toEqual([
      ['violates', 1, true, 7],
      ['violates', 2, false, 8],
      ['fine', 1, true, 9],
    ])
    const wrong = await call('rules.check', {
      document: null,
      yaml: cups.replace('clauses: [C1]', 'clauses: [C9]\n  colour: red'),
    })
    expect(wrong.rules).toEqual([])
    expect(wrong.problems.map(({ code, line, column }) => [code, line, column])).toEqual([['unknown-key', 3, 3]])
    const broken = await call('rules.check', { document: null, yaml: '- id: [\n' })
    expect(broken.problems[0]).toMatchObject({ code: 'bad-yaml', file: 'rules/rule.yaml' })

    // It can build on rules of other packs.
    const both = `- id: own/both\n  clauses: [C1]\n  check: { kind: combine, all: [house/casino, house/pills] }\n  message: both\n`
    expect(await call('rules.check', { document: null, yaml: both })).toMatchObject({
      rules: ['own/both'],
      problems: [],
    })
    const none = both.replace('house/pills', 'house/none')
    expect((await call('rules.check', { document: null, yaml: none })).problems).toMatchObject([
      { code: 'bad-value', line: 3 },
    ])
  })

  it('is kept in the library, judges what is open, holds after a restart, and never silences the others', async () => {
    const campaign = await openAll()
    expect(await rulesFound(campaign)).toEqual([['house/casino'], ['house/fireworks', 'house/pills'], []])
    const hits = await call('rules.hits', { document: null, yaml: cups, over: { campaign } })
    expect(hits).toMatchObject({ messages: 3, hitMessages: 1, gained: 1, lost: 0, kept: 0 })
    expect(hits.hits).toMatchObject([
      { rule: 'own/cups', name: 'Cups', change: 'gained', excerpt: 'New cups are in stock.' },
    ])

    expect(await workbench.handlers['rules.save']({ document: null, yaml: cups })).toMatchObject({
      ok: false,
      problem: { code: 'no-reviewer' },
    })
    await call('reviewer.set', { reviewer: 'Mara' })
    const saved = await call('rules.save', { document: null, yaml: cups })
    expect(saved).toEqual({ file: 'rules/own-cups.yaml', problems: [] })
    expect(events).toContain('rules.changed')
    await vi.waitFor(async () => expect((await rulesFound(campaign))[2]).toEqual(['own/cups']), { timeout: 15_000 })

    const changed = cups.replace('new cups', 'fireworks')
    const against = await call('rules.hits', { document: saved.file, yaml: changed, over: { campaign } })
    expect(against.hits.map(({ change, name }) => [change, name])).toEqual([
      ['gained', 'Spring'],
      ['lost', 'Cups'],
    ])
    const folderToo = await call('rules.hits', {
      document: saved.file,
      yaml: cups,
      over: { token: workbench.grants.grant([join(folder, 'spring')]) },
    })
    expect(folderToo).toMatchObject({ messages: 3, kept: 1, gained: 0, lost: 0 })

    const broken = await call('rules.save', {
      document: 'rules/second.yaml',
      yaml: '- id: own/second\n  clauses: [C1\n',
    })
    expect(broken.problems[0]).toMatchObject({ code: 'bad-yaml', file: 'rules/second.yaml', line: 3 })
    await workbench.close()
    workbench = start()
    const again = await openAll()
    expect((await rulesFound(again))[2]).toEqual(['own/cups'])
    const { packs, rules } = await call('rules.list', {})
    expect(packs.map(({ id, problems }) => [id, problems.length])).toEqual([
      ['house', 0],
      ['own', 1],
    ])
    expect(rules.map(({ id, inForce }) => [id, inForce])).toEqual([
      ['house/casino', true],
      ['house/pills', true],
      ['house/fireworks', true],
      ['house/raffles', false],
      ['own/cups', true],
    ])
    expect(await call('rules.open', { pack: 'own', rule: 'own/cups' })).toEqual({
      text: cups,
      file: saved.file,
      isOwn: true,
    })
    await call('rules.remove', { document: 'rules/second.yaml' })
    expect((await call('rules.list', {})).packs[1]?.problems).toEqual([])
  })

  it('switches a shipped rule off with a reason, and on again', async () => {
    await call('reviewer.set', { reviewer: 'Mara' })
    const campaign = await openAll()
    await call('rules.off', { rule: 'house/casino', reason: 'The client has a licence.' })
    await vi.waitFor(async () => expect((await rulesFound(campaign))[0]).toEqual([]), { timeout: 15_000 })
    const off = (await call('rules.list', {})).rules.find(({ id }) => id === 'house/casino')
    expect(off).toMatchObject({ off: 'The client has a licence.', inForce: false })
    const shipped = await call('rules.open', { pack: 'house', rule: 'house/casino' })
    expect(shipped).toMatchObject({ isOwn: false, file: 'rules/all.yaml' })
    expect(shipped.text).toMatch(/^- id: house\/casino\n/)
    await call('rules.off', { rule: 'house/casino', reason: null })
    await vi.waitFor(async () => expect((await rulesFound(campaign))[0]).toEqual(['house/casino']), { timeout: 15_000 })
  })
})

const again = `- id: own/again
  clauses: [C1]
  check: { kind: series, of: offer-ends-again, ends: [{ any: ["ends tonight"], in-days: 0 }] }
  message: "{match} ends again, against {clause}"
`

describe('rules that compare messages', { timeout: 60_000 }, () => {
  it('hit among the files that are looked through, and are told apart from what was saved', async () => {
    const dated = (day: number): string =>
      `Date: ${String(day)} Mar 2026 09:00:00 +0000\r\n${mail('Sale', `20% off everything ends tonight.`)}`
    mkdirSync(join(folder, 'sale'))
    writeFileSync(join(folder, 'sale/a.eml'), dated(2))
    writeFileSync(join(folder, 'sale/b.eml'), dated(9))
    const over = { token: workbench.grants.grant([join(folder, 'sale')]) }
    const first = await call('rules.hits', { document: null, yaml: again, over })
    expect(first).toMatchObject({ messages: 2, hitMessages: 1, gained: 1, lost: 0, series: ['own/again'] })
    expect(first.hits).toMatchObject([{ rule: 'own/again', name: 'Sale', part: 'series' }])
    await call('reviewer.set', { reviewer: 'Mara' })
    const { file } = await call('rules.save', { document: null, yaml: again })
    const shorter = again.replace('of: offer-ends-again,', 'of: offer-ends-again, within-days: 3,')
    expect(await call('rules.hits', { document: file, yaml: shorter, over })).toMatchObject({ lost: 1, gained: 0 })
    expect((await call('rules.hits', { document: file, yaml: cups, over })).series).toEqual(['own/again'])
  })
})

describe('drafts', () => {
  it('are there again after a restart, as far as they fit', async () => {
    expect(await call('rules.drafts', {})).toEqual({ drafts: [] })
    const draft = { document: null, rule: 'own/cups', yaml: cups }
    const long = { document: 'rules/own-long.yaml', rule: 'own/long', yaml: 'ü'.repeat(200_000) }
    await call('rules.keepDrafts', { drafts: [draft, long, { ...long, document: 'rules/own-longer.yaml' }, draft] })
    await workbench.close()
    workbench = start()
    expect((await call('rules.drafts', {})).drafts).toEqual([draft, long, draft])
  })
})

describe('impact', { timeout: 60_000 }, () => {
  it('tells what would fail, what falls away and what nobody can tell, until a person confirms; and reviews exactly those again', async () => {
    await call('reviewer.set', { reviewer: 'Mara' })
    const campaign = await openAll()
    const { messages } = await call('campaign.messages', { campaign })
    const decision = { kind: 'accepted', reason: 'fine', whom: null, expires: null } as const
    for (const { id } of messages) {
      const { groups, unchecked } = await call('review.get', { campaign, message: id })
      const targets = groups.map(({ group }) => ({ message: id, group }))
      if (targets.length > 0) await call('review.decide', { campaign, targets, decision })
      await call('review.sign', { campaign, message: id, acknowledged: unchecked.map((_, at) => at) })
    }
    expect((await call('impact.versions', {})).policies[0]?.versions.map(({ version }) => version)).toEqual([
      '2020-01-01',
      '2026-01-01',
    ])
    const pair = { policy: 'house', older: '2020-01-01', newer: '2026-01-01' }
    const before = await call('impact.get', pair)
    expect(before).toMatchObject({ signed: 3, others: 0, lineage: 'pack', fails: { total: 0 }, unjudged: { total: 3 } })
    expect(before.fallsAway.shown).toMatchObject([
      { review: { message: 'Spring' }, findings: [{ rule: 'house/fireworks' }] },
    ])
    expect(before.cannotTell).toMatchObject([
      {
        kind: 'reworded',
        to: ['house:C2'],
        rules: [{ id: 'house/pills' }],
        reviews: { total: 1, shown: [{ message: 'Spring' }] },
      },
    ])

    expect(await call('impact.judge', pair)).toEqual({ judged: 3, unread: 0 })
    const judged = await call('impact.get', pair)
    expect(judged.unjudged.total).toBe(0)
    expect(judged.fails.shown).toMatchObject([
      {
        review: { message: 'A night at the casino', by: 'Mara' },
        findings: [{ rule: 'house/raffles', clauses: ['house:C4'] }],
      },
    ])

    const confirmation = { policy: 'house', newer: '2026-01-01', rules: ['house/pills'], clause: 'house:C2', note: '' }
    await call('impact.confirm', { ...confirmation, stands: true })
    const confirmed = await call('impact.get', pair)
    expect(confirmed.cannotTell).toEqual([])
    expect(confirmed.confirmed).toMatchObject([{ rule: 'house/pills', clause: 'house:C2', by: 'Mara' }])
    await call('impact.confirm', { ...confirmation, stands: false })
    expect((await call('impact.get', pair)).cannotTell).toHaveLength(1)

    const again = await call('impact.rereview', { ...pair, list: 'fails', at: null })
    expect(again).toMatchObject({ messages: 1, unread: 0 })
    await finished(again.campaign)
    expect(await rulesFound(again.campaign)).toEqual([['house/casino', 'house/raffles']])
    const summary = (await call('campaign.list', {})).campaigns.find(({ id }) => id === again.campaign)
    expect(summary?.packs.map(({ id, version }) => `${id}@${version}`)).toEqual(['house@2026-01-01'])
  })
})
