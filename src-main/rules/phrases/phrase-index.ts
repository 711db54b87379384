import type { Certainty } from '../../contract/report.ts'
import { fold } from '../lens/fold.ts'
import { once } from '../lens/lens.ts'
import { buildAutomaton } from './automaton.ts'
import type { PhraseForm, Segment } from './parse.ts'
import type { Tokens } from './tokens.ts'
import { commonnessOf, type Ending, wordAutomaton, wordAutomatonBuilder, type WordGraph } from './word-automaton.ts'
import { endsWord, isWordUnit } from './word-units.ts'

/** A phrase of a set, in all its forms. `certainty` null: the rule's own. */
export interface PhraseEntry extends FoundPhrase {
  readonly forms: readonly PhraseForm[]
}

export interface FoundPhrase {
  readonly certainty: Certainty | null
  /** As the rule's author wrote it, for explanations. */
  readonly written: string
}

/** `sought`: in every text; `context`: only around what was found there. */
export type PhraseRole = 'sought' | 'context'

/** A list of phrases that one rule asks for; its number stands in the hits. */
export type PhraseSet = number

/** Where a phrase of a set stands, in the text that was scanned. */
export interface PhraseHit {
  readonly start: number
  readonly end: number
  readonly entry: FoundPhrase
}

export interface PhraseIndexBuilder {
  readonly add: (entries: readonly PhraseEntry[], role: PhraseRole) => PhraseSet
  /** Pieces of words (ASCII, lower case) that may stand anywhere: they only say where it is worth looking. */
  readonly addPieces: (pieces: readonly string[]) => PhraseSet
  readonly build: () => PhraseIndexData
}

/** All phrases of all packs as plain data and tables. */
export interface PhraseIndexData {
  readonly graph: WordGraph
  readonly entries: readonly FoundPhrase[]
  readonly targets: readonly Target[]
  /** The sets of that role. */
  readonly context: readonly PhraseSet[]
  readonly pieces: readonly (readonly [piece: string, sets: readonly PhraseSet[]])[]
}

/** All phrases of all packs in one automaton. */
export interface PhraseIndex {
  /** The text must be folded. */
  readonly scan: (text: string) => PhraseHits
  /** The different words in all phrases together. */
  readonly words: () => readonly string[]
  /** Whether some phrase holds the folded word. */
  readonly holds: (word: string) => boolean
}

/** Hits by set, each in order of their places; whole words only. */
export interface PhraseHits {
  readonly sought: ReadonlyMap<PhraseSet, readonly PhraseHit[]>
  /** Of a set that serves as context: looked for when it is first asked for. */
  readonly context: (set: PhraseSet) => readonly PhraseHit[]
}

/** A form of a phrase: its segments by number. */
interface Target {
  readonly set: PhraseSet
  /** Its place among the entries. */
  readonly entry: number
  readonly segments: readonly number[]
  readonly gaps: readonly number[]
  /** The segment that texts hold most rarely. */
  readonly key: number
}

// What hostile text can make of one rule is bounded; a reviewer needs no more.
const maxHitsOfSegment = 5_000
const maxHitsOfSet = 2_000

export function phraseIndexBuilder(): PhraseIndexBuilder {
  const automaton = wordAutomatonBuilder(foldLiteral)
  const segments = new Map<string, number>()
  const pieces = new Map<string, Set<PhraseSet>>()
  const found: FoundPhrase[] = []
  const targets: Omit<Target, 'key'>[] = []
  const context: PhraseSet[] = []
  let sets = 0

  /** The same segment twice is one. */
  function numberOf(segment: Segment): number {
    const key = JSON.stringify(segment)
    const known = segments.get(key)
    if (known !== undefined) return known
    const number = automaton.add(segment)
    segments.set(key, number)
    return number
  }

  return {
    add(entries, role) {
      const set = sets++
      if (role === 'context') context.push(set)
      for (const { forms, written, certainty } of entries) {
        const entry = found.push({ written, certainty }) - 1
        for (const { segments, gaps } of forms) targets.push({ set, entry, segments: segments.map(numberOf), gaps })
      }
      return set
    },
    addPieces(list) {
      const set = sets++
      for (const piece of list.map(foldLiteral)) {
        const known = pieces.get(piece)
        if (known === undefined) pieces.set(piece, new Set([set]))
        else known.add(set)
      }
      return set
    },
    build() {
      const graph = automaton.build()
      const commonness = commonnessOf(graph)
      return {
        graph,
        entries: found,
        targets: targets.map((target) => ({ ...target, key: rarestOf(target.segments, commonness) })),
        context,
        pieces: Array.from(pieces, ([piece, setsOf]) => [piece, [...setsOf]] as const),
      }
    },
  }
}

