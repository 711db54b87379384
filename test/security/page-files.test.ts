import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pageHeaders } from '../../src-main/page-policy.ts'
import { answerPageRequest } from '../../src-main/shell/app-scheme.ts'
import { sampleHandlers } from '../support/sample-handlers.ts'
import { loopback, type Loopback } from '../support/transports.ts'

vi.mock('electron', () => ({ ipcMain: {}, protocol: {} }))

/** S4: both hosts serve the built page and nothing else on the disk. */

let base: string
let pageDir: string
let host: Loopback

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'clausebench-files-'))
  pageDir = join(base, 'renderer')
  await mkdir(join(pageDir, 'assets'), { recursive: true })
  await mkdir(join(base, 'renderer-secret'))
  await writeFile(join(base, 'secret.html'), 'secret')
  await writeFile(join(base, 'renderer-secret', 'secret.html'), 'secret')
  await writeFile(join(pageDir, 'index.html'), 'the page')
  await writeFile(join(pageDir, 'assets', 'a b.js'), 'code')
  await writeFile(join(pageDir, 'notes.txt'), 'of no type the build makes')
  await symlink(join(base, 'secret.html'), join(pageDir, 'link.html'))
  await symlink(base, join(pageDir, 'up'))
  await symlink(join(pageDir, 'index.html'), join(pageDir, 'same.html'))
  await mkdir(join(pageDir, 'folder.html'))
  host = await loopback(sampleHandlers().handlers, pageDir)
})
afterAll(async () => {
  await host.close()
  await rm(base, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: ReadonlyMap<string, string>
}

/** Requests as a client could write them, no URL parser in between. */
const hosts = {
  async 'app scheme'(path: string, method: string): Promise<Answer> {
    const response = await answerPageRequest(pageDir, { method, url: `clausebench://app${path}` })
    return { status: response.status, body: await response.text(), headers: new Map(response.headers) }
  },
  loopback(path: string, method: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: host.server.port, method, path }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        const headers = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers }))
      })
      sent.on('error', reject)
      sent.end()
    })
  },
}

describe.each(['app scheme', 'loopback'] as const)('%s', (name) => {
  test.each([
    ['/', 'the page', 'text/html; charset=utf-8'],
    ['/index.html', 'the page', 'text/html; charset=utf-8'],
    ['/index.html?x=1', 'the page', 'text/html; charset=utf-8'],
    ['/same.html', 'the page', 'text/html; charset=utf-8'],
    ['/assets/a%20b.js', 'code', 'text/javascript; charset=utf-8'],
  ])('%s is served', async (path, body, type) => {
    const answer = await hosts[name](path, 'GET')
    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([200, body, type])
  })

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/%2E%2E%2Fsecret.html',
    '/..%2fsecret.html',
    '/assets/%2e%2e/%2e%2e/secret.html',
    '/..%5csecret.html',
    '/%5c..%5csecret.html',
    '/..\\secret.html',
    '/index.html%00.js',
    '/%00',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/etc/passwd',
    '/../renderer-secret/secret.html',
    '/%2e%2e/renderer-secret/secret.html',
    '/link.html',
    '/up/secret.html',
    '/up/renderer/../secret.html',
    '/C:/secret.html',
    '/C%3a/secret.html',
    '/%',
    '/%c0%ae%c0%ae/secret.html',
    '/%252e%252e/secret.html',
    '/folder.html',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/nothing.html',
    '/./index.html',
  ])('%s is not', async (path) => {
    const answer = await hosts[name](path, 'GET')
    expect([403, 404]).toContain(answer.status)
    expect(answer.body).not.toMatch(/secret|the page|root:/)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await hosts[name]('/index.html', method)).status).toBe(405)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const [head, get] = [await hosts[name]('/index.html', 'HEAD'), await hosts[name]('/index.html', 'GET')]
    expect([head.status, head.body]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(String(get.body.length))
  })

  test.each(['/index.html', '/nothing.html', '/../secret.html'])(
    '%s carries every header of the policy',
    async (path) => {
      const { headers } = await hosts[name](path, 'GET')
      const connect = name === 'loopback' ? [host.origin, host.origin.replace('http', 'ws')] : []
      for (const [header, value] of Object.entries(pageHeaders(connect))) {
        expect([header, headers.get(header.toLowerCase())]).toEqual([header, value])
      }
    },
  )
})

test.each([
  'clausebench://other/index.html',
  'clausebench://app:1/index.html',
  'clausebench://user@app/index.html',
  'clausebench://app.acme.example/index.html',
  'https://app/index.html',
])('the app scheme has no other host: %s', async (url) => {
  expect((await answerPageRequest(pageDir, { method: 'GET', url })).status).toBe(404)
})
