import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { readLargeFile } from '../../src-main/intake/large-file.ts'
import type { MessageDefaults } from '../../src-main/intake/message.ts'
import { readInput } from '../../src-main/intake/read.ts'
import { fetchCorpus } from '../corpus/fetch.ts'

/**
 * `node test/bench/mail.ts`: how much reading mails with exact places costs. 6,046 mails with all maps built, against
 * postal-mime without any in the same run; a mailbox of 1 GB message by message. Closed by one line `N passed, N failed`.
 */

const maxCpuRatio = 1.5
const maxRssMb = 300
const mailboxMb = 1024

const root = join(import.meta.dirname, '..', '..')
const defaults: MessageDefaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
let passed = 0
let failed = 0

function check(name: string, isGood: boolean, measured: string): void {
  console.log(`${isGood ? 'passed' : 'FAILED'} ${name}: ${measured}`)
  if (isGood) passed++
  else failed++
}

function rssMb(): number {
  return process.memoryUsage().rss / 2 ** 20
}

async function cpuMs(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Every text and every header field with its map built. */
function readWithMaps(bytes: Buffer): void {
  const outcome = readInput(bytes, { input: 'mail.eml', named: true, defaults })
  if (!('messages' in outcome)) return
  for (const { texts, headers } of outcome.messages) {
    for (const { text, toSource } of texts) toSource?.({ start: 0, end: text.length })
    for (const { value, toSource } of headers) toSource?.({ start: 0, end: value.length })
  }
}

async function corpus(): Promise<void> {
  const mails = fetchCorpus(join(root, '.cache', 'corpus')).map((path) => readFileSync(path))
  // Both once, so that neither is measured while it is compiled.
  for (const mail of mails.slice(0, 300)) {
    readWithMaps(mail)
    await PostalMime.parse(mail)
  }
  const other = await cpuMs(async () => {
    for (const mail of mails) await PostalMime.parse(mail)
  })
  const own = await cpuMs(() => {
    for (const mail of mails) readWithMaps(mail)
  })
  const shown = `${own.toFixed(0)} ms, postal-mime ${other.toFixed(0)} ms, ratio ${(own / other).toFixed(2)}`
  check(`${String(mails.length)} mails with maps`, own / other <= maxCpuRatio, shown)
}

/** Mails of 60 KB, every tenth with a quoted line. */
function writeMailbox(path: string): number {
  const line = 'Spring offer: café news from Acme, order today and read more about roses and tulips.\n'
  const body = line.repeat(700)
  const file = openSync(path, 'w')
  let bytes = 0
  let mails = 0
  while (bytes < mailboxMb * 2 ** 20) {
    const head = `From news@acme.example Fri Nov 20 10:00:00 2026\nFrom: news@acme.example\nSubject: Mail ${String(mails)}\nContent-Type: text/plain; charset=utf-8\n\n`
    bytes += writeSync(file, `${head}${mails % 10 === 0 ? '>From us\n' : ''}${body}\n`)
    mails++
  }
  closeSync(file)
  return mails
}

async function mailbox(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-bench-')))
  try {
    const path = join(folder, 'large.mbox')
    const mails = writeMailbox(path)
    let messages = 0
    let peak = 0
    const begun = performance.now()
    for await (const event of readLargeFile(path, { input: path, named: true, defaults })) {
      if (event.kind !== 'message') continue
      messages++
      for (const { text, toSource } of event.message.texts) toSource?.({ start: 0, end: text.length })
      if (messages % 100 === 0) peak = Math.max(peak, rssMb())
    }
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const shown = `${String(messages)} of ${String(mails)} mails in ${seconds} s, peak ${peak.toFixed(0)} MB`
    check(`a mailbox of ${String(mailboxMb)} MB`, messages === mails && peak < maxRssMb, shown)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// First, while nothing else has left its garbage.
await mailbox()
await corpus()
console.log(`${String(passed)} passed, ${String(failed)} failed`)
process.exitCode = failed === 0 ? 0 : 1
