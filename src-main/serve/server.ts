import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pageHeaders } from '../page-policy.ts'
import type { Grants } from '../review/tokens.ts'
import type { Router } from '../router.ts'
import { refusal, send, type Answer } from './answer.ts'
import { answerApi, type ApiSite } from './api-requests.ts'
import type { EventSockets } from './event-sockets.ts'
import { answerPage, type PageSite } from './page-requests.ts'
import { createGuard } from './request-guard.ts'
import type { Uploads } from './uploads.ts'

export interface LoopbackServerOptions {
  /** 0: any free one. */
  readonly port: number
  /** Folder of the built page. */
  readonly pageDir: string
  readonly router: Router
  readonly grants: Pick<Grants, 'grantPassing'>
  readonly uploads: Uploads
  readonly events: EventSockets
  /** Told of bugs in answering; the request gets a bare 500. */
  readonly onBug: (error: unknown) => void
}

export interface LoopbackServer {
  readonly port: number
  /** 256 bits, valid as long as the server runs. */
  readonly token: string
  /** The page with its token; for eyes and pipes, not for another program's command line. */
  readonly url: string
  /** Leads to `url` once: other users of the machine can read command lines, and find only what has been used up. */
  readonly startUrl: string
  readonly close: () => Promise<void>
}

/** The workbench on `127.0.0.1`, for its own page alone. Rejects when the port is taken. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const token = randomBytes(32).toString('base64url')
  const startCode = randomBytes(32).toString('base64url')
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: options.port, host: '127.0.0.1', exclusive: true }, resolve)
  })
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  const headers = pageHeaders([base, `ws://127.0.0.1:${port}`])
  let unused: string | null = startCode
  const site: PageSite & ApiSite & { readonly events: EventSockets } = {
    ...options,
    guard: createGuard(port, token),
    redeem(code) {
      if (code !== unused) return null
      unused = null
      return token
    },
  }

  server.on('request', (request, response) => {
    answer(site, request)
      .catch((error: unknown) => {
        options.onBug(error)
        return refusal(500, 'Something went wrong inside clausebench.')
      })
      .then((answered) => send(response, answered, headers))
      .catch(options.onBug)
  })
  server.on('upgrade', (request, socket, head) => upgrade(site, request, socket, head))

  return {
    port,
    token,
    url: `${base}/#token=${token}`,
    startUrl: `${base}/start/${startCode}`,
    close: () =>
      new Promise((resolve) => {
        options.events.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(site: PageSite & ApiSite, request: IncomingMessage): Promise<Answer> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  if (!site.guard.isOwnHost(request.headers)) return refusal(403, 'Forbidden.')
  return path === '/api' || path.startsWith('/api/')
    ? answerApi(site, request, path, new URLSearchParams(query))
    : answerPage(site, request, path)
}

function upgrade(
  site: ApiSite & { readonly events: EventSockets },
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy())
  const { guard } = site
  const refuse = (status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
  if (!guard.isOwnHost(request.headers) || !guard.isOwnOrigin(request.headers)) refuse('403 Forbidden')
  else if (request.url !== '/api/events') refuse('404 Not Found')
  else if (!guard.hasSocketToken(request.headers)) refuse('401 Unauthorized')
  else site.events.accept(request, socket, head)
}
