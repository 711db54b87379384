import { parseArgs, type ParseArgsConfig } from 'node:util'
import { fail, ok, type Result } from '../contract/result.ts'

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>

/** `parseArgs` with a wrong call as a value; the message is one sentence for the person at the terminal. */
export function parseCall<T extends ParseArgsConfig>(config: T): Result<Parsed<T>> {
  try {
    return ok(parseArgs(config))
  } catch (error) {
    if (!isParseError(error)) throw error
    const [sentence = error.message] = error.message.split('. ')
    return fail('bad-request', sentence.endsWith('.') ? sentence : `${sentence}.`)
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

/** An option with a fixed set of values. */
export function choice<T extends string>(option: string, value: string, choices: readonly T[]): Result<T> {
  const found = choices.find((candidate) => candidate === value)
  return found === undefined ? fail('bad-request', `${option} takes ${choices.join(', ')}, not “${value}”.`) : ok(found)
}

/** `YYYY-MM-DD`, a day that exists. */
export function day(option: string, value: string): Result<string> {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  const exists = date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
  return exists ? ok(value) : fail('bad-request', `${option} takes a day such as 2026-11-23, not “${value}”.`)
}
