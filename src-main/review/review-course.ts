import type { InputEntry } from '../contract/report.ts'
import type { Problem } from '../contract/result.ts'
import type { Step } from '../intake/read-inputs.ts'
import type { FileReview, LostPlace, ReviewedMessage, ReviewNews, ReviewPlace } from './job.ts'

/**
 * How a worker goes through a file: what it has is told as it comes, so that a worker that is lost takes nothing along, and
 * nothing is held. A worker that goes on behind a place where another was lost passes over what was told before.
 */
export interface ReviewCourse {
  /** Before an input is read: whether to read it, pass over it, or why a worker was lost over it. */
  readonly beginInput: (input: number) => Step
  /** Before a message is read further and judged. */
  readonly beginMessage: (input: number, message: number) => Step
  /** Why messages of this input are missing; null: none is. */
  readonly lostIn: (input: number) => Problem | null
  readonly message: (message: ReviewedMessage) => void
  /** `input` Infinity: of the file as a whole, in the place of what was said of it before. */
  readonly entry: (input: number, entry: InputEntry) => void
  /** What was not told yet. */
  readonly rest: () => FileReview
}

/** `tell` null: nobody listens, all is in `rest`. */
export function reviewCourse(
  lost: readonly LostPlace[] = [],
  tell: ((news: ReviewNews) => void) | null = null,
): ReviewCourse {
  const last = lost.at(-1)
  let inputs: InputEntry[] = []
  let messages: ReviewedMessage[] = []

  function begin(place: ReviewPlace): Step {
    const here = lost.find((one) => one.input === place.input && one.message === place.message)
    if (here !== undefined) return here.problem
    // An input is read again for the messages behind the one that was lost.
    const isReadAgain = place.message === null && place.input === last?.input
    if (last !== undefined && !isReadAgain && isBefore(place, last)) return 'pass-over'
    tell?.({ inputs, messages, place })
    if (tell !== null) {
      inputs = []
      messages = []
    }
    return 'go'
  }

  return {
    beginInput: (input) => begin({ input, message: null }),
    beginMessage: (input, message) => begin({ input, message }),
    lostIn: (input) => {
      const first = lost.find((one) => one.input === input && one.message !== null)
      return first === undefined ? null : inMessage(first.problem, first.message ?? 0)
    },
    message: (message) => void messages.push(message),
    entry(input, entry) {
      // What came before the place was told by the worker that was lost there.
      if (last === undefined || input >= last.input) inputs.push(entry)
    },
    rest: () => ({ inputs, messages }),
  }
}

/** The pieces of one file's review as one; an archive that a member of was lost of is `partial`. */
export function joinReviews(input: string, pieces: readonly FileReview[], lost: readonly LostPlace[] = []): FileReview {
  const inputs: InputEntry[] = []
  const messages: ReviewedMessage[] = []
  for (const piece of pieces) {
    for (const entry of piece.inputs) {
      const known = entry.path === input ? inputs.findIndex(({ path }) => path === input) : -1
      if (known < 0) inputs.push(entry)
      else inputs[known] = entry
    }
    for (const message of piece.messages) messages.push(message)
  }
  if (lost.length === 0) return { inputs, messages }
  const problems = new Set(lost.map(({ problem }) => problem.code))
  const missing = inputs.filter(
    ({ status, problem }) => (status === 'unreadable' || status === 'partial') && problem && problems.has(problem.code),
  )
  return { inputs: inputs.map((entry) => withMissing(entry, missing)), messages }
}

function withMissing(entry: InputEntry, missing: readonly InputEntry[]): InputEntry {
  const member = missing.find(({ path }) => path.startsWith(`${entry.path}/`))
  if (entry.status !== 'reviewed' || member?.problem === undefined) return entry
  const message = `${member.path} was not fully reviewed: ${member.problem.message}`
  return { ...entry, status: 'partial', problem: { code: member.problem.code, message } }
}

/** An input is read before its messages, and all of it before the next. */
function isBefore(a: ReviewPlace, b: ReviewPlace): boolean {
  return a.input !== b.input ? a.input < b.input : (a.message ?? -1) < (b.message ?? -1)
}

function inMessage(problem: Problem, message: number): Problem {
  return { ...problem, message: `Message ${String(message + 1)} was not reviewed: ${problem.message}` }
}
