import type { MessagePort } from 'node:worker_threads'
import type { ReviewNews } from './job.ts'

/**
 * What a worker tells of a task: that it begins or gets on, for its own start, which can take half a second on a busy machine,
 * is not the task's fault, and a mailbox of ten thousand mails takes its time; what it has; and that it told all.
 */
export type Told = 'alive' | 'all' | ReviewNews

export interface WithNews {
  readonly news: MessagePort
}

const tellEveryMs = 1000

/**
 * A task of a pool's worker, every one: tells that it has begun and gets on, so that its time budget runs from there, and at its
 * end that all was told, for the answer comes by another way and can be faster.
 */
export function telling<Task extends object, Value>(
  work: (task: Task, onProgress: () => void, tell: (news: ReviewNews) => void) => Value | Promise<Value>,
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
