import type { Utf16Span } from '../contract/span.ts'
import type { SpanMap, SpanMapBuilder } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'

/** Characters of a value that stem together from a stretch of the file. */
interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What one line of a scalar adds to its value. */
type Line = readonly Piece[]

/**
 * Where the characters of a scalar come from. The lines of the scalar, with escapes undone, stand in the value in their
 * order; what YAML puts between them (a space or line breaks, sections 6.5 and 8.1 of YAML 1.2.2) stems from the line
 * break between. A scalar that cannot be followed so is named as a whole, never at a wrong place.
 */
export function yamlScalarMap(text: string, value: string, type: string, range: Utf16Span): SpanMap<'utf16', 'utf16'> {
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  let position = 0
  let sourceEnd = range.start
  for (const line of linesOf(text, type, range)) {
    const content = line.map((piece) => piece.text).join('')
    if (content === '') continue
    const first = line[0]?.start ?? sourceEnd
    const found = afterGap(value, position, content)
    if (found === null) return wholeMap(value, range)
    between(builder, found - position, { start: Math.min(sourceEnd, first), end: first })
    for (const piece of line) {
      if (piece.text.length === piece.end - piece.start) builder.linear(piece.text.length, piece.start)
      else builder.atomic(piece.text.length, piece.start, piece.end)
      sourceEnd = piece.end
    }
    position = found + content.length
  }
  if (!/^\n*$/.test(value.slice(position))) return wholeMap(value, range)
  between(builder, value.length - position, { start: sourceEnd, end: Math.max(sourceEnd, range.end) })
  return builder.build()
}

/** A line break that the file does not have, at its very end, goes with the character before it. */
function between(builder: SpanMapBuilder<'utf16', 'utf16'>, count: number, origin: Utf16Span): void {
  builder.atomic(count, origin.start === origin.end ? Math.max(0, origin.start - 1) : origin.start, origin.end)
}

/** Where `content` stands at or after `position`, with only folded white space before it. */
function afterGap(value: string, position: number, content: string): number | null {
  for (let at = position; ; at++) {
    if (value.startsWith(content, at)) return at
    if (value[at] !== ' ' && value[at] !== '\n') return null
  }
}

function wholeMap(value: string, range: Utf16Span): SpanMap<'utf16', 'utf16'> {
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  builder.atomic(value.length, range.start, range.end)
  return builder.build()
}

function linesOf(text: string, type: string, range: Utf16Span): readonly Line[] {
  switch (type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return blockLines(text, range)
    case 'QUOTE_DOUBLE':
      return flowLines(text, { start: range.start + 1, end: range.end - 1 }, doubleQuotedPieces)
    case 'QUOTE_SINGLE':
      return flowLines(text, { start: range.start + 1, end: range.end - 1 }, singleQuotedPieces)
    default:
      return flowLines(text, range, (from, to) => plainPieces(text, from, to))
  }
}

function plainPieces(text: string, from: number, to: number): Piece[] {
  return from < to ? [{ text: text.slice(from, to), start: from, end: to }] : []
}

/** Without the indentation that all lines of the block share. */
function blockLines(text: string, range: Utf16Span): readonly Line[] {
  const header = text.indexOf('\n', range.start)
  if (header < 0 || header >= range.end) return []
  const lines = rangesOfLines(text, { start: header + 1, end: range.end })
  const first = lines.find(({ start, end }) => text.slice(start, end).trim() !== '')
  const detected = first === undefined ? 0 : (/^ */.exec(text.slice(first.start, first.end))?.[0].length ?? 0)
  const said = /[1-9]/.exec(text.slice(range.start, header).replace(/#.*/, ''))?.[0]
  // Counted from the parent's indentation, which is not known here: only the detected one is exact then.
  const indent = said === undefined ? detected : null
  return lines.map(({ start, end }) => {
    const spaces = /^ */.exec(text.slice(start, end))?.[0].length ?? 0
    return plainPieces(text, start + Math.min(spaces, indent ?? spaces), end)
  })
}

/** Of a scalar that may go over several lines: white space around the line breaks is not part of it. */
function flowLines(
  text: string,
  range: Utf16Span,
  pieces: (from: number, to: number, text: string) => Piece[],
): readonly Line[] {
  const lines = rangesOfLines(text, range)
  return lines.map(({ start, end }, index) => {
    const line = text.slice(start, end)
    const before = index === 0 ? 0 : line.length - line.trimStart().length
    const after = index === lines.length - 1 ? 0 : line.length - trimmedEnd(line).length
    return pieces(start + Math.min(before, line.length - after), end - after, text)
  })
}

/** White space after a backslash is escaped, and stays. */
function trimmedEnd(line: string): string {
  const trimmed = line.replace(/[ \t]+$/, '')
  return trimmed.endsWith('\\') && trimmed.length < line.length ? line : trimmed
}

function rangesOfLines(text: string, range: Utf16Span): Utf16Span[] {
  const lines: Utf16Span[] = []
  let start = range.start
  for (;;) {
    const found = text.indexOf('\n', start)
    if (found < 0 || found >= range.end) {
      lines.push({ start, end: range.end })
      return lines
    }
    lines.push({ start, end: text[found - 1] === '\r' && found > start ? found - 1 : found })
    start = found + 1
  }
}

function singleQuotedPieces(from: number, to: number, text: string): Piece[] {
  const pieces: Piece[] = []
  let start = from
  for (let quote = text.indexOf("''", from); quote >= 0 && quote + 1 < to; quote = text.indexOf("''", start)) {
    pieces.push(...plainPieces(text, start, quote), { text: "'", start: quote, end: quote + 2 })
    start = quote + 2
  }
  return [...pieces, ...plainPieces(text, start, to)]
}

/** YAML 1.2.2 section 5.7. */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function doubleQuotedPieces(from: number, to: number, text: string): Piece[] {
  const pieces: Piece[] = []
  let start = from
  for (let at = text.indexOf('\\', from); at >= 0 && at < to; at = text.indexOf('\\', start)) {
    pieces.push(...plainPieces(text, start, at))
    const letter = text[at + 1] ?? ''
    const digits = Object.hasOwn(hexDigits, letter) ? (hexDigits[letter] ?? 0) : 0
    // A backslash at the end of a line takes the line break away.
    const end = at + 1 < to ? at + 2 + digits : at + 1
    const code = digits === 0 ? Number.NaN : Number.parseInt(text.slice(at + 2, end), 16)
    const unescaped =
      code <= 0x10ffff ? String.fromCodePoint(code) : Object.hasOwn(escapes, letter) ? escapes[letter] : ''
    if (end > at + 1) pieces.push({ text: unescaped ?? '', start: at, end })
    start = end
  }
  return [...pieces, ...plainPieces(text, start, to)]
}
