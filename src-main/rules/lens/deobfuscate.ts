import { spanMapBuilder, type SpanMap } from '../../intake/span-map.ts'
import { isWordUnit } from '../phrases/word-units.ts'
import { foundInStretches } from '../long-text/look-by-stretches.ts'
import type { StretchesOf } from '../long-text/stretches.ts'
import { fold, foldLong, type LensText, type LineBreak } from './fold.ts'

/** Whether a folded word is one that some phrase holds. */
export type IsKnownWord = (word: string) => boolean

/**
 * The deobfuscated lens: letters set apart (`f r e e`, `c.a.s.i.n.o`, one in each cell of a table) or by signs inside a
 * word (`ca*sino`) are put together, stretched and doubled letters (`casiiino`, `ccaassiinnoo`) are taken once, letters in
 * boxes and text turned round are read as they look, and digits and signs that stand for letters inside words (`c4sin0`)
 * as letters; then folded. Words cut in two (`cas.ino`, `cas-ino`, `cas|ino` over cells) are put together where they make
 * a known word: most that look like it are compounds. Null when the text has nothing of the kind.
 */
export function deobfuscate(
  text: string,
  lineBreak: LineBreak,
  isKnownWord?: IsKnownWord,
  stretchesOf: StretchesOf = () => null,
): LensText | null {
  const stretches = stretchesOf(text)
  const changes =
    stretches === null
      ? changesIn(text, isKnownWord)
      : foundInStretches(stretches, isKnownWord ?? changesIn, (window) => changesIn(window, isKnownWord))
  if (changes.length === 0) return null
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  let made = ''
  let done = 0
  for (const { start, end, becomes, shift } of changes) {
    if (start < done) continue
    made += text.slice(done, start) + becomes
    builder.linear(start - done, done)
    builder.atomic(becomes.length, start + shift, end + shift)
    done = end
  }
  made += text.slice(done)
  builder.linear(text.length - done, done)
  const folded = foldLong(made, lineBreak, stretchesOf)
  return { text: folded.text, toView: chainMaps(folded.toView, builder.build()) }
}

function changesIn(text: string, isKnownWord: IsKnownWord | undefined): readonly PlacedChange[] {
  return [
    ...(maybeSpaced.test(text) ? spacedLetters(text) : []),
    ...(isKnownWord === undefined ? [] : cutWords(text, isKnownWord)),
    ...(maybeUpsideDown.test(text) ? upsideDownWords(text) : []),
    ...(maybeStretched.test(text) ? stretchedLetters(text) : []),
    ...(maybeParted.test(text) ? partedWords(text) : []),
    ...(maybeLeet.test(text) ? leetLetters(text) : []),
    ...(maybeBoxed.test(text) ? boxedLetters(text) : []),
    ...(text.includes(rightToLeftOverride) ? turnedText(text) : []),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ at, units, becomes, origin = at }) => ({ start: at, end: at + units, becomes, shift: origin - at }))
}

// Cheap looks ahead: most texts disguise nothing.
const maybeSpaced = /(?:^|[^\p{L}\p{N}])\p{L}[^\p{L}\p{N}]{1,4}\p{L}[^\p{L}\p{N}]{1,4}\p{L}(?:[^\p{L}\p{N}]|$)/u
const maybeLeet = /[a-z][013457@$!|]{1,6}[a-z]|[@$][a-z]/i
const maybeStretched = /([a-z])\1\1|([a-z])\2([a-z])\3([a-z])\4/i
const maybeParted = /\p{L}[*|~^\u00b7\u2022]\p{L}/u
const maybeBoxed = /[\u{1f1e6}-\u{1f1ff}]{4}/u
const rightToLeftOverride = '\u202e'

/** Units of the text that become a letter, or nothing. */
interface Change {
  readonly at: number
  readonly units: number
  readonly becomes: string
  /** Where what they become stands in the text, as many units; they themselves when left out. */
  readonly origin?: number
}

interface PlacedChange {
  readonly start: number
  readonly end: number
  readonly becomes: string
  /** How far behind its place the units stand that it shows. */
  readonly shift: number
}

const spaced = /(?<![\p{L}\p{N}])\p{L}(?:[^\p{L}\p{N}\p{M}]{1,4}\p{L}){3,60}(?![\p{L}\p{N}])/gu

const between = /[^\p{L}]+/gu

/**
 * Whatever stands between them: spaces, stops, brackets, pictures, line breaks. White space that is wider than what
 * stands between most letters, or stands where they have signs between them, parts words.
 */
