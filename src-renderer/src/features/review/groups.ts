import type { Finding, Severity } from '../../../../src-main/contract/report.ts'

/** Findings that are one fact: one card, counted once. */
export interface FindingGroup {
  readonly id: string
  /** The one the card speaks of: the gravest, then the first by place. */
  readonly lead: Finding
  /** By place, the lead among them. */
  readonly findings: readonly Finding[]
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Groups in the order of the list: errors, warnings, hints; within these by place. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const byGroup = new Map<string, Finding[]>()
  for (const finding of findings) byGroup.set(finding.group, [...(byGroup.get(finding.group) ?? []), finding])
  const groups: FindingGroup[] = []
  for (const [id, members] of byGroup) {
    const [lead] = members.toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.number - b.number)
    if (lead === undefined) continue
    groups.push({ id, lead, findings: members.toSorted((a, b) => a.number - b.number) })
  }
  return groups.sort((a, b) => rank[a.lead.severity] - rank[b.lead.severity] || a.lead.number - b.lead.number)
}

/** `klaviyo-aup:C3.9` → `C3.9`. */
export function clauseNumber(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}

/** The group that stands `step` places further among those shown, around the ends; the first when none is chosen. */
export function neighbour(groups: readonly FindingGroup[], chosen: string | null, step: 1 | -1): FindingGroup | null {
  const at = groups.findIndex((group) => group.id === chosen)
  if (at === -1) return (step === 1 ? groups[0] : groups.at(-1)) ?? null
  return groups[(at + step + groups.length) % groups.length] ?? null
}
