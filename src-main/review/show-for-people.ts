import { fail, ok, type Result } from '../contract/result.ts'
import { buildViews } from '../views/build.ts'
import { compareTexts, type ComparedTexts } from './compare-texts.ts'
import type { CompareTask, LocateTask, ShowTask } from './job.ts'
import { ownPlace, type OwnPlace } from './own-place.ts'
import { readTask } from './review-file.ts'
import { show } from './show-message.ts'
import { sourceRange } from './source-range.ts'

/** What a person selected in the Text view, as a place in the message. */
export function locate(task: LocateTask): Promise<Result<OwnPlace>> {
  return show(task, ({ views }) => ownPlace(views, task.part, task, task.about))
}

/** The bytes that are kept of a message: its own of a mailbox, else those of its input. */
export function reviewedBytes(task: ShowTask): Promise<Result<Uint8Array>> {
  return show(task, ({ bytes, messages }) => {
    if (task.place !== undefined) return ok(bytes)
    const message = messages[task.ordinal]
    const isMail = messages.length > 1 && message !== undefined && message.headers.length > 0
    if (!isMail) return ok(bytes)
    const range = sourceRange(messages, task.ordinal, bytes.length, bytes.length)
    return ok(bytes.slice(range.start, range.end))
  })
}

/** A message beside what is kept of an older text of it. */
export async function compare(task: CompareTask): Promise<Result<ComparedTexts>> {
  const now = await show(task, ({ views }) => ok(views))
  if (!now.ok) return now
  for await (const { outcome } of readTask({ ...task.file, input: task.input }, task.old)) {
    const messages = 'messages' in outcome ? outcome.messages : []
    const old = messages[task.ordinal] ?? messages[0]
    if (old !== undefined) return ok(compareTexts(buildViews(old), now.value))
  }
  return fail('not-found', 'The older text cannot be read any more.')
}
