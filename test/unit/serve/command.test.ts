import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { serveCommand, type ServeIo } from '../../../src-main/serve/command.ts'
import { serveUsage } from '../../../src-main/serve/arguments.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** A project whose page is built, with the real sources and resources. */
let project: string
let stop: AbortController
let out: string
let err: string
let lineArrived: (line: string) => void
let line: Promise<string>

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'clausebench-project-'))
  for (const name of ['src-main', 'resources']) await symlink(join(root, name), join(project, name))
  await mkdir(join(project, 'out', 'renderer'), { recursive: true })
  await writeFile(join(project, 'out', 'renderer', 'index.html'), '<title>page</title>')
  // Others test uploads at the same time; this one looks at its own.
  await mkdir(join(project, 'tmp'))
  vi.stubEnv('TMPDIR', join(project, 'tmp'))
  stop = new AbortController()
  out = ''
  err = ''
  line = new Promise((resolve) => (lineArrived = resolve))
})
afterEach(async () => {
  stop.abort()
  vi.unstubAllEnvs()
  await rm(project, { recursive: true, force: true })
})

function io(): ServeIo {
  return {
    stdout(text) {
      out += text
      lineArrived(text)
    },
    stderr: (text) => void (err += text),
    environment: {
      dataDir: null,
      noColor: true,
      hasDisplay: false,
      xdgDataHome: null,
      appData: null,
    },
    workingDir: project,
    projectDir: project,
    version: '0.1.0',
    stop: stop.signal,
  }
}

const data = (): readonly string[] => ['--data', join(project, 'data')]

test('one line when it is ready; a page that asks gets the workbench; it ends cleanly when stopped', async () => {
  const ended = serveCommand(['--no-open', ...data(), join(root, 'resources', 'samples')], io())
  const url = new URL((await line).trim())
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/)

  const token = url.hash.replace('#token=', '')
  const call = async (operation: string, args: object): Promise<unknown> => {
    const headers = { Origin: url.origin, Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const response = await fetch(`${url.origin}/api/call`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ operation, args }),
    })
    return response.json()
  }
  expect(await (await fetch(url)).text()).toBe('<title>page</title>')
  expect(await call('app.info', {})).toMatchObject({ ok: true, value: { host: 'browser', version: '0.1.0' } })

  const socket = new WebSocket(`${url.origin.replace('http', 'ws')}/api/events`, ['clausebench', `token.${token}`], {
    origin: url.origin,
  })
  await new Promise((resolve) => socket.once('open', resolve))
  const opened = new Promise((resolve) => socket.once('message', (bytes: Buffer) => resolve(JSON.parse(String(bytes)))))
  // What the answer holds is the contract's to say; here it is only handed on.
  const initial = (await call('app.initial', {})) as { readonly value: { readonly token: string } }
  expect(await call('campaign.open', initial.value)).toMatchObject({ ok: true })
  expect(await opened).toMatchObject({ event: 'campaign.opened' })

  const closed = new Promise((resolve) => socket.once('close', resolve))
  stop.abort()
  expect(await ended).toBe(0)
  await closed
  expect(out.split('\n')).toHaveLength(2)
  expect(err).toBe('')
  expect(await readdir(tmpdir())).toEqual([])
  await expect(fetch(url)).rejects.toThrow()
})

test('stopped before it is ready, it still ends', async () => {
  stop.abort()
  expect(await serveCommand(['--no-open', ...data()], io())).toBe(0)
})

test('a port that is taken is told, and nothing stays', async () => {
  const first = serveCommand(['--no-open', ...data()], io())
  const { port } = new URL((await line).trim())
  const uploadsBefore = await readdir(tmpdir())
  expect(uploadsBefore).toHaveLength(1)
  expect(await serveCommand(['--no-open', '--port', port, ...data()], io())).toBe(2)
  expect(err).toContain(`Port ${port} cannot be used`)
  expect(await readdir(tmpdir())).toEqual(uploadsBefore)
  stop.abort()
  expect(await first).toBe(0)
})

test('a wrong call says so on standard error, help is the document on standard output', async () => {
  expect(await serveCommand(['--host', '0.0.0.0'], io())).toBe(2)
  expect([out, err]).toEqual(['', 'Unknown option --host. clausebench serve --help says more.\n'])
  expect(await serveCommand(['--help'], io())).toBe(0)
  expect(out).toBe(serveUsage)
})

test('a page that cannot be built is told', async () => {
  await rm(join(project, 'out'), { recursive: true })
  expect(await serveCommand(['--no-open', ...data()], io())).toBe(2)
  expect(out).toBe('')
  expect(err).toContain('Building the page')
  expect(err).toContain('could not be built')
})
