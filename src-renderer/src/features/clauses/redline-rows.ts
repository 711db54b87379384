import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'

type Redline = Answer<'library.redline'>
export type Change = Redline['changes'][number]
type Words = Change['words']

/** What is shown, and how many changes of typography are not. */
export function shownChanges(
  changes: readonly Change[],
  substantive: boolean,
): { readonly shown: readonly Change[]; readonly hidden: number } {
  const shown = changes.filter(({ kind }) => !substantive || kind !== 'cosmetic')
  return { shown, hidden: changes.length - shown.length }
}

/** One side of a change, with the words marked that the other has not. */
export function sideWords(words: Words, side: 'older' | 'newer'): Words {
  const other = side === 'older' ? 'insert' : 'delete'
  return words.filter(({ op }) => op !== other)
}

/** “Prohibited conduct 3 → 4”. */
export function changePlace({ old, new: news }: Change): string {
  const name = (places: Change['old']): string =>
    [...new Set(places.map(({ heading, number }) => [heading, number].filter(Boolean).join(' ')))]
      .filter(Boolean)
      .join(', ')
  const [before, after] = [name(old), name(news)]
  return before === '' || after === '' || before === after ? before || after : `${before} → ${after}`
}

/** The change that a clause takes part in; 0 where it has none. */
export function changeOf(changes: readonly Change[], clause: string | null): number {
  if (clause === null) return 0
  const isIn = (places: Change['old']): boolean =>
    places.some((place) => place.clause !== null && (place.clause === clause || clause.startsWith(`${place.clause}.`)))
  return Math.max(
    0,
    changes.findIndex((change) => isIn(change.new) || isIn(change.old)),
  )
}