/** Finds pieces of words: calls `found` with a set and the place of one of its pieces. */
type PieceScan = (text: string, found: (set: PhraseSet, start: number, end: number) => void) => void

function pieceScan(pieces: PhraseIndexData['pieces']): PieceScan {
  const automaton = buildAutomaton(pieces.map(([piece]) => piece))
  return (text, found) => {
    automaton.scan(text, (literal, end) => {
      const [piece, sets] = pieces[literal] ?? ['', []]
      for (const set of sets) found(set, end - piece.length, end)
    })
  }
}

const plainAscii = /^[!-~ ]*$/

/** As the folded lens shows it. */
function foldLiteral(literal: string): string {
  return plainAscii.test(literal) ? literal.toLowerCase() : fold(literal, 'soft').text
}

/** Where a segment stands, in order of the starts; made when it is asked for. */
type SegmentHits = (segment: number) => readonly Range[]

export const nothingFound: PhraseHits = { sought: new Map(), context: () => [] }

type ForEachLast = (segment: number, each: (last: number) => void) => void

interface Range {
  readonly start: number
  readonly end: number
}

const noTargets: readonly Target[] = []
const pieceEntry: FoundPhrase = { certainty: null, written: '' }

export function phraseIndex({ graph, entries, targets, context, pieces }: PhraseIndexData): PhraseIndex {
  const scanPieces = pieceScan(pieces)
  const contextSets = new Set(context)
  const contextTargets = new Map<PhraseSet, Target[]>()
  const soughtTargets: Target[][] = []
  const isSought = new Uint8Array(graph.roots.length)
  /** Segments of phrases that serve as context. */
  const isOfContext = new Uint8Array(graph.roots.length)
  for (const target of targets) {
    if (contextSets.has(target.set)) {
      const known = contextTargets.get(target.set)
      if (known === undefined) contextTargets.set(target.set, [target])
      else known.push(target)
      for (const segment of target.segments) isOfContext[segment] = 1
      continue
    }
    const known = soughtTargets[target.key]
    if (known === undefined) soughtTargets[target.key] = [target]
    else known.push(target)
    for (const segment of target.segments) isSought[segment] = 1
  }
  const automaton = wordAutomaton(graph, {
    isKey: (segment) => soughtTargets[segment] !== undefined,
    isSought: (segment) => isSought[segment] === 1,
  })
  const present = presentSegments(graph.roots.length)

  function hitsIn(text: string, tokens: Tokens, forEachLast: ForEachLast): SegmentHits {
    const known = new Map<number, readonly Range[]>()
    return (segment) => {
      const before = known.get(segment)
      if (before !== undefined) return before
      const hits: Range[] = []
      forEachLast(segment, (last) => {
        const end = tokens.starts[last + 1] ?? 0
        if (hits.length >= maxHitsOfSegment || !endsWord(text, end)) return
        for (const first of automaton.firsts(tokens, segment, last))
          hits.push({ start: tokens.starts[first] ?? 0, end })
      })
      if (hits.length > 1) hits.sort(byPlace)
      known.set(segment, hits)
      return hits
    }
  }

  function scan(text: string): PhraseHits {
    if (text === '') return nothingFound
    const tokens = automaton.tokensOf(text)
    const endings = automaton.scan(tokens)
    const sought = soughtIn(text, tokens, endings)
    scanPieces(text, (set, start, end) => {
      const list = sought.get(set)
      if (list === undefined) sought.set(set, [{ start, end, entry: pieceEntry }])
      else addHit(list, start, end, pieceEntry)
    })
    return { sought, context: contextIn(text, tokens, endings) }
  }

  function soughtIn(text: string, tokens: Tokens, endings: readonly Ending[]): Map<PhraseSet, PhraseHit[]> {
    const bySet = new Map<PhraseSet, PhraseHit[]>()
    const keys = keysIn(endings)
    if (keys.size === 0) return bySet
    let noted = false
    /** What stands between keys is noted only where some phrase asks for it. */
    const hasAll = (segments: readonly number[]): boolean => {
      if (!noted) present.note(endings)
      noted = true
      return present.hasAll(segments)
    }
    const hits = hitsIn(text, tokens, (segment, each) => {
      const ofKey = keys.get(segment)
      if (ofKey === undefined) present.forEachLast(segment, each)
      else for (let at = ofKey.length - 1; at >= 0; at--) ofKey[at]?.lasts.forEach((last) => each(last))
    })
    for (const key of keys.keys()) {
      for (const target of soughtTargets[key] ?? noTargets) {
        if (target.gaps.length > 0 && !hasAll(target.segments)) continue
        const found = targetHits(text, target, hits)
        if (found.length === 0) continue
        let list = bySet.get(target.set)
        if (list === undefined) bySet.set(target.set, (list = []))
        const entry = entries[target.entry] ?? pieceEntry
        for (const { start, end } of found) addHit(list, start, end, entry)
      }
    }
    for (const list of bySet.values()) if (list.length > 1) list.sort(byPlace)
    return bySet
  }

  /** Keeps what the next scan would write over, and no more than that until something is asked. */
  function contextIn(text: string, { count, ids, starts }: Tokens, endings: readonly Ending[]): PhraseHits['context'] {
    if (endings.length === 0) return nothingFound.context
    const kept = endings.map(({ segments, lasts }) => ({ segments, lasts }))
    const tokens: Tokens = { count, ids: ids.slice(0, count), starts: starts.slice(0, count + 1) }
    const bySet = new Map<PhraseSet, readonly PhraseHit[]>()
    const lastsOf = once(() => {
      const lasts = new Map<number, (readonly number[])[]>()
      for (const ending of kept) {
        for (const segment of ending.segments) {
          if (isOfContext[segment] === 0) continue
          const known = lasts.get(segment)
          if (known === undefined) lasts.set(segment, [ending.lasts])
          else known.push(ending.lasts)
        }
      }
      return lasts
    })
    const hits = hitsIn(text, tokens, (segment, each) =>
      lastsOf()
        .get(segment)
        ?.forEach((lasts) => lasts.forEach((last) => each(last))),
    )
    return (set) => {
      const known = bySet.get(set)
      if (known !== undefined) return known
      const found: PhraseHit[] = []
      for (const target of contextTargets.get(set) ?? noTargets) {
        if (!target.segments.every((segment) => lastsOf().has(segment))) continue
        const entry = entries[target.entry] ?? pieceEntry
        for (const { start, end } of targetHits(text, target, hits)) addHit(found, start, end, entry)
      }
      if (found.length > 1) found.sort(byPlace)
      bySet.set(set, found)
      return found
    }
  }

  const known = once(() => new Set(graph.words))
  return { scan, holds: (word) => known().has(word), words: () => graph.words }
}

