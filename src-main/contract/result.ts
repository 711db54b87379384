import type { ProblemCode } from './codes.ts'

/** An expected failure: what went wrong, where, and what to do. Bugs are exceptions instead. */
export interface Problem {
  readonly code: ProblemCode
  /** One or two sentences for people: what is wrong and what to do about it. Never holds message text or a full path. */
  readonly message: string
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  /** 1-based, UTF-16 code units. */
  readonly column?: number
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: ProblemCode, message: string, place: Omit<Problem, 'code' | 'message'> = {}): Result<never> {
  return { ok: false, problem: { code, message, ...place } }
}

/** For the `default` of an exhaustive switch: a value that the types say cannot exist is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
