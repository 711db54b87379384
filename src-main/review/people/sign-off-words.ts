import { uncheckedOf } from './review-of.ts'
import type { SeenMessage } from './seen-messages.ts'

/** What was done, never that it may be sent: “reviewed, with 2 accepted and 1 not checked”. */
export function signOffWords(seen: SeenMessage): string {
  const ofKind = (kind: string): number => seen.states.filter(({ decision }) => decision?.decision.kind === kind).length
  const open = seen.states.filter(({ decision, severity }) => decision === null && severity === 'warning').length
  const parts = [
    [ofKind('confirmed'), 'confirmed'],
    [ofKind('accepted'), 'accepted'],
    [ofKind('asked'), 'waiting for an answer'],
    [open, 'undecided'],
    [uncheckedOf(seen).length, 'not checked'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`)
  if (told.length === 0) return 'reviewed'
  const last = told.at(-1) ?? ''
  return `reviewed, with ${told.length === 1 ? last : `${told.slice(0, -1).join(', ')} and ${last}`}`
}
