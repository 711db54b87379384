import { diffArrays } from 'diff'
import { bestAssignment } from './assignment.ts'
import type { Unit } from './clauses.ts'
import { contained, gistOf, likeness, type Gist } from './likeness.ts'
import { noiseless } from './normalise.ts'
import { isDateLine } from './printed-date.ts'
import { withoutLabels } from './sub-clauses.ts'

/** How units of one version continue in the next: indexes into both. */
export interface Lineage {
  readonly kind: 'same' | 'moved' | 'reworded' | 'split' | 'merged' | 'added' | 'removed'
  readonly old: readonly number[]
  readonly new: readonly number[]
  /** Of what was reworded: it stands elsewhere, too. */
  readonly isMoved?: boolean
}

/** Likeness from which two texts are versions of one clause: within a section, and across sections. */
const likeInSection = 0.45
const likeAcross = 0.72
/** Across sections, where nothing else of either version is nearly as like. */
const likeAlone = 0.5
const fewestWordsAlone = 5
const lead = 0.15
const mostPairsAlone = 250_000
/** With both neighbours kept in place, less will do. */
const likeBetweenNeighbours = 0.28
/** With the same words at the beginning. */
const likeWithBeginning = 0.1
const fewestWordsOfBeginning = 3
const partContained = 0.75
const wholeCovered = 0.75
const fewestWordsOfPart = 4
const mostParts = 40
/** A part that stands apart from the rest of its clause must be longer, and of it alone. */
const fewestWordsApart = 6
const apartContained = 0.8
const apartElsewhere = 0.5
const fewestWordsToMove = 4

interface Side {
  readonly units: readonly Unit[]
  readonly keys: readonly string[]
  readonly gists: readonly Gist[]
  /** Index of the heading that stands above each unit; null for none. */
  readonly sections: readonly (number | null)[]
  /** Clauses by the heading that stands above them; -1: none. */
  readonly below: ReadonlyMap<number, readonly number[]>
}

/**
 * Aligns two versions. Equal texts in the same order come first, headings and clauses apart; equal texts elsewhere are moved; of the
 * rest, one text that is spread over neighbours is split or merged, and what is most alike is reworded (optimal assignment).
 */
