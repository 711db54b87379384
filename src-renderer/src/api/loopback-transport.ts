import type { EventName } from '../../../src-main/contract/operations.ts'
import { droppedFiles, type NamedFile } from './dropped-files.ts'
import { pickFiles } from './file-picker.ts'
import { UploadRefused, type Transport } from './transport.ts'
import { upload, type HostRequest } from './upload.ts'

const reconnectAfterMs = 1_000

/** Browser mode: calls over HTTP, events over one WebSocket that comes back by itself. */
export function createLoopbackTransport(token: string): Transport {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const connectionListeners = new Set<(connected: boolean) => void>()
  let connected = false
  let firstConnection: Promise<void> | null = null

  const send = (path: string, init: HostRequest) =>
    fetch(path, {
      method: init.method,
      ...(init.body === undefined ? {} : { body: init.body }),
      headers: { ...(init.type === undefined ? {} : { 'Content-Type': init.type }), Authorization: `Bearer ${token}` },
    })

  function connect(): Promise<void> {
    const socket = new WebSocket(`ws://${location.host}/api/events`, ['clausebench', `token.${token}`])
    socket.addEventListener('message', (message) => {
      const { event, payload } = JSON.parse(String(message.data)) as { event: EventName; payload: unknown }
      for (const listener of listeners.get(event) ?? []) listener(payload)
    })
    return new Promise((resolve) => {
      socket.addEventListener('open', () => {
        connected = true
        for (const listener of connectionListeners) listener(true)
        resolve()
      })
      socket.addEventListener('close', () => {
        if (connected) for (const listener of connectionListeners) listener(false)
        connected = false
        setTimeout(() => void connect().then(resolve), reconnectAfterMs)
      })
    })
  }

  async function tokenFor(files: readonly NamedFile[]): Promise<string | null> {
    if (files.length === 0) return null
    const result = await upload(files, send)
    if (!result.ok) throw new UploadRefused(result.problem)
    return result.value
  }

  return {
    async call(operation, args) {
      const response = await send('/api/call', {
        method: 'POST',
        type: 'application/json',
        body: JSON.stringify({ operation, args }),
      })
      if (response.status === 401 || response.status === 403) {
        return {
          ok: false,
          problem: {
            code: 'forbidden-sender',
            message: 'This page’s token is no longer valid. Start the workbench again and open the address it prints.',
          },
        }
      }
      return (await response.json()) as unknown
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => void set.delete(listener)
    },
    onConnection: (listener) => void connectionListeners.add(listener),
    ready: () => (firstConnection ??= connect()),
    pick: async (kind) => tokenFor(await pickFiles(kind)),
    grantDrop: async (data) => tokenFor(await droppedFiles(data)),
    savePdf: null,
    onCommand: () => undefined,
  }
}
