import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Answer } from '../contract/operation-schemas.ts'
import type { Problem, Result } from '../contract/result.ts'
import { faultProblem } from './fault.ts'
import type {
  FileReview,
  FileTask,
  LinkTask,
  LostPlace,
  PackDescription,
  RenderTask,
  ReviewNews,
  ReviewPlace,
  ReviewSettings,
  RowsTask,
  SeriesTask,
  ShowTask,
} from './job.ts'
import type { PolicyVersions } from '../rules/policy-versions.ts'
import type { JudgingRules } from './impact/impact-rules.ts'
import type { RulesDescription } from './rule-editor/describe-rules.ts'
import type { FileHit, FileHits, HitsTask } from './rule-editor/rule-hits.ts'
import type { SeriesHitsTask } from './rule-editor/series-hits.ts'
import type { TriedRules, TryTask } from './rule-editor/try-rules.ts'
import type { SeriesFindings } from '../rules/series/judge-series.ts'
import type { CompareTask, LocateTask } from './job.ts'
import type { ComparedTexts } from './compare-texts.ts'
import type { OwnPlace } from './own-place.ts'
import type { RedlinePage } from '../report/redline.ts'
import type { CompareTask as ComparePoliciesTask, PolicyComparison } from './policies/compare-policies.ts'
import type { ReadPolicyFile, ReadPolicyTask } from './policies/read-policy-file.ts'
import { maxLostPlaces, taskBudgetMs, workerHeapMb, workerYoungHeapMb } from './limits.ts'
import { joinReviews } from './review-course.ts'
import { shareTexts } from './share-texts.ts'
import type { Told, WithNews } from './telling.ts'

/** The work that workers do: the names and types of what `worker.ts` exports. */
export interface WorkerTasks {
  readonly reviewFile: (task: FileTask) => Promise<FileReview>
  readonly describePacks: (settings: ReviewSettings) => Promise<Result<PackDescription>>
  readonly describeRules: (settings: ReviewSettings) => Promise<Result<RulesDescription>>
  readonly tryRules: (task: TryTask) => Promise<Result<TriedRules>>
  readonly ruleHits: (task: HitsTask) => Promise<Result<FileHits>>
  readonly seriesHits: (task: SeriesHitsTask) => Promise<Result<readonly FileHit[]>>
  readonly judgingRules: (settings: ReviewSettings) => Promise<Result<JudgingRules>>
  readonly knownVersions: (settings: ReviewSettings) => Promise<Result<readonly PolicyVersions[]>>
  readonly judgeSeries: (task: SeriesTask) => Promise<Result<readonly SeriesFindings[]>>
  readonly showRendered: (task: RenderTask) => Promise<Result<Answer<'message.rendered'>>>
  readonly showText: (task: ShowTask) => Promise<Result<Answer<'message.text'>>>
  readonly showSource: (task: ShowTask) => Promise<Result<Answer<'message.source'>>>
  readonly showHeaders: (task: ShowTask) => Promise<Result<Answer<'message.headers'>>>
  readonly showFiles: (task: ShowTask) => Promise<Result<Answer<'message.files'>>>
  readonly showSchedule: (task: ShowTask) => Promise<Result<Answer<'message.schedule'>>>
  readonly showPhone: (task: ShowTask) => Promise<Result<Answer<'message.phone'>>>
  readonly showRecipients: (task: ShowTask) => Promise<Result<Answer<'message.recipients'>>>
  readonly unmaskRows: (task: RowsTask) => Promise<Result<Answer<'recipients.unmask'>>>
  readonly dropRows: (task: RowsTask) => Promise<Result<Answer<'recipients.drop'>>>
  readonly inspectLink: (task: LinkTask) => Promise<Result<Answer<'link.inspect'>>>
  readonly locate: (task: LocateTask) => Promise<Result<OwnPlace>>
  readonly reviewedBytes: (task: ShowTask) => Promise<Result<Uint8Array>>
  readonly compare: (task: CompareTask) => Promise<Result<ComparedTexts>>
  readonly readPolicyFile: (task: ReadPolicyTask) => Promise<Result<ReadPolicyFile>>
  readonly comparePolicies: (task: ComparePoliciesTask) => Promise<Result<PolicyComparison>>
  readonly redlineDocx: (task: { readonly page: RedlinePage }) => Promise<Result<Uint8Array>>
}

export interface ReviewPool extends WorkerTasks {
  /** Ends the workers; what is under way is lost. */
  readonly close: () => Promise<void>
}

