import type { Severity } from '../../../src-main/contract/report.ts'

/** A finding's place in the text of an editor. Offsets are UTF-16 units of that text. */
export interface CodeMark {
  readonly number: number
  readonly severity: Severity
  readonly start: number
  readonly end: number
  /** For the hover. */
  readonly title: string
}

/** The narrowest mark around `offset`; marks may lie within each other. */
export function markAt(marks: readonly CodeMark[], offset: number): CodeMark | null {
  let best: CodeMark | null = null
  for (const mark of marks) {
    if (mark.start > offset || offset > mark.end) continue
    if (best === null || mark.end - mark.start < best.end - best.start) best = mark
  }
  return best
}
