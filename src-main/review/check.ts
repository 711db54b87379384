import type { InputEntry, Report, ReportMessage } from '../contract/report.ts'
import { ok, type Result } from '../contract/result.ts'
import { openAttestations } from './attestations.ts'
import type { HistoryPlace } from '../intake/campaign-settings.ts'
import type { SeriesMessage } from '../rules/series/series-message.ts'
import type { FileTask, ReviewSettings } from './job.ts'
import type { ReviewPool } from './pool.ts'
import { reviewPaths } from './review-paths.ts'
import { judgeTogether, shareNumbers } from './series.ts'
import { settleIds } from './settle-ids.ts'
import { summarise } from './summary.ts'

export const notice =
  'Nothing found is not permission: this review shows what the files alone show, and the provider decides by the letter or the spirit of its policy.'

export interface CheckRequest {
  readonly paths: readonly string[]
  readonly settings: ReviewSettings
  /** Whether findings keep the steps that led to them. */
  readonly explain: boolean
  /** Earlier messages for rules over a series; left out: none but those that manifests name. */
  readonly history?: readonly HistoryPlace[]
}

export interface CheckPorts {
  readonly pool: Pick<ReviewPool, 'reviewFile' | 'describePacks' | 'judgeSeries'>
  /** Of clausebench. */
  readonly version: string
  readonly now: () => Date
  /** Earlier messages that could not be read. */
  readonly onUnread?: (entry: InputEntry) => void
  readonly onProgress?: (progress: { readonly done: number; readonly found: number }) => void
}

/** Reviews paths into a report. Fails only where no review is possible at all, such as packs that are not there. */
export async function check(request: CheckRequest, ports: CheckPorts): Promise<Result<Report>> {
  const packs = await ports.pool.describePacks(request.settings)
  if (!packs.ok) return packs
  const inputs: InputEntry[] = []
  const messages: ReportMessage[] = []
  let done = 0
  let found = 0
  const files = reviewPaths({
    paths: request.paths,
    settings: request.settings,
    pool: ports.pool,
    onFound: (total) => (found = total),
  })
  const series = new Map<number, SeriesMessage>()
  const share = shareNumbers()
  const tasks: FileTask[] = []
  for await (const { task, review } of files) {
    inputs.push(...review.inputs)
    if (task !== null) tasks.push(task)
    for (const { report, series: said } of review.messages) {
      if (said !== undefined) series.set(messages.length, share(said))
      messages.push(request.explain ? report : withoutExplain(report))
    }
    ports.onProgress?.({ done: ++done, found })
  }
  const together = await judgeTogether({
    messages: settleIds(messages),
    series,
    tasks,
    history: request.history ?? [],
    settings: request.settings,
    pool: ports.pool,
  })
  if (!together.ok) return together
  together.value.unread.forEach((entry) => ports.onUnread?.(entry))
  const settled = together.value.messages.map((message) => (request.explain ? message : withoutExplain(message)))
  return ok({
    schema: 'clausebench-report/1',
    tool: { name: 'clausebench', version: ports.version },
    reviewedAt: ports
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    asOf: request.settings.asOf,
    notice,
    packs: [...packs.value.entries],
    inputs,
    messages: settled,
    attestations: openAttestations(settled, packs.value.policies, request.settings.region),
    summary: summarise(settled),
  })
}

function withoutExplain(message: ReportMessage): ReportMessage {
  return { ...message, findings: message.findings.map((finding) => ({ ...finding, explain: [] })) }
}
