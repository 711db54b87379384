import type { Judged } from './findings.ts'
import type { Rule } from './pack.ts'

/** So many units of a text for each place that is looked for in it. */
const unitsPerPlace = 3_500
const mostPlaces = 4

/**
 * In a newsletter of pages almost any words come to stand somewhere. Words that are no more than likely to break a clause
 * become an information where they are alone, or almost, in a long text; what a message is about is said more than once.
 * Words that need be said only once (`once`) and what is certain stay as they are.
 */
export function calmLone(judged: readonly Judged[]): readonly Judged[] {
  const places = new Map<string, Map<string, Set<string>>>()
  for (const { rule, hit } of judged) {
    const text = hit.around.text
    if (hit.certainty === 'possible' || needed(text) < 2) continue
    const byClause = places.get(text) ?? new Map<string, Set<string>>()
    for (const clause of rule.clauses) {
      const sentences = byClause.get(clause) ?? new Set()
      byClause.set(clause, sentences.add(hit.normalised.sentence))
    }
    places.set(text, byClause)
  }
  return judged.map((one) => {
    const { rule, hit, severity } = one
    const byClause = places.get(hit.around.text)
    if (byClause === undefined || severity === 'info' || hit.certainty !== 'likely' || !isOfWords(rule)) return one
    const found = Math.max(...rule.clauses.map((clause) => byClause.get(clause)?.size ?? 0))
    if (found >= needed(hit.around.text)) return one
    const why = `${found === 1 ? 'the only such place' : `one of ${String(found)} such places`} in a long text: not more than info`
    return { ...one, severity: 'info', hit: { ...hit, atMost: 'info', explain: [...hit.explain, why] } }
  })
}

function needed(text: string): number {
  return Math.min(mostPlaces, 1 + Math.floor(text.length / unitsPerPlace))
}

function isOfWords({ check }: Rule): boolean {
  return check.kind === 'signs' || (check.kind === 'phrases' && !('once' in check))
}
