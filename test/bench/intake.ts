import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import PostalMime from 'postal-mime'
import { readInput } from '../../src-main/intake/read.ts'
import { readLargeFile } from '../../src-main/intake/large-file.ts'
import { createReviewPool } from '../../src-main/review/pool.ts'
import { buildViews } from '../../src-main/views/build.ts'
import { noDefaults } from '../support/mail/read-one.ts'
import { fetchCorpus } from '../corpus/fetch.ts'
import { htmlDraft } from './engine/sample-text.ts'
import { measuredOn, verdict } from './measured.ts'
import { runTree } from './process-tree.ts'

/**
 * `npm run bench:intake [-- NAME…]`: CPU and memory of reading, each beside its goal. What is read is measured in a process of its own,
 * as a ratio to postal-mime over the same mails in the same run; what users call (`npm run check`) by the memory of all its processes.
 */

const root = join(import.meta.dirname, '../..')
const gigabyte = 2 ** 30
const pieceCharacters = 4_000_000
const memoryGoalMb = 300

interface Measured {
  readonly cpuMs: number
  readonly peakMb: number
  readonly note: string
}

/** Each in a process of its own. */
const works: Readonly<Record<string, () => Promise<string> | string>> = {
  'postal-mime': async () => {
    let parts = 0
    for (const file of mailFiles()) parts += (await PostalMime.parse(readFileSync(file))).attachments.length
    return `${String(parts)} attachments`
  },
  'mails-with-maps': () => {
    let places = 0
    for (const file of mailFiles()) {
      const outcome = readInput(readFileSync(file), { input: file, named: true, defaults: noDefaults })
      if (!('messages' in outcome)) continue
      for (const { texts } of outcome.messages) {
        for (const { text, toSource } of texts) places += toSource?.({ start: 0, end: text.length }).end ?? 0
      }
    }
    return `${String(places)} bytes placed`
  },
  'mails-with-views': () => {
    let seen = 0
    for (const file of mailFiles()) {
      const outcome = readInput(readFileSync(file), { input: file, named: true, defaults: noDefaults })
      if ('messages' in outcome) for (const message of outcome.messages) seen += buildViews(message).visibleLength
    }
    return `${String(seen)} characters seen`
  },
  'mailbox-read': () =>
    withFile('box.mbox', gigabyte, largeMail, async (file) => {
      let count = 0
      for await (const event of readLargeFile(file, { input: file, named: true, defaults: noDefaults })) {
        if (event.kind === 'failed') return event.problem.message
        if (event.kind === 'message') count++
      }
      return `${String(count)} messages`
    }),
}

/** As users call them. */
const checks: Readonly<Record<string, () => Promise<void>>> = {
  'one mail': () =>
    withFile(
      'a.eml',
      1,
      () => mail(1, 'Hello'),
      (file) => checked('one mail', file, {}),
    ),
  '1,000,000 rows': () =>
    withFile('profiles.csv', Infinity, profileRow, (file) => checked('1,000,000 rows', file, { goalSeconds: 15 })),
  '100,000 rows': () =>
    withFile(
      'profiles.csv',
      Infinity,
      (index) => (index > 100_000 ? '' : profileRow(index)),
      (file) => checked('100,000 rows', file, {}),
    ),
  '300 MB mailbox': () => withFile('box.mbox', 300e6, smallMail, (file) => checked('300 MB mailbox', file, {})),
  '1 GB mailbox': () => withFile('box.mbox', gigabyte, largeMail, (file) => checked('1 GB mailbox', file, {})),
  '5 MB HTML mail': largeHtml,
}

function mailFiles(): readonly string[] {
  return fetchCorpus(join(root, '.cache', 'corpus'))
}

const envelope = 'From a@b.example Fri Nov 20 10:00:00 2026'
const long = 'The cups are back, and so are the saucers. '.repeat(2400)
const short = 'The cups are back, free spins at our casino tonight, guaranteed. SSN 536-22-8772. '.repeat(180)

function mail(index: number, text: string): string {
  return `From: Acme <news@acme.example>\nTo: r${String(index)}@reader.example\nSubject: Number ${String(index)}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\n${text}\n\n`
}

/** About 100 KB, without much to find. */
function largeMail(index: number): string {
  return `${envelope}\n${mail(index, long)}`
}

/** About 15 KB, with hundreds of places to find something in, which is what a report grows by. */
function smallMail(index: number): string {
  return `${envelope}\n${mail(index, `${String(index)} ${short}`)}`
}

function profileRow(index: number): string {
  if (index === 0) return 'Email,First Name,State / Region,Zip Code,Phone,Email Marketing Consent,Birthday\n'
  if (index > 1_000_000) return ''
  const number = String(2_000_000 + index).slice(-7)
  return `reader${String(index)}@reader.example,Mara,OR,97209,+1503${number},SUBSCRIBED,1980-01-02\n`
}

