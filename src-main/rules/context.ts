import type { Certainty } from '../contract/report.ts'
import { stepCertainty } from './certainty.ts'
import type { Build, Placed } from './kinds/kind.ts'
import type { NearOptions, UnlessOptions, Within } from './kinds/context-schema.ts'
import { firstFrom, type PhraseHit, type PhraseSet } from './phrases/phrase-index.ts'
import type { SceneText } from './scene.ts'
import { paragraphAround, wordsBefore, wordsBetween } from './text-places.ts'

/** What surrounds a match and moves its certainty, or silences it: `near` and `unless` of a rule. */
export interface CompiledContext {
  readonly near: readonly CompiledNear[]
  readonly unless: readonly CompiledUnless[]
}

interface CompiledNear {
  readonly set: PhraseSet
  readonly within: Within
  readonly steps: number
  readonly required: boolean
}

type CompiledUnless = { readonly steps: number | null } & (
  | { readonly when: 'phrases'; readonly set: PhraseSet; readonly within: Within }
  | { readonly when: 'quoted' }
  | { readonly when: 'negated' }
)

/** Null: no hit after all. */
export type Judgement = { readonly certainty: Certainty; readonly explain: readonly string[] } | null

/** `near` and `unless` take one entry or a list. */
export function asList<T>(one: T | readonly T[] | undefined): readonly T[] {
  if (one === undefined) return []
  // A readonly list is one to Array.isArray, though its type guard does not know that.
  return Array.isArray(one) ? (one as readonly T[]) : [one as T]
}

/** Every phrase and word list of an option that takes one value or a list, with its path. */
export function placedList(
  value: string | readonly string[] | undefined,
  path: readonly (string | number)[],
): Placed<string>[] {
  if (typeof value === 'string') return [{ value, path }]
  return (value ?? []).map((item, at) => ({ value: item, path: [...path, at] }))
}