export function align(older: readonly Unit[], newer: readonly Unit[]): Lineage[] {
  const hasLinks = (units: readonly Unit[]): boolean => units.some(({ links }) => links.length > 0)
  // A plain text has lost its links; that is no change of theirs.
  const withLinks = hasLinks(older) && hasLinks(newer)
  const a = sideOf(older, withLinks)
  const b = sideOf(newer, withLinks)
  const toNew = new Map<number, number>()
  const toOld = new Map<number, number>()
  const moved = new Set<number>()
  const spread: Lineage[] = []
  const spreadOld = new Set<number>()
  const spreadNew = new Set<number>()
  const pair = (i: number, j: number): void => {
    toNew.set(i, j)
    toOld.set(j, i)
  }
  const isFreeOld = (i: number): boolean => !toNew.has(i) && !spreadOld.has(i)
  const isFreeNew = (j: number): boolean => !toOld.has(j) && !spreadNew.has(j)

  for (const isHeading of [true, false]) pairInOrder(a, b, isHeading, pair)
  pairCapitals()
  pairOtherwiseSet()
  pairElsewhere()
  for (const lineage of [
    ...exactSpreads(a, b, isFreeOld, isFreeNew, 'split'),
    ...exactSpreads(b, a, isFreeNew, isFreeOld, 'merged'),
    ...spreads(a, b, isFreeOld, isFreeNew, 'split'),
    ...spreads(b, a, isFreeNew, isFreeOld, 'merged'),
  ]) {
    if (!lineage.old.every(isFreeOld) || !lineage.new.every(isFreeNew)) continue
    spread.push(lineage)
    for (const i of lineage.old) spreadOld.add(i)
    for (const j of lineage.new) spreadNew.add(j)
  }
  const reworded = pairAlike()
  renameHeadings()
  spreadApart()
  for (const [i, j] of toNew) if (!moved.has(i) && !reworded.has(i) && changedSection(i, j)) moved.add(i)

  return inOrder([
    ...[...toNew].map(([i, j]): Lineage => ({
      kind: reworded.has(i) ? 'reworded' : moved.has(i) ? 'moved' : 'same',
      old: [i],
      new: [j],
      ...(reworded.has(i) && isElsewhere(i, j) ? { isMoved: true } : {}),
    })),
    ...spread,
    ...older.flatMap((_, i): Lineage[] => (isFreeOld(i) ? [{ kind: 'removed', old: [i], new: [] }] : [])),
    ...newer.flatMap((_, j): Lineage[] => (isFreeNew(j) ? [{ kind: 'added', old: [], new: [j] }] : [])),
  ])

  function pairElsewhere(): void {
    const waiting = new Map<string, number[]>()
    newer.forEach((_, j) => {
      if (isFreeNew(j)) waiting.set(b.keys[j] ?? '', [...(waiting.get(b.keys[j] ?? '') ?? []), j])
    })
    older.forEach((unit, i) => {
      const candidates = waiting.get(a.keys[i] ?? '')
      if (!isFreeOld(i) || candidates === undefined || (a.gists[i]?.words.length ?? 0) < fewestWordsToMove) return
      const j = candidates.find((candidate) => (newer[candidate]?.kind === 'heading') === (unit.kind === 'heading'))
      if (j === undefined) return
      candidates.splice(candidates.indexOf(j), 1)
      pair(i, j)
      moved.add(i)
    })
  }

  /** A heading that is only set in capitals, or no longer. */
  function pairCapitals(): void {
    const isShout = ({ text }: Unit): boolean => text === text.toUpperCase() && /\p{Lu}{2}/u.test(text)
    const waiting = newer.flatMap((unit, j) => (unit.kind === 'heading' && isFreeNew(j) ? [j] : []))
    older.forEach((unit, i) => {
      if (unit.kind !== 'heading' || !isFreeOld(i)) return
      const at = waiting.findIndex((j) => {
        const other = newer[j]
        return (
          other !== undefined &&
          isShout(unit) !== isShout(other) &&
          a.keys[i]?.toLowerCase() === b.keys[j]?.toLowerCase()
        )
      })
      const [j] = at === -1 ? [] : waiting.splice(at, 1)
      if (j !== undefined) pair(i, j)
    })
  }

  /** A bold line that became a heading, or a heading that is one no longer, says what it said. */
  function pairOtherwiseSet(): void {
    const olds = older.flatMap((_, i) => (isFreeOld(i) ? [i] : []))
    const news = newer.flatMap((_, j) => (isFreeNew(j) ? [j] : []))
    for (const [i, j] of commonInOrder(a, b, olds, news))
      if ((older[i]?.kind === 'heading') !== (newer[j]?.kind === 'heading')) pair(i, j)
  }

  /** A heading under which most of another's clauses now stand took its place, whatever it says. */
  function renameHeadings(): void {
    older.forEach((unit, i) => {
      if (unit.kind !== 'heading' || !isFreeOld(i)) return
      const below = a.below.get(i) ?? []
      const votes = new Map<number, number>()
      for (const clause of below) {
        const j = toNew.get(clause)
        const heading = j === undefined ? null : (b.sections[j] ?? null)
        if (heading !== null && isFreeNew(heading)) votes.set(heading, (votes.get(heading) ?? 0) + 1)
      }
      for (const [j, count] of votes) {
        if (count * 2 < below.length || count * 2 < (b.below.get(j)?.length ?? 0) || !isFreeNew(j) || !isFreeOld(i))
          continue
        pair(i, j)
        reworded.add(i)
      }
    })
  }

  /** What a reworded clause lost stands as a clause of its own now, or what it gained did before: split or merged after all. */
  function spreadApart(): void {
    for (const [i, j] of [...toNew]) {
      if (!reworded.has(i) || older[i]?.kind !== 'clause' || newer[j]?.kind !== 'clause') continue
      const gone = (b.below.get(b.sections[j] ?? -1) ?? []).filter((k) => isFreeNew(k) && isPartOf(b, k, a, i, b, j))
      const come = (a.below.get(a.sections[i] ?? -1) ?? []).filter((k) => isFreeOld(k) && isPartOf(a, k, b, j, a, i))
      if (gone.length === 0 && come.length === 0) continue
      const ascending = (x: number, y: number): number => x - y
      const lineage: Lineage =
        gone.length > 0
          ? { kind: 'split', old: [i], new: [j, ...gone].toSorted(ascending) }
          : { kind: 'merged', old: [i, ...come].toSorted(ascending), new: [j] }
      toNew.delete(i)
      toOld.delete(j)
      reworded.delete(i)
      spread.push(lineage)
      for (const one of lineage.old) spreadOld.add(one)
      for (const one of lineage.new) spreadNew.add(one)
    }
  }

  /** `k` says what `whole` says and `rest` does not. */
  function isPartOf(side: Side, k: number, ofWhole: Side, whole: number, ofRest: Side, rest: number): boolean {
    const [part, all, other] = [side.gists[k], ofWhole.gists[whole], ofRest.gists[rest]]
    return (
      side.units[k]?.kind === 'clause' &&
      part !== undefined &&
      all !== undefined &&
      other !== undefined &&
      part.words.length >= fewestWordsApart &&
      contained(part, all) >= apartContained &&
      contained(part, other) < apartElsewhere
    )
  }

  function pairAlike(): Set<number> {
    const olds = older.flatMap((_, i) => (isFreeOld(i) ? [i] : []))
    const news = newer.flatMap((_, j) => (isFreeNew(j) ? [j] : []))
    const alone = pairsAlone(a, b, olds, news)
    const gains = olds.map((i) => news.map((j) => gain(i, j, alone.get(i) === j)))
    const found = new Set<number>()
    bestAssignment(gains).forEach((column, row) => {
      const i = olds[row]
      const j = column === null ? undefined : news[column]
      if (i === undefined || j === undefined) return
      pair(i, j)
      if (a.keys[i] === b.keys[j]) moved.add(i)
      else found.add(i)
    })
    return found
  }

  function gain(i: number, j: number, isAlone: boolean): number {
    const left = a.gists[i]
    const right = b.gists[j]
    if (left === undefined || right === undefined) return 0
    if ((older[i]?.kind === 'heading') !== (newer[j]?.kind === 'heading')) return 0
    const [small, large] = [Math.min(left.size, right.size), Math.max(left.size, right.size)]
    // The most alike that texts of these lengths can be.
    if (small < large * 0.05) return 0
    const alike = alikeness(left, right)
    if (isDateLine(older[i]?.block) && isDateLine(newer[j]?.block)) return 1
    const inSection = isSameSection(i, j)
    const between = Number(toNew.get(i - 1) === j - 1) + Number(toNew.get(i + 1) === j + 1)
    const number = older[i]?.isNumbered === true && newer[j]?.isNumbered === true && older[i].number === newer[j].number
    const needed =
      inSection && between > 0 && beginsAlike(left, right)
        ? likeWithBeginning
        : between === 2
          ? likeBetweenNeighbours
          : inSection
            ? number || between === 1
              ? 0.36
              : likeInSection
            : isAlone
              ? likeAlone
              : likeAcross
    return alike < needed ? 0 : alike + (inSection ? 0.08 : 0) + between * 0.08 + (number ? 0.05 : 0)
  }

  /** Under one heading, or under headings of which one became the other; where neither has one, too. */
  function isSameSection(i: number, j: number): boolean {
    const oldHeading = a.sections[i] ?? null
    const newHeading = b.sections[j] ?? null
    if (oldHeading === null || newHeading === null) return oldHeading === newHeading
    return toNew.get(oldHeading) === newHeading || (isFreeOld(oldHeading) && isFreeNew(newHeading))
  }

  /** A reworded clause that changed its section, or its place among those that did not change. */
  function isElsewhere(i: number, j: number): boolean {
    if (older[i]?.kind !== 'clause' || newer[j]?.kind !== 'clause') return false
    if (changedSection(i, j)) return true
    for (const [k, l] of toNew) {
      if (!reworded.has(k) && !moved.has(k) && older[k]?.kind === 'clause' && k < i !== l < j) return true
    }
    return false
  }

  /** Both headings are known in the other version, and they are not each other's. */
  function changedSection(i: number, j: number): boolean {
    const oldHeading = a.sections[i] ?? null
    const newHeading = b.sections[j] ?? null
    if (oldHeading === null || newHeading === null || older[i]?.kind === 'heading') return false
    const became = toNew.get(oldHeading)
    const was = toOld.get(newHeading)
    const areHeadings =
      became !== undefined && was !== undefined && newer[became]?.kind === 'heading' && older[was]?.kind === 'heading'
    return areHeadings && became !== newHeading
  }
}

