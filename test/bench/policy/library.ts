import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import { openLibrary } from '../../../src-main/store/library.ts'
import { measuredOn, percentile, threadCpuMs, verdict } from '../measured.ts'

/**
 * Fifty versions of a policy of 500 clauses are stored and searched: `node test/bench/policy/library.ts`. Ends with 1 when storing takes more than
 * 5 s or typing in the search more than 50 ms a letter, both of CPU time: the machine may be busy otherwise.
 */

const versions = 50
const clauses = 500
const storeMayTakeMs = 5_000
const typingMayTakeMs = 50
const typed = ['gambling products', '"consent address"', 'you may not', 'approval within days']
const words =
  'you may must not send messages offer gambling products services customers data consent address list any written notice within days unless prior approval party rights content'.split(
    ' ',
  )

let seed = 7
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}
const sentence = (): string =>
  `${Array.from({ length: 18 + Math.floor(random() * 20) }, () => words[Math.floor(random() * words.length)]).join(' ')}.`

let texts = Array.from({ length: clauses }, sentence)
const imports = Array.from({ length: versions }, (_, at) => {
  // One clause in fifty is another from version to version.
  texts = texts.map((text) => (random() < 0.02 ? sentence() : text))
  return { document: document(String(1975 + at), texts), original: Buffer.from(texts.join('\n')) }
})

const folder = mkdtempSync(join(tmpdir(), 'clausebench-library-'))
try {
  const library = openLibrary(join(folder, 'library.sqlite'))
  if (!library.ok) throw new Error(library.problem.message)
  const spentMs = threadCpuMs()
  library.value.addAll(imports, '2026-11-23T10:00:00.000Z')
  const storedMs = spentMs()
  const times = typed.flatMap((whole) =>
    Array.from({ length: whole.length }, (_, length) => {
      const spentMs = threadCpuMs()
      library.value.search(whole.slice(0, length + 1), null, 60)
      return spentMs()
    }),
  )
  library.value.close()
  const slowest = percentile(times, 0.95)
  const isMet = storedMs <= storeMayTakeMs && slowest <= typingMayTakeMs
  console.log(measuredOn())
  console.log(`${versions} versions of ${clauses} clauses stored, CPU: ${storedMs.toFixed(0)} ms`)
  console.log(
    `a letter typed, CPU: median ${percentile(times, 0.5).toFixed(0)} ms, 95 % ${slowest.toFixed(0)} ms: ${verdict(isMet)}`,
  )
  if (!isMet) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function document(version: string, of: readonly string[]): PolicyDocument {
  return {
    schema: 'clausebench-policy/1',
    policy: 'big',
    version,
    title: 'Rules',
    date: version,
    effective: null,
    captured: null,
    url: null,
    basis: 'primary',
    source: { path: `${version}.md`, sha256: version, mediaType: 'text/markdown' },
    clauses: of.map((text, index) => ({
      id: String(index + 1),
      parent: null,
      section: `Section ${String(Math.floor(index / 50))}`,
      number: String(index + 1),
      heading: null,
      text,
      span: { start: index, end: index + 1 },
      match: null,
    })),
    cut: [],
    notices: [],
  }
}
