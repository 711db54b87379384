import { request } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { FileToken } from '../../src-main/contract/operation-schemas.ts'
import { uploadLimits } from '../../src-main/serve/uploads.ts'
import { sampleHandlers } from '../support/sample-handlers.ts'
import { loopback, type Loopback } from '../support/transports.ts'

vi.mock('electron', () => ({ ipcMain: {} }))

/** S16: the loopback host answers its own page, with the token, under its own name, and nobody else. */

const { handlers, calls } = sampleHandlers()
let host: Loopback
let pageDir: string

beforeAll(async () => {
  pageDir = await mkdtemp(join(tmpdir(), 'clausebench-page-'))
  await writeFile(join(pageDir, 'index.html'), '<title>page</title>')
  host = await loopback(handlers, pageDir)
})
afterAll(async () => {
  await host.close()
  await rm(pageDir, { recursive: true })
})
beforeEach(() => void calls.splice(0))

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

type Headers = Readonly<Record<string, string>>

/** `fetch` sets Host itself; this sends what it is given. `null` leaves a header out. */
function send(method: string, path: string, headers: Headers, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: host.server.port, method, path, headers, setHost: false },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

function good(): Record<string, string> {
  return {
    Host: `127.0.0.1:${host.server.port}`,
    Origin: host.origin,
    Authorization: `Bearer ${host.server.token}`,
    'Content-Type': 'application/json',
  }
}

function without(headers: Headers, name: string): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
}

const call = JSON.stringify({ operation: 'app.info', args: {} })

test('the good request is answered, so that each bad one below fails for its own reason', async () => {
  const answer = await send('POST', '/api/call', good(), call)
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({ ok: true })
})

/** What is changed in the good request, and the status it then gets. */
const spoilt: readonly (readonly [string, (headers: Record<string, string>) => Headers, number])[] = [
  ['no token', (headers) => without(headers, 'Authorization'), 401],
  ['an empty token', (headers) => ({ ...headers, Authorization: 'Bearer ' }), 401],
  ['another token', (headers) => ({ ...headers, Authorization: `Bearer ${'A'.repeat(43)}` }), 401],
  ['the token cut short', (headers) => ({ ...headers, Authorization: headers.Authorization?.slice(0, -1) ?? '' }), 401],
  ['another way of authorization', (headers) => ({ ...headers, Authorization: `Basic ${host.server.token}` }), 401],
  ['no Origin', (headers) => without(headers, 'Origin'), 403],
  ['a foreign Origin', (headers) => ({ ...headers, Origin: 'https://acme.example' }), 403],
  ['an opaque Origin', (headers) => ({ ...headers, Origin: 'null' }), 403],
  ['the Origin of another port', (headers) => ({ ...headers, Origin: 'http://127.0.0.1:1' }), 403],
  ['an Origin that only begins like ours', (headers) => ({ ...headers, Origin: `${host.origin}.acme.example` }), 403],
  ['localhost as Origin', (headers) => ({ ...headers, Origin: `http://localhost:${host.server.port}` }), 403],
  ['a foreign Host (DNS rebinding)', (headers) => ({ ...headers, Host: `acme.example:${host.server.port}` }), 403],
  ['localhost as Host', (headers) => ({ ...headers, Host: `localhost:${host.server.port}` }), 403],
  ['a Host without the port', (headers) => ({ ...headers, Host: '127.0.0.1' }), 403],
]

describe.each(spoilt)('%s', (_what, spoil, status) => {
  test.each([
    ['POST', '/api/call'],
    ['POST', '/api/uploads'],
    ['PUT', '/api/uploads/x/files?name=a.eml'],
    ['POST', '/api/uploads/x/done'],
    ['GET', '/api/anything'],
  ])(`%s %s: refused`, async (method, path) => {
    expect((await send(method, path, spoil(good()), method === 'GET' ? '' : call)).status).toBe(status)
    expect(calls).toEqual([])
  })

  test('no events', async () => {
    const headers = spoil({ ...good(), 'Sec-WebSocket-Protocol': `clausebench, token.${host.server.token}` })
    // A WebSocket has its token among the protocols; the rows about the bearer are those of the next test.
    if (status === 401) return
    expect(await upgrade(headers)).toBe(403)
  })
})

test.each([
  ['no protocol', null, 401],
  ['no token', 'clausebench', 401],
  ['another token', `clausebench, token.${'A'.repeat(43)}`, 401],
  ['the token alone', 'TOKEN', 401],
  ['both', 'clausebench, TOKEN', 101],
])('events with %s', async (_what, protocols, status) => {
  const offered = protocols?.replace('TOKEN', `token.${host.server.token}`)
  const { Host = '', Origin = '' } = good()
  expect(await upgrade({ Host, Origin, ...(offered === undefined ? {} : { 'Sec-WebSocket-Protocol': offered }) })).toBe(
    status,
  )
})

test('events come as JSON, to every page, under the protocol clausebench', async () => {
  const pages = [await openSocket(), await openSocket()]
  const heard = pages.map(
    (page) => new Promise((resolve) => page.once('message', (data: Buffer) => resolve(JSON.parse(String(data))))),
  )
  host.events.emit('campaign.messages', { campaign: 'c' as never, messages: [] })
  const event = { event: 'campaign.messages', payload: { campaign: 'c', messages: [] } }
  expect(await Promise.all(heard)).toEqual([event, event])
  expect(pages.map((page) => page.protocol)).toEqual(['clausebench', 'clausebench'])
  for (const page of pages) page.terminate()
})

