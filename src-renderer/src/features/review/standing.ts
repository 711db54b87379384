import type { MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'

export type Standing = 'earlier' | 'changed' | 'signed-off' | 'changes-asked' | 'held' | 'sent' | 'waiting' | 'decided'

/** Sent already, by the manifest or as a person said: it serves rules over a series and is not counted. */
export function isEarlier({ review, earlier }: Pick<MessageSummary, 'review' | 'earlier'>): boolean {
  return earlier === true || review?.outcome === 'sent'
}

/** How people have left a message, where that says more than what was found: one word for its row. Null: it is not done with. */
export function standing({
  review,
  counts,
  earlier,
}: Pick<MessageSummary, 'review' | 'counts' | 'earlier'>): Standing | null {
  if (earlier === true) return 'earlier'
  if (review === null) return null
  if (review.changedSinceSigned) return 'changed'
  if (review.outcome !== null) return review.outcome
  if (review.asked > 0) return 'waiting'
  const isDecided = review.open.error + review.open.warning === 0
  return isDecided && counts.error + counts.warning > 0 ? 'decided' : null
}
