import * as nodeModule from 'node:module'
import { workerData } from 'node:worker_threads'
import { ok } from '../contract/result.ts'
import type { ReviewNews } from './job.ts'
import type { Told, WithNews, WorkerStart, WorkerTasks } from './pool.ts'

/** Entry of a review worker: what the pool calls by name. Plain data in, plain data out. */

const { compileCacheDir } = startData(workerData)
// Before anything large is loaded, hence the imports inside; Node before 22 has no such cache.
if (compileCacheDir !== null && 'enableCompileCache' in nodeModule) nodeModule.enableCompileCache(compileCacheDir)

const tellEveryMs = 1000

export const reviewFile: WorkerTasks['reviewFile'] = timed(async (task, onProgress, tell) => {
  const { reviewFile } = await import('./review-file.ts')
  return reviewFile(task, onProgress, tell)
})

export const describePacks: WorkerTasks['describePacks'] = timed(async (settings) => {
  const { describePacks } = await import('./describe-packs.ts')
  return describePacks(settings)
})

export const describeRules: WorkerTasks['describeRules'] = timed(async ({ packs }) => {
  const { describeRules } = await import('./rule-editor/describe-rules.ts')
  return describeRules(packs)
})

export const tryRules: WorkerTasks['tryRules'] = timed(async (task) => {
  const { tryRules } = await import('./rule-editor/try-rules.ts')
  return tryRules(task)
})

export const ruleHits: WorkerTasks['ruleHits'] = timed(async (task, onProgress) => {
  const { ruleHits } = await import('./rule-editor/rule-hits.ts')
  return ruleHits(task, onProgress)
})

export const judgingRules: WorkerTasks['judgingRules'] = timed(async ({ packs }) => {
  const { judgingRules } = await import('./impact/impact-rules.ts')
  return judgingRules(packs)
})

export const knownVersions: WorkerTasks['knownVersions'] = timed(async ({ packs }) => {
  const { knownVersions } = await import('./impact/impact-rules.ts')
  return knownVersions(packs)
})

export const judgeSeries: WorkerTasks['judgeSeries'] = timed(async (task) => {
  const { judgeMessagesTogether } = await import('./judge-series.ts')
  return judgeMessagesTogether(task)
})

export const showRendered: WorkerTasks['showRendered'] = timed(async (task) => {
  const { showRendered } = await import('./show-message.ts')
  return showRendered(task)
})

export const showText: WorkerTasks['showText'] = timed(async (task) => {
  const { showText } = await import('./show-message.ts')
  return showText(task)
})

export const showSource: WorkerTasks['showSource'] = timed(async (task) => {
  const { showSource } = await import('./show-message.ts')
  return showSource(task)
})

export const showHeaders: WorkerTasks['showHeaders'] = timed(async (task) => {
  const { showHeaders } = await import('./show-message.ts')
  return showHeaders(task)
})

export const showFiles: WorkerTasks['showFiles'] = timed(async (task) => {
  const { showFiles } = await import('./show-message.ts')
  return showFiles(task)
})

export const showSchedule: WorkerTasks['showSchedule'] = timed(async (task) => {
  const { showSchedule } = await import('./show-sending.ts')
  return showSchedule(task)
})

export const showPhone: WorkerTasks['showPhone'] = timed(async (task) => {
  const { showPhone } = await import('./show-sending.ts')
  return showPhone(task)
})

export const showRecipients: WorkerTasks['showRecipients'] = timed(async (task) => {
  const { showRecipients } = await import('./show-sending.ts')
  return showRecipients(task)
})

export const inspectLink: WorkerTasks['inspectLink'] = timed(async (task) => {
  const { inspectLink } = await import('./show-message.ts')
  return inspectLink(task)
})

export const locate: WorkerTasks['locate'] = timed(async (task) => {
  const { locate } = await import('./show-for-people.ts')
  return locate(task)
})

export const reviewedBytes: WorkerTasks['reviewedBytes'] = timed(async (task) => {
  const { reviewedBytes } = await import('./show-for-people.ts')
  return reviewedBytes(task)
})

export const compare: WorkerTasks['compare'] = timed(async (task) => {
  const { compare } = await import('./show-for-people.ts')
  return compare(task)
})

export const readPolicyFile: WorkerTasks['readPolicyFile'] = timed(async (task) => {
  const { readPolicyFile } = await import('./policies/read-policy-file.ts')
  return readPolicyFile(task)
})

export const comparePolicies: WorkerTasks['comparePolicies'] = timed(async (task) => {
  const { comparePolicies } = await import('./policies/compare-policies.ts')
  return comparePolicies(task)
})

export const redlineDocx: WorkerTasks['redlineDocx'] = timed(async ({ page }) => {
  const { redlineDocx } = await import('../report/redline-docx.ts')
  return ok(await redlineDocx(page))
})

/** Tells the pool that the task has begun, and that it gets on, so that its time budget runs from there. */
function timed<Task extends object, Value>(
  work: (task: Task, onProgress: () => void, tell: (news: ReviewNews) => void) => Promise<Value>,
): (task: Task & Partial<WithNews>) => Promise<Value> {
  return async (task) => {
    const tell = (told: Told): void => task.news?.postMessage(told)
    let toldMs = performance.now()
    tell('alive')
    const onProgress = (): void => {
      const nowMs = performance.now()
      if (nowMs - toldMs < tellEveryMs) return
      toldMs = nowMs
      tell('alive')
    }
    try {
      return await work(task, onProgress, tell)
    } finally {
      tell('all')
    }
  }
}

/** Of a pool, or of a test that calls these functions in its own thread. */
function startData(data: unknown): WorkerStart {
  const given = typeof data === 'object' && data !== null && 'compileCacheDir' in data ? data.compileCacheDir : null
  return { compileCacheDir: typeof given === 'string' ? given : null }
}