/** Makes a file of some size, line by line, and removes it when `use` is done. */
async function withFile<T>(
  name: string,
  bytes: number,
  line: (index: number) => string,
  use: (file: string) => Promise<T> | T,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-bench-')))
  try {
    const file = join(folder, name)
    const handle = openSync(file, 'w')
    let written = 0
    let piece = ''
    for (let index = 0; written + piece.length < bytes; index++) {
      const next = line(index)
      piece += next
      if (piece.length < pieceCharacters && next !== '') continue
      written += writeSync(handle, piece)
      piece = ''
      if (next === '') break
    }
    writeSync(handle, piece)
    closeSync(handle)
    return await use(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checked(name: string, file: string, { goalSeconds }: { readonly goalSeconds?: number }): Promise<void> {
  const call = ['run', '-s', 'check', '--', file, '--format', 'json', '--out', `${file}.json`, '--fail-on', 'never']
  const { exitCode, wallMs, peakMb, stderr } = await runTree('npm', [...call, '--as-of', '2026-11-23'], root)
  const seconds = wallMs / 1000
  const time = goalSeconds === undefined ? '' : ` (goal ${String(goalSeconds)} s: ${verdict(seconds < goalSeconds)})`
  console.log(
    `${name.padEnd(18)} exit ${String(exitCode)}, ${seconds.toFixed(1)} s${time}, all processes ${peakMb.toFixed(0)} MB (goal ${String(memoryGoalMb)} MB: ${verdict(peakMb < memoryGoalMb)}) ${stderr.slice(0, 200)}`,
  )
}

/** From the file to its findings, in the pool that window and command line share; how long the main thread was held up meanwhile. */
async function largeHtml(): Promise<void> {
  const body = htmlDraft(5_000_000)
  const head =
    'From: Acme <news@acme.example>\nSubject: Large\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n'
  await withFile(
    'large.eml',
    1,
    () => `${head}${body}`,
    async (file) => {
      const small = `${file}.small.eml`
      writeFileSync(small, mail(1, 'Hello'))
      const pool = createReviewPool({ workerFile: join(root, 'src-main/review/worker.ts'), jobs: 1 })
      const asOf = '2026-11-23'
      const packs = { shipped: join(root, 'resources/packs'), own: [], named: [], asOf }
      const settings = { packs, asOf, region: [] }
      const task = { path: file, input: 'large.eml', named: true, defaults: noDefaults, settings }
      await pool.reviewFile({ ...task, path: small })
      const delay = monitorEventLoopDelay({ resolution: 5 })
      delay.enable()
      const begun = performance.now()
      const { messages } = await pool.reviewFile(task)
      const seconds = (performance.now() - begun) / 1000
      delay.disable()
      const heldMs = delay.max / 1e6
      await pool.close()
      console.log(
        `5 MB HTML mail     reviewed in ${seconds.toFixed(2)} s (goal 3 s: ${verdict(seconds < 3)}), main thread held up ${heldMs.toFixed(0)} ms at most (goal 50 ms: ${verdict(heldMs < 50)}), ${String(messages[0]?.report.findings.length ?? 0)} findings`,
      )
    },
  )
}

function measure(name: string): Measured {
  const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, 'work', name], { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  // What this same file printed.
  return JSON.parse(stdout) as Measured
}

const goals: Readonly<Record<string, number>> = { 'mails-with-maps': 1.5 }

const [first, ...named] = process.argv.slice(2)
if (first === 'work') {
  const note = (await works[named[0] ?? '']?.()) ?? 'no such measurement'
  const { user, system } = process.cpuUsage()
  const peakMb = process.resourceUsage().maxRSS / 1024
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMb, note } satisfies Measured))
} else {
  const asked = first === undefined ? null : new Set([first, ...named])
  console.log(`intake (${measuredOn()})`)
  let baseline: number | null = null
  for (const name of Object.keys(works)) {
    if (asked?.has(name) === false) continue
    const { cpuMs, peakMb, note } = measure(name)
    if (name === 'postal-mime') baseline = cpuMs
    const ratio = baseline === null ? null : cpuMs / baseline
    const goal = goals[name]
    const against = goal === undefined || ratio === null ? '' : ` (goal ${String(goal)} ×: ${verdict(ratio <= goal)})`
    console.log(
      `${name.padEnd(18)} ${(cpuMs / 1000).toFixed(2)} s CPU${ratio === null ? '' : `, ${ratio.toFixed(2)} × postal-mime${against}`}, peak ${peakMb.toFixed(0)} MB (goal ${String(memoryGoalMb)} MB: ${verdict(peakMb < memoryGoalMb)}), ${note}`,
    )
  }
  for (const [name, run] of Object.entries(checks)) if (asked?.has(name) !== false) await run()
}
