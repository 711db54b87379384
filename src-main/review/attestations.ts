import type { Attestation, ReportMessage } from '../contract/report.ts'
import type { PolicyDescription } from './job.ts'

/**
 * What only a person can state, asked only where something calls for it: a finding under the clause, or something material to it that
 * could not be checked. One question a clause and campaign; nobody has answered yet.
 */
export function openAttestations(
  messages: readonly ReportMessage[],
  policies: readonly PolicyDescription[],
): Attestation[] {
  const callers = messagesByClause(messages)
  return policies.flatMap(({ policy, clauses }) =>
    clauses.flatMap((clause) => {
      const full = `${policy}:${clause.id}`
      const ids = callers.get(full)
      if (!ids) return []
      return clause.attest.map((question, index): Attestation => ({
        id: `${full}-${index + 1}`,
        clause: full,
        scope: 'campaign',
        question,
        messages: ids.size === messages.length ? 'all' : [...ids],
        status: 'open',
        answer: null,
        by: null,
        at: null,
        expires: null,
        evidence: [],
      }))
    }),
  )
}

function messagesByClause(messages: readonly ReportMessage[]): Map<string, Set<string>> {
  const callers = new Map<string, Set<string>>()
  for (const message of messages) {
    const clauses = [
      ...message.findings.flatMap((finding) => finding.clauses),
      ...message.notChecked.flatMap(({ clause, material }) => (material ? [clause] : [])),
    ]
    for (const clause of clauses) {
      const ids = callers.get(clause)
      if (ids) ids.add(message.id)
      else callers.set(clause, new Set([message.id]))
    }
  }
  return callers
}
