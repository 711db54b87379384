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
  // The stack begins with the message, which may span lines; frames are the lines at the end that name a place.
  const lines = (error.stack ?? '').split('\n')
  const frames: string[] = []
  for (const line of lines.reverse()) {
    const place = /^ {4}at (?:.* \()?(.+):(\d+):(\d+)\)?$/.exec(line)
    if (place === null) break
    const [, file = '', row = '', column = ''] = place
    frames.unshift(`${basename(file.replaceAll('\\', '/'))}:${row}:${column}`)
  }
  return { name: knownErrorName(error), frames: frames.slice(0, maxFrames) }
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
