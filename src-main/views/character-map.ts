import { DecodingMode, HtmlEntityDecoder } from 'entities/decode'
import type { Utf16Span } from '../contract/span.ts'
import type { MarkupText } from './markup.ts'

/**
 * Where the characters of decoded HTML text lie in its markup (HTML standard: character references, newline
 * normalisation, U+0000). The walk is checked against what the parser made of the same characters.
 */

/** `count` units of the decoded text from `[start, end)`; `linear`: each from a unit of its own. */
export interface CharacterRun {
  readonly count: number
  readonly start: number
  readonly end: number
  readonly linear: boolean
}

/** The runs of a text node's `value`, in order; their counts add up to its length. */
export function mapTextNode(node: MarkupText, markup: string): CharacterRun[] {
  const runs: CharacterRun[] = []
  let at = 0
  for (let piece = 0; piece < node.pieces.length; piece += 3) {
    const [count = 0, start = 0, end = 0] = node.pieces.slice(piece, piece + 3)
    mapPiece(node.value.slice(at, at + count), markup, start, end, runs)
    at += count
  }
  return runs
}

function mapPiece(value: string, markup: string, start: number, end: number, runs: CharacterRun[]): void {
  if (end - start === value.length && markup.startsWith(value, start)) {
    runs.push({ count: value.length, start, end, linear: true })
    return
  }
  const decoded = decodeCharacters(markup, startOfReference(markup, start), end, 'text')
  if (decoded.text === value) {
    append(runs, decoded.runs)
    return
  }
  // the parser drops the first line feed of `<pre>` and `<textarea>` without moving the place of the rest
  if (decoded.text === `\n${value}`) {
    const [first, ...rest] = decoded.runs
    append(runs, first === undefined ? [] : withoutFirst(first))
    append(runs, rest)
    return
  }
  const raw = decodeCharacters(markup, start, end, 'raw')
  if (raw.text === value) append(runs, raw.runs)
  else runs.push({ count: value.length, start, end, linear: false })
}

/** Not `push(...more)`: its arguments lie on the stack. */
function append(runs: CharacterRun[], more: readonly CharacterRun[]): void {
  for (const run of more) runs.push(run)
}

/** Longest named reference is 33 units. */
const longestReference = 40

/** `at`, or the ampersand of the reference that it lies in: there the tokenizer sets the border after dropped white space. */
function startOfReference(markup: string, at: number): number {
  const ampersand = markup.lastIndexOf('&', at - 1)
  if (ampersand < 0 || at - ampersand > longestReference) return at
  const [first] = decodeCharacters(markup, ampersand, at + 1, 'text').runs
  return first?.linear === false && first.end > at ? ampersand : at
}

function withoutFirst(run: CharacterRun): CharacterRun[] {
  return run.count > 1 ? [{ ...run, count: run.count - 1, start: run.start + 1 }] : []
}

export interface DecodedCharacters {
  readonly text: string
  readonly runs: readonly CharacterRun[]
}

/**
 * Decodes `[start, end)` of the markup as text, as an attribute's value (where `&copy=` stays as it is) or as raw text
 * (no references).
 */
export function decodeCharacters(
  markup: string,
  start: number,
  end: number,
  as: 'text' | 'attribute' | 'raw',
): DecodedCharacters {
  const pieces: string[] = []
  const runs: CharacterRun[] = []
  let linearFrom = start
  let reference = ''
  let referenceLength = 0
  const decoder = new HtmlEntityDecoder((codePoint, length) => {
    reference += String.fromCodePoint(codePoint)
    referenceLength = length
  })

  function flush(to: number): void {
    if (to === linearFrom) return
    pieces.push(markup.slice(linearFrom, to))
    runs.push({ count: to - linearFrom, start: linearFrom, end: to, linear: true })
  }

  function atomic(text: string, from: number, to: number): void {
    flush(from)
    pieces.push(text)
    runs.push({ count: text.length, start: from, end: to, linear: false })
    linearFrom = to
  }

  /** Where the reference at `ampersand` ends; the ampersand's own place when there is none. */
  function readReference(ampersand: number): number {
    reference = ''
    referenceLength = 0
    decoder.startEntity(as === 'attribute' ? DecodingMode.Attribute : DecodingMode.Legacy)
    if (decoder.write(markup, ampersand + 1) < 0) decoder.end()
    return ampersand + referenceLength <= end ? ampersand + referenceLength : ampersand
  }

  for (let at = start; at < end;) {
    const unit = markup.charCodeAt(at)
    let to = at + 1
    if (unit === 0x26 && as !== 'raw') {
      to = readReference(at)
      if (to > at) atomic(reference, at, to)
      else to = at + 1
    } else if (unit === 0x0d) {
      if (markup.charCodeAt(to) === 0x0a && to < end) to++
      atomic('\n', at, to)
    } else if (unit === 0) atomic('\uFFFD', at, to)
    at = to
  }
  flush(end)
  return { text: pieces.join(''), runs }
}

/**
 * The value of an attribute inside `[start, end)`, which holds `name="value"`, without its quotes; empty at `end` for an
 * attribute without a value.
 */
export function attributeValueSpan(markup: string, start: number, end: number): Utf16Span {
  // a name may begin with `=`, never hold one later
  const equals = markup.indexOf('=', start + 1)
  if (equals < 0 || equals >= end) return { start: end, end }
  let from = equals + 1
  while (from < end && /[\t\n\f\r ]/.test(markup.charAt(from))) from++
  const quote = markup.charAt(from)
  if (quote !== '"' && quote !== "'") return { start: from, end }
  const to = markup.charAt(end - 1) === quote && end - 1 > from ? end - 1 : end
  return { start: from + 1, end: to }
}