function* spacedLetters(text: string): Generator<Change> {
  for (const { index, 0: found } of text.matchAll(spaced)) {
    const gaps = [...found.matchAll(between)]
    const usual = usualGap(gaps.map(([gap]) => gap))
    for (const { index: at, 0: gap } of gaps) {
      if (partsWords(gap, usual)) yield { at: index + at, units: gap.length, becomes: ' ' }
      else yield* drop(index + at, gap, () => true)
    }
  }
}

/** What stands in more than half of the gaps; null: nothing does. */
function usualGap(gaps: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  return [...counts].find(([, count]) => count * 2 > gaps.length)?.[0] ?? null
}

function partsWords(gap: string, usual: string | null): boolean {
  return usual !== null && gap.trim() === '' && (usual.trim() !== '' || gap.length > usual.length)
}

function* drop(start: number, piece: string, isDropped: (character: string) => boolean): Generator<Change> {
  let at = start
  for (const character of piece) {
    if (isDropped(character)) yield { at, units: character.length, becomes: '' }
    at += character.length
  }
}

const doubled = /(?<!\p{L})(?:(\p{L})\1){4,20}(?!\p{L})/giu
const stretched = /([a-z])\1{2,40}/gi

/** `ccaassiinnoo` by its pairs, else `casiiino`: of three and more one letter stays. */
function* stretchedLetters(text: string): Generator<Change> {
  for (const { index, 0: word } of text.matchAll(doubled)) {
    if (!isPaired(word)) continue
    for (let at = 0; at < word.length; at += 2) yield { at: index + at, units: 2, becomes: word.charAt(at) }
  }
  for (const { index, 0: run } of text.matchAll(stretched)) {
    yield { at: index, units: run.length, becomes: run.charAt(0) }
  }
}

function isPaired(word: string): boolean {
  const lower = word.toLowerCase()
  const letters = new Set(lower)
  // A word of one letter is a cry.
  return lower.length === word.length && letters.size > 2
}

const parted = /(?<=\p{L}{2})[*|~^\u00b7\u2022](?=\p{L}{2})/gu

function* partedWords(text: string): Generator<Change> {
  for (const { index } of text.matchAll(parted)) yield { at: index, units: 1, becomes: '' }
}

