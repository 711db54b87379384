import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { buildViews } from '../../src-main/views/build.ts'
import { noDefaults } from '../support/mail/read-one.ts'
import { readInput } from '../../src-main/intake/read.ts'
import { readLargeFile } from '../../src-main/intake/large-file.ts'
import { fetchCorpus } from '../corpus/fetch.ts'

/**
 * `npm run bench:intake`: CPU and memory of reading, each measurement in a process of its own, as numbers and as ratios to
 * postal-mime over the same mails in the same run. Budgets: mails with maps 1.5 × postal-mime; a mailbox of 1 GB under 300 MB of
 * memory; a million rows of recipients in under 15 s.
 */

const root = join(import.meta.dirname, '../..')
const mails = fetchCorpus(join(root, '.cache'))

const gigabyte = 2 ** 30
const pieceCharacters = 4_000_000

interface Measured {
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakMb: number
  readonly note: string
}

const works: Readonly<Record<string, () => Promise<string> | string>> = {
  'postal-mime': async () => {
    let parts = 0
    for (const file of mails) parts += (await PostalMime.parse(readFileSync(file))).attachments.length
    return `${String(parts)} attachments`
  },
  'mails with maps': () => {
    let places = 0
    for (const file of mails) {
      const outcome = readInput(readFileSync(file), { input: file, named: true, defaults: noDefaults })
      if (!('messages' in outcome)) continue
      for (const { texts } of outcome.messages) {
        for (const { text, toSource } of texts) places += toSource?.({ start: 0, end: text.length }).end ?? 0
      }
    }
    return `${String(places)} bytes placed`
  },
  'mails with views': () => {
    let seen = 0
    for (const file of mails) {
      const outcome = readInput(readFileSync(file), { input: file, named: true, defaults: noDefaults })
      if ('messages' in outcome) for (const message of outcome.messages) seen += buildViews(message).visibleLength
    }
    return `${String(seen)} characters seen`
  },
  'a mailbox of 1 GB': async () => {
    const text = 'The cups are back, and so are the saucers. '.repeat(2400)
    const envelope = 'From a@b.example Fri Nov 20 10:00:00 2026'
    return withFile(
      'box.mbox',
      gigabyte,
      (index) => `${envelope}\nSubject: ${String(index)}\n\n${text}\n\n`,
      async (file) => {
        let count = 0
        for await (const event of readLargeFile(file, { input: file, named: true, defaults: noDefaults })) {
          if (event.kind === 'failed') return event.problem.message
          if (event.kind === 'message') count++
        }
        return `${String(count)} messages`
      },
    )
  },
  '1,000,000 rows of recipients': () => {
    const head = 'Email,First Name,State / Region,Zip Code,Email Marketing Consent,Birthday\n'
    const row = (index: number): string => `reader${String(index)}@reader.example,Mara,OR,97209,SUBSCRIBED,1980-01-02\n`
    return withFile(
      'profiles.csv',
      Infinity,
      (index) => (index === 0 ? head : index > 1_000_000 ? '' : row(index)),
      checkAlone,
    )
  },
}

/** Makes a file of some size, line by line, and removes it when `use` is done. */
async function withFile(
  name: string,
  bytes: number,
  line: (index: number) => string,
  use: (file: string) => Promise<string> | string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clausebench-bench-'))
  try {
    const file = join(folder, name)
    const handle = openSync(file, 'w')
    let written = 0
    let piece = ''
    for (let index = 0; written < bytes; index++) {
      const next = line(index)
      piece += next
      if (piece.length < pieceCharacters && next !== '') continue
      written += writeSync(handle, piece)
      piece = ''
      if (next === '') break
    }
    closeSync(handle)
    return await use(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As the command line does it, with one worker; where `time` is, with the memory it took. */
function checkAlone(file: string): string {
  const call = [
    join(root, 'src-main/cli/main.ts'),
    'check',
    file,
    '--format',
    'json',
    '--fail-on',
    'never',
    '--jobs',
    '1',
  ]
  const begunMs = performance.now()
  const done = spawnSync('/usr/bin/time', ['-v', process.execPath, ...call], { encoding: 'utf8', maxBuffer: gigabyte })
  const seconds = (performance.now() - begunMs) / 1000
  const peakKb = /Maximum resident set size \(kbytes\): (\d+)/.exec(done.stderr)?.[1]
  const peak = peakKb === undefined ? 'unknown' : `${String(Math.round(Number(peakKb) / 1024))} MB`
  return `check exits ${String(done.status)} after ${seconds.toFixed(1)} s, peak ${peak}`
}

const [asked] = process.argv.slice(2)
if (asked !== undefined) {
  const begun = performance.now()
  const note = (await works[asked]?.()) ?? 'no such measurement'
  const { user, system } = process.cpuUsage()
  const measured: Measured = {
    cpuMs: (user + system) / 1000,
    wallMs: performance.now() - begun,
    peakMb: process.resourceUsage().maxRSS / 1024,
    note,
  }
  console.log(JSON.stringify(measured))
} else {
  let baseline = 0
  for (const name of Object.keys(works)) {
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' })
    if (stdout === '') throw new Error(stderr)
    // What this same file printed.
    const measured = JSON.parse(stdout) as Measured
    if (name === 'postal-mime') baseline = measured.cpuMs
    const cpu = `${(measured.cpuMs / 1000).toFixed(2)} s CPU, ${(measured.cpuMs / baseline).toFixed(2)} × postal-mime`
    const cells = [cpu, `peak ${measured.peakMb.toFixed(0)} MB`, measured.note]
    console.log(`${name.padEnd(30)} ${cells.join(', ')}`)
  }
}
