import * as nodeModule from 'node:module'
import { workerData } from 'node:worker_threads'
import { ok } from '../contract/result.ts'
import type { WorkerStart, WorkerTasks } from './pool.ts'
import { telling } from './telling.ts'

/** Entry of a review worker: what the pool calls by name. Plain data in, plain data out. */

const { compileCacheDir } = startData(workerData)
// Before anything large is loaded, hence the imports inside; Node before 22 has no such cache.
if (compileCacheDir !== null && 'enableCompileCache' in nodeModule) nodeModule.enableCompileCache(compileCacheDir)

export const reviewFile: WorkerTasks['reviewFile'] = telling(async (task, onProgress, tell) => {
  const { reviewFile } = await import('./review-file.ts')
  return reviewFile(task, onProgress, tell)
})

export const describePacks: WorkerTasks['describePacks'] = telling(async (settings) => {
  const { describePacks } = await import('./describe-packs.ts')
  return describePacks(settings)
})

export const describeRules: WorkerTasks['describeRules'] = telling(async ({ packs }) => {
  const { describeRules } = await import('./rule-editor/describe-rules.ts')
  return describeRules(packs)
})

export const tryRules: WorkerTasks['tryRules'] = telling(async (task) => {
  const { tryRules } = await import('./rule-editor/try-rules.ts')
  return tryRules(task)
})

export const ruleHits: WorkerTasks['ruleHits'] = telling(async (task, onProgress) => {
  const { ruleHits } = await import('./rule-editor/rule-hits.ts')
  return ruleHits(task, onProgress)
})

export const seriesHits: WorkerTasks['seriesHits'] = telling(async (task) => {
  const { seriesHits } = await import('./rule-editor/series-hits.ts')
  return seriesHits(task)
})

export const judgingRules: WorkerTasks['judgingRules'] = telling(async ({ packs }) => {
  const { judgingRules } = await import('./impact/impact-rules.ts')
  return judgingRules(packs)
})

export const knownVersions: WorkerTasks['knownVersions'] = telling(async ({ packs }) => {
  const { knownVersions } = await import('./impact/impact-rules.ts')
  return knownVersions(packs)
})

export const judgeSeries: WorkerTasks['judgeSeries'] = telling(async (task) => {
  const { judgeMessagesTogether } = await import('./judge-series.ts')
  return judgeMessagesTogether(task)
})

export const showRendered: WorkerTasks['showRendered'] = telling(async (task) => {
  const { showRendered } = await import('./show-message.ts')
  return showRendered(task)
})

export const showText: WorkerTasks['showText'] = telling(async (task) => {
  const { showText } = await import('./show-message.ts')
  return showText(task)
})

export const showSource: WorkerTasks['showSource'] = telling(async (task) => {
  const { showSource } = await import('./show-message.ts')
  return showSource(task)
})

export const showHeaders: WorkerTasks['showHeaders'] = telling(async (task) => {
  const { showHeaders } = await import('./show-message.ts')
  return showHeaders(task)
})

export const showFiles: WorkerTasks['showFiles'] = telling(async (task) => {
  const { showFiles } = await import('./show-message.ts')
  return showFiles(task)
})

export const showSchedule: WorkerTasks['showSchedule'] = telling(async (task) => {
  const { showSchedule } = await import('./show-sending.ts')
  return showSchedule(task)
})

export const showPhone: WorkerTasks['showPhone'] = telling(async (task) => {
  const { showPhone } = await import('./show-sending.ts')
  return showPhone(task)
})

export const showRecipients: WorkerTasks['showRecipients'] = telling(async (task) => {
  const { showRecipients } = await import('./show-sending.ts')
  return showRecipients(task)
})

export const unmaskRows: WorkerTasks['unmaskRows'] = telling(async (task) => {
  const { unmaskRows } = await import('./show-rows.ts')
  return unmaskRows(task)
})

export const dropRows: WorkerTasks['dropRows'] = telling(async (task) => {
  const { dropRows } = await import('./show-rows.ts')
  return dropRows(task)
})

export const inspectLink: WorkerTasks['inspectLink'] = telling(async (task) => {
  const { inspectLink } = await import('./show-message.ts')
  return inspectLink(task)
})

export const locate: WorkerTasks['locate'] = telling(async (task) => {
  const { locate } = await import('./show-for-people.ts')
  return locate(task)
})

export const reviewedBytes: WorkerTasks['reviewedBytes'] = telling(async (task) => {
  const { reviewedBytes } = await import('./show-for-people.ts')
  return reviewedBytes(task)
})

export const compare: WorkerTasks['compare'] = telling(async (task) => {
  const { compare } = await import('./show-for-people.ts')
  return compare(task)
})

export const readPolicyFile: WorkerTasks['readPolicyFile'] = telling(async (task) => {
  const { readPolicyFile } = await import('./policies/read-policy-file.ts')
  return readPolicyFile(task)
})

export const comparePolicies: WorkerTasks['comparePolicies'] = telling(async (task) => {
  const { comparePolicies } = await import('./policies/compare-policies.ts')
  return comparePolicies(task)
})

export const redlineDocx: WorkerTasks['redlineDocx'] = telling(async ({ page }) => {
  const { redlineDocx } = await import('../report/redline-docx.ts')
  return ok(await redlineDocx(page))
})

/** Of a pool, or of a test that calls these functions in its own thread. */
function startData(data: unknown): WorkerStart {
  const given = typeof data === 'object' && data !== null && 'compileCacheDir' in data ? data.compileCacheDir : null
  return { compileCacheDir: typeof given === 'string' ? given : null }
}