/** Cells of a table, one under the other in the text. */
const cells = /(?<=^|\n)\p{L}{1,8}(?:\n\p{L}{1,8}){1,12}(?=\n|$)/gu
const cutSign = /(?:[.,_+=:;!?#&()[\]{}<>/\\"\u2026]|-(?:\r?\n)?|\p{Extended_Pictographic}\ufe0f?)(?=\p{L})/gu
const maxCutUnits = 20
const leastCut = 5

function isLetterUnit(unit: number): boolean {
  const lower = unit | 0x20
  return unit < 0x80 ? lower >= 0x61 && lower <= 0x7a : isWordUnit(unit)
}

/** A digit or what addresses hold: the word is part of something else. */
function goesOn(unit: number): boolean {
  return unit === 0x40 || unit === 0x2f || (unit >= 0x30 && unit <= 0x39)
}

function foldedWord(word: string): string {
  return /^[a-z]*$/i.test(word) ? word.toLowerCase() : fold(word, 'soft').text
}

/** Words with one sign or line break inside, where without it they are known. */
function* cutWords(text: string, isKnownWord: IsKnownWord): Generator<Change> {
  for (const { index, 0: sign } of text.matchAll(cutSign)) {
    const end = index + sign.length
    let first = index
    while (first > 0 && index - first <= maxCutUnits && isLetterUnit(text.charCodeAt(first - 1))) first--
    let last = end
    while (last < text.length && last - end <= maxCutUnits && isLetterUnit(text.charCodeAt(last))) last++
    const length = index - first + last - end
    if (first === index || length < leastCut || index - first > maxCutUnits || last - end > maxCutUnits) continue
    if (goesOn(text.charCodeAt(first - 1)) || goesOn(text.charCodeAt(last))) continue
    if (!isKnownWord(foldedWord(text.slice(first, index) + text.slice(end, last)))) continue
    yield { at: index, units: sign.length, becomes: '' }
  }
  for (const { index, 0: found } of text.matchAll(cells)) yield* joinedCells(index, found.split('\n'), isKnownWord)
}

/** The longest known word from each cell on. */
function* joinedCells(start: number, pieces: readonly string[], isKnownWord: IsKnownWord): Generator<Change> {
  let at = start
  for (let first = 0; first < pieces.length; first++) {
    let last = pieces.length - 1
    for (; last > first; last--) {
      const joined = pieces.slice(first, last + 1).join('')
      if (joined.length >= leastCut && isKnownWord(foldedWord(joined))) break
    }
    for (; first < last; first++) {
      at += pieces[first]?.length ?? 0
      yield { at, units: 1, becomes: '' }
      at += 1
    }
    at += (pieces[first]?.length ?? 0) + 1
  }
}

const upright = new Map(
  Array.from(
    '\u0250q\u0254p\u01dd\u025f\u0183\u0265\u1d09\u027e\u029el\u026fuodb\u0279s\u0287n\u028c\u028dx\u028ez',
    (one, at) => [one, String.fromCharCode(0x61 + at)],
  ),
)
const maybeUpsideDown = /[\u0250\u0254\u0265\u0279\u0287\u028c\u028d\u028e\u1d09\u026f\u029e]/
const upsideDown = /(?<!\p{L})\p{L}{4,40}(?!\p{L})/gu

/** Letters turned upside down: the last is read first. */
function* upsideDownWords(text: string): Generator<Change> {
  for (const { index, 0: word } of text.matchAll(upsideDown)) {
    if (!maybeUpsideDown.test(word)) continue
    const letters = Array.from(word.toLowerCase(), (one) => upright.get(one))
    if (letters.length !== word.length || letters.includes(undefined)) continue
    const last = letters.length - 1
    for (let at = 0; at <= last; at++)
      yield { at: index + at, units: 1, becomes: letters[last - at] ?? '', origin: index + last - at }
  }
}

const regional = /[\u{1f1e6}-\u{1f1ff}]{4,40}/gu
const firstRegional = 0x1f1e6

/** Letters that make flags in pairs. */
function* boxedLetters(text: string): Generator<Change> {
  for (const { index, 0: run } of text.matchAll(regional)) {
    let at = index
    for (const character of run) {
      const place = (character.codePointAt(0) ?? firstRegional) - firstRegional
      yield { at, units: 2, becomes: String.fromCharCode(0x61 + place) }
      at += 2
    }
  }
}

const turned = /\u202e([^\u202c\n]{2,200})/g

/** Shown from right to left: read as it is shown. */
function* turnedText(text: string): Generator<Change> {
  for (const found of text.matchAll(turned)) {
    const piece = found[1] ?? ''
    // Half a surrogate pair turned round is no character.
    if (/[\ud800-\udfff]/.test(piece)) continue
    const start = found.index + 1
    const last = start + piece.length - 1
    for (let at = 0; at < piece.length; at++) {
      yield { at: start + at, units: 1, becomes: text.charAt(last - at), origin: last - at }
    }
  }
}

const leet = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
  ['|', 'l'],
])
const leetWord = /(?<![a-z0-9@$!|])[a-z0-9@$!|]{3,40}(?![a-z0-9@$|])/gi
const disguised = /[a-z][013457@$!|]+[a-z]|^[@$][a-z]|^0[a-z]{3}/i
const amountWithUnit = /^[$]?\d+[a-z]{1,4}$/i

function* leetLetters(text: string): Generator<Change> {
  for (const found of text.matchAll(leetWord)) {
    const word = found[0].replace(/[!|]+$/, '')
    if (!disguised.test(word) || amountWithUnit.test(word) || /\d{4}/.test(word) || isAddress(word, text, found.index))
      continue
    for (let at = 0; at < word.length; at++) {
      const letter = leet.get(word.charAt(at))
      if (letter !== undefined) yield { at: found.index + at, units: 1, becomes: letter }
    }
  }
}

/** `me@acme.example` and the like. */
function isAddress(word: string, text: string, at: number): boolean {
  return /[a-z0-9]@[a-z0-9]/i.test(word) && /^\.[a-z]/i.test(text.slice(at + word.length, at + word.length + 2))
}

function chainMaps(outer: SpanMap<'utf16', 'utf16'>, inner: SpanMap<'utf16', 'utf16'>): SpanMap<'utf16', 'utf16'> {
  return {
    length: outer.length,
    toOrigin: (span) => inner.toOrigin(outer.toOrigin(span)),
    fromOrigin: (span) => {
      const between = inner.fromOrigin(span)
      return between === null ? null : outer.fromOrigin(between)
    },
  }
}
