import { createHash } from 'node:crypto'
import type { InputEntry } from '../contract/report.ts'
import type { Problem, Result } from '../contract/result.ts'
import { readLargeTable } from '../intake/audience-file.ts'
import { limits } from '../intake/limits.ts'
import { loadFile } from '../intake/load.ts'
import type { Message } from '../intake/message.ts'
import type { ReadOutcome } from '../intake/read.ts'
import { documentReader } from '../intake/attached-documents.ts'
import { readInputs, type InputRead, type Step } from '../intake/read-inputs.ts'
import { maxBytesOf } from '../intake/recognise.ts'
import { judge, noteOnly } from '../rules/judge.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { seriesMessage } from '../rules/series/series-message.ts'
import { buildViews } from '../views/build.ts'
import { audienceOf, archiveLists, noArchive, type ListOf } from './audience.ts'
import { compiledRules } from './compiled-rules.ts'
import { faultProblem } from './fault.ts'
import type { FileReview, FileTask, ReviewedMessage, ReviewNews } from './job.ts'
import { messageContent } from './message-content.ts'
import { messageName, reportMessage } from './report-message.ts'
import { joinReviews, reviewCourse, type ReviewCourse } from './review-course.ts'
import { reviewLargeFile } from './review-large-file.ts'

/**
 * Reads a file and judges what is in it. Every failure is an entry of `inputs`; a fault in our own code too, as `internal`. What
 * `tell` was told is not in the answer.
 */
export async function reviewFile(
  task: FileTask,
  onProgress = (): void => undefined,
  tell: ((news: ReviewNews) => void) | null = null,
): Promise<FileReview> {
  const course = reviewCourse(task.lost, tell)
  try {
    await review(task, course, onProgress)
  } catch (error) {
    course.entry(Infinity, inputEntry(task.input, { status: 'unreadable', problem: faultProblem(error) }, null))
  }
  return joinReviews(task.input, [course.rest()], task.lost)
}

async function review(task: FileTask, course: ReviewCourse, onProgress: () => void): Promise<void> {
  const rules = await compiledRules(task.settings.packs)
  if (!rules.ok) {
    unreadable(task, course, rules.problem)
    return
  }
  onProgress()
  const loaded = await loadFile(task.path, { maxBytes: limits.maxFileBytes })
  if (!loaded.ok && loaded.problem.code === 'too-large' && maxBytesOf(task.input) > limits.maxFileBytes) {
    const judging: Judging = { rules: rules.value, task, course, onProgress, listOf: noArchive }
    return /\.[ct]sv$/i.test(task.input)
      ? reviewLargeTable(judging)
      : reviewLargeFile(task, course, (message, at) => judgeSafely(message, at, judging), onProgress)
  }
  if (!loaded.ok) {
    unreadable(task, course, loaded.problem)
    return
  }
  const bytes = loaded.value
  const listOf = archiveLists((asked) => readTask(task, bytes, asked))
  const judging: Judging = { rules: rules.value, task, course, onProgress, listOf }
  let input = 0
  try {
    for await (const read of readTask(task, bytes, null, () => course.beginInput(input))) {
      onProgress()
      const outcome = await judgeAll(read.outcome, input, judging)
      course.entry(input++, inputEntry(read.input, outcome, read.bytes))
    }
  } catch (error) {
    // What was read before the fault stays; the file that brought it about is named in any case.
    const problem = faultProblem(error)
    course.entry(Infinity, inputEntry(task.input, { status: input === 0 ? 'unreadable' : 'partial', problem }, bytes))
  }
}

function unreadable(task: FileTask, course: ReviewCourse, problem: Problem): void {
  course.entry(Infinity, inputEntry(task.input, { status: 'unreadable', problem }, null))
}

interface Judging {
  readonly rules: CompiledRules
  readonly task: FileTask
  readonly course: ReviewCourse
  readonly onProgress: () => void
  readonly listOf: ListOf
}

/** A list of recipients that is read from its file row by row. */
async function reviewLargeTable(judging: Judging): Promise<void> {
  const { task, course, onProgress } = judging
  const { path, input, named, defaults } = task
  course.beginInput(0)
  const read = await readLargeTable(path, { input, named, defaults }, onProgress)
  if (!read.ok) {
    unreadable(task, course, read.problem)
    return
  }
  const { identity } = read.value
  const { status, problem } = await judgeAll(read.value.outcome, 0, judging)
  course.entry(0, { path: input, status, ...identity, ...(problem === null ? {} : { problem }) })
}

/** Judges the messages of one input; what holds one up, or a fault in our own code, costs that message, and the input says so. */
async function judgeAll(read: ReadOutcome, input: number, judging: Judging): Promise<Outcome> {
  if (!('messages' in read)) return read
  const { course, onProgress } = judging
  const isOne = read.messages.length === 1
  const withDocuments = documentReader()
  let missing = course.lostIn(input)
  for (const [ordinal, message] of read.messages.entries()) {
    onProgress()
    if (course.beginMessage(input, ordinal) !== 'go') continue
    const judged = await judgeSafely(await withDocuments(message), ordinal, judging)
    if (judged.ok) {
      // Alone in its input, it is that input's bytes.
      const content = isOne ? {} : { content: messageContent(message) }
      course.message({ ...judged.value, ...content })
    } else missing ??= judged.problem
  }
  return missing === null ? read : { status: isOne ? 'unreadable' : 'partial', problem: missing }
}

/** The inputs in a task's bytes, or the one of them that is `asked` for. */
export function readTask(
  { input, named, defaults }: FileTask,
  bytes: Uint8Array,
  asked: string | null = null,
  begin: (() => Step) | null = null,
): AsyncGenerator<InputRead> {
  return readInputs(bytes, { input, named, defaults }, asked, begin)
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function judgeSafely(
  message: Message,
  ordinal: number,
  { rules, task, onProgress, listOf }: Judging,
): Promise<Result<ReviewedMessage>> {
  try {
    const views = buildViews(message)
    const { asOf, region } = task.settings
    const audience = await audienceOf(message, rules, task.settings, onProgress, listOf)
    const judged =
      task.isHistory === true
        ? noteOnly(rules, views, { asOf, region, audience })
        : judge(rules, views, { asOf, region, audience })
    const series = seriesMessage(message, judged, audience, task.isHistory === true ? null : asOf)
    const value = { report: reportMessage(message, judged), name: messageName(message, views), ordinal }
    return { ok: true, value: series === null ? value : { ...value, series } }
  } catch (error) {
    return { ok: false, problem: faultProblem(error) }
  }
}

interface Outcome {
  readonly status: InputEntry['status']
  readonly problem: Problem | null
}

function inputEntry(path: string, { status, problem }: Outcome, bytes: Uint8Array | null): InputEntry {
  return {
    path,
    status,
    bytes: bytes === null ? null : bytes.length,
    sha256: bytes === null ? null : sha256Of(bytes),
    ...(problem === null ? {} : { problem }),
  }
}
