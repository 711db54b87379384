import { mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discover } from '../../../src-main/intake/discover.ts'
import type { LargeFileEvent } from '../../../src-main/intake/large-file.ts'
import { readLargeFile, readLargeFileMessage } from '../../../src-main/intake/large-file.ts'
import { limits } from '../../../src-main/intake/limits.ts'
import { messagesOf, noDefaults, partOf, read, sourceOf } from '../../support/mail/read-one.ts'

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-large-')))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const envelope = 'From news@acme.example Fri Nov 20 10:00:00 2026'
const box = Array.from({ length: 200 }, (_, index) =>
  [
    envelope,
    'From: news@acme.example',
    `Subject: Mail ${String(index)}`,
    '',
    '>From us',
    'x'.repeat(index * 60),
    '',
    '',
  ].join('\n'),
).join('')
const lines = [
  '{"channel":"sms","text":"a\\u00e9"}',
  '',
  '{"id":"own","subject":"two"}',
  '{"n":1}',
  '{"text":',
  '{"text":"end"}',
].join('\n')

function written(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content, 'latin1')
  return path
}

async function eventsOf(path: string, named = true): Promise<LargeFileEvent[]> {
  const events: LargeFileEvent[] = []
  for await (const event of readLargeFile(path, { input: path, named, defaults: noDefaults })) events.push(event)
  return events
}

describe('readLargeFile', () => {
  it('gives the mails of a mailbox as reading it at once does, with their places in the file', async () => {
    const path = written('big.mbox', box)
    const events = await eventsOf(path)
    const end = events.pop()
    expect(end).toMatchObject({ kind: 'end', problem: null, bytes: box.length })
    const whole = messagesOf(read(box, path))
    expect(events).toHaveLength(whole.length)
    for (const [index, event] of events.entries()) {
      const same = whole[index]
      if (event.kind !== 'message' || same === undefined) throw new Error('no message')
      expect(event.message.id).toBe(same.id)
      const text = partOf(event.message, 'text')
      expect(text.text).toBe(partOf(same, 'text').text)
      expect(sourceOf(box, text, 0, 7)).toBe('From us')
      expect(text.toSource?.({ start: 0, end: 7 })).toEqual(partOf(same, 'text').toSource?.({ start: 0, end: 7 }))
      expect(event.message.headers.map(({ range }) => range)).toEqual(same.headers.map(({ range }) => range))
    }
  })

  it('finds a message again by its place, unless its bytes have changed', async () => {
    const path = written('again.mbox', box)
    const file = { input: path, named: true, defaults: noDefaults }
    const event = (await eventsOf(path))[70]
    if (event?.kind !== 'message') throw new Error('no message')
    const found = await readLargeFileMessage(path, file, event.place)
    if (!found.ok) throw new Error(found.problem.message)
    expect(partOf(found.value.message, 'text').text).toBe(partOf(event.message, 'text').text)
    expect(sourceOf(box, partOf(found.value.message, 'subject'), 0, 7)).toBe('Mail 70')
    expect(found.value.bytes.toString('latin1')).toBe(box.slice(event.place.start, event.place.end))
    written('again.mbox', box.replace('Mail 70', 'Mail 7x'))
    expect(await readLargeFileMessage(path, file, event.place)).toMatchObject({
      ok: false,
      problem: { code: 'changed-on-disk' },
    })
  })

  it('gives the records of JSON lines, and names a broken line', async () => {
    const path = written('drafts.jsonl', lines)
    const events = await eventsOf(path)
    expect(events.pop()).toMatchObject({ kind: 'end', problem: { code: 'bad-json', line: 5 } })
    const found = events.flatMap((event) => (event.kind === 'message' ? [event] : []))
    expect(found.map(({ message }) => message.id)).toEqual([`${path}#1`, 'own', `${path}#3`])
    const [first, , last] = found
    if (first === undefined || last === undefined) throw new Error('no messages')
    expect(sourceOf(lines, partOf(first.message, 'text'), 1, 2)).toBe('\\u00e9')
    expect(sourceOf(lines, partOf(last.message, 'text'), 0, 3)).toBe('end')
    const again = await readLargeFileMessage(path, { input: path, named: true, defaults: noDefaults }, last.place)
    expect(again.ok && partOf(again.value.message, 'text').text).toBe('end')
  })

  it.each([
    ['a film that was named', 'film.mkv', true, 'too-large'],
    ['a film in a folder', 'film', false, 'unknown-kind'],
    ['a page', 'page.html', false, 'too-large'],
  ])('does not read %s', async (_, name, named, code) => {
    const events = await eventsOf(written(name, '\x1aE\xdf\xa3 nothing to read'), named)
    expect(events).toMatchObject([{ kind: 'failed', problem: { code } }])
  })

  it('says what is not there', async () => {
    expect(await eventsOf(join(folder, 'none.mbox'))).toMatchObject([
      { kind: 'failed', problem: { code: 'not-found-on-disk' } },
    ])
  })
})

describe('files past the limit of those that are held', () => {
  it.each([
    ['Inbox.mbox', 'file'],
    ['Inbox', 'file'],
    ['drafts.jsonl', 'file'],
    ['page.html', 'entry'],
    ['mail.eml', 'entry'],
  ])('%s: %s', async (name, kind) => {
    const path = written(name, 'x')
    // Sparse: takes no room on the disk.
    truncateSync(path, limits.maxFileBytes + 1)
    const found: string[] = []
    for await (const item of discover([path])) found.push(item.kind)
    expect(found).toEqual([kind])
    rmSync(path)
  })
})
