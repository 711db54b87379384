import type { PolicyClause, PolicyDocument } from '../../contract/policy-document.ts'

/** What a person says is certain; nothing that was computed is. */
export const saidByHand = 1
/** The pack's clause that an imported one is matched to, within `policy`; null: none. */
export function matchedTo({ match }: Pick<PolicyClause, 'match'>): string | null {
  return match === null ? null : match.to.slice(match.to.indexOf(':') + 1)
}

/** The document with one clause matched as a person says; a clause of the pack is in one place only. Matched clauses bear the pack's id. */
export function rematch(document: PolicyDocument, clause: string, to: string | null): PolicyDocument {
  const wanted = to === null ? null : `${document.policy}:${to}`
  const clauses = document.clauses.map((one): PolicyClause => {
    if (one.id === clause)
      return { ...one, match: wanted === null ? null : { to: wanted, confidence: saidByHand, byHand: true } }
    return wanted !== null && one.match?.to === wanted ? { ...one, match: null } : one
  })
  return { ...document, clauses: renamed(clauses, document.clauses) }
}

/** Ids follow the matches; a clause that lost its match goes by its number. */
function renamed(clauses: readonly PolicyClause[], before: readonly PolicyClause[]): PolicyClause[] {
  const taken = new Set(clauses.flatMap((clause) => matchedTo(clause) ?? []))
  const ids = new Map<string, string>()
  const sections = [...new Set(clauses.map(({ section }) => section))]
  for (const [index, clause] of clauses.entries()) {
    const to = matchedTo(clause)
    const old = before[index]?.id ?? clause.id
    const lostItsName = to === null && taken.has(old)
    const own = to ?? (lostItsName ? `${String(sections.indexOf(clause.section) + 1)}.${clause.number}` : old)
    ids.set(old, to ?? unique(own, taken))
  }
  return clauses.map((clause) => ({
    ...clause,
    id: ids.get(clause.id) ?? clause.id,
    parent: clause.parent === null ? null : (ids.get(clause.parent) ?? clause.parent),
  }))
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${String(count)}`
  taken.add(id)
  return id
}