/** Two indexes as one: the sets of the second count on from `firstOfSecond`. */
export function besides(first: PhraseIndex, second: PhraseIndex, firstOfSecond: PhraseSet): PhraseIndex {
  return {
    scan(text) {
      const one = first.scan(text)
      const other = second.scan(text)
      if (other === nothingFound) return one
      const sought = new Map(one.sought)
      for (const [set, hits] of other.sought) sought.set(set + firstOfSecond, hits)
      return {
        sought,
        context: (set) => (set < firstOfSecond ? one.context(set) : other.context(set - firstOfSecond)),
      }
    },
    holds: (word) => first.holds(word) || second.holds(word),
    words: () => [...first.words(), ...second.words().filter((word) => !first.holds(word))],
  }
}

/** Each key segment that ends somewhere, with its endings. */
function keysIn(endings: readonly Ending[]): ReadonlyMap<number, readonly Ending[]> {
  const there = new Map<number, Ending[]>()
  for (const ending of endings) {
    for (const key of ending.keys) {
      const known = there.get(key)
      if (known === undefined) there.set(key, [ending])
      else known.push(ending)
    }
  }
  return there
}

function addHit(list: PhraseHit[], start: number, end: number, entry: FoundPhrase): void {
  if (list.length < maxHitsOfSet) list.push({ start, end, entry })
}

function targetHits(text: string, target: Target, hits: SegmentHits): readonly Range[] {
  const first = hits(target.segments[0] ?? 0)
  if (target.gaps.length === 0) return first
  const walk: Walk = { text, target, hits, known: target.gaps.length > 1 ? new Map() : null }
  const found: Range[] = []
  for (const { start, end } of first) {
    const last = followedTo(walk, end, 1)
    if (last >= 0) found.push({ start, end: last })
  }
  return found
}

