import type { Problem } from '../contract/result.ts'
import { inputSource } from './byte-source.ts'
import { readCsvDrafts } from './draft-csv.ts'
import { readJsonDrafts, readJsonLinesDrafts } from './draft-json.ts'
import { readEmail } from './email.ts'
import { readHtmlFile } from './html-file.ts'
import { limits, megabytes } from './limits.ts'
import { readMbox } from './mbox.ts'
import type { Message } from './message.ts'
import type { Recognised } from './recognise.ts'
import { recognise } from './recognise.ts'
import type { FormatOutcome, ReadOutcome, ReadSource } from './read-outcome.ts'
import { readTextFile } from './text-file.ts'

export type { ReadOutcome, ReadSource } from './read-outcome.ts'

/**
 * The messages in the bytes of one file, recognised by content first, then by name (`docs/formats.md` §3). Never throws
 * for any bytes.
 */
export function readInput(bytes: Uint8Array, source: ReadSource): ReadOutcome {
  if (bytes.length === 0) return refuse('unreadable', 'empty', 'The file is empty.')
  if (bytes.length > limits.maxFileBytes) {
    return refuse('unreadable', 'too-large', `The file is larger than ${megabytes(limits.maxFileBytes)}.`)
  }
  const outcome = readAs(recognise(inputSource(bytes).bytes, source.input), bytes, source)
  if ('status' in outcome) return outcome
  const problem = outcome.problem ?? firstProblem(outcome.messages)
  return { status: problem === null ? 'reviewed' : 'partial', messages: outcome.messages, problem }
}

/** Of several messages it says which one it is. */
function firstProblem(messages: readonly Message[]): Problem | null {
  const index = messages.findIndex((message) => message.problem !== null)
  const problem = messages[index]?.problem ?? null
  if (problem === null || messages.length === 1) return problem
  return { ...problem, message: `Message ${String(index + 1)} of ${String(messages.length)}: ${problem.message}` }
}

function readAs(recognised: Recognised, bytes: Uint8Array, source: ReadSource): FormatOutcome {
  const input = inputSource(bytes)
  switch (recognised.format) {
    case 'email': {
      const range = { start: 0, end: bytes.length }
      const identity = { id: source.input, input: source.input, defaults: source.defaults }
      return { messages: [readEmail(input, range, identity)], problem: null }
    }
    case 'mbox':
      return readMbox(input, source)
    case 'html':
      return readHtmlFile(input, source)
    case 'text':
      return readTextFile(input, source, recognised.channel)
    case 'csv':
      return readCsvDrafts(input, source)
    case 'json':
      return readJsonDrafts(input, source)
    case 'json-lines':
      return readJsonLinesDrafts(input, source)
    case 'unknown':
      return refuse(source.named ? 'unreadable' : 'ignored', 'unknown-kind', recognised.reason)
  }
}

function refuse(status: 'unreadable' | 'ignored', code: Problem['code'], message: string): FormatOutcome & ReadOutcome {
  return { status, problem: { code, message } }
}
