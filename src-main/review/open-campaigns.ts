import { randomBytes } from 'node:crypto'
import type {
  CampaignId,
  CampaignSummary,
  EventPayload,
  MessageId,
  MessageSummary,
} from '../contract/operation-schemas.ts'
import type { EventName } from '../contract/operations.ts'
import type { InputEntry, PackEntry, ReportMessage } from '../contract/report.ts'
import type { LargeFilePlace } from '../intake/large-file.ts'
import { faultProblem } from './fault.ts'
import type { FileReview, FileTask, ListColumns, ReviewSettings } from './job.ts'
import type { ReviewPool } from './pool.ts'
import { reviewPaths, type ReviewedFile } from './review-paths.ts'
import { renameMessage } from './settle-ids.ts'
import { openedName, shownPaths } from './shown-paths.ts'
import { countGroups } from './summary.ts'
import { judgeTogether, shareNumbers } from './series.ts'
import type { PackSelection } from '../rules/pack.ts'
import type { SeriesMessage } from '../rules/series/series-message.ts'

/** A message of an open campaign, with what is needed to show it again. */
export interface OpenMessage {
  readonly report: ReportMessage
  /** The report without what rules over a series of messages found. */
  readonly alone: ReportMessage
  /** What such rules need of it; left out: nothing. */
  readonly series?: SeriesMessage
  readonly summary: MessageSummary
  readonly task: FileTask
  /** Of the task's file. */
  readonly sha256: string
  /** Hash of what the message is, apart from the others in its file. */
  readonly content: string
  /** Among the messages of its input, from 0. */
  readonly ordinal: number
  /** Of a file that is too large to be held: where the message stands in it. */
  readonly place?: LargeFilePlace
  /** Of the campaign's history: neither judged nor counted. */
  readonly isEarlier?: true
  /** How often it was judged again since it was opened; left out: never. */
  readonly revision?: number
}

export interface OpenCampaign {
  readonly id: CampaignId
  readonly messages: ReadonlyMap<MessageId, OpenMessage>
  readonly inputs: readonly InputEntry[]
  readonly summary: () => CampaignSummary
}

export interface OpenCampaigns {
  /** Begins to read; messages arrive as events. */
  readonly open: (paths: readonly string[], settings: ReviewSettings, packs: readonly PackEntry[]) => CampaignId
  readonly cancel: (id: CampaignId) => boolean
  /** Judges the messages again with what a person said of the columns of lists; false: the campaign is not open. */
  readonly recheck: (id: CampaignId, columns: ListColumns) => Promise<boolean>
  /** Judges them again by other packs. */
  readonly rejudge: (id: CampaignId, packs: PackSelection, entries: readonly PackEntry[]) => Promise<void>
  readonly close: (id: CampaignId) => boolean
  readonly get: (id: CampaignId) => OpenCampaign | null
  readonly list: () => readonly OpenCampaign[]
  readonly closeAll: () => void
}

export interface CampaignPorts {
  readonly pool: Pick<ReviewPool, 'reviewFile' | 'judgeSeries'>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
}

/** Screens are told at most this often: often enough to look immediate, seldom enough to stay fluent over thousands of files. */
const batchMs = 50

interface RunningCampaign extends OpenCampaign {
  readonly abort: AbortController
  readonly cancel: () => void
  readonly recheck: (columns: ListColumns) => Promise<void>
  readonly rejudge: (packs: PackSelection, entries: readonly PackEntry[]) => Promise<void>
  readonly close: () => void
}

/** Files that are judged again at a time. */
const recheckedAtOnce = 8

/** Campaigns live in memory from opening to closing, in the order in which they were opened. */
export function createOpenCampaigns(ports: CampaignPorts): OpenCampaigns {
  const campaigns = new Map<CampaignId, RunningCampaign>()

  return {
    open(paths, settings, packs) {
      // Sixteen random bytes as base64url: what the contract's schema of campaign ids asks for.
      const id = randomBytes(16).toString('base64url') as CampaignId
      campaigns.set(id, start(id, paths, settings, packs, ports))
      return id
    },
    cancel(id) {
      campaigns.get(id)?.cancel()
      return campaigns.has(id)
    },
    async recheck(id, columns) {
      await campaigns.get(id)?.recheck(columns)
      return campaigns.has(id)
    },
    rejudge: (id, packs, entries) => campaigns.get(id)?.rejudge(packs, entries) ?? Promise.resolve(),
    close(id) {
      campaigns.get(id)?.close()
      return campaigns.delete(id)
    },
    get: (id) => campaigns.get(id) ?? null,
    list: () => [...campaigns.values()],
    closeAll() {
      for (const campaign of campaigns.values()) campaign.close()
      campaigns.clear()
    },
  }
}

