import { posix, resolve } from 'node:path'
import type { Finding, InputEntry, ReportMessage, Verdict } from '../contract/report.ts'
import { ok, type Result } from '../contract/result.ts'
import type { HistoryPlace } from '../intake/campaign-settings.ts'
import type { SeriesMessage } from '../rules/series/series-message.ts'
import type { FileTask, ReviewSettings } from './job.ts'
import type { ReviewPool } from './pool.ts'
import { reviewPaths, type ReviewedFile } from './review-paths.ts'

export interface TogetherRequest {
  /** With the ids that they keep. */
  readonly messages: readonly ReportMessage[]
  /** By the place of their messages among `messages`. */
  readonly series: ReadonlyMap<number, SeriesMessage>
  /** Files that were reviewed: as earlier messages they would count twice. */
  readonly tasks: readonly Pick<FileTask, 'path'>[]
  /** Earlier messages for all. */
  readonly history: readonly HistoryPlace[]
  /** Earlier messages that are to be shown, whether a rule compares anything with them or not; left out: none. */
  readonly shown?: readonly HistoryPlace[]
  readonly settings: ReviewSettings
  readonly pool: Pick<ReviewPool, 'reviewFile' | 'judgeSeries'>
}

export interface Together {
  readonly messages: readonly ReportMessage[]
  /** Files of earlier messages. */
  readonly earlier: readonly ReviewedFile[]
  /** Earlier messages that could not be read. */
  readonly unread: readonly InputEntry[]
}

/**
 * Judges the messages of a call together with earlier ones, and adds what rules over a series find to the messages that it concerns.
 * Earlier messages are read and neither judged nor counted.
 */
export async function judgeTogether(request: TogetherRequest): Promise<Result<Together>> {
  const { messages, series, pool, settings } = request
  // Without a rule over a series nothing was noted.
  if (series.size === 0 && (request.shown ?? []).length === 0) return ok({ messages, earlier: [], unread: [] })
  const own = [...series].map(([at, one]) => ({ at, message: { ...one, id: messages[at]?.id ?? one.id } }))
  const { earlier, files, unread } = await readHistory(request)
  if (series.size === 0) return ok({ messages, earlier: files, unread })
  const judged = await pool.judgeSeries({ settings, messages: [...own.map(({ message }) => message), ...earlier] })
  if (!judged.ok) return judged
  const found = new Map(judged.value.map(({ at, findings }) => [own[at]?.at ?? -1, findings]))
  return ok({
    messages: messages.map((message, at) => {
      const findings = found.get(at)
      return findings === undefined ? message : withFindings(message, findings)
    }),
    earlier: files,
    unread,
  })
}

/** Messages that go to one list hold its numbers once between them. */
export function shareNumbers(): (message: SeriesMessage) => SeriesMessage {
  const known = new Map<string, NonNullable<SeriesMessage['recipients']>>()
  return (message) => {
    const { recipients } = message
    if (recipients === null) return message
    const shared = known.get(recipients.identity) ?? recipients
    known.set(recipients.identity, shared)
    return { ...message, recipients: shared }
  }
}

/** They stand behind the others: they are about no place in the message. */
function withFindings(message: ReportMessage, found: readonly Finding[]): ReportMessage {
  const { findings } = message
  const added = found.map((finding) => ({ ...finding, number: finding.number + findings.length }))
  return { ...message, findings: [...findings, ...added], verdict: worst(message.verdict, added) }
}

function worst(verdict: Verdict, added: readonly Finding[]): Verdict {
  if (verdict === 'errors' || added.some(({ severity }) => severity === 'error')) return 'errors'
  return added.some(({ severity }) => severity === 'warning') ? 'to-review' : verdict
}

async function readHistory({ series, history, shown = [], tasks, settings, pool }: TogetherRequest): Promise<{
  readonly earlier: readonly SeriesMessage[]
  readonly files: readonly ReviewedFile[]
  readonly unread: readonly InputEntry[]
}> {
  const reviewed = new Set(tasks.map(({ path }) => path))
  const earlier: SeriesMessage[] = []
  const read: ReviewedFile[] = []
  const share = shareNumbers()
  const unread: InputEntry[] = []
  for (const { path, input, brought } of placesOf(history, series, shown)) {
    const files = reviewPaths({
      paths: [path],
      settings,
      pool,
      isHistory: true,
      passOver: reviewed,
      shown: (found) => (found.startsWith(path) ? `${input}${found.slice(path.length)}` : found),
    })
    for await (const file of files) {
      const { review } = file
      read.push(file)
      unread.push(...review.inputs.filter(({ status }) => status === 'unreadable'))
      for (const { series: message } of review.messages)
        if (message !== undefined) earlier.push(share({ ...message, earlier: brought }))
    }
  }
  return { earlier, files: read, unread }
}

/** Each path once; what the call names serves all messages (`brought` is then empty). */
function placesOf(
  named: readonly HistoryPlace[],
  series: ReadonlyMap<number, SeriesMessage>,
  shown: readonly HistoryPlace[],
): readonly (HistoryPlace & { readonly brought: string })[] {
  const places = new Map<string, HistoryPlace & { readonly brought: string }>()
  for (const place of named) places.set(resolve(place.path), { ...place, brought: '' })
  for (const history of [...[...series.values()].map((one) => one.history), shown])
    for (const place of history)
      if (!places.has(resolve(place.path))) {
        const input = posix.normalize(place.input)
        places.set(resolve(place.path), { path: place.path, input, brought: place.path })
      }
  return [...places.values()]
}
