import type { PolicyClause, PolicyCorrection, PolicyDocument } from '../contract/policy-document.ts'
import { gistOf, likeness } from './likeness.ts'
import { noiseless } from './normalise.ts'

/** A correction also serves a clause that was reworded a little since. */
const likeEnough = 0.8

/**
 * The document with its matches as a person corrected them: a corrected clause has the id that was given to it, and whichever had it
 * before gets an id of its own. Those that name the same text come first, then those whose text is most alike. Notices are counted anew.
 */
export function correctMatches(document: PolicyDocument, corrections: readonly PolicyCorrection[]): PolicyDocument {
  if (corrections.length === 0) return document
  const chosen = new Map<PolicyClause, PolicyCorrection>()
  const keys = new Map(document.clauses.map((clause) => [clause, noiseless(clause.text)]))
  const rest: PolicyCorrection[] = []
  // The last word on a text counts.
  for (const correction of latest(corrections)) {
    const key = noiseless(correction.text)
    const clause = document.clauses.find((one) => keys.get(one) === key)
    if (clause === undefined) rest.push(correction)
    else chosen.set(clause, correction)
  }
  for (const correction of rest) {
    const gist = gistOf(correction.text)
    const best = document.clauses
      .filter((clause) => !chosen.has(clause))
      .map((clause) => ({ clause, alike: likeness(gist, gistOf(clause.text)) }))
      .reduce<{ clause: PolicyClause; alike: number } | null>(
        (top, one) => (one.alike > (top?.alike ?? 0) ? one : top),
        null,
      )
    if (best !== null && best.alike >= likeEnough) chosen.set(best.clause, correction)
  }
  const given = new Set([...chosen.values()].flatMap(({ to }) => to ?? []))
  const renamed = new Map<string, string>()
  const taken = new Set<string>(given)
  const unique = (wanted: string): string => {
    let id = wanted
    for (let count = 2; taken.has(id); count++) id = `${wanted}-${String(count)}`
    taken.add(id)
    return id
  }
  const clauses = document.clauses.map((clause): PolicyClause => {
    const correction = chosen.get(clause)
    const parent = clause.parent === null ? null : (renamed.get(clause.parent) ?? clause.parent)
    if (correction !== undefined && correction.to !== null) {
      renamed.set(clause.id, correction.to)
      const match = { to: `${document.policy}:${correction.to}`, confidence: 1, byHand: true }
      return { ...clause, id: correction.to, parent, match }
    }
    const matched = clause.match?.to.slice(clause.match.to.indexOf(':') + 1)
    const isTakenOff = correction !== undefined || (matched !== undefined && given.has(matched))
    const id = unique(isTakenOff || given.has(clause.id) ? placeId(clause, parent) : clause.id)
    renamed.set(clause.id, id)
    return { ...clause, id, parent, match: isTakenOff ? null : clause.match }
  })
  return { ...document, clauses }
}

const placeId = ({ number }: PolicyClause, parent: string | null): string =>
  parent === null ? `u.${number}` : `${parent}.${number.replace(/^.*\(|\)$/g, '')}`

function latest(corrections: readonly PolicyCorrection[]): readonly PolicyCorrection[] {
  return [...new Map(corrections.map((one) => [noiseless(one.text), one])).values()]
}