/** The first words are the same: a clause's own heading, or all that one of them says. */
function beginsAlike(a: Gist, b: Gist): boolean {
  const count = Math.min(fewestWordsOfBeginning, a.words.length, b.words.length)
  return count > 1 && a.words.slice(0, count).every((word, index) => word === b.words[index])
}

/** A clause that was only added to is as much itself as one that was reworded by half. */
function alikeness(a: Gist, b: Gist): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  const within = small.words.length >= fewestWordsOfPart + 2 ? 0.6 * contained(small, large) : 0
  return Math.max(likeness(a, b), within)
}

/** Pairs of clauses that are each other's likest by far, whatever else either version says. */
function pairsAlone(a: Side, b: Side, olds: readonly number[], news: readonly number[]): ReadonlyMap<number, number> {
  const isAlone = (side: Side, other: Side, index: number, partner: number): boolean => {
    const own = side.gists[index]
    const best = own === undefined ? undefined : other.gists[partner]
    if (own === undefined || best === undefined) return false
    const needed = likeness(own, best) - lead
    return other.gists.every((gist, at) => at === partner || likeness(own, gist) <= needed)
  }
  const found = new Map<number, number>()
  // Where nearly all is new, nothing stands alone.
  if (olds.length * news.length > mostPairsAlone) return found
  for (const i of olds) {
    const own = a.gists[i]
    if (a.units[i]?.kind !== 'clause' || own === undefined || own.words.length < fewestWordsAlone) continue
    for (const j of news) {
      const other = b.gists[j]
      if (b.units[j]?.kind !== 'clause' || other === undefined || other.words.length < fewestWordsAlone) continue
      if (Math.min(own.size, other.size) * 3 < Math.max(own.size, other.size)) continue
      if (likeness(own, other) < likeAlone || likeness(own, other) >= likeAcross) continue
      if (isAlone(a, b, i, j) && isAlone(b, a, j, i)) found.set(i, j)
    }
  }
  return found
}