function byPlace(a: Range, b: Range): number {
  return a.start - b.start || b.end - a.end
}

function rarestOf(segments: readonly number[], commonness: readonly number[]): number {
  return segments.reduce((rarest, one) => ((commonness[one] ?? 0) < (commonness[rarest] ?? 0) ? one : rarest))
}

/** The segments of one text after the other, in tables that are made once. */
function presentSegments(segmentCount: number): {
  /** Forgets the text before. */
  readonly note: (endings: readonly Ending[]) => void
  readonly hasAll: (segments: readonly number[]) => boolean
  readonly forEachLast: ForEachLast
} {
  let text = 0
  const noted = new Int32Array(segmentCount)
  /** By segment, the number of its newest link; each link leads to the one before. */
  const newest = new Int32Array(segmentCount)
  const endingOf: Ending[] = []
  const before: number[] = []

  return {
    note(endings) {
      text += 1
      endingOf.length = 0
      before.length = 0
      for (const ending of endings) {
        for (const segment of ending.sought) {
          const first = noted[segment] !== text
          noted[segment] = text
          before.push(first ? -1 : (newest[segment] ?? -1))
          newest[segment] = endingOf.push(ending) - 1
        }
      }
    },
    hasAll(segments) {
      for (const segment of segments) if (noted[segment] !== text) return false
      return true
    },
    forEachLast(segment, each) {
      if (noted[segment] !== text) return
      for (let link = newest[segment] ?? -1; link >= 0; link = before[link] ?? -1)
        endingOf[link]?.lasts.forEach((last) => each(last))
    },
  }
}

/** Where the last segment ends at the furthest, when the segments from `index` on follow behind `at`; -1 when they do not. */
function followedTo(walk: Walk, at: number, index: number): number {
  const { text, target, hits, known } = walk
  const segment = target.segments[index]
  if (segment === undefined) return at
  const key = at * 16 + index
  const before = known?.get(key)
  if (before !== undefined) return before
  const list = hits(segment)
  const reach = gapEnd(text, at, target.gaps[index - 1] ?? 0)
  let furthest = -1
  for (let next = firstFrom(list, at + 1); next < list.length; next++) {
    const hit = list[next]
    if (hit === undefined || hit.start > reach) break
    furthest = Math.max(furthest, followedTo(walk, hit.end, index + 1))
  }
  known?.set(key, furthest)
  return furthest
}

/** One form of a phrase on its way through one text; `known` keeps what was found behind a place, where there are many ways. */
interface Walk {
  readonly text: string
  readonly target: Target
  readonly hits: SegmentHits
  readonly known: Map<number, number> | null
}

/** The index of the first of the ranges (in order of their starts) that starts at `at` or later. */
export function firstFrom(list: readonly Range[], at: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.start ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

const maxBetweenWords = 8

/** The last place where the next segment may begin: behind at most `words` words, in the same sentence. */
function gapEnd(text: string, from: number, words: number): number {
  let at = from
  for (let passed = 0; ; passed++) {
    const wordStart = nextWord(text, at)
    if (passed === words || wordStart < 0)
      return wordStart < 0 ? Math.min(text.length, sentenceRest(text, at)) : wordStart
    at = wordEnd(text, wordStart)
  }
}

/** Where the next word begins, in the same sentence; -1 when there is none. */
function nextWord(text: string, from: number): number {
  for (let at = from; at < text.length && at - from <= maxBetweenWords; at++) {
    if (isWordUnit(text.charCodeAt(at))) return at
    if (endsSentence(text, at)) return -1
  }
  return -1
}

/** How far a sign that is no word (`%`, `$`) may stand behind `from`. */
function sentenceRest(text: string, from: number): number {
  let at = from
  while (at < text.length && at - from < maxBetweenWords && !endsSentence(text, at)) at++
  return at
}

function endsSentence(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (
    unit === 0x0a ||
    ((unit === 0x2e || unit === 0x21 || unit === 0x3f) &&
      (text.charCodeAt(at + 1) === 0x20 || text.charCodeAt(at + 1) === 0x0a))
  )
}

function wordEnd(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && (isWordUnit(text.charCodeAt(at)) || text.charCodeAt(at) === 0x27)) at++
  return at
}