export interface PoolOptions {
  /** Absolute path of `review/worker.ts`, or of its bundle. */
  readonly workerFile: string
  /** Workers, at least 1. */
  readonly jobs: number
  readonly budgetMs?: number
  readonly heapMb?: number
  /** Where workers keep compiled code for the next start; null: nowhere. */
  readonly compileCacheDir?: string | null
}

/** What a worker is started with. */
export interface WorkerStart {
  readonly compileCacheDir: string | null
}

interface Job {
  readonly name: keyof WorkerTasks
  readonly budgetMs: number
  readonly task: object
  readonly news: (news: ReviewNews) => void
  readonly done: (value: unknown) => void
  readonly failed: (problem: Problem) => void
}

/** How long is waited for news of a task that has ended, where its worker neither says that this was all nor ends. */
const patienceMs = 5_000

/**
 * Runs reviews in worker threads. A task that takes too long or brings its worker down fails alone: the worker is replaced, and
 * the others go on. What a person waits for (a view of a message) goes before files that wait to be reviewed.
 */
export function createReviewPool(options: PoolOptions): ReviewPool {
  const budgetMs = options.budgetMs ?? taskBudgetMs
  const jobs = Math.max(1, Math.floor(options.jobs))
  const workers = new Piscina({
    filename: options.workerFile,
    minThreads: 1,
    maxThreads: jobs,
    idleTimeout: Infinity,
    recordTiming: false,
    workerData: { compileCacheDir: options.compileCacheDir ?? null } satisfies WorkerStart,
    resourceLimits: {
      maxOldGenerationSizeMb: options.heapMb ?? workerHeapMb,
      maxYoungGenerationSizeMb: workerYoungHeapMb,
    },
  })
  const urgent: Job[] = []
  const waiting: Job[] = []
  const shared = shareTexts()
  const aborts = new Set<AbortController>()
  let running = 0
  let closed = false

  // Without a listener the event would end the process.
  workers.on('error', endWithoutWorkers)

  /** Workers that cannot even start are not replaced: what waits for one would wait for ever. */
  function endWithoutWorkers(): void {
    if (workers.threads.length === 0) for (const abort of aborts) abort.abort(noWorkers)
  }

  async function run(job: Job): Promise<void> {
    const { port1: heard, port2: news } = new MessageChannel()
    const abort = new AbortController()
    aborts.add(abort)
    let timer: NodeJS.Timeout | undefined
    let hasEnded = false
    const allHeard = new Promise<void>((resolve) => {
      heard.on('close', resolve)
      heard.on('message', (told: Told) => {
        if (told === 'all') {
          resolve()
          return
        }
        if (told !== 'alive') job.news(told)
        if (hasEnded) return
        clearTimeout(timer)
        timer = setTimeout(() => abort.abort(outOfTime), job.budgetMs)
      })
    })
    const task: object & WithNews = { ...job.task, news }
    const end = await workers.run(task, { name: job.name, signal: abort.signal, transferList: [news] }).then(
      (value: unknown) => () => job.done(value),
      (error: unknown) => () =>
        job.failed(closed ? closedProblem : abort.signal.reason === outOfTime ? timedOut(job) : crashed(error)),
    )
    hasEnded = true
    aborts.delete(abort)
    endWithoutWorkers()
    // A task that never reached a worker has its end still.
    news.close()
    // The answer comes by another way than the news, and can be faster.
    clearTimeout(timer)
    timer = setTimeout(() => heard.close(), patienceMs)
    await allHeard
    clearTimeout(timer)
    heard.close()
    end()
  }

  function next(): void {
    while (running < jobs) {
      const job = urgent.shift() ?? waiting.shift()
      if (!job) return
      running++
      void run(job).finally(() => {
        running--
        next()
      })
    }
  }

  function queue<N extends keyof WorkerTasks, T>(
    name: N,
    task: Parameters<WorkerTasks[N]>[0],
    isUrgent: boolean,
    onFailure: (problem: Problem) => T,
    onNews: (news: ReviewNews) => void = () => undefined,
  ): Promise<T> {
    if (closed) return Promise.resolve(onFailure(closedProblem))
    return new Promise<T>((resolve) => {
      const job: Job = {
        name,
        // Patterns of own packs are proved safe when they are first seen, which takes some seconds for each doubtful one.
        budgetMs: name === 'describePacks' ? 4 * budgetMs : budgetMs,
        task,
        news: onNews,
        // The worker's export of this name returns what WorkerTasks says: worker.ts is checked against it.
        done: (value) => resolve(value as T),
        failed: (problem) => resolve(onFailure(problem)),
      }
      if (isUrgent) urgent.push(job)
      else waiting.push(job)
      next()
    })
  }

  const failure = (problem: Problem): Result<never> => ({ ok: false, problem })

  /** Keeps what a worker told before it was lost, and lets another go on behind the place where that was. */
  async function reviewFile(task: FileTask): Promise<FileReview> {
    const told: FileReview[] = []
    const lost: LostPlace[] = [...(task.lost ?? [])]
    const take = ({ inputs, messages }: FileReview): void => {
      told.push({ inputs, messages: messages.map(shared) })
    }
    for (;;) {
      const reached: { place: ReviewPlace | null; problem: Problem | null } = { place: null, problem: null }
      const rest = await queue<'reviewFile', FileReview | null>(
        'reviewFile',
        lost.length === 0 ? task : { ...task, lost },
        false,
        (problem) => {
          reached.problem = problem
          return null
        },
        (news) => {
          reached.place = news.place
          take(news)
        },
      )
      if (rest !== null) {
        take(rest)
        return joinReviews(task.input, told, lost)
      }
      const { place } = reached
      const problem = reached.problem ?? closedProblem
      const isWhole = place === null || (place.input === 0 && place.message === null)
      if (closed || isWhole || lost.length >= maxLostPlaces || isKnown(lost, place)) {
        const some = told.some(({ inputs, messages }) => inputs.length > 0 || messages.length > 0)
        const last = {
          path: task.input,
          status: some ? 'partial' : 'unreadable',
          bytes: null,
          sha256: null,
          problem,
        } as const
        return joinReviews(task.input, [...told, { inputs: [last], messages: [] }], lost)
      }
      lost.push({ ...place, problem })
    }
  }

  return {
    reviewFile,
    describePacks: (settings) => queue('describePacks', settings, true, failure),
    describeRules: (settings) => queue('describeRules', settings, true, failure),
    tryRules: (task) => queue('tryRules', task, true, failure),
    ruleHits: (task) => queue('ruleHits', task, false, failure),
    seriesHits: (task) => queue('seriesHits', task, true, failure),
    judgingRules: (settings) => queue('judgingRules', settings, true, failure),
    knownVersions: (settings) => queue('knownVersions', settings, true, failure),
    judgeSeries: (task) => queue('judgeSeries', task, true, failure),
    showRendered: (task) => queue('showRendered', task, true, failure),
    showText: (task) => queue('showText', task, true, failure),
    showSource: (task) => queue('showSource', task, true, failure),
    showHeaders: (task) => queue('showHeaders', task, true, failure),
    showFiles: (task) => queue('showFiles', task, true, failure),
    showSchedule: (task) => queue('showSchedule', task, true, failure),
    showPhone: (task) => queue('showPhone', task, true, failure),
    showRecipients: (task) => queue('showRecipients', task, true, failure),
    unmaskRows: (task) => queue('unmaskRows', task, true, failure),
    dropRows: (task) => queue('dropRows', task, true, failure),
    inspectLink: (task) => queue('inspectLink', task, true, failure),
    locate: (task) => queue('locate', task, true, failure),
    reviewedBytes: (task) => queue('reviewedBytes', task, true, failure),
    compare: (task) => queue('compare', task, true, failure),
    readPolicyFile: (task) => queue('readPolicyFile', task, true, failure),
    comparePolicies: (task) => queue('comparePolicies', task, true, failure),
    redlineDocx: (task) => queue('redlineDocx', task, true, failure),
    async close() {
      closed = true
      for (const job of [...urgent.splice(0), ...waiting.splice(0)]) job.failed(closedProblem)
      await workers.destroy()
    },
  }
}

function isKnown(lost: readonly LostPlace[], place: ReviewPlace): boolean {
  return lost.some(({ input, message }) => input === place.input && message === place.message)
}

const outOfTime = 'out of time'
const noWorkers = 'no workers'

const closedProblem: Problem = { code: 'cancelled', message: 'The review was ended.' }

function timedOut({ name, budgetMs }: Job): Problem {
  const seconds = Math.round(budgetMs / 1000)
  return name === 'describePacks'
    ? {
        code: 'timed-out',
        message: `The packs could not be loaded within ${seconds} seconds. Look for patterns with nested repeats.`,
      }
    : {
        code: 'timed-out',
        message: `A message of this file took longer than ${seconds} seconds. Review the file by hand.`,
      }
}

function crashed(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? {
        code: 'worker-crashed',
        message: 'This file needs more memory than a review may take. Split it, or review it by hand.',
      }
    : faultProblem(error, 'worker-crashed')
}
