import { severities } from '../contract/report-words.ts'
import type { Finding, Report, ReportMessage, Severity } from '../contract/report.ts'
import { assertNever } from '../contract/result.ts'

type Summary = Report['summary']

export interface SeverityCounts {
  readonly error: number
  readonly warning: number
  readonly info: number
}

/**
 * The counts of a report. Messages are counted by verdict. Groups are facts: each is counted once however many findings, parts or
 * messages it has, in `bySeverity` at its highest severity, in `byClause` once under every clause it touches.
 */
export function summarise(messages: readonly ReportMessage[]): Summary {
  const findings = messages.flatMap((message) => message.findings)
  const verdicts = { errors: 0, toReview: 0, notFullyChecked: 0, nothingFound: 0 }
  for (const { verdict } of messages) {
    switch (verdict) {
      case 'errors':
        verdicts.errors++
        break
      case 'to-review':
        verdicts.toReview++
        break
      case 'not-fully-checked':
        verdicts.notFullyChecked++
        break
      case 'nothing-found':
        verdicts.nothingFound++
        break
      default:
        assertNever(verdict)
    }
  }
  const bySeverity = countGroups(findings)
  return {
    messages: messages.length,
    ...verdicts,
    groups: bySeverity.error + bySeverity.warning + bySeverity.info,
    bySeverity,
    byClause: groupsByClause(findings),
  }
}

/** Groups by their highest severity. */
export function countGroups(findings: readonly Pick<Finding, 'group' | 'severity'>[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const severity of groupSeverities(findings).values()) counts[severity]++
  return counts
}

/** Each group's highest severity. */
export function groupSeverities(findings: readonly Pick<Finding, 'group' | 'severity'>[]): Map<string, Severity> {
  const highest = new Map<string, Severity>()
  for (const { group, severity } of findings) {
    const known = highest.get(group)
    if (known === undefined || isAbove(severity, known)) highest.set(group, severity)
  }
  return highest
}

/** Errors before warnings before information. */
export function isAbove(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b)
}

function groupsByClause(findings: readonly Finding[]): Record<string, number> {
  const groups = new Map<string, Set<string>>()
  for (const { clauses, group } of findings) {
    for (const clause of clauses) {
      const known = groups.get(clause)
      if (known) known.add(group)
      else groups.set(clause, new Set([group]))
    }
  }
  return Object.fromEntries(
    [...groups].sort(([a], [b]) => compareClauses(a, b)).map(([clause, { size }]) => [clause, size]),
  )
}

const byNumber = new Intl.Collator('en', { numeric: true })

/** `klaviyo-aup:C3.9` before `klaviyo-aup:C3.10`. */
export function compareClauses(a: string, b: string): number {
  return byNumber.compare(a, b)
}
