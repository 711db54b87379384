import { reviewCourse } from '../../src-main/review/review-course.ts'
import type { FileReview, FileTask, ReviewNews } from '../../src-main/review/job.ts'
import { telling } from '../../src-main/review/telling.ts'

/** A review worker that does what a file's name says. */
export const reviewFile = telling((task: FileTask, _, tell): Promise<FileReview> => {
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
      return archive(task, tell)
    case 'thousand':
      return thousand(task, tell)
    default:
      return Promise.resolve({
        inputs: [{ path: task.input, status: 'reviewed', bytes: 0, sha256: '' }],
        messages: [],
      })
  }
})

/** Three members; the second brings its worker down whenever it is read. */
function archive({ input, lost }: FileTask, tell: (news: ReviewNews) => void): Promise<FileReview> {
  const course = reviewCourse(lost, tell)
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

/** Tells of each of a thousand members, up to the moment it answers. */
function thousand({ input, lost }: FileTask, tell: (news: ReviewNews) => void): Promise<FileReview> {
  const course = reviewCourse(lost, tell)
  for (let at = 0; at < 1000; at += 1) {
    course.beginInput(at)
    course.entry(at, { path: `${input}/${String(at)}`, status: 'reviewed', bytes: 0, sha256: '' })
  }
  return Promise.resolve(course.rest())
}

export const showSource = telling(() => ({
  ok: true,
  value: { text: 'shown', shownAs: 'utf-8', omittedBytes: 0, marks: [] },
}))

function endless(step: () => void): never {
  for (;;) step()
}
