import { parentPort } from 'node:worker_threads'
import type { FileReview, FileTask } from '../../src-main/review/job.ts'

/** A review worker that does what a file's name says. */
export async function reviewFile(task: FileTask & { readonly ticket: number }): Promise<FileReview> {
  parentPort?.postMessage({ started: task.ticket })
  switch (task.input) {
    case 'endless':
      return endless(() => Math.random())
    case 'greedy': {
      const held: unknown[] = []
      return endless(() => held.push(Array.from({ length: 10_000 }, (_, index) => ({ index }))))
    }
    case 'exit':
      return process.exit(3)
    case 'throw':
      throw new Error('message text')
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

function endless(step: () => void): never {
  for (;;) step()
}
