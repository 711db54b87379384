import type { Severity } from '../../contract/report.ts'
import { ok, type Result } from '../../contract/result.ts'
import { limits } from '../../intake/limits.ts'
import { loadFile } from '../../intake/load.ts'
import type { CompiledRules } from '../../rules/compile.ts'
import { judge } from '../../rules/judge.ts'
import type { PackSelection } from '../../rules/pack.ts'
import { seriesMessage, type SeriesMessage } from '../../rules/series/series-message.ts'
import { buildViews } from '../../views/build.ts'
import { audienceOf } from '../audience.ts'
import type { FileTask } from '../job.ts'
import { messageName } from '../report-message.ts'
import { readTask } from '../review-file.ts'
import { draftRules } from './draft-rules.ts'
import type { NotedForHits } from './series-hits.ts'

export interface HitsTask {
  readonly file: FileTask
  readonly draft: PackSelection
  /** null: nothing was saved. */
  readonly saved: PackSelection | null
  /** Rules of the file, as it is written or was saved. */
  readonly rules: readonly string[]
}

export interface FileHit {
  readonly rule: string
  readonly message: string
  readonly name: string
  readonly part: string
  readonly severity: Severity
  readonly excerpt: string
  readonly change: 'kept' | 'gained' | 'lost'
}

export interface FileHits {
  readonly messages: number
  readonly hits: readonly FileHit[]
  readonly unread: number
  /** What rules over a series noted; they are judged when all files were looked through. */
  readonly noted: readonly NotedForHits[]
  /** Those rules. */
  readonly series: readonly string[]
}

export type PlacedHit = Omit<FileHit, 'change'> & { readonly key: string }

/** Where rules hit in one file as they are written, and as they were saved. */
export async function ruleHits(
  { file, draft, saved, rules }: HitsTask,
  onProgress = (): void => undefined,
): Promise<Result<FileHits>> {
  const now = await draftRules(draft)
  if (!now.ok) return now
  const before = saved === null ? null : await draftRules(saved)
  if (before !== null && !before.ok) return before
  onProgress()
  const loaded = await loadFile(file.path, { maxBytes: limits.maxFileBytes })
  if (!loaded.ok) return ok({ messages: 0, hits: [], unread: 1, noted: [], series: [] })
  const asked = new Set(rules)
  const drafted = onlyRules(now.value, asked)
  const kept = before === null ? null : onlyRules(before.value, asked)
  const noted: NotedForHits[] = []
  const hits: FileHit[] = []
  let messages = 0
  let unread = 0
  for await (const { outcome } of readTask(file, loaded.value)) {
    if (!('messages' in outcome)) {
      if (outcome.status === 'unreadable') unread++
      continue
    }
    for (const message of outcome.messages) {
      onProgress()
      messages++
      const views = buildViews(message)
      const name = messageName(message, views)
      const found = async (compiled: CompiledRules): Promise<Looked> => {
        const { asOf, region } = file.settings
        const audience = await audienceOf(message, compiled, file.settings, onProgress)
        const judged = judge(compiled, views, { asOf, region, audience })
        const hits = judged.findings.flatMap((finding) => {
          const { rule, part, span, severity, excerpt } = finding
          return rule === null || !asked.has(rule)
            ? []
            : [{ rule, message: message.id, name, part, severity, excerpt, key: JSON.stringify([rule, part, span]) }]
        })
        return { hits, noted: seriesMessage(message, judged, audience, asOf) }
      }
      const written = await found(drafted)
      const was = kept === null ? nothing : await found(kept)
      hits.push(...compared(written.hits, was.hits))
      if (written.noted !== null || was.noted !== null) noted.push({ name, now: written.noted, before: was.noted })
    }
  }
  const series = [drafted, ...(kept === null ? [] : [kept])].flatMap((compiled) =>
    compiled.rules.flatMap((one) => (one.series === null ? [] : [one.rule.id])),
  )
  return ok({ messages, hits, unread, noted, series: [...new Set(series)] })
}

interface Looked {
  readonly hits: readonly PlacedHit[]
  readonly noted: SeriesMessage | null
}

const nothing: Looked = { hits: [], noted: null }

export function onlyRules(compiled: CompiledRules, ids: ReadonlySet<string>): CompiledRules {
  return { ...compiled, rules: compiled.rules.filter(({ rule }) => ids.has(rule.id)) }
}

export function compared(now: readonly PlacedHit[], before: readonly PlacedHit[]): FileHit[] {
  const known = new Set(before.map(({ key }) => key))
  const present = new Set(now.map(({ key }) => key))
  return [
    ...now.map((hit) => told(hit, known.has(hit.key) ? 'kept' : 'gained')),
    ...before.filter(({ key }) => !present.has(key)).map((hit) => told(hit, 'lost')),
  ]
}

function told({ rule, message, name, part, severity, excerpt }: PlacedHit, change: FileHit['change']): FileHit {
  return { rule, message, name, part, severity, excerpt, change }
}
