import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { logLine } from '../review/log.ts'

/** What went wrong inside the program, for whoever has to mend it: fixed words and places in the code, nothing of any message. */
export interface Log {
  readonly bug: (event: string, error: unknown) => void
  readonly note: (event: string, details: Readonly<Record<string, string | number>>) => void
}

const maxBytes = 1024 * 1024

/** `clausebench.log` in `folder`; the one before is kept as `.1`. Where it cannot be written, nothing is. */
export function createLog(folder: string, echo: (line: string) => void): Log {
  const file = join(folder, 'clausebench.log')
  const write = (line: string): void => {
    echo(line)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (sizeOf(file) > maxBytes) renameSync(file, `${file}.1`)
      appendFileSync(file, line, { mode: 0o600 })
    } catch {
      return
    }
  }
  return {
    bug: (event, error) => write(logLine(new Date(), event, {}, error)),
    note: (event, details) => write(logLine(new Date(), event, details)),
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
