import type { Answer } from '../contract/operation-schemas.ts'
import type { Finding } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import type { Clause } from '../rules/pack.ts'
import type { PolicyDescription } from './job.ts'
import type { OpenCampaign } from './open-campaigns.ts'
import { countGroups, type SeverityCounts } from './summary.ts'

/** The policy's clauses with what was found under them in the open campaigns; a clause counts its sub-clauses' groups too. */
export function clauseTree(policy: PolicyDescription, campaigns: readonly OpenCampaign[]): Answer<'clauses.tree'> {
  const findings = campaigns.flatMap(({ messages }) => [...messages.values()].flatMap(({ report }) => report.findings))
  const byClause = findingsByClause(policy, findings)
  return {
    policy: policy.policy,
    title: policy.title,
    version: policy.version,
    basis: policy.basis,
    clauses: policy.clauses.map((clause) => ({
      id: fullId(policy, clause.id),
      number: clause.id,
      parent: clause.parent === null ? null : fullId(policy, clause.parent),
      section: clause.section,
      heading: clause.heading,
      rules: rulesOf(policy, clause).length,
      counts: countGroups(byClause.get(fullId(policy, clause.id)) ?? []),
    })),
  }
}

/** One clause: what it says in our words, what serves it, and where the open campaigns touch it or its sub-clauses. */
export function clausePage(
  policies: readonly PolicyDescription[],
  campaigns: readonly OpenCampaign[],
  id: string,
): Result<Answer<'clauses.page'>> {
  for (const policy of policies) {
    const clause = policy.clauses.find((candidate) => fullId(policy, candidate.id) === id)
    if (clause) return ok(page(policy, clause, campaigns))
  }
  return fail('not-found', 'No pack has this clause.')
}

function page(policy: PolicyDescription, clause: Clause, campaigns: readonly OpenCampaign[]): Answer<'clauses.page'> {
  const id = fullId(policy, clause.id)
  const messages = campaigns.flatMap((campaign) =>
    [...campaign.messages.values()].flatMap(({ report, summary }) => {
      const findings = findingsByClause(policy, report.findings).get(id)
      return findings
        ? [{ campaign: campaign.id, message: summary.id, name: summary.name, counts: countGroups(findings) }]
        : []
    }),
  )
  return {
    id,
    number: clause.id,
    heading: clause.heading,
    section: clause.section,
    summary: clause.summary,
    coverage: { file: clause.file, judge: clause.judge, attest: clause.attest.map(({ question }) => question) },
    sources: [...clause.sources],
    rules: rulesOf(policy, clause).map(({ id, title, severity, why }) => ({ id, title, severity, why })),
    children: policy.clauses.filter(({ parent }) => parent === clause.id).map((child) => fullId(policy, child.id)),
    messages,
  }
}

/** Findings under a clause in the open campaigns, by the month in which their messages are sent or dated; undated ones last. */
export function violationsByMonth(
  policies: readonly PolicyDescription[],
  campaigns: readonly OpenCampaign[],
  id: string,
): Answer<'library.clause'>['violations'] {
  const policy = policies.find((one) => one.clauses.some((clause) => fullId(one, clause.id) === id))
  if (policy === undefined) return []
  return byMonth(
    campaigns.flatMap(({ messages }) =>
      [...messages.values()].flatMap(({ report }) => {
        const findings = findingsByClause(policy, report.findings).get(id)
        return findings === undefined ? [] : [{ sent: report.sendAt ?? report.date, counts: countGroups(findings) }]
      }),
    ),
  )
}

export interface SentCounts {
  /** As written; null: nobody knows when. */
  readonly sent: string | null
  readonly counts: SeverityCounts
}

/** From old to new, what has no date last. Every message's groups are its own. */
export function byMonth(messages: readonly SentCounts[]): Answer<'library.clause'>['violations'] {
  const months = new Map<string | null, SeverityCounts>()
  for (const { sent, counts } of messages) {
    const month = sent?.slice(0, 7) ?? null
    const { error, warning, info } = months.get(month) ?? { error: 0, warning: 0, info: 0 }
    months.set(month, { error: error + counts.error, warning: warning + counts.warning, info: info + counts.info })
  }
  return [...months]
    .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([month, counts]) => ({ month, ...counts }))
}

/** A clause and everything below it, in full ids; null: the policy has no such clause. */
export function clauseAndBelow(policy: PolicyDescription, id: string): readonly string[] | null {
  const under = new Set<string>()
  // Parents stand before their children.
  for (const clause of policy.clauses) {
    const full = fullId(policy, clause.id)
    if (full === id || (clause.parent !== null && under.has(fullId(policy, clause.parent)))) under.add(full)
  }
  return under.size === 0 ? null : [...under]
}

/** A finding stands under its clauses and under everything above them. */
function findingsByClause(policy: PolicyDescription, findings: readonly Finding[]): Map<string, Finding[]> {
  const parents = new Map(policy.clauses.map(({ id, parent }) => [id, parent]))
  const byClause = new Map<string, Finding[]>()
  for (const finding of findings) {
    const under = new Set<string>()
    for (const clause of finding.clauses) {
      if (!clause.startsWith(`${policy.policy}:`)) continue
      let at: string | null = clause.slice(policy.policy.length + 1)
      while (at !== null && !under.has(at)) {
        under.add(at)
        at = parents.get(at) ?? null
      }
    }
    for (const number of under) {
      const id = fullId(policy, number)
      const known = byClause.get(id)
      if (known) known.push(finding)
      else byClause.set(id, [finding])
    }
  }
  return byClause
}

function rulesOf(policy: PolicyDescription, clause: Clause): PolicyDescription['rules'] {
  return policy.rules.filter(({ clauses }) => clauses.includes(fullId(policy, clause.id)))
}

function fullId(policy: PolicyDescription, number: string): string {
  return `${policy.policy}:${number}`
}
