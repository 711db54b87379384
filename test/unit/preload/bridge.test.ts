import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Bridge } from '../../../src-main/contract/bridge.ts'
import { ipcChannels } from '../../../src-main/contract/operations.ts'

/** S2: the page gets exactly the contract's bridge, and never an event object. */

type Listener = (event: unknown, ...values: unknown[]) => void

const electron = vi.hoisted(() => ({
  exposed: [] as [string, object][],
  listeners: new Map<string, Listener>(),
  invoke: vi.fn(),
  getPathForFile: vi.fn(),
}))

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: object) => void electron.exposed.push([name, api]) },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (channel: string, listener: Listener) => void electron.listeners.set(channel, listener),
  },
  webUtils: { getPathForFile: electron.getPathForFile },
}))

await import('../../../src-main/preload/index.ts')

const [[name, api] = ['', {}]] = electron.exposed
const bridge = api as Bridge

/** As main sends it: an event object first, which must stay here. */
const event = { sender: 'the sender', ports: [] }
const emit = (channel: string, ...values: unknown[]): void => electron.listeners.get(channel)?.(event, ...values)

beforeEach(() => {
  electron.invoke.mockReset()
  electron.getPathForFile.mockReset()
})

test('one object is exposed, with the keys of the contract', () => {
  const keys: Record<keyof Bridge, true> = {
    call: true,
    on: true,
    openDialog: true,
    grantDropped: true,
    savePdf: true,
    onCommand: true,
  }
  expect(electron.exposed).toHaveLength(1)
  expect(name).toBe('clausebench')
  expect(Object.keys(api).sort()).toEqual(Object.keys(keys).sort())
})

test('a call goes over the one channel and its answer comes back', async () => {
  electron.invoke.mockResolvedValue({ ok: true, value: 1 })
  expect(await bridge.call('app.info', {})).toEqual({ ok: true, value: 1 })
  expect(electron.invoke).toHaveBeenCalledExactlyOnceWith(ipcChannels.call, 'app.info', {})
})

describe('events', () => {
  test('a listener hears its event as a value alone, until it is taken off', () => {
    const heard: unknown[][] = []
    const off = bridge.on('campaign.progress', (...values: unknown[]) => void heard.push(values))
    emit(ipcChannels.event, 'campaign.progress', { campaign: 1 })
    emit(ipcChannels.event, 'campaign.opened', { campaign: 2 })
    off()
    emit(ipcChannels.event, 'campaign.progress', { campaign: 3 })
    expect(heard).toEqual([[{ campaign: 1 }]])
  })

  test('a command comes as its name alone', () => {
    const heard: unknown[][] = []
    const off = bridge.onCommand((...values: unknown[]) => void heard.push(values))
    emit(ipcChannels.command, 'open.files')
    off()
    emit(ipcChannels.command, 'open.folder')
    expect(heard).toEqual([['open.files']])
  })

  test('main is listened to on the two channels of the contract', () => {
    expect([...electron.listeners.keys()].sort()).toEqual([ipcChannels.command, ipcChannels.event].sort())
  })
})

describe('drops', () => {
  const file = new File(['x'], 'a.eml')

  test('paths go to main, a token comes to the page', async () => {
    electron.getPathForFile.mockReturnValue('/mails/a.eml')
    electron.invoke.mockResolvedValue('a-token')
    expect(await bridge.grantDropped([file])).toBe('a-token')
    expect(electron.invoke).toHaveBeenCalledExactlyOnceWith(ipcChannels.grantDropped, ['/mails/a.eml'])
  })

  test('files that are nowhere on disk grant nothing', async () => {
    electron.getPathForFile.mockReturnValue('')
    expect(await bridge.grantDropped([file, file])).toBeNull()
    expect(electron.invoke).not.toHaveBeenCalled()
  })

  test('what is no file cannot name a path, nor keep the others from being granted', async () => {
    electron.getPathForFile.mockImplementation((given: object) => (given === file ? '/mails/a.eml' : '/etc/passwd'))
    electron.invoke.mockResolvedValue('a-token')
    expect(await bridge.grantDropped([{ path: '/etc/passwd' }])).toBeNull()
    expect(electron.invoke).not.toHaveBeenCalled()
    expect(await bridge.grantDropped([{ path: '/etc/passwd' }, file])).toBe('a-token')
    expect(electron.invoke).toHaveBeenCalledExactlyOnceWith(ipcChannels.grantDropped, ['/mails/a.eml'])
  })
})

test.each([[{ paths: ['/mails/a.eml'] }], [undefined], [7]])(
  'a dialog never answers the page with %j',
  async (answer) => {
    electron.invoke.mockResolvedValue(answer)
    expect(await bridge.openDialog('files')).toBeNull()
  },
)
