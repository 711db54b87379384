import type { PolicyClause, PolicyDocument } from '../contract/policy-document.ts'
import { noiseless } from './normalise.ts'

/** How clauses of one version go on in a later one, by the ids of the pack (`klaviyo-aup:C3.9`); what is not named is kept. */
export interface ClauseStep {
  readonly kind: 'kept' | 'moved' | 'cosmetic' | 'reworded' | 'split' | 'merged' | 'added' | 'removed'
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly note: string | null
}

/** Through these a rule follows by itself: the words are the same. */
export function followsAlone({ kind }: ClauseStep): boolean {
  return kind === 'kept' || kind === 'moved' || kind === 'cosmetic'
}

/** How whole clauses go on, by where they begin in their files. */
interface PlacedStep {
  readonly kind: ClauseStep['kind']
  readonly old: readonly number[]
  readonly new: readonly number[]
}

/**
 * As a comparison of two imported versions shows it, down to the parts of clauses: a list in which one item changed leaves the others as they
 * are. A clause that the pack does not know goes by its own id in the document.
 */
export function stepsOfComparison(
  steps: readonly PlacedStep[],
  older: PolicyDocument,
  newer: PolicyDocument,
): readonly ClauseStep[] {
  return steps.flatMap((step): ClauseStep[] => {
    if (step.kind === 'kept') return []
    const from = clausesAt(older, step.old)
    const to = clausesAt(newer, step.new)
    // Headings and other text that is no clause.
    if (from.length + to.length === 0) return []
    const whole = { kind: step.kind, from: from.map(nameIn(older)), to: to.map(nameIn(newer)), note: null }
    return [whole, ...partSteps(step.kind, partsOf(older, from), partsOf(newer, to))]
  })
}

function clausesAt({ clauses }: PolicyDocument, starts: readonly number[]): readonly PolicyClause[] {
  return starts.flatMap((start) => clauses.find(({ parent, span }) => parent === null && span.start === start) ?? [])
}

function nameIn({ policy }: PolicyDocument): (clause: PolicyClause) => string {
  return ({ match, id }) => match?.to ?? `${policy}:${id}`
}

function partsOf(document: PolicyDocument, wholes: readonly PolicyClause[]): ReadonlyMap<string, string> {
  const ids = new Set(wholes.map(({ id }) => id))
  const name = nameIn(document)
  const parts = document.clauses.filter(({ parent }) => parent !== null && ids.has(parent))
  return new Map(parts.map((part) => [name(part), noiseless(part.text)]))
}

function partSteps(
  kind: ClauseStep['kind'],
  older: ReadonlyMap<string, string>,
  newer: ReadonlyMap<string, string>,
): readonly ClauseStep[] {
  if (kind === 'moved' || kind === 'cosmetic')
    return [...newer.keys()].flatMap((id) => (older.has(id) ? [{ kind, from: [id], to: [id], note: null }] : []))
  return stepsOfClauses(older, newer)
}

/** Where only the clauses of both versions are known, and no comparison of their texts: another wording is another clause. */
export function stepsOfClauses(
  older: ReadonlyMap<string, string>,
  newer: ReadonlyMap<string, string>,
): readonly ClauseStep[] {
  const gone = [...older.keys()].filter((id) => !newer.has(id))
  return [
    ...[...newer].flatMap(([id, wording]): ClauseStep[] => {
      const before = older.get(id)
      if (before === undefined) return [{ kind: 'added', from: [], to: [id], note: null }]
      return before === wording ? [] : [{ kind: 'reworded', from: [id], to: [id], note: null }]
    }),
    ...gone.map((id): ClauseStep => ({ kind: 'removed', from: [id], to: [], note: null })),
  ]
}
