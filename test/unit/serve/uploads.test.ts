import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createUploads, type UploadLimits, type Uploads } from '../../../src-main/serve/uploads.ts'

const limits: UploadLimits = { maxFileBytes: 100, maxTotalBytes: 250, maxFiles: 3, maxOpen: 2 }

let parent: string
let uploads: Uploads

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'clausebench-test-'))
  uploads = await createUploads(limits, parent)
})
afterEach(async () => {
  await uploads.close()
  await rm(parent, { recursive: true })
})

async function begin(): Promise<string> {
  const begun = await uploads.begin()
  if (!begun.ok) throw new Error(begun.problem.message)
  return begun.value
}

const bytes = (...chunks: readonly string[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

async function everything(): Promise<readonly string[]> {
  const entries = await readdir(parent, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

test('files arrive byte for byte, in their folders; what stands at the top is granted in order', async () => {
  const upload = await begin()
  await uploads.receive(upload, 'spring/mails/launch.eml', bytes('From: a', '\r\n\r\nb'))
  await uploads.receive(upload, 'note.txt', bytes('n'))
  await uploads.receive(upload, 'spring/text.sms.txt', bytes('t'))
  const finished = uploads.finish(upload)
  if (!finished.ok) throw new Error(finished.problem.message)
  expect(finished.value.map((path) => basename(path))).toEqual(['spring', 'note.txt'])
  const [spring = ''] = finished.value
  expect(await readFile(join(spring, 'mails', 'launch.eml'), 'utf8')).toBe('From: a\r\n\r\nb')
})

test('folder and files are for this user alone', async () => {
  const upload = await begin()
  await uploads.receive(upload, 'a/b.txt', bytes('b'))
  const [root = ''] = await readdir(parent)
  const modes = await Promise.all(
    ['', upload, join(upload, 'a'), join(upload, 'a', 'b.txt')].map(
      async (path) => (await stat(join(parent, root, path))).mode & 0o777,
    ),
  )
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o600])
})

test('at the end nothing stays', async () => {
  const upload = await begin()
  await uploads.receive(upload, 'a.txt', bytes('a'))
  uploads.finish(upload)
  await uploads.close()
  expect(await readdir(parent)).toEqual([])
})

describe('limits', () => {
  test('a file too large leaves nothing and is told', async () => {
    const upload = await begin()
    const received = await uploads.receive(upload, 'a.txt', bytes('x'.repeat(60), 'x'.repeat(60)))
    expect(received).toMatchObject({ ok: false, problem: { code: 'too-large' } })
    expect(await everything()).toEqual([])
  })

  test('all together too large', async () => {
    const upload = await begin()
    for (const name of ['a', 'b'])
      expect(await uploads.receive(upload, name, bytes('x'.repeat(100)))).toMatchObject({ ok: true })
    expect(await uploads.receive(upload, 'c', bytes('x'.repeat(100)))).toMatchObject({ problem: { code: 'too-large' } })
    expect(await everything()).toEqual(['a', 'b'])
  })

  test('too many files', async () => {
    const upload = await begin()
    for (const name of ['a', 'b', 'c']) await uploads.receive(upload, name, bytes('x'))
    expect(await uploads.receive(upload, 'd', bytes('x'))).toMatchObject({ problem: { code: 'too-large' } })
  })

  test('too many uploads under way; a finished one makes room', async () => {
    const first = await begin()
    await begin()
    expect(await uploads.begin()).toMatchObject({ problem: { code: 'too-large' } })
    await uploads.receive(first, 'a', bytes('x'))
    uploads.finish(first)
    expect(await uploads.begin()).toMatchObject({ ok: true })
  })
})

test('a file that does not arrive whole leaves nothing', async () => {
  const upload = await begin()
  const broken = new Readable({ read: () => undefined })
  const received = uploads.receive(upload, 'a.txt', broken)
  broken.push(Buffer.from('first half'))
  broken.destroy(new Error('aborted'))
  expect(await received).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(await everything()).toEqual([])
})

test('the same name twice keeps the first', async () => {
  const upload = await begin()
  await uploads.receive(upload, 'a.txt', bytes('first'))
  expect(await uploads.receive(upload, 'a.txt', bytes('second'))).toMatchObject({ problem: { code: 'bad-request' } })
  expect(await uploads.receive(upload, 'a.txt/b.txt', bytes('third'))).toMatchObject({ ok: false })
  const finished = uploads.finish(upload)
  expect(finished.ok && (await readFile(finished.value[0] ?? '', 'utf8'))).toBe('first')
})

test('nothing comes in or out under an unknown, finished or empty upload', async () => {
  expect(await uploads.receive('../..', 'a.txt', bytes('x'))).toMatchObject({ problem: { code: 'not-found' } })
  expect(uploads.finish('nobody')).toMatchObject({ problem: { code: 'not-found' } })
  const upload = await begin()
  expect(uploads.finish(upload)).toMatchObject({ problem: { code: 'empty' } })
  expect(await uploads.receive(upload, 'a.txt', bytes('x'))).toMatchObject({ problem: { code: 'not-found' } })
})

test.each([
  '',
  '.',
  '..',
  '../x',
  'a/../../x',
  '/etc/passwd',
  'a//b',
  'a/',
  'a\\..\\b',
  'C:\\x',
  'C:x',
  'a\u0000b',
  'a\nb',
  'a/./b',
  '\ud800',
  'x'.repeat(256),
  'é'.repeat(128),
  Array.from({ length: 33 }, () => 'a').join('/'),
  'a/'.repeat(2100) + 'a',
])('the name %j is refused, and writes nothing anywhere', async (name) => {
  const upload = await begin()
  expect(await uploads.receive(upload, name, bytes('x'))).toMatchObject({ problem: { code: 'bad-request' } })
  expect(await everything()).toEqual([])
  expect(existsSync(join(parent, 'x'))).toBe(false)
})

test.each([
  'a.eml',
  'Frühling/Größe.txt',
  '.hidden',
  '...',
  'CON',
  'a b/c d.html',
  '消息.sms.txt',
  '%2e%2e',
  'a'.repeat(255),
])('the name %j is kept as it is', async (name) => {
  const upload = await begin()
  expect(await uploads.receive(upload, name, bytes('x'))).toEqual({ ok: true, value: null })
  expect(await everything()).toEqual([basename(name)])
})
