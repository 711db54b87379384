import type { Result } from '../contract/result.ts'
import { judgeSeries, type SeriesFindings } from '../rules/series/judge-series.ts'
import { compiledRules } from './compiled-rules.ts'
import type { SeriesTask } from './job.ts'

/** Judges messages together by the rules over a series. */
export async function judgeMessagesTogether({
  settings,
  messages,
}: SeriesTask): Promise<Result<readonly SeriesFindings[]>> {
  const rules = await compiledRules(settings.packs)
  if (!rules.ok) return rules
  // What reads days in five languages takes a while to load, and most calls need it not.
  const { endDayIn } = await import('../rules/series/end-day.ts')
  return { ok: true, value: judgeSeries(rules.value, messages, endDayIn) }
}
