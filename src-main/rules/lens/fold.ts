import { spanMapBuilder, type SpanMap } from '../../intake/span-map.ts'
import { joinedMap } from '../long-text/joined-map.ts'
import { keptIn, type StretchesOf } from '../long-text/stretches.ts'
import { fromConfusable, foldCodePoint } from './fold-character.ts'

/** A text as a lens shows it, with its exact way back to the text it was made from. */
export interface LensText {
  readonly text: string
  readonly toView: SpanMap<'utf16', 'utf16'>
}

/**
 * What a line break means in the text. `soft`: a wrapped line, only an empty line ends a paragraph (plain text);
 * `hard`: each one ends a block (text of HTML, where blocks are joined by line breaks).
 */
export type LineBreak = 'soft' | 'hard'

/**
 * The folded lens: compatibility forms (NFKC), letter case, look-alike letters, width, accents, quotes, dashes and
 * apostrophes are made alike, a run of white space becomes one space or, where a paragraph ends, one line break, and
 * characters that show nothing are dropped. Folding a folded text (with `hard`) changes nothing.
 */
export function fold(text: string, lineBreak: LineBreak): LensText {
  return foldWith(text, lineBreak, foldCodePoint, true)
}

/** The same, a long text stretch by stretch: they part words, so that each is folded as in the whole. */
export function foldLong(text: string, lineBreak: LineBreak, stretchesOf: StretchesOf): LensText {
  const stretches = stretchesOf(text)
  if (stretches === null) return fold(text, lineBreak)
  const parts = stretches.map((stretch) =>
    keptIn(stretch, foldedWith[lineBreak], () => fold(text.slice(stretch.start, stretch.end), lineBreak)),
  )
  return {
    text: parts.map((part) => part.text).join(''),
    toView: joinedMap(parts.map(({ toView }, at) => ({ map: toView, originStart: stretches[at]?.start ?? 0 }))),
  }
}

/** What folded stretches are kept by. */
const foldedWith: Readonly<Record<LineBreak, object>> = { soft: {}, hard: {} }

/** The plain lens of phrases: letter case and white space only. */
export function foldCase(text: string, lineBreak: LineBreak): LensText {
  return foldWith(text, lineBreak, lowerCodePoint, false)
}

function lowerCodePoint(codePoint: number): string {
  return String.fromCodePoint(codePoint).toLowerCase()
}

// Everything that is not copied letter by letter: white space other than one space, and all that is not ASCII.
// U+FEFF shows nothing; JavaScript counts it as white space.
const special = /[^\S\ufeff]{2,}|[^!-~ ]/gu
const whiteSpace = /^[^\S\ufeff]/u

function foldWith(
  text: string,
  lineBreak: LineBreak,
  foldOne: (codePoint: number) => string,
  confusables: boolean,
): LensText {
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  let folded = ''
  let done = 0
  let ascii = true
  let afterSpace = false

  const copyTo = (end: number): void => {
    // A character that was dropped may leave two spaces side by side.
    const from = afterSpace && text.charCodeAt(done) === 0x20 ? done + 1 : done
    if (end <= from) return
    // Only ASCII stands between two specials, so lower case keeps the length.
    folded += text.slice(from, end).toLowerCase()
    builder.linear(end - from, from)
    afterSpace = text.charCodeAt(end - 1) === 0x20
  }

  special.lastIndex = 0
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    const start = found.index
    const piece = found[0]
    copyTo(start)
    const end = start + piece.length
    done = end
    if (whiteSpace.test(piece)) {
      if (afterSpace) continue
      folded += isParagraphEnd(piece, lineBreak) ? '\n' : ' '
      builder.atomic(1, start, end)
      afterSpace = true
      continue
    }
    const made = foldOne(piece.codePointAt(0) ?? 0)
    if (made === '' || (made === ' ' && afterSpace)) continue
    folded += made
    if (made.length === 1 && piece.length === 1) builder.linear(1, start)
    else builder.atomic(made.length, start, end)
    ascii &&= made.charCodeAt(0) < 0x80
    afterSpace = made === ' '
  }
  copyTo(text.length)
  return { text: ascii || !confusables ? folded : foldConfusables(folded), toView: builder.build() }
}

function isParagraphEnd(space: string, lineBreak: LineBreak): boolean {
  const first = /\r\n|[\n\r\u2028\u2029]/.exec(space)
  if (first === null) return false
  if (lineBreak === 'hard' || first[0] === '\u2029') return true
  return /[\n\r\u2028\u2029]/.test(space.slice(first.index + first[0].length))
}

const word = /[\p{L}\p{M}]+/gu
const beyondAscii = /[^\0-\x7f]/
const asciiLetter = /[a-z]/

/**
 * Look-alike letters of other scripts become Latin, in words that mix scripts or are made of look-alikes alone; genuine
 * words of another script stay. Unit for unit, so the map holds.
 */
function foldConfusables(text: string): string {
  return text.replace(word, (letters) => {
    if (!beyondAscii.test(letters)) return letters
    const mixed = asciiLetter.test(letters)
    let made = ''
    for (let at = 0; at < letters.length; at++) {
      const unit = letters.charAt(at)
      const latin = unit < '\x80' ? unit : fromConfusable(unit, mixed)
      if (latin === null && !mixed) return letters
      made += latin ?? unit
    }
    return made
  })
}
