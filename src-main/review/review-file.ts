import { createHash } from 'node:crypto'
import type { InputEntry } from '../contract/report.ts'
import type { Problem, Result } from '../contract/result.ts'
import { readLargeTable } from '../intake/audience-file.ts'
import { limits } from '../intake/limits.ts'
import { loadFile } from '../intake/load.ts'
import type { Message } from '../intake/message.ts'
import type { ReadOutcome } from '../intake/read.ts'
import { readInputs, type InputRead } from '../intake/read-inputs.ts'
import { maxBytesOf } from '../intake/recognise.ts'
import { judge, noteOnly } from '../rules/judge.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { seriesMessage } from '../rules/series/series-message.ts'
import { buildViews } from '../views/build.ts'
import { audienceOf, archiveLists, noArchive, type ListOf } from './audience.ts'
import { compiledRules } from './compiled-rules.ts'
import { faultProblem } from './fault.ts'
import type { FileReview, FileTask, ReviewedMessage } from './job.ts'
import { messageContent } from './message-content.ts'
import { messageName, reportMessage } from './report-message.ts'
import { reviewLargeFile } from './review-large-file.ts'

/** Reads a file and judges what is in it. Every failure is an entry of `inputs`; a fault in our own code too, as `internal`. */
export async function reviewFile(task: FileTask, onProgress = (): void => undefined): Promise<FileReview> {
  try {
    return await review(task, onProgress)
  } catch (error) {
    return entryOnly(task, { status: 'unreadable', problem: faultProblem(error) }, null)
  }
}

async function review(task: FileTask, onProgress: () => void): Promise<FileReview> {
  const rules = await compiledRules(task.settings.packs)
  if (!rules.ok) return entryOnly(task, { status: 'unreadable', problem: rules.problem }, null)
  onProgress()
  const loaded = await loadFile(task.path, { maxBytes: limits.maxFileBytes })
  if (!loaded.ok && loaded.problem.code === 'too-large' && maxBytesOf(task.input) > limits.maxFileBytes)
    return /\.[ct]sv$/i.test(task.input)
      ? reviewLargeTable(task, rules.value, onProgress)
      : reviewLargeFile(task, (message, at) => judgeSafely(message, at, rules.value, task, onProgress), onProgress)
  if (!loaded.ok) return entryOnly(task, { status: 'unreadable', problem: loaded.problem }, null)
  const bytes = loaded.value
  const inputs: InputEntry[] = []
  const messages: ReviewedMessage[] = []
  const listOf = archiveLists((asked) => readTask(task, bytes, asked))
  try {
    for await (const read of readTask(task, bytes)) {
      onProgress()
      const { outcome, reviewed } = await judgeAll(read.outcome, rules.value, task, onProgress, listOf)
      messages.push(...reviewed)
      inputs.push(inputEntry(read.input, outcome, read.bytes))
    }
  } catch (error) {
    // What was read before the fault stays; the file that brought it about is named in any case.
    const fault: Outcome = { status: 'unreadable', problem: faultProblem(error) }
    return {
      inputs: [inputEntry(task.input, fault, bytes), ...inputs.filter(({ path }) => path !== task.input)],
      messages,
    }
  }
  return { inputs, messages }
}

/** A list of recipients that is read from its file row by row. */
async function reviewLargeTable(task: FileTask, rules: CompiledRules, onProgress: () => void): Promise<FileReview> {
  const { path, input, named, defaults } = task
  const read = await readLargeTable(path, { input, named, defaults }, onProgress)
  if (!read.ok) return entryOnly(task, { status: 'unreadable', problem: read.problem }, null)
  const { identity } = read.value
  const { outcome, reviewed } = await judgeAll(read.value.outcome, rules, task, onProgress)
  const { status, problem } = outcome
  const entry = { path: input, status, ...identity, ...(problem === null ? {} : { problem }) }
  return { inputs: [entry], messages: reviewed }
}

/** Judges the messages of one input; a fault in our own code costs its message, and the input says so. */
async function judgeAll(
  read: ReadOutcome,
  rules: CompiledRules,
  task: FileTask,
  onProgress: () => void,
  listOf: ListOf = noArchive,
): Promise<{ readonly outcome: Outcome; readonly reviewed: readonly ReviewedMessage[] }> {
  if (!('messages' in read)) return { outcome: read, reviewed: [] }
  let outcome: Outcome = read
  const reviewed: ReviewedMessage[] = []
  for (const [ordinal, message] of read.messages.entries()) {
    onProgress()
    const judged = await judgeSafely(message, ordinal, rules, task, onProgress, listOf)
    if (judged.ok) {
      // Alone in its input, it is that input's bytes.
      const content = read.messages.length === 1 ? {} : { content: messageContent(message) }
      reviewed.push({ ...judged.value, ...content })
    } else outcome = { status: 'unreadable', problem: judged.problem }
  }
  return { outcome, reviewed }
}

/** The inputs in a task's bytes, or the one of them that is `asked` for. */
export function readTask(task: FileTask, bytes: Uint8Array, asked: string | null = null): AsyncGenerator<InputRead> {
  return readInputs(bytes, { input: task.input, named: task.named, defaults: task.defaults }, asked)
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function judgeSafely(
  message: Message,
  ordinal: number,
  rules: CompiledRules,
  task: FileTask,
  onProgress: () => void,
  listOf: ListOf = noArchive,
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

function entryOnly(task: FileTask, outcome: Outcome, bytes: Uint8Array | null): FileReview {
  return { inputs: [inputEntry(task.input, outcome, bytes)], messages: [] }
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
