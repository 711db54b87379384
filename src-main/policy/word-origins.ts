import { diffWordsWithSpace } from 'diff'
import { align } from './align.ts'
import type { Unit } from './clauses.ts'
import type { PolicyVersionText } from './diff-policies.ts'
import { retypeset } from './normalise.ts'

/** A stretch of a clause's text, and the version that brought it in. */
export interface WordOrigin {
  readonly text: string
  readonly version: string
}

interface Origin {
  readonly unit: Unit
  readonly words: readonly WordOrigin[]
}

/** For every unit of the newest version, which version introduced each of its words. `versions` from old to new. */
export function wordOrigins(versions: readonly PolicyVersionText[]): ReadonlyMap<Unit, readonly WordOrigin[]> {
  const [first, ...rest] = versions
  if (first === undefined) return new Map()
  let known: Origin[] = first.units.map((unit) => ({
    unit,
    words: [{ text: retypeset(unit.text), version: first.version }],
  }))
  let older = first
  for (const newer of rest) {
    const next = new Map<Unit, Origin>()
    for (const { old, new: news } of align(older.units, newer.units)) {
      const before = old.flatMap((index) => known[index]?.words ?? [])
      const units = news.flatMap((index) => newer.units[index] ?? [])
      // Parts of a split clause share its words; each looks for its own in the whole.
      for (const unit of units)
        next.set(unit, { unit, words: carried(before, old.length > 1, retypeset(unit.text), newer.version) })
    }
    known = newer.units.map(
      (unit) => next.get(unit) ?? { unit, words: [{ text: retypeset(unit.text), version: newer.version }] },
    )
    older = newer
  }
  return new Map(known.map(({ unit, words }) => [unit, words]))
}

function carried(before: readonly WordOrigin[], isJoined: boolean, text: string, version: string): WordOrigin[] {
  if (before.length === 0) return text === '' ? [] : [{ text, version }]
  const origins: string[] = []
  let whole = ''
  for (const [index, origin] of before.entries()) {
    const added = isJoined && index > 0 && !whole.endsWith(' ') ? ` ${origin.text}` : origin.text
    origins.push(...Array.from({ length: added.length }, () => origin.version))
    whole += added
  }
  const result: WordOrigin[] = []
  const put = (value: string, from: string): void => {
    const last = result.at(-1)
    if (last?.version === from) result[result.length - 1] = { text: last.text + value, version: from }
    else if (value !== '') result.push({ text: value, version: from })
  }
  let at = 0
  for (const { value, added, removed } of diffWordsWithSpace(whole, text)) {
    if (removed) at += value.length
    else if (added) put(value, version)
    else {
      for (let unit = 0; unit < value.length; unit++) put(value.charAt(unit), origins[at + unit] ?? version)
      at += value.length
    }
  }
  return result
}
