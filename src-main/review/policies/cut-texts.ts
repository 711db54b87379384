import type { PolicyDocument } from '../../contract/policy-document.ts'

/** A stretch of the file that is no part of the policy, as a person can read it. */
export interface CutText {
  readonly why: string
  /** How it begins; empty where there is nothing to read. */
  readonly text: string
  readonly characters: number
}

export function cutTexts({ cut }: PolicyDocument): CutText[] {
  return cut.map(({ span, why, text }) => ({ why, text: text ?? '', characters: span.end - span.start }))
}
