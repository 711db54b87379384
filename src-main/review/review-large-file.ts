import type { Result } from '../contract/result.ts'
import { readLargeFile } from '../intake/large-file.ts'
import type { Message } from '../intake/message.ts'
import type { FileReview, FileTask, ReviewedMessage } from './job.ts'

/**
 * Reviews a file that is too large to be held, message by message. One that could not be judged makes the file `unreadable`;
 * the others stay.
 */
export async function reviewLargeFile(
  task: FileTask,
  judge: (message: Message, ordinal: number) => Promise<Result<ReviewedMessage>>,
  onProgress: () => void,
): Promise<FileReview> {
  const { path, input, named, defaults } = task
  const messages: ReviewedMessage[] = []
  let fault: Extract<Result<never>, { readonly ok: false }>['problem'] | null = null
  let damaged: Message['problem'] = null
  let ordinal = 0
  for await (const event of readLargeFile(path, { input, named, defaults })) {
    onProgress()
    switch (event.kind) {
      case 'message': {
        const judged = await judge(event.message, ordinal++)
        if (judged.ok) messages.push({ ...judged.value, place: event.place })
        else fault ??= judged.problem
        if (event.message.problem !== null) damaged ??= numbered(event.message.problem, ordinal)
        break
      }
      case 'failed': {
        const { problem } = event
        const status = problem.code === 'unknown-kind' ? 'ignored' : 'unreadable'
        return { inputs: [{ path: input, status, bytes: null, sha256: null, problem }], messages }
      }
      case 'end': {
        const { bytes, sha256 } = event
        const problem = fault ?? event.problem ?? damaged
        const status = fault !== null ? 'unreadable' : problem === null ? 'reviewed' : 'partial'
        return { inputs: [{ path: input, status, bytes, sha256, ...(problem === null ? {} : { problem }) }], messages }
      }
    }
  }
  throw new Error('a large file ended without saying so')
}

function numbered(problem: NonNullable<Message['problem']>, number: number): NonNullable<Message['problem']> {
  return { ...problem, message: `Message ${String(number)}: ${problem.message}` }
}
