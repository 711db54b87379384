import type { Problem } from '../contract/result.ts'
import { describeBug } from './log.ts'

/** A fault in our own code, told by kind and place only: an exception's message may quote the mail. */
export function faultProblem(error: unknown, code: 'internal' | 'worker-crashed' = 'internal'): Problem {
  const { name, frames } = describeBug(error)
  const place = frames[0] === undefined ? name : `${name} in ${frames[0]}`
  return {
    code,
    message: `A fault in clausebench stopped the review here (${place}). Review it by hand, and report the fault.`,
  }
}