function start(
  id: CampaignId,
  paths: readonly string[],
  asked: ReviewSettings,
  packsAsked: readonly PackEntry[],
  { pool, emit }: CampaignPorts,
): RunningCampaign {
  const abort = new AbortController()
  const messages = new Map<MessageId, OpenMessage>()
  const inputs: InputEntry[] = []
  const begunMs = performance.now()
  let settings = asked
  let packs = packsAsked
  let state: 'reading' | 'finished' | 'cancelled' | 'closed' = 'reading'
  let endedMs: number | null = null
  let foundFiles = 0
  let doneFiles = 0
  let newMessages: MessageSummary[] = []
  let newInputs: InputEntry[] = []
  let timer: NodeJS.Timeout | null = null

  const counted = (): readonly OpenMessage[] => [...messages.values()].filter(({ isEarlier }) => isEarlier !== true)

  const summary = (): CampaignSummary => ({
    id,
    name: openedName(paths),
    client: [...messages.values()].find(({ report }) => report.client !== null)?.report.client ?? null,
    reviewed: counted().length,
    // A file not yet read, or never because the reading was stopped, counts as one message until it says otherwise.
    total: counted().length + (state === 'finished' ? 0 : foundFiles - doneFiles),
    finished: state !== 'reading',
    cancelled: state === 'cancelled',
    elapsedMs: (endedMs ?? performance.now()) - begunMs,
    packs: [...packs],
    asOf: settings.asOf,
  })

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (state === 'closed') return
    if (newInputs.length > 0) emit('campaign.inputs', { campaign: id, inputs: newInputs })
    if (newMessages.length > 0) emit('campaign.messages', { campaign: id, messages: newMessages })
    newInputs = []
    newMessages = []
    emit('campaign.progress', { campaign: summary() })
  }

  function flushSoon(): void {
    timer ??= setTimeout(flush, batchMs)
  }

  function end(as: 'finished' | 'cancelled'): void {
    if (state !== 'reading') return
    state = as
    endedMs = performance.now()
    abort.abort()
    flush()
  }

  function take({ task, review }: ReviewedFile): void {
    doneFiles++
    inputs.push(...review.inputs)
    newInputs.push(...review.inputs)
    if (task !== null) {
      for (const message of openMessages(id, messages, task, review)) {
        messages.set(message.summary.id, message)
        newMessages.push(message.summary)
      }
    }
    flushSoon()
  }

  async function read(): Promise<void> {
    const files = reviewPaths({
      paths,
      settings,
      pool,
      signal: abort.signal,
      shown: shownPaths(paths),
      onFound: (total) => {
        foundFiles = total
        flushSoon()
      },
    })
    for await (const file of files) take(file)
    if (state === 'reading') await judgeSeries()
  }

  /** Ids and places stay; what was found, and its counts, are new. */
  function replace(task: FileTask, review: FileReview): void {
    const known = new Map([...messages.values()].map((message) => [placeKey(message.task, message), message]))
    for (const { report, ordinal, series } of review.messages) {
      const before = known.get(placeKey(task, { report, ordinal }))
      if (before === undefined) continue
      const { id } = before.summary
      const alone = id === report.id ? report : renameMessage(report, id)
      const after: OpenMessage = {
        ...before,
        task,
        report: alone,
        alone,
        ...(series === undefined ? {} : { series }),
        summary: { ...before.summary, ...foundIn(report) },
        revision: (before.revision ?? 0) + 1,
      }
      messages.set(before.summary.id, after)
      newMessages.push(after.summary)
    }
    flushSoon()
  }

  /** Shown behind the others, so that a person sees what rules over a series compared them with. */
  function takeEarlier(files: readonly ReviewedFile[]): void {
    for (const [id, { isEarlier }] of messages) if (isEarlier === true) messages.delete(id)
    for (const { task, review } of files) {
      if (task === null) continue
      for (const message of openMessages(id, messages, task, review)) {
        // A list of recipients among them is no message.
        if (message.summary.channel === null) continue
        const summary = { ...message.summary, earlier: true }
        messages.set(summary.id, { ...message, isEarlier: true, summary })
        newMessages.push(summary)
      }
    }
  }

  /** Adds what rules over a series find in the messages together, with the earlier ones that manifests name. */
  async function judgeSeries(): Promise<void> {
    const all = counted()
    const share = shareNumbers()
    const series = new Map(
      all.flatMap((one, at) => (one.series === undefined ? [] : [[at, share(one.series)] as const])),
    )
    const tasks = all.map(({ task }) => task)
    const together = await judgeTogether({
      messages: all.map(({ alone }) => alone),
      series,
      tasks,
      history: [],
      shown: tasks.flatMap(({ defaults }) => defaults.settings?.history ?? []),
      settings,
      pool,
    })
    if (!together.ok) throw new Error(together.problem.message)
    takeEarlier(together.value.earlier)
    inputs.push(...together.value.unread)
    newInputs.push(...together.value.unread)
    together.value.messages.forEach((report, at) => {
      const before = all[at]
      if (before === undefined || report === before.alone) return
      const after = {
        ...before,
        report,
        summary: { ...before.summary, ...foundIn(report) },
        revision: (before.revision ?? 0) + 1,
      }
      messages.set(before.summary.id, after)
      newMessages.push(after.summary)
    })
  }

  /** One after the other: a second correction waits for the first. */
  let rechecked: Promise<void> = Promise.resolve()

  async function recheck(change: (settings: ReviewSettings) => ReviewSettings): Promise<void> {
    const tasks = new Map(counted().map(({ task }) => [task.path, task]))
    const waiting = [...tasks.values()]
    while (waiting.length > 0 && state !== 'closed') {
      const some = waiting.splice(0, recheckedAtOnce).map((task) => ({
        ...task,
        settings: change(task.settings),
      }))
      const reviews = await Promise.all(some.map((task) => pool.reviewFile(task)))
      reviews.forEach((review, at) => {
        const task = some[at]
        if (task !== undefined) replace(task, review)
      })
    }
    if (state !== 'closed') await judgeSeries()
    flush()
  }

  emit('campaign.opened', { campaign: summary() })
  const reading = read()
  reading.then(
    () => end('finished'),
    (error: unknown) => {
      const entry: InputEntry = {
        path: openedName(paths),
        status: 'unreadable',
        bytes: null,
        sha256: null,
        problem: faultProblem(error),
      }
      take({ task: null, review: { inputs: [entry], messages: [] } })
      end('finished')
    },
  )

  return {
    id,
    messages,
    inputs,
    summary,
    abort,
    cancel: () => end('cancelled'),
    recheck(columns) {
      rechecked = rechecked.then(() => recheck((before) => ({ ...before, columns })))
      return rechecked
    },
    rejudge(newer, entries) {
      // What is still being read is judged by the packs that it was begun with, and then again.
      const read = reading.catch(() => undefined)
      rechecked = rechecked
        .then(() => read)
        .then(() => {
          settings = { ...settings, packs: newer }
          packs = entries
          return recheck((before) => ({ ...before, packs: newer }))
        })
      return rechecked
    },
    close() {
      state = 'closed'
      abort.abort()
      flush()
    },
  }
}

