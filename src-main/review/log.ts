import { basename } from 'node:path'

/** What a log may say of a bug: its kind and where it was thrown. Never its message, which may hold a mail's words or a path. */
export interface BugDescription {
  readonly name: string
  /** `judge.ts:12:3`, innermost first. */
  readonly frames: readonly string[]
}

const maxFrames = 12

export function describeBug(error: unknown): BugDescription {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const frames = afterMessage(error).split('\n').flatMap(frameOf)
  return { name: knownErrorName(error), frames: frames.slice(0, maxFrames) }
}

/** A stack begins with the message, whose lines may look like anything. */
function afterMessage({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.lastIndexOf(message)
  return at < 0 ? stack : stack.slice(at + message.length)
}

function frameOf(line: string): readonly string[] {
  const place = /^ {4}at (?:.* \()?(.+):(\d+):(\d+)\)?$/.exec(line)
  if (place === null) return []
  const [, path = '', row = '', column = ''] = place
  const file = basename(path.replaceAll('\\', '/'))
  return /^[\w.-]+\.[cm]?[jt]s$/.test(file) ? [`${file}:${row}:${column}`] : []
}

/** A name that code of this program or of Node chose; anything else could have been put together from data. */
function knownErrorName(error: Error): string {
  return /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error'
}

/** One line of the log, JSON: what happened, in fixed words, and where. */
export function logLine(
  at: Date,
  event: string,
  details: Readonly<Record<string, string | number>>,
  bug?: unknown,
): string {
  const described = bug === undefined ? {} : { bug: describeBug(bug) }
  return JSON.stringify({ at: at.toISOString(), event, ...details, ...described }) + '\n'
}