function sideOf(units: readonly Unit[], withLinks: boolean): Side {
  const sections: (number | null)[] = []
  const below = new Map<number, number[]>()
  let heading: number | null = null
  units.forEach((unit, index) => {
    sections.push(unit.kind === 'heading' ? null : heading)
    if (unit.kind === 'heading') heading = index
    else if (unit.kind === 'clause') below.set(heading ?? -1, [...(below.get(heading ?? -1) ?? []), index])
  })
  return {
    units,
    keys: units.map(({ text, links }) =>
      [noiseless(withoutLabels(text)), ...(withLinks ? targetsOf(links) : [])].join('\n'),
    ),
    gists: units.map(({ text }) => gistOf(withoutLabels(text))),
    sections,
    below,
  }
}

/** A target that is written another way, or that a broken line made two links of, is the same. */
export function targetsOf(links: readonly string[]): readonly string[] {
  return [...new Set(links.map((href) => (URL.canParse(href) ? new URL(href).href : href)))].toSorted()
}

function pairInOrder(a: Side, b: Side, isHeading: boolean, pair: (i: number, j: number) => void): void {
  const pick = ({ units }: Side): number[] =>
    units.flatMap(({ kind }, index) => ((kind === 'heading') === isHeading ? [index] : []))
  for (const [i, j] of commonInOrder(a, b, pick(a), pick(b))) pair(i, j)
}

/** Units of both sides with the same text, in the same order: as many as there are. */
function commonInOrder(
  a: Side,
  b: Side,
  olds: readonly number[],
  news: readonly number[],
): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const changes = diffArrays(
    olds.map((i) => a.keys[i] ?? ''),
    news.map((j) => b.keys[j] ?? ''),
  )
  let i = 0
  let j = 0
  for (const { added, removed, count } of changes) {
    for (let step = 0; step < count; step++) {
      const left = olds[i]
      const right = news[j]
      if (!added && !removed && left !== undefined && right !== undefined) found.push([left, right])
      if (!added) i++
      if (!removed) j++
    }
  }
  return found
}