export function compileContext(
  options: {
    readonly near?: NearOptions | readonly NearOptions[] | undefined
    readonly unless?: UnlessOptions | readonly UnlessOptions[] | undefined
  },
  build: Build,
): CompiledContext {
  return {
    near: asList(options.near).map((near) => ({
      set: build.phrases(near.any ?? [], asList(near.words), 'context'),
      within: near.within ?? 'sentence',
      required: near.required ?? false,
      steps: near.certainty ?? (near.required === true ? 0 : 1),
    })),
    unless: asList(options.unless).flatMap((unless): CompiledUnless[] => {
      const steps = unless.certainty ?? null
      const list: CompiledUnless[] = []
      if (unless.any !== undefined || unless.words !== undefined) {
        const set = build.phrases(unless.any ?? [], asList(unless.words), 'context')
        list.push({ when: 'phrases', set, within: unless.within ?? 'sentence', steps })
      }
      if (unless.quoted === true) list.push({ when: 'quoted', steps })
      if (unless.negated === true) list.push({ when: 'negated', steps })
      return list
    }),
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Judges a match by what surrounds it. The range counts in the folded text. */
export function judgeContext(context: CompiledContext, text: SceneText, match: Range, start: Certainty): Judgement {
  let certainty = start
  const explain: string[] = []
  if (context.near.length === 0 && context.unless.length === 0) return { certainty, explain }
  const place = placeOf(text, match)
  const step = (steps: number, why: string): void => {
    const before = certainty
    certainty = stepCertainty(certainty, steps)
    explain.push(before === certainty ? why : `${why}: ${certainty}`)
  }
  for (const unless of context.unless) {
    const why = exceptionIn(unless, place)
    if (why === null) continue
    if (unless.steps === null) return null
    step(unless.steps, why)
  }
  for (const near of context.near) {
    const found = nearest(place, near.set, near.within, false)
    if (found === null) {
      if (near.required) return null
      continue
    }
    step(near.steps, `context “${shown(place, found)}” ${withinWords(near.within)}`)
  }
  return { certainty, explain }
}

interface Place {
  readonly text: SceneText
  readonly folded: string
  readonly match: Range
  readonly sentence: () => Range
}

function placeOf(text: SceneText, match: Range): Place {
  const folded = text.lenses.folded().text
  let sentence: Range | null = null
  return { text, folded, match, sentence: () => (sentence ??= text.sentence(match)) }
}

function exceptionIn(unless: CompiledUnless, place: Place): string | null {
  switch (unless.when) {
    case 'phrases': {
      const found = nearest(place, unless.set, unless.within, true)
      return found === null ? null : `exception “${shown(place, found)}” ${withinWords(unless.within)}`
    }
    case 'quoted':
      return isQuoted(place) ? 'quoted' : null
    case 'negated':
      return isNegated(place) ? 'negated' : null
  }
}

function withinWords(within: Within): string {
  if (typeof within === 'number') return `at most ${within} words away`
  return within === 'match' ? 'in the match' : `in the same ${within}`
}

function shown(place: Place, hit: PhraseHit): string {
  return place.folded.slice(hit.start, Math.min(hit.end, hit.start + 60)).replace(/\s/g, ' ')
}

/** The first hit in reach. `overlapping`: whether a phrase that shares words with the match counts. */
function nearest(place: Place, set: PhraseSet, within: Within, overlapping: boolean): PhraseHit | null {
  const hits = place.text.hitsIn('folded').context(set)
  if (hits.length === 0) return null
  const { match, folded } = place
  const window =
    within === 'match'
      ? match
      : typeof within === 'number'
        ? unitsAround(folded, match, within)
        : windowOf(place, within)
  for (let at = firstFrom(hits, window.start - maxPhraseUnits); at < hits.length; at++) {
    const hit = hits[at]
    if (hit === undefined || hit.start >= window.end) return null
    const overlaps = hit.start < match.end && match.start < hit.end
    if (within === 'match') {
      if (overlaps) return hit
    } else if (!overlaps || overlapping) {
      const inReach =
        typeof within === 'number'
          ? hit.end > window.start && wordsBetween(folded, hit, match, within) <= within
          : hit.start >= window.start && hit.end <= window.end
      if (inReach) return hit
    }
  }
  return null
}

/** Longer ones exist only in texts made to hold them. */
const maxPhraseUnits = 600
const maxWordUnits = 40

/** A window that surely holds so many words to each side. */
function unitsAround(folded: string, match: Range, words: number): Range {
  const units = (words + 1) * maxWordUnits
  return { start: Math.max(0, match.start - units), end: Math.min(folded.length, match.end + units) }
}

function windowOf(place: Place, within: 'sentence' | 'paragraph' | 'part'): Range {
  switch (within) {
    case 'sentence':
      return place.sentence()
    case 'paragraph':
      return paragraphAround(place.folded, place.match)
    case 'part':
      return { start: 0, end: place.folded.length }
  }
}

const quoteMark = /"/g

/** In quotation marks within its sentence, or on a line of a quoted reply. */
function isQuoted(place: Place): boolean {
  const { match, folded } = place
  const sentence = place.sentence()
  const before = folded.slice(sentence.start, match.start).match(quoteMark)?.length ?? 0
  const after = folded.slice(match.end, sentence.end).match(quoteMark)?.length ?? 0
  if (before % 2 === 1 && after % 2 === 1) return true
  const { view, lenses } = place.text
  if (view.look !== 'text') return false
  const at = lenses.folded().toView.toOrigin({ start: match.start, end: match.start + 1 }).start
  const lineStart = view.text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*>/.test(view.text.slice(lineStart, Math.min(at, lineStart + 20)))
}

/** Words that deny what follows, and how many words further on they still do. */
const negators: ReadonlyMap<string, number> = new Map([
  ['not', 4],
  ['never', 4],
  ['cannot', 4],
  ['without', 3],
  ['neither', 3],
  ['nor', 3],
  ['nobody', 3],
  ['stop', 1],
  ['no', 1],
])
const contracted = /^(?:do|does|did|wo|ca|is|are|was|were|would|should|could|must|have|has|had)n't$/
/** “Don't miss”, “not only”: what looks like a denial and urges. */
const urging: ReadonlySet<string> = new Set(
  'miss wait forget hesitate delay worry only just overlook ignore let pass sleep be'.split(' '),
)
/** “If you don't …” threatens; it denies nothing. */
const conditions: ReadonlySet<string> = new Set(['if', 'unless', 'why', 'until'])
const wordsLookedAt = 8

function isNegated(place: Place): boolean {
  const words = wordsBefore(place.folded, place.match.start, place.sentence().start, wordsLookedAt)
  return words.some((word, distance) => {
    const reach = contracted.test(word) ? 4 : (negators.get(word) ?? 0)
    if (distance >= reach) return false
    if (distance > 0 && urging.has(words[distance - 1] ?? '')) return false
    return !words.slice(distance + 1, distance + 4).some((before) => conditions.has(before))
  })
}
