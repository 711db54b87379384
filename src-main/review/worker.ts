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

const everyMs = 1000

export const reviewFile: WorkerTasks['reviewFile'] = timed(review)
export const describePacks: WorkerTasks['describePacks'] = timed(describe)
export const showRendered: WorkerTasks['showRendered'] = timed(rendered)
export const showText: WorkerTasks['showText'] = timed(text)
export const showSource: WorkerTasks['showSource'] = timed(source)
export const inspectLink: WorkerTasks['inspectLink'] = timed(inspect)

/** Tells the pool that the task has begun, and that it gets on, so that its time budget runs from there. */
function timed<Task extends object, Value>(
  work: (task: Task, onProgress: () => void) => Promise<Value>,
): (task: Task) => Promise<Value> {
  return (task) => {
    const tell = (): void => {
      if ('ticket' in task) parentPort?.postMessage({ started: task.ticket })
    }
    let toldMs = performance.now()
    tell()
    return work(task, () => {
      const nowMs = performance.now()
      if (nowMs - toldMs < everyMs) return
      toldMs = nowMs
      tell()
    })
  }
}
