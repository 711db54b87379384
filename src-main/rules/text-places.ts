import { isWordUnit } from './phrases/word-units.ts'

/** Sentences, paragraphs and words of a folded text, around a place. Offsets are in that text. */

interface Range {
  readonly start: number
  readonly end: number
}

const maxSentenceUnits = 1_000
const lineBreak = 0x0a

/** The sentence that holds the range, at most 1,000 units to each side. */
export function sentenceAround(text: string, range: Range): Range {
  let start = range.start
  const least = Math.max(0, range.start - maxSentenceUnits)
  while (start > least && !endsSentence(text, start - 1)) start--
  let end = range.end
  const most = Math.min(text.length, range.end + maxSentenceUnits)
  while (end < most && !(end > range.start && endsSentence(text, end - 1))) end++
  return trim(text, { start, end })
}

/** As `sentenceAround`, for a text that many places are asked of: where its sentences end is looked for once. */
export function sentencesOf(text: string): (range: Range) => Range {
  let ends: readonly number[] | null = null
  return (range) => {
    ends ??= sentenceEnds(text)
    const next = firstAtLeast(ends, range.start + 1)
    const start = Math.max(0, range.start - maxSentenceUnits, ends[next - 1] ?? 0)
    const last = ends[range.end <= range.start + 1 ? next : firstAtLeast(ends, range.end)] ?? text.length
    return trim(text, { start, end: Math.min(text.length, range.end + maxSentenceUnits, last) })
  }
}

/** The places behind the units that end a sentence, in order. */
function sentenceEnds(text: string): readonly number[] {
  const ends: number[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const mayEnd = unit === 0x20 || unit === lineBreak || unit >= 0x3002
    if (mayEnd && endsSentence(text, at)) ends.push(at + 1)
  }
  return ends
}

/** The place in an ascending list of the first that is at least `value`. */
function firstAtLeast(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether a sentence ends with the unit at `at`. */
function endsSentence(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit === lineBreak || unit === 0x3002 || unit === 0xff01 || unit === 0xff1f) return true
  if (unit !== 0x20) return false
  let last = at - 1
  while (isClosing(text.charCodeAt(last))) last--
  const mark = text.charCodeAt(last)
  if (mark === 0x21 || mark === 0x3f) return true
  return mark === 0x2e && !endsAbbreviation(text, last)
}

function isClosing(unit: number): boolean {
  return unit === 0x22 || unit === 0x27 || unit === 0x29 || unit === 0x5d
}

const abbreviations: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'st',
  'no',
  'vs',
  'inc',
  'ltd',
  'co',
  'jr',
  'sr',
  'approx',
  'etc',
  'dept',
])

/** Whether the full stop at `stop` ends an abbreviation or an initial rather than a sentence. */
function endsAbbreviation(text: string, stop: number): boolean {
  let start = stop
  while (start > 0 && stop - start < 7 && isWordUnit(text.charCodeAt(start - 1))) start--
  const word = text.slice(start, stop)
  if (/^\p{L}$/u.test(word)) return true
  return abbreviations.has(word)
}

/** The paragraph or block that holds the range, at most 10,000 units to each side. */
export function paragraphAround(text: string, range: Range): Range {
  const before = text.lastIndexOf('\n', range.start - 1)
  const after = text.indexOf('\n', range.end)
  const start = range.start === 0 ? 0 : before + 1
  return {
    start: Math.max(start, range.start - 10_000),
    end: Math.min(after < 0 ? text.length : after, range.end + 10_000),
  }
}

/** Words between two ranges; 0 when they touch or overlap. Stops counting above `most`. */
export function wordsBetween(text: string, a: Range, b: Range, most: number): number {
  const from = Math.min(a.end, b.end)
  const to = Math.max(a.start, b.start)
  let words = 0
  let inWord = false
  for (let at = from; at < to && words <= most; at++) {
    const unit = isWordUnit(text.charCodeAt(at))
    if (unit && !inWord) words++
    inWord = unit
  }
  return words
}

/** The last `count` words before `at`, within `from`; nearest first. */
export function wordsBefore(text: string, at: number, from: number, count: number): string[] {
  const words: string[] = []
  let end = at
  while (words.length < count) {
    while (end > from && !isWordUnit(text.charCodeAt(end - 1))) end--
    if (end <= from) break
    let start = end
    while (start > from && (isWordUnit(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 0x27)) start--
    words.push(text.slice(start, end))
    end = start
  }
  return words
}

function trim(text: string, range: Range): Range {
  let { start, end } = range
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return { start, end }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === lineBreak
}
