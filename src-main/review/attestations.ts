import type { Attestation, ReportMessage } from '../contract/report.ts'
import type { Ask } from '../rules/pack.ts'
import { reach } from '../rules/reach.ts'
import type { PolicyDescription } from './job.ts'

/**
 * What only a person can state, asked only where something calls for it: a rule, the channel and the recipients' places as the
 * question says, else a finding under the clause or something material to it that could not be checked. One question a campaign, also
 * where several clauses ask it; nobody has answered yet. `region`: where the recipients of all messages are; empty: not known.
 */
export function openAttestations(
  messages: readonly ReportMessage[],
  policies: readonly PolicyDescription[],
  region: readonly string[] = [],
): Attestation[] {
  const callers = messagesByClause(messages)
  const asked = new Map<string, { readonly attestation: Attestation; readonly ids: Set<string> }>()
  for (const { policy, clauses } of policies) {
    for (const clause of clauses) {
      const full = `${policy}:${clause.id}`
      for (const [index, ask] of clause.attest.entries()) {
        const ids = ask.when === null ? callers.get(full) : callersOf(ask.when, messages, region)
        if (ids === undefined || ids.size === 0) continue
        const id = ask.id ?? `${full}-${index + 1}`
        const known = asked.get(id)
        if (known === undefined) asked.set(id, { attestation: openOne(id, full, ask), ids: new Set(ids) })
        else for (const message of ids) known.ids.add(message)
      }
    }
  }
  return [...asked.values()].map(({ attestation, ids }) => ({
    ...attestation,
    messages: ids.size === messages.length ? 'all' : messages.flatMap(({ id }) => (ids.has(id) ? [id] : [])),
  }))
}

function openOne(id: string, clause: string, { scope, question, evidence, lifts }: Ask): Attestation {
  const told = [
    question,
    ...(evidence === null ? [] : [`To show: ${evidence}.`]),
    ...(lifts ? [] : ['A yes does not lift what was found.']),
  ]
  return {
    id,
    clause,
    scope,
    question: told.join(' '),
    messages: [],
    status: 'open',
    answer: null,
    by: null,
    at: null,
    expires: null,
    evidence: [],
  }
}

function callersOf(
  { rules, channels, regions }: NonNullable<Ask['when']>,
  messages: readonly ReportMessage[],
  region: readonly string[],
): Set<string> {
  if (reach({ regions }, region) === 'nobody') return new Set()
  return new Set(
    messages.flatMap(({ id, channel, findings }) => {
      if (channels !== null && (channel === null || !channels.includes(channel))) return []
      return rules === null || findings.some(({ rule }) => rules.some((wanted) => isNamed(rule, wanted))) ? [id] : []
    }),
  )
}

/** `lists/*` names all rules of its group. */
function isNamed(rule: string | null, wanted: string): boolean {
  return rule === wanted || (wanted.endsWith('/*') && rule?.startsWith(wanted.slice(0, -1)) === true)
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
