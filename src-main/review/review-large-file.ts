import type { Result } from '../contract/result.ts'
import { readLargeFile } from '../intake/large-file.ts'
import type { Message } from '../intake/message.ts'
import type { FileTask, ReviewedMessage } from './job.ts'
import type { ReviewCourse } from './review-course.ts'

/** Reads a file that is too large to be held, message by message. One that could not be judged makes the file `partial`; the others stay. */
export async function reviewLargeFile(
  task: FileTask,
  course: ReviewCourse,
  judge: (message: Message, ordinal: number) => Promise<Result<ReviewedMessage>>,
  onProgress: () => void,
): Promise<void> {
  const { path, input, named, defaults } = task
  let missing = course.lostIn(0)
  let damaged: Message['problem'] = null
  const isWanted = (ordinal: number): boolean => course.beginMessage(0, ordinal) === 'go'
  for await (const event of readLargeFile(path, { input, named, defaults }, isWanted)) {
    onProgress()
    switch (event.kind) {
      case 'message': {
        const judged = await judge(event.message, event.ordinal)
        if (judged.ok) course.message({ ...judged.value, place: event.place })
        else missing ??= judged.problem
        if (event.message.problem !== null) damaged ??= numbered(event.message.problem, event.ordinal + 1)
        break
      }
      case 'failed': {
        const { problem } = event
        const status = problem.code === 'unknown-kind' ? 'ignored' : 'unreadable'
        course.entry(0, { path: input, status, bytes: null, sha256: null, problem })
        return
      }
      case 'end': {
        const { bytes, sha256 } = event
        const problem = missing ?? event.problem ?? damaged
        const status = problem === null ? 'reviewed' : 'partial'
        course.entry(0, { path: input, status, bytes, sha256, ...(problem === null ? {} : { problem }) })
        return
      }
    }
  }
  throw new Error('a large file ended without saying so')
}

function numbered(problem: NonNullable<Message['problem']>, number: number): NonNullable<Message['problem']> {
  return { ...problem, message: `Message ${String(number)}: ${problem.message}` }
}