/** Units of `whole` whose text, word for word, is that of neighbours in `parts` put together. */
function exactSpreads(
  whole: Side,
  parts: Side,
  isFreeWhole: (index: number) => boolean,
  isFreePart: (index: number) => boolean,
  kind: 'split' | 'merged',
): Lineage[] {
  const textOf = (side: Side): string[] => side.units.map(({ text }) => noiseless(withoutLabels(text)))
  const wholes = textOf(whole)
  const texts = textOf(parts)
  const starts = texts.flatMap((text, index) =>
    text !== '' && isFreePart(index) && parts.units[index]?.kind !== 'heading' ? [index] : [],
  )
  const found: Lineage[] = []
  wholes.forEach((text, index) => {
    if (!isFreeWhole(index) || whole.units[index]?.kind === 'heading') return
    for (const start of starts) {
      let left = text
      const run: number[] = []
      for (let at = start; at < texts.length && run.length < mostParts; at++) {
        const part = texts[at] ?? ''
        if (part === '' || !isFreePart(at) || parts.units[at]?.kind === 'heading' || !left.startsWith(part)) break
        left = left.slice(part.length)
        run.push(at)
      }
      if (left !== '' || run.length < 2) continue
      found.push(kind === 'split' ? { kind, old: [index], new: run } : { kind, old: run, new: [index] })
      return
    }
  })
  return found
}

/** Units of `whole` whose text is spread over neighbours of `parts`. */
function spreads(
  whole: Side,
  parts: Side,
  isFreeWhole: (index: number) => boolean,
  isFreePart: (index: number) => boolean,
  kind: 'split' | 'merged',
): Lineage[] {
  const found: Lineage[] = []
  whole.units.forEach((unit, index) => {
    const gist = whole.gists[index]
    if (
      gist === undefined ||
      unit.kind === 'heading' ||
      !isFreeWhole(index) ||
      gist.words.length < 2 * fewestWordsOfPart
    )
      return
    const belongs = (at: number): boolean => {
      const part = parts.gists[at]
      if (part === undefined || !isFreePart(at) || parts.units[at]?.kind === 'heading') return false
      // Words as few as these must all be there.
      const needed = part.words.length >= fewestWordsOfPart ? partContained : 1
      return part.words.length > 0 && part.size < gist.size * 0.9 && contained(part, gist) >= needed
    }
    for (let start = 0; start < parts.units.length; start++) {
      if (!belongs(start)) continue
      let end = start
      const run: number[] = []
      while (
        end < parts.units.length &&
        run.length < mostParts &&
        (belongs(end) || (parts.units[end]?.kind === 'heading' && run.length > 0))
      ) {
        if (parts.units[end]?.kind !== 'heading') run.push(end)
        end++
      }
      const together = gistOf(run.map((at) => parts.units[at]?.text ?? '').join(' '))
      if (run.length > 1 && contained(gist, together) >= wholeCovered) {
        found.push(kind === 'split' ? { kind, old: [index], new: run } : { kind, old: run, new: [index] })
        return
      }
      start = Math.max(start, end - 1)
    }
  })
  return found
}

/** As the new version reads; what was removed stands behind what stood before it. */
function inOrder(lineages: readonly Lineage[]): Lineage[] {
  const placeOfOld = new Map<number, number>()
  for (const { old, new: news } of lineages) {
    const [first] = news
    if (first !== undefined) for (const i of old) placeOfOld.set(i, first)
  }
  const place = ({ old, new: news }: Lineage): readonly [number, number] => {
    const [first] = news
    if (first !== undefined) return [first, -1]
    let at = (old[0] ?? 0) - 1
    while (at >= 0 && !placeOfOld.has(at)) at--
    return [at < 0 ? -1 : (placeOfOld.get(at) ?? -1), old[0] ?? 0]
  }
  return lineages
    .map((lineage) => ({ lineage, at: place(lineage) }))
    .toSorted((x, y) => x.at[0] - y.at[0] || x.at[1] - y.at[1])
    .map(({ lineage }) => lineage)
}
