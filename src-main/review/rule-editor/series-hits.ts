import { ok, type Result } from '../../contract/result.ts'
import type { CompiledRules } from '../../rules/compile.ts'
import type { PackSelection } from '../../rules/pack.ts'
import { judgeSeries } from '../../rules/series/judge-series.ts'
import type { SeriesMessage } from '../../rules/series/series-message.ts'
import { draftRules } from './draft-rules.ts'
import { compared, onlyRules, type FileHit, type PlacedHit } from './rule-hits.ts'

/** What rules over a series noted of a message, as they are written and as they were saved. */
export interface NotedForHits {
  readonly name: string
  readonly now: SeriesMessage | null
  readonly before: SeriesMessage | null
}

export interface SeriesHitsTask {
  readonly draft: PackSelection
  /** null: nothing was saved. */
  readonly saved: PackSelection | null
  readonly rules: readonly string[]
  readonly messages: readonly NotedForHits[]
}

/** Where rules that compare messages with each other hit among those that were looked through. */
export async function seriesHits({
  draft,
  saved,
  rules,
  messages,
}: SeriesHitsTask): Promise<Result<readonly FileHit[]>> {
  const now = await draftRules(draft)
  if (!now.ok) return now
  const before = saved === null ? null : await draftRules(saved)
  if (before !== null && !before.ok) return before
  const { endDayIn } = await import('../../rules/series/end-day.ts')
  const asked = new Set(rules)
  const hitsOf = (compiled: CompiledRules, side: 'now' | 'before'): readonly PlacedHit[] => {
    const noted = messages.flatMap(({ name, [side]: message }, at) => (message === null ? [] : [{ name, message, at }]))
    const found = judgeSeries(
      onlyRules(compiled, asked),
      noted.map(({ message }) => message),
      endDayIn,
    )
    return found.flatMap(({ at, findings }) => {
      const of = noted[at]
      return findings.flatMap(({ rule, part, severity, excerpt, message: told, fingerprint }): PlacedHit[] =>
        of === undefined || rule === null
          ? []
          : [
              {
                rule,
                message: of.message.id,
                name: of.name,
                part,
                severity,
                // Of a series there may be nothing to quote; what was found is told then.
                excerpt: excerpt === '' ? told : excerpt,
                key: JSON.stringify([of.at, rule, fingerprint]),
              },
            ],
      )
    })
  }
  return ok(compared(hitsOf(now.value, 'now'), before === null ? [] : hitsOf(before.value, 'before')))
}
