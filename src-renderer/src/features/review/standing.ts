import type { MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'

export type Standing = 'changed' | 'signed-off' | 'changes-asked' | 'held' | 'sent' | 'waiting' | 'decided'

/** Sent already: it serves rules over a series and is not counted. */
export function isEarlier({ review }: Pick<MessageSummary, 'review'>): boolean {
  return review?.outcome === 'sent'
}

/** How people have left a message, where that says more than what was found: one word for its row. Null: it is not done with. */
export function standing({ review, counts }: Pick<MessageSummary, 'review' | 'counts'>): Standing | null {
  if (review === null) return null
  if (review.changedSinceSigned) return 'changed'
  if (review.outcome !== null) return review.outcome
  if (review.asked > 0) return 'waiting'
  const isDecided = review.open.error + review.open.warning === 0
  return isDecided && counts.error + counts.warning > 0 ? 'decided' : null
}
