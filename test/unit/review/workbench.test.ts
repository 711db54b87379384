import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  eventSchemas,
  operationSchemas,
  type Answer,
  type Args,
  type CampaignId,
  type EventPayload,
  type FileToken,
  type MessageId,
} from '../../../src-main/contract/operation-schemas.ts'
import type { EventName, OperationName } from '../../../src-main/contract/operations.ts'
import { firstSettings } from '../../../src-main/contract/settings-words.ts'
import { createWorkbench, type Workbench } from '../../../src-main/review/workbench.ts'

let folder = ''
let workbench: Workbench
let events: { readonly event: EventName; readonly payload: unknown }[] = []
const openExternal = vi.fn<(url: string) => Promise<boolean>>(() => Promise.resolve(true))

function start(initialPaths: readonly string[] = []): Workbench {
  return createWorkbench({
    host: 'browser',
    version: '0.1.0',
    platform: 'linux',
    resourcesDir: join(folder, 'resources'),
    dataDir: join(folder, 'data'),
    workerFile: join(import.meta.dirname, '../../support/line-worker.ts'),
    storeWorkerFile: join(import.meta.dirname, '../../../src-main/store/store-worker.ts'),
    jobs: 2,
    initialPaths,
    openExternal,
    emit: (event, payload) => void events.push({ event, payload }),
    today: () => '2026-11-23',
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-bench-'))
  mkdirSync(join(folder, 'spring'))
  mkdirSync(join(folder, 'resources/samples/first'), { recursive: true })
  events = []
  openExternal.mockClear()
  workbench = start()
})
afterEach(async () => {
  await workbench.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Calls as the router does, the answer checked against the contract. */
async function call<O extends OperationName>(operation: O, args: Args<O>): Promise<Answer<O>> {
  const result = await workbench.handlers[operation](args)
  if (!result.ok) throw new Error(result.problem.code)
  operationSchemas[operation].result.parse(result.value)
  return result.value
}

async function failure<O extends OperationName>(operation: O, args: Args<O>): Promise<string> {
  const result = await workbench.handlers[operation](args)
  return result.ok ? 'ok' : result.problem.code
}

function payloads<E extends EventName>(name: E): EventPayload<E>[] {
  return events
    .filter(({ event }) => event === name)
    .map(({ payload }) => eventSchemas[name].parse(payload) as EventPayload<E>)
}

function write(name: string, ...ids: readonly string[]): string {
  const path = join(folder, 'spring', name)
  writeFileSync(path, ids.join('\n'))
  return path
}

async function openAll(...paths: readonly string[]): Promise<CampaignId> {
  const { campaign } = await call('campaign.open', { token: workbench.grants.grant(paths) })
  await vi.waitFor(() =>
    expect(payloads('campaign.progress').some(({ campaign: { id, finished } }) => finished && id === campaign)).toBe(
      true,
    ),
  )
  return campaign
}

const message = (id: string): MessageId => id as MessageId

describe('campaigns', () => {
  it('arrive as events, in the order of their files, under names without the folders around them', async () => {
    write('b.txt', 'three')
    write('a.txt', 'one', 'two')
    const campaign = await openAll(join(folder, 'spring'))
    expect(payloads('campaign.opened').map(({ campaign: { name, finished } }) => [name, finished])).toEqual([
      ['spring', false],
    ])
    expect(payloads('campaign.messages').flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual([
      'one',
      'two',
      'three',
    ])
    expect(payloads('campaign.inputs').flatMap(({ inputs }) => inputs.map(({ path }) => path))).toEqual([
      'spring/a.txt',
      'spring/b.txt',
    ])
    expect(payloads('campaign.progress').at(-1)?.campaign).toMatchObject({
      id: campaign,
      reviewed: 3,
      total: 3,
      finished: true,
      cancelled: false,
      asOf: '2026-11-23',
    })
    expect(JSON.stringify(events)).not.toContain(folder)
  })

  it('can be asked for again', async () => {
    const campaign = await openAll(write('a.txt', 'one'))
    const { campaigns } = await call('campaign.list', {})
    expect(campaigns.map(({ id, name, reviewed }) => [id, name, reviewed])).toEqual([[campaign, 'a.txt', 1]])
    const { messages, inputs } = await call('campaign.messages', { campaign })
    expect(messages).toMatchObject([
      {
        id: 'one',
        name: 'one',
        verdict: 'to-review',
        counts: { error: 0, warning: 1, info: 0 },
        clauses: ['klaviyo-aup:C3.9'],
      },
    ])
    expect(inputs).toHaveLength(1)
  })

  it('give the second of two messages with one id its input’s name', async () => {
    await openAll(write('a.txt', 'one'), write('b.txt', 'one', 'one'))
    expect(payloads('campaign.messages').flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual([
      'one',
      'b.txt#one',
      'b.txt#one:2',
    ])
  })

  it('keep what was reviewed when they are cancelled', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, '0')}.txt`)
    const paths = names.map((name, index) => write(name, index < 3 ? `m${String(index)}` : 'never'))
    const { campaign } = await call('campaign.open', { token: workbench.grants.grant(paths) })
    await vi.waitFor(() => expect(payloads('campaign.messages').flatMap((batch) => batch.messages)).toHaveLength(3))
    await call('campaign.cancel', { campaign })
    const [summary] = (await call('campaign.list', {})).campaigns
    expect(summary).toMatchObject({ finished: true, cancelled: true, reviewed: 3 })
    expect(summary?.total).toBeGreaterThan(3)
    expect((await call('campaign.messages', { campaign })).messages.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2'])
    expect(payloads('campaign.messages').flatMap((batch) => batch.messages)).toHaveLength(3)
  })

  it('are gone when they are closed', async () => {
    const campaign = await openAll(write('a.txt', 'one'))
    await call('campaign.close', { campaign })
    expect((await call('campaign.list', {})).campaigns).toEqual([])
    expect(await failure('campaign.messages', { campaign })).toBe('not-found')
    expect(await failure('campaign.close', { campaign })).toBe('not-found')
    expect(await failure('message.get', { campaign, message: message('one') })).toBe('not-found')
  })

  it('open from no token that was not given out', async () => {
    expect(await failure('campaign.open', { token: 'x'.repeat(43) as FileToken })).toBe('not-found')
  })
})

describe('messages', () => {
  it('are shown from their place in their file, and their views kept', async () => {
    const campaign = await openAll(write('a.txt', 'one', 'two'))
    const two = { campaign, message: message('two') }
    expect((await call('message.get', two)).message).toMatchObject({ id: 'two', findings: [{ group: 'two' }] })
    expect((await call('message.rendered', { ...two, theme: 'dark', dark: false })).html).toBe('1 dark')
    expect((await call('message.rendered', { ...two, theme: 'light', dark: false })).html).toBe('1 light')
    expect(await failure('message.source', two)).toBe('changed-on-disk')
    expect(await failure('message.rendered', { ...two, message: message('three'), theme: 'dark', dark: false })).toBe(
      'not-found',
    )
  })

  it('open a link only when its address is one that may be opened', async () => {
    const campaign = await openAll(write('a.txt', 'one'))
    const link = { campaign, message: message('one') }
    expect(await call('link.inspect', { ...link, link: 1 })).toMatchObject({ host: 'acme.example', opens: true })
    await call('link.open', { ...link, link: 1 })
    expect(openExternal).toHaveBeenCalledWith('https://acme.example/1')
    expect(await failure('link.open', { ...link, link: 2 })).toBe('unsafe-link')
    expect(openExternal).toHaveBeenCalledTimes(1)
    openExternal.mockResolvedValueOnce(false)
    expect(await failure('link.open', { ...link, link: 1 })).toBe('not-available-here')
  })
})

describe('clauses', () => {
  it('count what open campaigns hold', async () => {
    const campaign = await openAll(write('a.txt', 'one', 'two'))
    expect((await call('clauses.tree', {})).clauses).toMatchObject([{ number: 'C3.9', counts: { warning: 2 } }])
    expect((await call('clauses.page', { clause: 'klaviyo-aup:C3.9' })).messages).toHaveLength(2)
    await call('campaign.close', { campaign })
    expect((await call('clauses.page', { clause: 'klaviyo-aup:C3.9' })).messages).toEqual([])
    expect(await failure('clauses.page', { clause: 'klaviyo-aup:C99' })).toBe('not-found')
  })
})

describe('the program', () => {
  it('says what it is', async () => {
    expect(await call('app.info', {})).toEqual({
      name: 'clausebench',
      version: '0.1.0',
      host: 'browser',
      platform: 'linux',
    })
  })

  it('hands out what was named at its start once', async () => {
    await workbench.close()
    workbench = start([write('a.txt', 'one')])
    const { token } = await call('app.initial', {})
    expect(token === null ? null : workbench.grants.paths(token)).toEqual([join(folder, 'spring/a.txt')])
    expect(await call('app.initial', {})).toEqual({ token: null })
  })

  it('opens the sample campaigns', async () => {
    const { token } = await call('sample.grant', {})
    expect(workbench.grants.paths(token)).toEqual([join(folder, 'resources/samples/first')])
  })

  it('keeps settings over a restart, pane by pane', async () => {
    expect(await call('settings.get', {})).toEqual({ ...firstSettings })
    await Promise.all([
      call('settings.set', { theme: 'dark' }),
      call('settings.set', { panes: { list: 300 } }),
      call('settings.set', { panes: { findings: 400 } }),
    ])
    await workbench.close()
    workbench = start()
    expect(await call('settings.get', {})).toEqual({
      ...firstSettings,
      theme: 'dark',
      panes: { list: 300, findings: 400 },
    })
  })

  it('remembers no file from the folder for temporary ones', async () => {
    await openAll(write('a.txt', 'one'))
    expect(await call('recents.list', {})).toEqual({ recents: [] })
    expect(await failure('recents.grant', { id: 'x' })).toBe('not-found')
  })
})
