import { parentPort } from 'node:worker_threads'
import { reviewCourse } from '../../src-main/review/review-course.ts'
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
    case 'archive':
      return archive(task)
    default:
      return Promise.resolve({
        inputs: [{ path: task.input, status: 'reviewed', bytes: 0, sha256: '' }],
        messages: [],
      })
  }
}

/** Three members; the second brings its worker down whenever it is read. */
function archive({ input, lost, ticket }: FileTask & { readonly ticket: number }): Promise<FileReview> {
  const course = reviewCourse(lost, (news) => parentPort?.postMessage({ started: ticket, news }))
  const names = [input, `${input}/a`, `${input}/b`, `${input}/c`]
  for (const [at, path] of names.entries()) {
    const step = course.beginInput(at)
    if (step === 'go' && at === 2) return process.exit(3)
    course.entry(at, {
      path,
      status: typeof step === 'object' ? 'unreadable' : 'reviewed',
      bytes: 0,
      sha256: '',
      ...(typeof step === 'object' ? { problem: step } : {}),
    })
  }
  return Promise.resolve(course.rest())
}

export async function showSource(task: { readonly ticket: number }): Promise<unknown> {
  parentPort?.postMessage({ started: task.ticket })
  return Promise.resolve({ ok: true, value: { text: 'shown', shownAs: 'utf-8', omittedBytes: 0, marks: [] } })
}

function endless(step: () => void): never {
  for (;;) step()
}
