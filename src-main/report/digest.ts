import type { Finding, ReportMessage, Severity, Verdict } from '../contract/report.ts'
import { assertNever } from '../contract/result.ts'
import { visible } from './visible.ts'

/** What the reports for people share: order, grouping and words. */

/** Findings by group, the surest first: errors, warnings, information, and within these by place. */
export function groups(findings: readonly Finding[]): Finding[][] {
  const byGroup = new Map<string, Finding[]>()
  for (const finding of findings) {
    const known = byGroup.get(finding.group)
    if (known) known.push(finding)
    else byGroup.set(finding.group, [finding])
  }
  return [...byGroup.values()]
    .map((group) => [...group].sort((a, b) => rank(a.severity) - rank(b.severity) || a.number - b.number))
    .sort(([a], [b]) => (a && b ? rank(a.severity) - rank(b.severity) || a.number - b.number : 0))
}

function rank(severity: Severity): number {
  switch (severity) {
    case 'error':
      return 0
    case 'warning':
      return 1
    case 'info':
      return 2
    default:
      return assertNever(severity)
  }
}

export interface NotCheckedEntry {
  readonly clause: string
  readonly reason: string
  readonly material: boolean
  /** Messages that it concerns. */
  readonly ids: readonly string[]
}

/** What was not checked, each reason once with its messages; what matters first. */
export function notCheckedEntries(messages: readonly ReportMessage[]): NotCheckedEntry[] {
  const byReason = new Map<string, NotCheckedEntry & { readonly ids: string[] }>()
  for (const { id, notChecked } of messages) {
    for (const { clause, reason, material } of notChecked) {
      const key = JSON.stringify([clause, reason, material])
      const known = byReason.get(key)
      if (known) known.ids.push(id)
      else byReason.set(key, { clause, reason, material, ids: [id] })
    }
  }
  return [...byReason.values()].sort((a, b) => Number(b.material) - Number(a.material))
}

/** `klaviyo-aup:C3.9` as people say it. */
export function localClause(clause: string): string {
  return visible(clause.slice(clause.indexOf(':') + 1))
}

export function verdictWords(verdict: Verdict): string {
  switch (verdict) {
    case 'errors':
      return 'errors'
    case 'to-review':
      return 'to review'
    case 'not-fully-checked':
      return 'not fully checked'
    case 'nothing-found':
      return 'nothing found'
    default:
      return assertNever(verdict)
  }
}
