import type { Certainty } from '../../contract/report.ts'
import { fold } from '../lens/fold.ts'
import { buildAutomaton } from './automaton.ts'
import type { PhraseForm } from './parse.ts'
import { endsWord, isWordUnit, startsWord } from './word-units.ts'

/** A phrase of a set, in all its forms. `certainty` null: the rule's own. */
export interface PhraseEntry {
  readonly forms: readonly PhraseForm[]
  readonly certainty: Certainty | null
  /** As the rule's author wrote it, for explanations. */
  readonly written: string
}

/** A list of phrases that one rule asks for; its number stands in the hits. */
export type PhraseSet = number

/** Where a phrase of a set stands, in the text that was scanned. */
export interface PhraseHit {
  readonly start: number
  readonly end: number
  readonly entry: PhraseEntry
}

export interface PhraseIndexBuilder {
  readonly add: (entries: readonly PhraseEntry[]) => PhraseSet
  /** Pieces of words (ASCII, lower case) that may stand anywhere: they only say where it is worth looking. */
  readonly addPieces: (pieces: readonly string[]) => PhraseSet
  readonly build: () => PhraseIndex
}

/** All phrases of all packs in one automaton. */
export interface PhraseIndex {
  /** Hits by set, each in order of their places; whole words only. The text must be folded. */
  readonly scan: (text: string) => ReadonlyMap<PhraseSet, readonly PhraseHit[]>
  readonly literals: number
}

/** A form of a phrase: its segments by number. */
interface Target {
  readonly set: PhraseSet
  readonly entry: PhraseEntry
  readonly segments: readonly number[]
  readonly gaps: readonly number[]
}

// What hostile text can make of one rule is bounded; a reviewer needs no more.
const maxHitsOfSegment = 5_000
const maxHitsOfSet = 2_000

export function phraseIndexBuilder(): PhraseIndexBuilder {
  const segments = segmentTable()
  /** By their first segment. */
  const targets: Target[][] = []
  let sets = 0

  function addTarget(target: Target): void {
    const first = target.segments[0] ?? 0
    while (targets.length <= first) targets.push([])
    targets[first]?.push(target)
  }

  return {
    add(entries) {
      const set = sets++
      for (const entry of entries) {
        for (const form of entry.forms)
          addTarget({ set, entry, segments: form.segments.map((one) => segments.numberOf(one)), gaps: form.gaps })
      }
      return set
    },
    addPieces(pieces) {
      const set = sets++
      const entry = { forms: [], certainty: null, written: '' }
      addTarget({ set, entry, segments: [segments.numberOfPieces(pieces)], gaps: [] })
      return set
    },
    build: () => phraseIndex(segments.literals(), targets),
  }
}

/** A literal and the segments it belongs to. */
interface SegmentLiteral {
  readonly words: number[]
  readonly pieces: number[]
}

