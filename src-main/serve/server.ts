import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { fail, type Problem, type Result } from '../contract/result.ts'
import type { Grants } from '../review/tokens.ts'
import { findPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import type { Router } from '../router.ts'
import type { EventSockets } from './event-sockets.ts'
import { createGuard, type Guard } from './request-guard.ts'
import type { Uploads } from './uploads.ts'

export interface LoopbackServerOptions {
  /** 0: any free one. */
  readonly port: number
  /** Folder of the built page. */
  readonly pageDir: string
  readonly router: Router
  readonly grants: Pick<Grants, 'grant'>
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

interface Site extends LoopbackServerOptions {
  readonly guard: Guard
  readonly headers: Readonly<Record<string, string>>
  /** The token once for the right code, null otherwise. */
  readonly redeem: (code: string) => string | null
}

const maxCallBytes = 256 * 1024

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
  let unused: string | null = startCode
  const site: Site = {
    ...options,
    guard: createGuard(port, token),
    headers: pageHeaders([`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}`]),
    redeem(code) {
      if (code !== unused) return null
      unused = null
      return token
    },
  }

  server.on('request', (request, response) => {
    respond(site, request, response).catch((error: unknown) => {
      options.onBug(error)
      if (!response.headersSent) response.writeHead(500, site.headers)
      response.end()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const { guard } = site
    const allowed = guard.isOwnHost(request.headers) && guard.isOwnOrigin(request.headers)
    if (request.url !== '/api/events' || !allowed) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    else if (!guard.hasSocketToken(request.headers)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
    } else options.events.accept(request, socket, head)
  })

  const base = `http://127.0.0.1:${port}`
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

async function respond(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  if (!site.guard.isOwnHost(request.headers)) return sendText(site, response, 403, 'Forbidden.')
  if (path === '/api' || path.startsWith('/api/')) return respondApi(site, request, response, path, query)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return sendText(site, response, 405, 'Only GET and HEAD.')
  }
  if (path.startsWith('/start/')) return redirectOnce(site, response, path.slice('/start/'.length))
  return sendPageFile(site, request, response, path)
}

function redirectOnce(site: Site, response: ServerResponse, code: string): void {
  const token = site.redeem(code)
  if (token === null)
    return sendText(site, response, 404, 'This address works once. Open the one that serve has printed.')
  response.writeHead(302, { ...site.headers, Location: `/#token=${token}` }).end()
}

async function sendPageFile(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const found = await findPageFile(site.pageDir, path)
  if (found.status !== 200) return sendText(site, response, found.status, 'There is nothing here.')
  response.writeHead(200, { ...site.headers, 'Content-Type': found.type, 'Content-Length': found.bytes })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // A reader that goes away in the middle is no fault of ours.
  await pipeline(createReadStream(found.path), response).catch(() => response.destroy())
}

async function respondApi(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): Promise<void> {
  if (!site.guard.isOwnOrigin(request.headers)) return sendText(site, response, 403, 'Forbidden.')
  if (!site.guard.hasBearer(request.headers)) return sendText(site, response, 401, 'The token is missing or wrong.')
  if (path === '/api/call' && request.method === 'POST') return respondCall(site, request, response)
  const upload = /^\/api\/uploads(?:\/([\w-]{1,64})\/(files|done))?$/.exec(path)
  if (upload === null) return sendText(site, response, 404, 'There is nothing here.')
  const [, id, step] = upload
  if (id === undefined && request.method === 'POST') {
    const begun = await site.uploads.begin()
    return sendUploadAnswer(site, response, begun, (value) => ({ upload: value }))
  }
  if (id !== undefined && step === 'files' && request.method === 'PUT') {
    const name = new URLSearchParams(query).get('name') ?? ''
    return receiveFile(site, request, response, id, name)
  }
  if (id !== undefined && step === 'done' && request.method === 'POST') {
    const finished = site.uploads.finish(id)
    return sendUploadAnswer(site, response, finished, (paths) => ({ token: site.grants.grant(paths) }))
  }
  return sendText(site, response, 405, 'This method is not for this address.')
}

async function respondCall(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') {
    return sendJson(site, response, fail('bad-request', 'A call is JSON.'))
  }
  const body = await readBody(request, maxCallBytes)
  if (body === null) {
    request.resume()
    return sendJson(site, response, fail('bad-request', 'This call is too large.'))
  }
  const call = parseCall(body)
  if (call === null) return sendJson(site, response, fail('bad-request', 'A call is an operation and its arguments.'))
  return sendJson(site, response, await site.router.call(call.operation, call.args))
}

function parseCall(body: string): { readonly operation: unknown; readonly args: unknown } | null {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const keys = Object.keys(value)
  if (keys.length !== 2 || !keys.includes('operation') || !keys.includes('args')) return null
  return { operation: Reflect.get(value, 'operation'), args: Reflect.get(value, 'args') }
}

/** Null when there is more of it. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Without an encoding set a request yields buffers.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function receiveFile(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  upload: string,
  name: string,
): Promise<void> {
  const received = await site.uploads.receive(upload, name, request)
  // A browser that is answered before it has sent everything takes the answer for a broken connection.
  if (!received.ok) request.resume()
  return sendUploadAnswer(site, response, received, () => ({ received: true }))
}

function sendUploadAnswer<T>(
  site: Site,
  response: ServerResponse,
  result: Result<T>,
  answer: (value: T) => object,
): void {
  if (result.ok) return sendJson(site, response, answer(result.value))
  return sendText(site, response, uploadStatus(result.problem), result.problem.message)
}

function uploadStatus(problem: Problem): number {
  switch (problem.code) {
    case 'too-large':
      return 413
    case 'not-found':
      return 404
    default:
      return 400
  }
}

function sendJson(site: Site, response: ServerResponse, value: object): void {
  response.writeHead(200, { ...site.headers, 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}

function sendText(site: Site, response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...site.headers, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(text)
}
