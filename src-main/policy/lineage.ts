import { align, type Lineage } from './align.ts'
import { isCosmetic } from './diff-policies.ts'
import { bestAssignment } from './assignment.ts'
import type { Unit, UnitPart } from './clauses.ts'
import { gistOf, likeness } from './likeness.ts'
import { noiseless } from './normalise.ts'
import type { ReadPolicy } from './read-policy.ts'

/** How clauses of one version continue in the next, by their ids in either. */
export interface ClauseLineage {
  readonly kind: 'kept' | 'cosmetic' | 'moved' | 'reworded' | 'split' | 'merged' | 'added' | 'removed'
  readonly old: readonly string[]
  readonly new: readonly string[]
}

const likePart = 0.5

/** Every clause of either version stands in one lineage, also those within a clause's sentence. */
export function lineageOf(older: ReadPolicy, newer: ReadPolicy): ClauseLineage[] {
  const found: ClauseLineage[] = []
  for (const lineage of align(older.units, newer.units)) {
    const olds = lineage.old.flatMap((index) => older.units[index] ?? [])
    const news = lineage.new.flatMap((index) => newer.units[index] ?? [])
    const [old, next] = [idsOf(olds, older), idsOf(news, newer)]
    if (old.length === 0 && next.length === 0) continue
    found.push({ kind: kindOf(lineage, olds, news), old, new: next })
    found.push(...ofParts(olds, news, older, newer))
  }
  return found
}

function kindOf({ kind }: Lineage, [older]: readonly Unit[], [newer]: readonly Unit[]): ClauseLineage['kind'] {
  if (kind !== 'same') return kind
  return older !== undefined && newer !== undefined && isCosmetic(older, newer) ? 'cosmetic' : 'kept'
}

const idsOf = (units: readonly Unit[], { ids }: ReadPolicy): string[] => units.flatMap((unit) => ids.get(unit) ?? [])

function ofParts(
  olds: readonly Unit[],
  news: readonly Unit[],
  older: ReadPolicy,
  newer: ReadPolicy,
): readonly ClauseLineage[] {
  const before = olds.flatMap(({ children }) => children)
  const after = news.flatMap(({ children }) => children)
  const gists = after.map(({ text }) => gistOf(text))
  const gains = before.map(({ text, label }) => {
    const gist = gistOf(text)
    return after.map((part, index) => {
      const alike = likeness(gist, gists[index] ?? gist)
      return alike >= likePart ? alike + (label === part.label ? 0.1 : 0) : 0
    })
  })
  const pairs = bestAssignment(gains)
  const idOf = (part: UnitPart | undefined, { ids }: ReadPolicy): readonly string[] => {
    const id = part === undefined ? undefined : ids.get(part)
    return id === undefined ? [] : [id]
  }
  const paired = new Set(pairs)
  return [
    ...before.map((part, index): ClauseLineage => {
      const column = pairs[index] ?? null
      const other = column === null ? undefined : after[column]
      if (other === undefined) return { kind: 'removed', old: idOf(part, older), new: [] }
      const kind =
        part.text === other.text ? 'kept' : noiseless(part.text) === noiseless(other.text) ? 'cosmetic' : 'reworded'
      return { kind, old: idOf(part, older), new: idOf(other, newer) }
    }),
    ...after.flatMap((part, index): ClauseLineage[] =>
      paired.has(index) ? [] : [{ kind: 'added', old: [], new: idOf(part, newer) }],
    ),
  ]
}
