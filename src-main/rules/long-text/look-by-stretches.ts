import type { CompiledPattern, PatternMatch } from '../patterns/pattern.ts'
import type { PhraseHit, PhraseHits, PhraseSet } from '../phrases/phrase-index.ts'
import { keptIn, type Stretch } from './stretches.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/** Those that begin in the stretch's own units, with their places in the text. */
function* ownOf<T extends Range>({ start, end, windowStart }: Stretch, found: readonly T[]): Generator<T> {
  for (const one of found) {
    const at = one.start + windowStart
    if (at >= start && at < end) yield { ...one, start: at, end: one.end + windowStart }
  }
}

// What hostile text can make of one rule is bounded; a reviewer needs no more.
const maxHitsOfSet = 2_000

/** Phrases in a long text: `scan` goes through the stretches that it has not seen. */
export function scanStretches(stretches: readonly Stretch[], scan: (text: string) => PhraseHits): PhraseHits {
  const parts = stretches.map((stretch) => keptIn(stretch, scan, () => scan(stretch.window)))
  const sought = new Map<PhraseSet, PhraseHit[]>()
  stretches.forEach((stretch, at) => {
    for (const [set, hits] of parts[at]?.sought ?? []) {
      let list = sought.get(set)
      if (list === undefined) sought.set(set, (list = []))
      for (const hit of ownOf(stretch, hits)) if (list.length < maxHitsOfSet) list.push(hit)
    }
  })
  for (const [set, hits] of sought) if (hits.length === 0) sought.delete(set)
  const context = new Map<PhraseSet, readonly PhraseHit[]>()
  return {
    sought,
    context(set) {
      const known = context.get(set)
      if (known !== undefined) return known
      const hits: PhraseHit[] = []
      stretches.forEach((stretch, at) => {
        if (hits.length >= maxHitsOfSet) return
        for (const hit of ownOf(stretch, parts[at]?.context(set) ?? [])) if (hits.length < maxHitsOfSet) hits.push(hit)
      })
      context.set(set, hits)
      return hits
    },
  }
}

/** As `pattern.findAll`. Matches that reach further than stretches overlap are looked for in the whole text. */
export function findAllInStretches(
  pattern: CompiledPattern,
  text: string,
  stretches: readonly Stretch[] | null,
  deadlineMs: number,
  found: (match: PatternMatch) => void,
): boolean {
  if (stretches === null || !pattern.isLocal()) return pattern.findAll(text, deadlineMs, found)
  for (const stretch of stretches) {
    let matches = stretch.kept.get(pattern) as readonly PatternMatch[] | undefined // only this function keeps by pattern
    if (matches === undefined) {
      const made: PatternMatch[] = []
      // What ended early is not all there is.
      if (pattern.findAll(stretch.window, deadlineMs, (match) => void made.push(match))) return true
      stretch.kept.set(pattern, made)
      matches = made
    }
    for (const match of ownOf(stretch, matches)) found(match)
  }
  return false
}

/** What `find` finds in each stretch, kept under `by`. */
export function foundInStretches<T extends Range>(
  stretches: readonly Stretch[],
  by: object,
  find: (window: string) => readonly T[],
): readonly T[] {
  return stretches.flatMap((stretch) => [
    ...ownOf(
      stretch,
      keptIn(stretch, by, () => find(stretch.window)),
    ),
  ])
}
