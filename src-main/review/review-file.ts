import { createHash } from 'node:crypto'
import type { InputEntry } from '../contract/report.ts'
import type { Problem, Result } from '../contract/result.ts'
import { limits } from '../intake/limits.ts'
import { loadFile } from '../intake/load.ts'
import type { Message } from '../intake/message.ts'
import { readInput, type ReadOutcome } from '../intake/read.ts'
import { judge } from '../rules/judge.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { buildViews } from '../views/build.ts'
import { compiledRules } from './compiled-rules.ts'
import { faultProblem } from './fault.ts'
import type { FileReview, FileTask, ReviewedMessage } from './job.ts'
import { messageName, reportMessage } from './report-message.ts'

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
  if (!loaded.ok) return entryOnly(task, { status: 'unreadable', problem: loaded.problem }, null)
  const bytes = loaded.value
  const read = readSafely(task, bytes)
  if (!('messages' in read)) return entryOnly(task, read, bytes)

  const messages: ReviewedMessage[] = []
  let problem = read.problem
  let status: InputEntry['status'] = read.status
  for (const message of read.messages) {
    onProgress()
    const reviewed = judgeSafely(message, rules.value, task)
    if (reviewed.ok) messages.push(reviewed.value)
    else {
      problem = reviewed.problem
      status = 'unreadable'
    }
  }
  return { inputs: [inputEntry(task, { status, problem }, bytes)], messages }
}

/** What `readInput` makes of a task's bytes. */
export function readTask(task: FileTask, bytes: Uint8Array): ReadOutcome {
  return readInput(bytes, { input: task.input, named: task.named, defaults: task.defaults })
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function readSafely(task: FileTask, bytes: Uint8Array): ReadOutcome {
  try {
    return readTask(task, bytes)
  } catch (error) {
    return { status: 'unreadable', problem: faultProblem(error) }
  }
}

function judgeSafely(message: Message, rules: CompiledRules, task: FileTask): Result<ReviewedMessage> {
  try {
    const views = buildViews(message)
    const judged = judge(rules, views, { asOf: task.settings.asOf, region: task.settings.region })
    return { ok: true, value: { report: reportMessage(message, judged), name: messageName(message, views) } }
  } catch (error) {
    return { ok: false, problem: faultProblem(error) }
  }
}

interface Outcome {
  readonly status: InputEntry['status']
  readonly problem: Problem | null
}

function entryOnly(task: FileTask, outcome: Outcome, bytes: Uint8Array | null): FileReview {
  return { inputs: [inputEntry(task, outcome, bytes)], messages: [] }
}

function inputEntry(task: FileTask, { status, problem }: Outcome, bytes: Uint8Array | null): InputEntry {
  return {
    path: task.input,
    status,
    bytes: bytes === null ? null : bytes.length,
    sha256: bytes === null ? null : sha256Of(bytes),
    ...(problem === null ? {} : { problem }),
  }
}