function openMessages(
  campaign: CampaignId,
  known: ReadonlyMap<MessageId, OpenMessage>,
  task: FileTask,
  review: FileReview,
): OpenMessage[] {
  const sha256 = review.inputs.find(({ path }) => path === task.input)?.sha256 ?? ''
  const opened = new Map<MessageId, OpenMessage>()
  for (const { report, name, ordinal, place, content, series } of review.messages) {
    const id = freeId(report, (candidate) => known.has(candidate) || opened.has(candidate))
    const alone = id === report.id ? report : renameMessage(report, id)
    opened.set(id, {
      report: alone,
      alone,
      ...(series === undefined ? {} : { series }),
      summary: {
        campaign,
        id,
        name,
        from: report.from,
        channel: report.channel,
        date: report.date,
        sendAt: report.sendAt,
        ...foundIn(report),
        review: null,
        client: report.client,
      },
      task,
      sha256,
      content: content ?? place?.sha256 ?? review.inputs.find(({ path }) => path === report.input)?.sha256 ?? sha256,
      ordinal,
      ...(place === undefined ? {} : { place }),
    })
  }
  return [...opened.values()]
}

function foundIn(report: ReportMessage): Pick<MessageSummary, 'verdict' | 'counts' | 'clauses' | 'rules'> {
  return {
    verdict: report.verdict,
    counts: countGroups(report.findings),
    clauses: [...new Set(report.findings.flatMap(({ clauses }) => clauses))],
    rules: [...new Set(report.findings.flatMap(({ rule }) => rule ?? []))],
  }
}

function placeKey(task: FileTask, { report, ordinal }: Pick<OpenMessage, 'report' | 'ordinal'>): string {
  return JSON.stringify([task.path, report.input, ordinal])
}

/** A screen has the first of two drafts with one id already when the second comes: only the second takes its input's name. */
function freeId({ id, input }: ReportMessage, isTaken: (id: MessageId) => boolean): MessageId {
  const named = id === input || id.startsWith(`${input}#`) ? id : `${input}#${id}`
  // Ids of reports are non-empty paths and names, which is all that the contract asks of a message id.
  let candidate = id as MessageId
  for (let n = 1; isTaken(candidate); n++) candidate = (n === 1 ? named : `${named}:${n}`) as MessageId
  return candidate
}
