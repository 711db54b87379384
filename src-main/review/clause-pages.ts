import type { Answer } from '../contract/operation-schemas.ts'
import type { Finding } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import type { Clause } from '../rules/pack.ts'
import type { PolicyDescription } from './job.ts'
import type { OpenCampaign } from './open-campaigns.ts'
import { countGroups } from './summary.ts'

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
  const months = new Map<string | null, Finding[]>()
  for (const { messages } of campaigns)
    for (const { report } of messages.values()) {
      const found = findingsByClause(policy, report.findings).get(id)
      if (found === undefined) continue
      const month = (report.sendAt ?? report.date)?.slice(0, 7) ?? null
      // Every message's groups are its own.
      const own = found.map((finding) => ({ ...finding, group: `${report.id}\n${finding.group}` }))
      months.set(month, [...(months.get(month) ?? []), ...own])
    }
  return [...months]
    .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([month, findings]) => ({ month, ...countGroups(findings) }))
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
