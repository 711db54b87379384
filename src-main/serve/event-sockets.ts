import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { EventPayload } from '../contract/operation-schemas.ts'
import type { EventName } from '../contract/operations.ts'

/** Events to every open page. What pages send is not listened to. */
export interface EventSockets {
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  /** Takes over an upgrade that the guard let through. */
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

/** A page that has stopped reading is cut off beyond this; it connects anew and asks for what it missed. */
const maxWaitingBytes = 64 * 1024 * 1024

export function createEventSockets(): EventSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 1024,
    perMessageDeflate: false,
    handleProtocols: () => 'clausebench',
  })
  return {
    emit(event, payload) {
      const text = JSON.stringify({ event, payload })
      for (const client of server.clients) {
        if (client.readyState !== WebSocket.OPEN) continue
        if (client.bufferedAmount > maxWaitingBytes) client.terminate()
        else client.send(text)
      }
    },
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => {
        // A broken connection ends by itself; without a listener it would end the process.
        client.on('error', () => client.terminate())
      })
    },
    close() {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}