test('a page that sends over the event socket more than a little is cut off', async () => {
  const page = await openSocket()
  const closed = new Promise((resolve) => page.once('close', resolve))
  page.send('x'.repeat(5000))
  await closed
})

test('the token holds again and again: a reload, a second tab', async () => {
  for (let time = 0; time < 3; time += 1) expect((await send('POST', '/api/call', good(), call)).status).toBe(200)
})

test('tokens are 256 bits and differ from server to server', async () => {
  const other = await loopback(handlers, pageDir)
  expect(Buffer.from(host.server.token, 'base64url')).toHaveLength(32)
  expect(other.server.token).not.toBe(host.server.token)
  await other.close()
})

test('the start address leads to the page with its token once', async () => {
  const { Host = '' } = good()
  const path = new URL(host.server.startUrl).pathname
  expect(host.server.startUrl).not.toContain(host.server.token)
  const first = await send('GET', path, { Host })
  expect([first.status, first.headers.location]).toEqual([302, `/#token=${host.server.token}`])
  expect((await send('GET', path, { Host })).status).toBe(404)
  expect((await send('GET', '/start/', { Host })).status).toBe(404)
})

test('the page itself needs the right Host, and no token', async () => {
  const { Host = '' } = good()
  expect((await send('GET', '/', { Host })).body).toBe('<title>page</title>')
  expect((await send('HEAD', '/', { Host })).status).toBe(200)
  expect((await send('GET', '/', { Host: 'acme.example' })).status).toBe(403)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect((await send(method, '/', { Host })).status).toBe(405)
  }
})

test('no answer allows another origin anything', async () => {
  const { Host = '' } = good()
  const preflight = { Host, Origin: 'https://acme.example', 'Access-Control-Request-Method': 'POST' }
  for (const answer of [await send('OPTIONS', '/api/call', preflight), await send('POST', '/api/call', good(), call)]) {
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test.each([
  ['not JSON', '{'],
  ['a list', '[]'],
  ['nothing', ''],
  ['an extra key', '{"operation":"app.info","args":{},"more":1}'],
  ['no arguments', '{"operation":"app.info"}'],
  ['too much', JSON.stringify({ operation: 'app.info', args: { x: 'x'.repeat(300_000) } })],
])('a call that is %s', async (_what, body) => {
  const answer = await send('POST', '/api/call', good(), body)
  expect(JSON.parse(answer.body)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
  expect(calls).toEqual([])
})

test('a form of another site could send no JSON type', async () => {
  const answer = await send('POST', '/api/call', { ...good(), 'Content-Type': 'text/plain' }, call)
  expect(JSON.parse(answer.body)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
})

test('an upload becomes a token for what was sent, which enters no list of recent files', async () => {
  const headers = without(good(), 'Content-Type')
  const begun = JSON.parse((await send('POST', '/api/uploads', headers)).body) as { readonly upload: string }
  const path = `/api/uploads/${begun.upload}`
  const name = encodeURIComponent('spring/größe.eml')
  expect((await send('PUT', `${path}/files?name=${name}`, headers, 'Subject: x')).status).toBe(200)
  const refused = await send('PUT', `${path}/files?name=${encodeURIComponent('../x')}`, headers, 'Subject: x')
  expect([refused.status, refused.headers['content-type']]).toEqual([400, 'text/plain; charset=utf-8'])
  const done = JSON.parse((await send('POST', `${path}/done`, headers)).body) as { readonly token: FileToken }
  const paths = host.grants.paths(done.token) ?? []
  expect(paths.map((folder) => basename(folder))).toEqual(['spring'])
  expect(await readFile(join(paths[0] ?? '', 'größe.eml'), 'utf8')).toBe('Subject: x')
  expect(host.grants.isPassing(done.token)).toBe(true)
  expect((await send('POST', `${path}/done`, headers)).status).toBe(404)
})

test('a file larger than allowed is answered, though not all of it is read', async () => {
  const small = await loopback(handlers, pageDir, undefined, { ...uploadLimits, maxFileBytes: 1000 })
  const headers = { Origin: small.origin, Authorization: `Bearer ${small.server.token}` }
  const response = await fetch(`${small.origin}/api/uploads`, { method: 'POST', headers })
  const begun = (await response.json()) as { readonly upload: string }
  const url = `${small.origin}/api/uploads/${begun.upload}/files?name=a.eml`
  const answer = await fetch(url, { method: 'PUT', headers, body: 'x'.repeat(5_000_000) })
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('larger than')
  await small.close()
})

test('it listens on 127.0.0.1 alone', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address)
  for (const address of [...outside, '127.0.0.2', '::1'])
    expect([address, await accepts(address)]).toEqual([address, false])
  expect(await accepts('127.0.0.1')).toBe(true)
})

function accepts(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: host.server.port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function upgrade(headers: Headers): Promise<number> {
  const key = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port: host.server.port,
      path: '/api/events',
      headers: { ...headers, ...key },
      setHost: false,
    })
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end()
  })
}

function openSocket(): Promise<WebSocket> {
  const url = `ws://127.0.0.1:${host.server.port}/api/events`
  const socket = new WebSocket(url, ['clausebench', `token.${host.server.token}`], { headers: { Origin: host.origin } })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}
