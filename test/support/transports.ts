import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import type { Handlers } from '../../src-main/contract/operation-schemas.ts'
import { ipcChannels } from '../../src-main/contract/operations.ts'
import { ok } from '../../src-main/contract/result.ts'
import { createGrants } from '../../src-main/review/tokens.ts'
import { createRouter, type BugListener } from '../../src-main/router.ts'
import { createEventSockets } from '../../src-main/serve/event-sockets.ts'
import { startLoopbackServer, type LoopbackServer } from '../../src-main/serve/server.ts'
import { createUploads, type UploadLimits } from '../../src-main/serve/uploads.ts'
import { listenToPages } from '../../src-main/shell/ipc.ts'

/** The two ways to the router, each as a page uses it. */
export interface TestTransport {
  readonly name: string
  readonly call: (operation: unknown, args: unknown) => Promise<unknown>
  readonly close: () => Promise<void>
}

export interface Loopback extends TestTransport {
  readonly server: LoopbackServer
  readonly events: ReturnType<typeof createEventSockets>
  readonly grants: ReturnType<typeof createGrants>
  readonly origin: string
}

export async function loopback(
  handlers: Handlers,
  pageDir: string,
  onBug?: BugListener,
  limits?: UploadLimits,
): Promise<Loopback> {
  const events = createEventSockets()
  const uploads = await createUploads(limits)
  const grants = createGrants()
  const bug = onBug ?? (() => undefined)
  const server = await startLoopbackServer({
    port: 0,
    pageDir,
    router: createRouter(handlers, bug),
    grants,
    uploads,
    events,
    onBug: (error) => bug('app.info', error),
  })
  const origin = `http://127.0.0.1:${server.port}`
  return {
    name: 'loopback',
    server,
    events,
    grants,
    origin,
    async call(operation, args) {
      const response = await fetch(`${origin}/api/call`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin, Authorization: `Bearer ${server.token}` },
        body: JSON.stringify({ operation, args }),
      })
      const answer: unknown = await response.json()
      return answer
    },
    async close() {
      await server.close()
      await uploads.close()
    },
  }
}

type Listener = (event: IpcMainInvokeEvent, ...values: unknown[]) => unknown

export interface FakeWindow {
  readonly contents: WebContents
  readonly frame: WebFrameMain
}

/** Frames and contents as Electron gives them, as far as the shell looks at them. */
export function fakeWindow(origin: string, parent: WebFrameMain | null = null): FakeWindow {
  const frame = { origin, parent } as unknown as WebFrameMain
  return { frame, contents: { mainFrame: frame } as unknown as WebContents }
}

export interface FakeIpc extends TestTransport {
  readonly own: FakeWindow
  /** Any channel, from anyone. */
  readonly send: (
    channel: string,
    contents: WebContents,
    frame: WebFrameMain | null,
    ...values: unknown[]
  ) => Promise<unknown>
  readonly channels: readonly string[]
  /** What the dialog and the drop were asked for. */
  readonly asked: unknown[]
}

/** The shell's own registration over an `ipcMain` that copies values as the real one does; `origin`: what the own window shows. */
export function electronIpc(handlers: Handlers, onBug?: BugListener, origin = 'clausebench://app'): FakeIpc {
  const listeners = new Map<string, Listener>()
  const ipc: Pick<IpcMain, 'handle'> = { handle: (channel, listener) => void listeners.set(channel, listener) }
  const own = fakeWindow(origin)
  const asked: unknown[] = []
  listenToPages(
    {
      router: createRouter(handlers, onBug),
      isOwnWindow: (contents) => contents === own.contents,
      openDialog: (kind) => {
        asked.push(kind)
        return Promise.resolve('a-token-for-the-dialog')
      },
      grantDropped: (paths) => {
        asked.push(paths)
        return 'a-token-for-the-drop'
      },
      savePdf: (html, name) => {
        asked.push([html, name])
        return Promise.resolve(ok({ saved: true }))
      },
    },
    ipc,
  )
  const send: FakeIpc['send'] = async (channel, contents, frame, ...values) => {
    const listener = listeners.get(channel)
    if (listener === undefined) throw new Error(`nobody listens on ${channel}`)
    const event = { sender: contents, senderFrame: frame } as unknown as IpcMainInvokeEvent
    return structuredClone(await listener(event, ...structuredClone(values)))
  }
  return {
    name: 'electron',
    own,
    asked,
    send,
    channels: [...listeners.keys()],
    call: (operation, args) => send(ipcChannels.call, own.contents, own.frame, operation, args),
    close: () => Promise.resolve(),
  }
}
