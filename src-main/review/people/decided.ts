import type { Finding, Severity } from '../../contract/report.ts'
import type { GroupReview, MadeDecision } from '../../contract/review-operations.ts'
import type { DecisionElsewhere } from '../../store/workspace.ts'
import type { KeptDecision, MessageRecord } from '../../store/message-record.ts'
import { isAbove } from '../summary.ts'

/** How what people decided stands to what is found now. Pure: findings and a record in, the state of each group out. */

export interface GroupState {
  readonly group: string
  readonly severity: Severity
  readonly findings: readonly Finding[]
  /** null: open. */
  readonly decision: KeptDecision | null
  readonly reopened: NonNullable<GroupReview['reopened']> | null
}

export function groupStates(findings: readonly Finding[], record: MessageRecord, today: string): GroupState[] {
  const kept = new Map(record.decisions.map((decision) => [decision.fingerprint, decision]))
  const occurrences = countFingerprints(findings)
  return [...byGroup(findings)].map(([group, members]) => {
    const decisions = members.map(({ fingerprint }) => kept.get(fingerprint) ?? null)
    const failing = members.flatMap(({ fingerprint }) => {
      const decision = kept.get(fingerprint)
      if (decision === undefined) return []
      const now = occurrences.get(fingerprint) ?? 0
      const why = isExpired(decision, today) ? 'expired' : now > decision.occurrences ? 'more' : null
      return why === null ? [] : [{ why, was: decision.occurrences, now, decision: made(decision) } as const]
    })
    const [first] = decisions
    const isDecided = failing.length === 0 && decisions.every((decision) => decision !== null)
    return {
      group,
      severity: highest(members),
      findings: members,
      decision: isDecided ? (first ?? null) : null,
      reopened: failing[0] ?? null,
    }
  })
}

export function countFingerprints(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1)
  return counts
}

export function isExpired({ decision }: KeptDecision, today: string): boolean {
  return decision.expires !== null && decision.expires < today
}

export function made({ decision, by, at }: KeptDecision): MadeDecision {
  return { ...decision, by, at }
}

/**
 * What may be decided as before: a decision on the same rule, clauses and kind of part in this message whose words are gone, or one on the same words in
 * another message.
 */
export function offerFor(
  state: GroupState,
  findings: readonly Finding[],
  record: MessageRecord,
  elsewhere: readonly DecisionElsewhere[],
  today: string,
): GroupReview['offer'] {
  const lead = state.findings[0]
  if (state.decision !== null || state.reopened !== null || lead === undefined) return null
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  const before = record.decisions.findLast(
    (decision) =>
      decision.rule !== null &&
      decision.rule === lead.rule &&
      decision.part === partKind(lead.part) &&
      decision.clauses.join() === lead.clauses.join() &&
      !present.has(decision.fingerprint) &&
      !isExpired(decision, today),
  )
  if (before !== undefined) return { from: 'wording', message: '', decision: made(before) }
  const other = elsewhere.find(
    (decision) =>
      decision.fingerprint === lead.fingerprint && decision.decision.kind !== 'asked' && !isExpired(decision, today),
  )
  return other === undefined ? null : { from: 'elsewhere', message: other.message, decision: made(other) }
}

/** `text:2` is a text; the name of a header or an attachment belongs to it. */
export function partKind(part: string): string {
  return part.replace(/:\d+$/, '')
}

function byGroup(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const known = groups.get(finding.group)
    if (known === undefined) groups.set(finding.group, [finding])
    else known.push(finding)
  }
  return groups
}

function highest(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>((best, { severity }) => (isAbove(severity, best) ? severity : best), 'info')
}
