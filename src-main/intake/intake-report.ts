import type { NotCheckedCode, ProblemCode } from '../contract/codes.ts'
import type { Problem } from '../contract/result.ts'
import type { Gap } from './message.ts'

/** Collects what could not be read of one message; the same thing said twice counts once. */
export interface IntakeReport {
  readonly problem: (code: ProblemCode, message: string) => void
  readonly gap: (code: NotCheckedCode, reason: string, material: boolean) => void
  readonly firstProblem: () => Problem | null
  readonly gaps: () => readonly Gap[]
}

const maxGaps = 50

export function intakeReport(): IntakeReport {
  let first: Problem | null = null
  const gaps = new Map<string, Gap>()
  return {
    problem(code, message) {
      first ??= { code, message }
    },
    gap(code, reason, material) {
      const key = `${code} ${reason}`
      if (gaps.size < maxGaps && gaps.get(key)?.material !== true) gaps.set(key, { code, reason, material })
    },
    firstProblem: () => first,
    gaps: () => [...gaps.values()],
  }
}
