import type { GroupReview, MessageReview } from '../../contract/review-operations.ts'
import type { KeptRevision, DecisionElsewhere } from '../../store/workspace.ts'
import { made, offerFor } from './decided.ts'
import type { SeenMessage } from './seen-messages.ts'

/** What screens show of what people did about a message. */
export function reviewOf(
  seen: SeenMessage,
  elsewhere: readonly DecisionElsewhere[],
  revisions: readonly KeptRevision[],
  today: string,
): MessageReview {
  const { record, states, report, changed, attestations, open } = seen
  const fingerprints = new Map(
    states.map(({ group, findings }) => [group, new Set(findings.map((one) => one.fingerprint))]),
  )
  const groups = states.map((state): GroupReview => ({
    group: state.group,
    decision: state.decision === null ? null : made(state.decision),
    reopened: state.decision === null ? state.reopened : null,
    offer: offerFor(state, report.findings, record, elsewhere, today),
    comments: record.comments
      .filter(({ fingerprint }) => fingerprint !== null && fingerprints.get(state.group)?.has(fingerprint) === true)
      .map(comment),
  }))
  const signed = record.signOffs.at(-1)
  const ofKind = (kind: string): number => states.filter(({ decision }) => decision?.decision.kind === kind).length
  const openStates = states.filter(({ decision }) => decision === null)
  const isSigned = signed !== undefined && changed?.length === 0
  return {
    groups,
    comments: record.comments.filter(({ fingerprint }) => fingerprint === null).map(comment),
    outcome:
      record.outcome !== null
        ? { kind: record.outcome.outcome, by: record.outcome.by, at: record.outcome.at }
        : isSigned
          ? { kind: 'signed-off', by: signed.by, at: signed.at }
          : null,
    signOff:
      signed === undefined
        ? null
        : { id: signed.snapshot, by: signed.by, at: signed.at, changed: [...(changed ?? [])] },
    attestations: [...attestations],
    unchecked: uncheckedOf(seen),
    counts: {
      openErrors: openStates.filter(({ severity }) => severity === 'error').length,
      openOthers: openStates.filter(({ severity }) => severity === 'warning').length,
      confirmed: ofKind('confirmed'),
      falseAlarms: ofKind('false-alarm'),
      accepted: ofKind('accepted'),
      asked: ofKind('asked'),
    },
    revisions: revisions.filter(({ content }) => content !== open.content).map(({ content, at }) => ({ content, at })),
  }
}

/** What matters and could not be checked, each reason once: a sign-off acknowledges every one. */
export function uncheckedOf({ report }: SeenMessage): MessageReview['unchecked'] {
  const byReason = new Map<string, string[]>()
  for (const { reason, clause, material } of report.notChecked) {
    if (!material) continue
    const clauses = byReason.get(reason) ?? []
    if (!clauses.includes(clause)) clauses.push(clause)
    byReason.set(reason, clauses)
  }
  return [...byReason].map(([reason, clauses]) => ({ reason, clauses }))
}

function comment({ by, at, text }: { readonly by: string; readonly at: string; readonly text: string }) {
  return { by, at, text }
}