/** Numbers segments; the same list of literals twice is one. */
function segmentTable(): {
  numberOf: (literals: readonly string[]) => number
  numberOfPieces: (pieces: readonly string[]) => number
  literals: () => ReadonlyMap<string, SegmentLiteral>
} {
  const numbers = new Map<string, number>()
  const literals = new Map<string, SegmentLiteral>()

  function number(list: readonly string[], of: keyof SegmentLiteral): number {
    const key = `${of}\n${list.join('\n')}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    const segment = numbers.size
    numbers.set(key, segment)
    for (const written of list) {
      const literal = foldLiteral(written)
      if (literal === '') continue
      let entry = literals.get(literal)
      if (entry === undefined) {
        entry = { words: [], pieces: [] }
        literals.set(literal, entry)
      }
      if (!entry[of].includes(segment)) entry[of].push(segment)
    }
    return segment
  }

  return {
    numberOf: (list) => number(list, 'words'),
    numberOfPieces: (list) => number(list, 'pieces'),
    literals: () => literals,
  }
}

const plainAscii = /^[!-~ ]*$/

/** As the folded lens shows it, white space and hyphens alike. */
function foldLiteral(literal: string): string {
  const folded = plainAscii.test(literal) ? literal.toLowerCase() : fold(literal, 'soft').text
  return folded.replace(/[-\s]/g, ' ').trim()
}

type SegmentHits = ReadonlyMap<number, readonly Range[]>

const nothingFound: ReadonlyMap<PhraseSet, readonly PhraseHit[]> = new Map()

interface Range {
  readonly start: number
  readonly end: number
}

function phraseIndex(
  literals: ReadonlyMap<string, SegmentLiteral>,
  targets: readonly (readonly Target[])[],
): PhraseIndex {
  const names = [...literals.keys()]
  const entries = [...literals.values()]
  const lengths = names.map((name) => name.length)
  const automaton = buildAutomaton(names)

  function segmentHits(text: string): SegmentHits {
    const hits = new Map<number, Range[]>()
    const add = (segment: number, start: number, end: number): void => {
      const list = hits.get(segment)
      if (list === undefined) hits.set(segment, [{ start, end }])
      else if (list.length < maxHitsOfSegment) list.push({ start, end })
    }
    automaton.scan(text, (literal, end) => {
      const entry = entries[literal]
      const start = end - (lengths[literal] ?? 0)
      if (entry === undefined) return
      for (const segment of entry.pieces) add(segment, start, end)
      if (entry.words.length === 0 || !startsWord(text, start) || !endsWord(text, end)) return
      for (const segment of entry.words) add(segment, start, end)
    })
    // Ends come in order; starts are wanted.
    for (const list of hits.values()) if (list.length > 1) list.sort((a, b) => a.start - b.start || b.end - a.end)
    return hits
  }

  function scan(text: string): ReadonlyMap<PhraseSet, readonly PhraseHit[]> {
    if (text === '') return nothingFound
    const hits = segmentHits(text)
    if (hits.size === 0) return nothingFound
    const bySet = new Map<PhraseSet, PhraseHit[]>()
    for (const [segment, first] of hits) {
      for (const target of targets[segment] ?? []) {
        if (target.gaps.length > 0 && target.segments.some((one) => !hits.has(one))) continue
        const walk: Walk | null = target.gaps.length === 0 ? null : { text, target, hits, known: new Map() }
        for (const { start, end } of first) {
          const last = walk === null ? end : followedTo(walk, end, 1)
          if (last < 0) continue
          const list = bySet.get(target.set)
          if (list === undefined) bySet.set(target.set, [{ start, end: last, entry: target.entry }])
          else if (list.length < maxHitsOfSet) list.push({ start, end: last, entry: target.entry })
        }
      }
    }
    for (const list of bySet.values()) if (list.length > 1) list.sort((a, b) => a.start - b.start || b.end - a.end)
    return bySet
  }

  return { scan, literals: names.length }
}

/** Where the last segment ends at the furthest, when the segments from `index` on follow behind `at`; -1 when they do not. */
function followedTo(walk: Walk, at: number, index: number): number {
  const { text, target, hits, known } = walk
  const segment = target.segments[index]
  if (segment === undefined) return at
  const key = at * 16 + index
  const before = known.get(key)
  if (before !== undefined) return before
  const list = hits.get(segment) ?? []
  const reach = gapEnd(text, at, target.gaps[index - 1] ?? 0)
  let furthest = -1
  for (let next = firstFrom(list, at + 1); next < list.length; next++) {
    const hit = list[next]
    if (hit === undefined || hit.start > reach) break
    furthest = Math.max(furthest, followedTo(walk, hit.end, index + 1))
  }
  known.set(key, furthest)
  return furthest
}

/** One form of a phrase on its way through one text; `known` keeps what was found behind a place. */
interface Walk {
  readonly text: string
  readonly target: Target
  readonly hits: SegmentHits
  readonly known: Map<number, number>
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
