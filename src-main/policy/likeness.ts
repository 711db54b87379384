import { wordsOf } from './normalise.ts'

/** Counts of a text's words and pairs of neighbours. */
export interface Gist {
  readonly counts: ReadonlyMap<string, number>
  readonly size: number
  readonly words: readonly string[]
}

export function gistOf(text: string): Gist {
  const words = wordsOf(text)
  const counts = new Map<string, number>()
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  words.forEach((word, index) => {
    count(word)
    const next = words[index + 1]
    if (next !== undefined) count(`${word} ${next}`)
  })
  return { counts, size: Math.max(0, 2 * words.length - 1), words }
}

function shared(a: Gist, b: Gist): number {
  const [small, large] = a.counts.size <= b.counts.size ? [a.counts, b.counts] : [b.counts, a.counts]
  let sum = 0
  for (const [key, count] of small) sum += Math.min(count, large.get(key) ?? 0)
  return sum
}

/** Dice's coefficient over words and pairs of words: 0 nothing in common, 1 the same. */
export function likeness(a: Gist, b: Gist): number {
  return a.size + b.size === 0 ? 1 : (2 * shared(a, b)) / (a.size + b.size)
}

/** How much of `part` occurs in `whole`, from 0 to 1. */
export function contained(part: Gist, whole: Gist): number {
  return part.size === 0 ? 0 : shared(part, whole) / part.size
}
