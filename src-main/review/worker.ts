import { parentPort } from 'node:worker_threads'
import { describePacks as describe } from './describe-packs.ts'
import type { WorkerTasks } from './pool.ts'
import { reviewFile as review } from './review-file.ts'
import {
  inspectLink as inspect,
  showRendered as rendered,
  showSource as source,
  showText as text,
} from './show-message.ts'

/** Entry of a review worker: what the pool calls by name. Plain data in, plain data out. */

export const reviewFile: WorkerTasks['reviewFile'] = timed(review)
export const describePacks: WorkerTasks['describePacks'] = timed(describe)
export const showRendered: WorkerTasks['showRendered'] = timed(rendered)
export const showText: WorkerTasks['showText'] = timed(text)
export const showSource: WorkerTasks['showSource'] = timed(source)
export const inspectLink: WorkerTasks['inspectLink'] = timed(inspect)

/** Tells the pool that the task has begun, so that its time budget runs from here. */
function timed<Task extends object, Value>(work: (task: Task) => Promise<Value>): (task: Task) => Promise<Value> {
  return (task) => {
    if ('ticket' in task) parentPort?.postMessage({ started: task.ticket })
    return work(task)
  }
}
