import type { Finding, Report } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { counted } from '../report/lines.ts'
import { visible } from '../report/visible.ts'
import { check } from '../review/check.ts'
import { createReviewPool } from '../review/pool.ts'
import { loadPacks } from '../rules/load-packs.ts'
import type { PackSelection } from '../rules/pack.ts'
import type { CliIo } from './io.ts'
import { createProgress } from './progress.ts'

export interface HitsCall {
  readonly format: 'text' | 'json'
  readonly paths: readonly string[]
  readonly selection: PackSelection
  readonly asOf: string
  /** Absolute folder of the packs to compare with; null: only counts. */
  readonly against: string | null
}

/** A rule's hit in a corpus. */
interface CorpusHit {
  readonly rule: string
  readonly message: string
  readonly part: string
  readonly span: Finding['span']
  readonly severity: Finding['severity']
  readonly excerpt: string
}

/** Hits of the packs over a corpus, by rule; with older packs to compare with, what was gained and lost. */
export async function hitsOverCorpus(call: HitsCall, io: CliIo): Promise<Result<string>> {
  const old = call.against === null ? ok(null) : await olderSelection(call.selection, call.against)
  if (!old.ok) return old
  const pool = createReviewPool({ workerFile: io.workerFile, jobs: io.cores, compileCacheDir: io.compileCacheDir })
  try {
    const now = await corpusHits(call.selection)
    if (!now.ok) return now
    const before = old.value === null ? null : await corpusHits(old.value)
    if (before !== null && !before.ok) return before
    return ok(call.format === 'json' ? asJson(now.value, before?.value) : asText(now.value, before?.value))
  } finally {
    await pool.close()
  }

  async function corpusHits(packs: PackSelection): Promise<Result<CorpusHits>> {
    const progress = createProgress(io, false)
    const settings = { packs, asOf: call.asOf, region: [] }
    const report = await check(
      { paths: call.paths, settings, explain: false },
      { pool, version: io.version, now: io.now, onProgress: progress.show },
    )
    progress.clear()
    return report.ok ? ok(hitsIn(report.value)) : report
  }
}

/** The same selection with the packs of a folder in the place of those with their ids. */
async function olderSelection(selection: PackSelection, folder: string): Promise<Result<PackSelection>> {
  const values = selection.values ?? `${selection.shipped}/../values`
  const alone = { ...selection, shipped: folder, own: [], named: [], values }
  const loaded = await loadPacks(alone)
  if (!loaded.ok) return loaded
  const ids = new Set(loaded.value.packs.map(({ id }) => id))
  if (ids.size === 0) return fail('no-pack', 'There is no pack in the folder that --against names.')
  const shipped = await loadPacks({ ...selection, own: [], named: [] })
  const replacesShipped = shipped.ok && shipped.value.packs.some(({ id }) => ids.has(id))
  return ok(replacesShipped ? { ...selection, shipped: folder, values } : { ...selection, own: [folder] })
}

interface CorpusHits {
  readonly messages: number
  readonly hits: readonly CorpusHit[]
}

function hitsIn({ messages }: Report): CorpusHits {
  const hits = messages.flatMap(({ id, findings }) =>
    findings.flatMap(({ rule, part, span, severity, excerpt }) =>
      rule === null ? [] : [{ rule, message: id, part, span, severity, excerpt }],
    ),
  )
  return { messages: messages.length, hits }
}

function keyOf({ rule, message, part, span }: CorpusHit): string {
  return JSON.stringify([rule, message, part, span])
}

function difference(hits: CorpusHits, others: CorpusHits): CorpusHit[] {
  const known = new Set(others.hits.map(keyOf))
  return hits.hits.filter((hit) => !known.has(keyOf(hit)))
}

function byRule(hits: readonly CorpusHit[]): [rule: string, hits: CorpusHit[]][] {
  const rules = new Map<string, CorpusHit[]>()
  for (const hit of hits) {
    const known = rules.get(hit.rule)
    if (known === undefined) rules.set(hit.rule, [hit])
    else known.push(hit)
  }
  return [...rules].sort(([a], [b]) => (a < b ? -1 : 1))
}

function asJson(now: CorpusHits, before: CorpusHits | undefined): string {
  const rules = byRule(now.hits).map(([rule, hits]) => ({ rule, hits: hits.length, messages: messagesOf(hits) }))
  const compared = before === undefined ? {} : { gained: difference(now, before), lost: difference(before, now) }
  return `${JSON.stringify({ messages: now.messages, rules, ...compared }, null, 2)}\n`
}

function messagesOf(hits: readonly CorpusHit[]): number {
  return new Set(hits.map(({ message }) => message)).size
}

function asText(now: CorpusHits, before: CorpusHits | undefined): string {
  const total = `${counted(now.hits.length, 'hit')} in ${counted(messagesOf(now.hits), 'message')} of ${now.messages.toLocaleString('en')}`
  if (before === undefined) {
    const lines = byRule(now.hits).map(
      ([rule, hits]) => `${String(hits.length).padStart(7)} in ${String(messagesOf(hits)).padStart(6)}  ${rule}`,
    )
    return `${[...lines, total].join('\n')}\n`
  }
  const gained = difference(now, before)
  const lost = difference(before, now)
  return `${[
    ...changes('+', gained),
    ...changes('-', lost),
    `${counted(gained.length, 'hit')} gained, ${lost.length.toLocaleString('en')} lost; ${total}`,
  ].join('\n')}\n`
}

function changes(sign: '+' | '-', hits: readonly CorpusHit[]): string[] {
  return byRule(hits).flatMap(([rule, own]) => [
    `${sign} ${rule} (${String(own.length)})`,
    ...own.map(({ message, part, severity, excerpt }) =>
      visible(`  ${sign} ${severity} ${message} ${part}: ${excerpt}`),
    ),
  ])
}
