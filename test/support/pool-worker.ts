import { parentPort } from 'node:worker_threads'
import type { FileReview, FileTask } from '../../src-main/review/job.ts'

/** A review worker that does what a file's name says. */
export async function reviewFile(task: FileTask & { readonly ticket: number }): Promise<FileReview> {
  parentPort?.postMessage({ started: task.ticket })
  switch (task.input) {
    case 'endless':
      for (;;) Math.random()
    case 'exit':
      process.exit(3)
    case 'throw':
      throw new Error('message text')
    case 'greedy': {
      const held: unknown[] = []
      for (;;) held.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
    }
    default:
      return Promise.resolve({
        inputs: [{ path: task.input, status: 'reviewed', bytes: 0, sha256: '' }],
        messages: [],
      })
  }
}

export async function showSource(task: { readonly ticket: number }): Promise<unknown> {
  parentPort?.postMessage({ started: task.ticket })
  return Promise.resolve({ ok: true, value: { text: 'shown', shownAs: 'utf-8', omittedBytes: 0, marks: [] } })
}
