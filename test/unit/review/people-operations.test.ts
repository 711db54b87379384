import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  operationSchemas,
  type Answer,
  type Args,
  type CampaignId,
  type MessageId,
} from '../../../src-main/contract/operation-schemas.ts'
import type { EventName, OperationName } from '../../../src-main/contract/operations.ts'
import { signOffSchema } from '../../../src-main/contract/sign-off.ts'
import { createWorkbench, type Workbench } from '../../../src-main/review/workbench.ts'
import { runCli } from '../../support/run-cli.ts'

/** What people do, through the operations of the contract, kept in a real store; only the review of files is a stand-in. */

let folder = ''
let workbench: Workbench
let events: { readonly event: EventName; readonly payload: unknown }[] = []

function start(): Workbench {
  return createWorkbench({
    host: 'browser',
    version: '0.1.0',
    platform: 'linux',
    resourcesDir: join(folder, 'resources'),
    dataDir: join(folder, 'data'),
    workerFile: join(import.meta.dirname, '../../support/line-worker.ts'),
    storeWorkerFile: join(import.meta.dirname, '../../../src-main/store/store-worker.ts'),
    jobs: 1,
    initialPaths: [],
    openExternal: () => Promise.resolve(true),
    emit: (event, payload) => void events.push({ event, payload }),
    today: () => '2026-11-23',
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-people-'))
  mkdirSync(join(folder, 'resources/samples'), { recursive: true })
  events = []
  workbench = start()
})
afterEach(async () => {
  await workbench.close()
  rmSync(folder, { recursive: true, force: true })
})

async function call<O extends OperationName>(operation: O, args: Args<O>): Promise<Answer<O>> {
  const result = await workbench.handlers[operation](args)
  if (!result.ok) throw new Error(`${operation}: ${result.problem.code}`)
  operationSchemas[operation].result.parse(result.value)
  return result.value
}

async function failure<O extends OperationName>(operation: O, args: Args<O>): Promise<string> {
  const result = await workbench.handlers[operation](args)
  return result.ok ? 'ok' : result.problem.code
}

/** Each line becomes a message with one finding, whose group is the line. */
async function openLines(name: string, ...lines: readonly string[]): Promise<CampaignId> {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  const { campaign } = await call('campaign.open', { token: workbench.grants.grant([path]) })
  await vi.waitFor(async () => {
    const [summary] = (await call('campaign.list', {})).campaigns.filter(({ id }) => id === campaign)
    expect(summary?.finished).toBe(true)
  })
  return campaign
}

const message = (id: string): MessageId => id as MessageId
const falseAlarm = { kind: 'false-alarm', reason: 'an example', whom: null, expires: null } as const

describe('decisions', () => {
  it('need a name once, are told to every page, hold after a restart, and can be undone', async () => {
    const campaign = await openLines('a.txt', 'one', 'two')
    const targets = [{ message: message('one'), group: 'one' }]
    expect(await failure('review.decide', { campaign, targets, decision: falseAlarm })).toBe('no-reviewer')
    await call('reviewer.set', { reviewer: 'Mara' })
    expect(await failure('review.decide', { campaign, targets, decision: { ...falseAlarm, reason: ' ' } })).toBe(
      'bad-request',
    )
    const { undo } = await call('review.decide', { campaign, targets, decision: falseAlarm })
    expect(events.at(-1)).toEqual({ event: 'review.changed', payload: { campaign, messages: ['one'] } })
    const shown = (await call('message.get', { campaign, message: message('one') })).message
    expect(shown.findings[0]?.decision).toMatchObject({ kind: 'false-alarm', reason: 'an example', by: 'Mara' })
    const [first] = (await call('campaign.messages', { campaign })).messages
    expect(first?.review).toMatchObject({ open: { error: 0, warning: 0, info: 0 }, decided: 1 })

    await workbench.close()
    expect(readdirSync(join(folder, 'data/workspaces')).filter((name) => !/\.sqlite$|last-opened/.test(name))).toEqual(
      [],
    )
    workbench = start()
    const again = await openLines('a.txt', 'one', 'two')
    const kept = await call('review.get', { campaign: again, message: message('one') })
    expect(kept.groups[0]?.decision?.reason).toBe('an example')
    expect(await failure('review.undo', { undo })).toBe('not-found')
    const { undo: later } = await call('review.decide', { campaign: again, targets, decision: null })
    await call('review.undo', { undo: later })
    const back = await call('review.get', { campaign: again, message: message('one') })
    expect(back.groups[0]?.decision?.reason).toBe('an example')
    expect((await call('review.reasons', { kind: 'false-alarm' })).reasons).toEqual(['an example'])
  })

  it('are offered where the same words stand in another message', async () => {
    await call('reviewer.set', { reviewer: 'Mara' })
    const campaign = await openLines('a.txt', 'one', 'two')
    const targets = [{ message: message('one'), group: 'one' }]
    await call('review.decide', { campaign, targets, decision: falseAlarm })
    const other = await call('review.get', { campaign, message: message('two') })
    expect(other.groups[0]).toMatchObject({ decision: null, offer: { from: 'elsewhere', decision: { by: 'Mara' } } })
    const { cards } = await call('campaign.cards', { campaign })
    expect(cards.map(({ messages }) => messages.map(({ isOpen }) => isOpen))).toEqual([[false, true]])
  })
})

describe('a sign-off', () => {
  it('freezes what was shown; what differs from it says so; the command line prints it', async () => {
    await call('reviewer.set', { reviewer: 'Mara' })
    const campaign = await openLines('a.txt', 'one')
    const ref = { campaign, message: message('one') }
    await call('review.decide', {
      campaign,
      targets: [{ ...ref, group: 'one' }].map(({ message: of, group }) => ({ message: of, group })),
      decision: falseAlarm,
    })
    await call('review.comment', { ...ref, group: 'one', text: 'SSN 848-73-5210' })
    const { id } = await call('review.sign', { ...ref, acknowledged: [] })
    const signed = await call('review.get', ref)
    expect(signed).toMatchObject({ outcome: { kind: 'signed-off', by: 'Mara' }, signOff: { id, changed: [] } })
    expect((await call('overview.get', {})).signed.map((one) => one.id)).toEqual([id])
    await workbench.close()

    const printed = await runCli(['review', 'show', id, '--data', join(folder, 'data')])
    expect([printed.code, printed.stderr]).toEqual([0, ''])
    const document = signOffSchema.parse(JSON.parse(printed.stdout))
    expect(document).toMatchObject({ id, signedBy: 'Mara', bytes: { length: 3 } })
    expect(document.report.findings[0]?.decision?.kind).toBe('false-alarm')
    expect(document.comments[0]?.text).toBe('SSN •••-••-5210')
    const page = await runCli(['review', 'show', id, '--format', 'html', '--data', join(folder, 'data')])
    expect(page.stdout).toContain('are those that were signed')
    expect((await runCli(['review', 'show', 's-nothing', '--data', join(folder, 'data')])).code).toBe(2)
    for (const name of readdirSync(join(folder, 'data/workspaces')))
      expect(readFileSync(join(folder, 'data/workspaces', name)).includes('848-73')).toBe(false)

    workbench = start()
    const again = await openLines('a.txt', 'one')
    expect((await call('review.get', { campaign: again, message: message('one') })).signOff?.changed).toEqual([])
  })

  it('is refused without its acknowledgements, and forgotten by nobody', async () => {
    const campaign = await openLines('a.txt', 'one')
    expect(await failure('review.sign', { campaign, message: message('one'), acknowledged: [] })).toBe('no-reviewer')
    expect(await failure('review.sign', { campaign, message: message('none'), acknowledged: [] })).toBe('not-found')
    expect(await failure('review.snapshot', { id: 's-nothing' })).toBe('not-found')
  })
})

it('a damaged workspace is told of, left as it is, and messages are still shown', async () => {
  await workbench.close()
  const file = join(folder, 'data/workspaces/w-1.sqlite')
  rmSync(join(folder, 'data/workspaces'), { recursive: true })
  mkdirSync(join(folder, 'data/workspaces'))
  writeFileSync(file, 'no database '.repeat(200))
  workbench = start()
  const campaign = await openLines('a.txt', 'one')
  expect((await call('message.get', { campaign, message: message('one') })).message.id).toBe('one')
  const listed = await call('workspace.list', {})
  expect(listed.problem).toMatch(/damaged/)
  expect(await failure('reviewer.set', { reviewer: 'Mara' })).toBe('damaged-workspace')
  expect(readFileSync(file, 'utf8')).toBe('no database '.repeat(200))
  await call('workspace.create', { title: 'New' })
  await call('reviewer.set', { reviewer: 'Mara' })
})
