import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import type { Problem } from '../src-main/contract/result.ts'
import type { MessageDefaults } from '../src-main/intake/message.ts'
import { readInput } from '../src-main/intake/read.ts'
import { createReviewPool } from '../src-main/review/pool.ts'
import { expectedMails, fetchCorpus } from '../test/corpus/fetch.ts'
import { checkMaps } from '../test/corpus/map-check.ts'

/**
 * `npm run test:corpus`: 6,046 real mails, each read, its maps held against its bytes, and reviewed in the real workers.
 * A mail fails when it is neither `reviewed` nor `partial`, when anything throws, when a map is not exact, or when it
 * takes longer than `maxMessageMs`. Closed by one line `N passed, N failed`.
 */

const maxMessageMs = 2_000
const root = join(import.meta.dirname, '..')
const defaults: MessageDefaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

interface Slowest {
  ms: number
  name: string
}

const failures = new Map<string, string>()
const partial = new Map<string, number>()
const slowestRead: Slowest = { ms: 0, name: '' }
const slowestReview: Slowest = { ms: 0, name: '' }

function note(slowest: Slowest, ms: number, name: string): void {
  if (ms <= slowest.ms) return
  slowest.ms = ms
  slowest.name = name
}

function fail(name: string, why: string): void {
  if (!failures.has(name)) failures.set(name, why)
}

function notePartial(problem: Problem | null): void {
  const why = `${problem?.code ?? 'none'}: ${problem?.message ?? 'no reason given'}`
    .replace(/“[^”]*”/, '“…”')
    .replace(/Part \S+/, 'Part …')
  partial.set(why, (partial.get(why) ?? 0) + 1)
}

/** Intake alone: status, time, and every map against the bytes. */
function readAll(files: readonly string[], nameOf: (file: string) => string): void {
  const started = performance.now()
  let readMs = 0
  let parts = 0
  let spans = 0
  for (const file of files) {
    const name = nameOf(file)
    const bytes = readFileSync(file)
    try {
      const begun = performance.now()
      const outcome = readInput(bytes, { input: name, named: true, defaults })
      const ms = performance.now() - begun
      readMs += ms
      note(slowestRead, ms, name)
      if (ms > maxMessageMs) fail(name, `took ${ms.toFixed(0)} ms to read`)
      if (!('messages' in outcome)) {
        fail(name, `${outcome.status}: ${outcome.problem.message}`)
        continue
      }
      if (outcome.status === 'partial') notePartial(outcome.problem)
      if (outcome.messages.length !== 1) fail(name, `holds ${String(outcome.messages.length)} messages`)
      for (const message of outcome.messages) {
        const checked = checkMaps(bytes, message)
        parts += checked.parts
        spans += checked.spans
        if (checked.faults.length > 0) fail(name, `map: ${checked.faults.slice(0, 3).join('; ')}`)
      }
    } catch (error) {
      fail(name, error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  const seconds = (performance.now() - started) / 1000
  console.log(
    `read: ${(readMs / 1000).toFixed(1)} s; ${String(spans)} spans of ${String(parts)} texts and header fields checked, ${seconds.toFixed(1)} s`,
  )
}

async function timed<Review>(run: () => Promise<Review>): Promise<{ readonly review: Review; readonly ms: number }> {
  const begun = performance.now()
  const review = await run()
  return { review, ms: performance.now() - begun }
}

/** The whole way, in the workers that the program itself uses. */
async function reviewAll(files: readonly string[], nameOf: (file: string) => string): Promise<void> {
  const jobs = Math.max(1, Math.min(4, availableParallelism()))
  const pool = createReviewPool({ workerFile: join(root, 'src-main', 'review', 'worker.ts'), jobs })
  const settings = {
    packs: { shipped: join(root, 'resources', 'packs'), own: [], named: [], asOf: '2026-11-23' },
    asOf: '2026-11-23',
    region: [],
  }
  const started = performance.now()
  let findings = 0
  let withFindings = 0
  try {
    const described = await pool.describePacks(settings)
    if (!described.ok) {
      for (const file of files) fail(nameOf(file), described.problem.message)
      return
    }
    for (const { id, version, rules, problems } of described.value.entries) {
      console.log(`pack: ${id}@${version}, ${String(rules)} rules, ${String(problems.length)} problems`)
    }
    const reviewed = (file: string) =>
      pool.reviewFile({ path: file, input: nameOf(file), named: true, defaults, settings })
    // The start of a worker, which loads the packs, is not a message's time.
    await Promise.all(files.slice(0, jobs).map(reviewed))
    const queue = files.values()
    const slow: string[] = []
    const lane = async (): Promise<void> => {
      for (const file of queue) {
        const name = nameOf(file)
        const { review, ms } = await timed(() => reviewed(file))
        if (ms > maxMessageMs) slow.push(file)
        else note(slowestReview, ms, name)
        for (const input of review.inputs) {
          if (input.status !== 'reviewed' && input.status !== 'partial') {
            fail(name, `${input.status}: ${input.problem?.code ?? ''} ${input.problem?.message ?? ''}`)
          }
        }
        if (review.messages.length !== 1) fail(name, `${String(review.messages.length)} messages reviewed`)
        for (const { report } of review.messages) {
          findings += report.findings.length
          if (report.findings.length > 0) withFindings++
        }
      }
    }
    await Promise.all(Array.from({ length: jobs }, lane))
    // What was slow among others is timed alone: a busy machine is not the message's fault.
    for (const file of slow) {
      const { ms } = await timed(() => reviewed(file))
      note(slowestReview, ms, nameOf(file))
      if (ms > maxMessageMs) fail(nameOf(file), `took ${ms.toFixed(0)} ms to review`)
    }
  } finally {
    await pool.close()
  }
  const seconds = (performance.now() - started) / 1000
  console.log(
    `review: ${seconds.toFixed(1)} s with ${String(jobs)} workers; ${String(findings)} findings in ${String(withFindings)} mails`,
  )
}

const corpusDir = join(root, '.cache', 'corpus')
const files = fetchCorpus(corpusDir)
const nameOf = (file: string): string => relative(corpusDir, file)
if (files.length !== expectedMails)
  fail('corpus', `holds ${String(files.length)} mails instead of ${String(expectedMails)}`)
readAll(files, nameOf)
await reviewAll(files, nameOf)
console.log(`slowest to read: ${slowestRead.ms.toFixed(0)} ms ${slowestRead.name}`)
console.log(`slowest to review: ${slowestReview.ms.toFixed(0)} ms ${slowestReview.name}`)
for (const [why, count] of [...partial].sort((a, b) => b[1] - a[1])) console.log(`partial, ${String(count)}: ${why}`)
for (const [name, why] of [...failures].slice(0, 40)) console.log(`FAILED ${name}: ${why}`)
console.log(`${String(files.length - failures.size)} passed, ${String(failures.size)} failed`)
process.exitCode = failures.size === 0 ? 0 : 1
