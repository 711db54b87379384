import { createHash } from 'node:crypto'
import type { Finding, ReportMessage, Severity, Verdict } from '../../contract/report.ts'
import type { MessageReview, ReviewState } from '../../contract/review-operations.ts'
import type { MessageRecord } from '../../store/message-record.ts'
import { groupStates, made, type GroupState } from './decided.ts'

/** A message's report with what people did: their own findings, what they attested against, their decisions. */
export function withPeople(
  report: ReportMessage,
  record: MessageRecord,
  attestations: MessageReview['attestations'],
  today: string,
): { readonly report: ReportMessage; readonly states: readonly GroupState[] } {
  const last = report.findings.reduce((highest, { number }) => Math.max(highest, number), 0)
  const own = [...ownFindings(record), ...deniedAttestations(attestations)].map((finding, index) => ({
    ...finding,
    number: last + index + 1,
  }))
  const findings = [...report.findings, ...own]
  const states = groupStates(findings, record, today)
  const decided = new Map(states.map(({ group, decision }) => [group, decision]))
  return {
    states,
    report: {
      ...report,
      verdict: verdictWith(report.verdict, own),
      findings: findings.map((finding) => {
        const decision = decided.get(finding.group) ?? null
        if (decision === null) return finding
        const { kind, reason, whom, by, at, expires } = made(decision)
        return {
          ...finding,
          decision: { kind, reason: whom === null || whom === '' ? reason : `${whom}: ${reason}`, by, at, expires },
        }
      }),
    },
  }
}

export function reviewState(
  states: readonly GroupState[],
  record: MessageRecord,
  changedSinceSigned: boolean,
): ReviewState {
  const open = { error: 0, warning: 0, info: 0 }
  for (const { severity, decision } of states) if (decision === null) open[severity]++
  const signed = record.signOffs.length > 0 && !changedSinceSigned && record.outcome === null
  return {
    open,
    decided: states.filter(({ decision }) => decision !== null).length,
    asked: states.filter(({ decision }) => decision?.decision.kind === 'asked').length,
    comments: record.comments.length,
    outcome: signed ? 'signed-off' : (record.outcome?.outcome ?? null),
    changedSinceSigned,
  }
}

const personal = {
  rule: null,
  pack: 'own',
  certainty: 'certain',
  sources: [],
  number: 1,
  rows: null,
  related: [],
  edit: null,
  decision: null,
  explain: [],
} as const

function ownFindings(record: MessageRecord): Finding[] {
  return record.findings.map(({ fingerprint, finding, by }) => ({
    ...personal,
    sources: [],
    related: [],
    explain: [],
    origin: { kind: 'person', name: by },
    clauses: finding.clauses,
    severity: finding.severity,
    title: finding.title,
    message: finding.note,
    why: '',
    fix: '',
    group: groupOf(fingerprint),
    part: finding.part,
    span: finding.span,
    source: finding.source,
    excerpt: finding.excerpt,
    fingerprint,
  }))
}

/** “No” is a warning: a clause asks for what was not there. */
function deniedAttestations(attestations: MessageReview['attestations']): Finding[] {
  return attestations
    .filter(({ status }) => status === 'no' || status === 'not-obtained')
    .map(({ id, clause, question, status, answer, by }) => {
      const fingerprint = hash(['attestation', id, status])
      return {
        ...personal,
        sources: [],
        related: [],
        explain: [],
        origin: { kind: 'person', name: by ?? '' },
        clauses: [clause],
        severity: 'warning',
        title: status === 'no' ? 'Attested: no' : 'Attestation not obtained',
        message: question,
        why: answer ?? '',
        fix: '',
        group: groupOf(fingerprint),
        part: 'message',
        span: null,
        source: null,
        excerpt: '',
        fingerprint,
      }
    })
}

export function groupOf(fingerprint: string): string {
  return fingerprint.slice(0, 16)
}

function verdictWith(verdict: Verdict, own: readonly { readonly severity: Severity }[]): Verdict {
  if (own.some(({ severity }) => severity === 'error')) return 'errors'
  const warns = own.some(({ severity }) => severity === 'warning')
  return warns && verdict !== 'errors' ? 'to-review' : verdict
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}
