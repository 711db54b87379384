import type { ByteSpan, Utf16Span } from '../contract/span.ts'
import type { Charset } from './charset.ts'
import { charsetOfLabel, decodeStrictUtf8, decodeText, utf8 } from './charset.ts'
import { saysNothing } from './charset-label.ts'
import { charsetMap } from './charset-map.ts'
import { lazily } from './lazily.ts'
import type { SpanMap } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'
import type { TransferDecoded } from './transfer-encoding.ts'
import { decodeBase64 } from './transfer-encoding.ts'

/** A decoded header value; `toSource` answers in bytes of the source that the range was of. */
export interface HeaderValue {
  readonly value: string
  /** Unfolded, encoded words as written. */
  readonly raw: string
  readonly toSource: (span: Utf16Span) => ByteSpan
  /** An encoded word names a charset that no decoder knows. */
  readonly unknownCharset: string | null
}

/** One stretch of the value: literal bytes, or neighbouring encoded words of one charset, decoded together. */
interface Piece {
  readonly bytes: Buffer
  readonly charset: Charset
  readonly text: string
  readonly toSource: (span: ByteSpan) => ByteSpan
}

/**
 * Unfolds (RFC 5322 section 2.2.3) and decodes encoded words (RFC 2047). More lenient than the letter, as mail programs
 * are: words inside quoted strings or touching other text count, and a character may be split over neighbouring words.
 * Bytes beyond ASCII are UTF-8 when they are well-formed, else `fallback`.
 */
export function decodeHeaderValue(bytes: Buffer, range: ByteSpan, fallback: Charset): HeaderValue {
  const { start, end } = trimmed(bytes, range)
  const folded = bytes.toString('latin1', start, end)
  if (!/[\n\x80-\xff]|=\?/.test(folded)) {
    const toSource = (span: Utf16Span): ByteSpan => ({ start: start + span.start, end: start + span.end })
    return { value: folded, raw: folded, toSource, unknownCharset: null }
  }
  const eightBit = decodeStrictUtf8(bytes.subarray(start, end)) === null ? fallback : utf8
  const literal = (from: number, to: number): Piece[] => literalPieces(bytes, start, folded, from, to, eightBit)
  const raw = joined(literal(0, folded.length))
  const { pieces, unknownCharset } = valuePieces(bytes, start, folded, literal)
  const map = lazily(() => piecesMap(pieces))
  return { value: joined(pieces), raw, toSource: (span) => map().toOrigin(span), unknownCharset }
}

function trimmed(bytes: Buffer, range: ByteSpan): ByteSpan {
  let { start, end } = range
  while (start < end && isBlank(bytes[start])) start++
  while (end > start && isBlank(bytes[end - 1])) end--
  return { start, end }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('')
}

/** Literal text without its line ends; the white space after them stays. */
function literalPieces(
  bytes: Buffer,
  start: number,
  folded: string,
  from: number,
  to: number,
  charset: Charset,
): Piece[] {
  const pieces: Piece[] = []
  const lineBreak = /\r?\n/g
  lineBreak.lastIndex = from
  let position = from
  while (position < to) {
    const found = lineBreak.exec(folded)
    const end = found === null || found.index >= to ? to : found.index
    if (end > position) {
      const offset = start + position
      const part = bytes.subarray(offset, start + end)
      pieces.push({
        bytes: part,
        charset,
        text: decodeText(part, charset),
        toSource: (span) => ({ start: offset + span.start, end: offset + span.end }),
      })
    }
    if (found === null || found.index >= to) break
    position = found.index + found[0].length
  }
  return pieces
}

interface Word {
  readonly label: string
  readonly charset: Charset | null
  readonly decoded: TransferDecoded
}

function valuePieces(
  bytes: Buffer,
  start: number,
  folded: string,
  literal: (from: number, to: number) => Piece[],
): { pieces: readonly Piece[]; unknownCharset: string | null } {
  const pieces: Piece[] = []
  const pattern = /=\?([!#-'*+\-0-9A-Z^-~]+)\?([BbQq])\?([^?]*(?:\?(?!=)[^?\s]{0,200}){0,20})\?=/g
  let unknownCharset: string | null = null
  let run: Word[] = []
  let position = 0
  const closeRun = (): void => {
    if (run.length > 0) pieces.push(wordsPiece(run))
    run = []
  }
  for (const match of folded.matchAll(pattern)) {
    const [whole, labelAndLanguage = '', encoding = '', content = ''] = match
    const label = labelAndLanguage.split('*')[0] ?? ''
    const charset = charsetOfLabel(label)
    if (charset === null && !saysNothing(label)) unknownCharset ??= label
    if (run.length === 0 || !/^\s*$/.test(folded.slice(position, match.index))) {
      closeRun()
      pieces.push(...literal(position, match.index))
    }
    const contentEnd = start + match.index + whole.length - 2
    const range = { start: contentEnd - content.length, end: contentEnd }
    const decoded = encoding.toLowerCase() === 'b' ? decodeBase64(bytes, range) : decodeQ(bytes, range)
    if (run.length > 0 && run[0]?.label.toLowerCase() !== label.toLowerCase()) closeRun()
    run.push({ label, charset, decoded })
    position = match.index + whole.length
  }
  closeRun()
  pieces.push(...literal(position, folded.length))
  return { pieces, unknownCharset }
}

/** Neighbouring words as one: a character's bytes may be split between them, which RFC 2047 forbids and mailers do. */
function wordsPiece(words: readonly Word[]): Piece {
  const bytes = Buffer.concat(words.map((word) => word.decoded.bytes))
  const charset = words[0]?.charset ?? (decodeStrictUtf8(bytes) === null ? { kind: 'windows-1252' } : utf8)
  const wordOfByte = lazily(() => words.flatMap((word, index) => Array<number>(word.decoded.bytes.length).fill(index)))
  const offsets = lazily(() => {
    let offset = 0
    return words.map((word) => (offset += word.decoded.bytes.length) - word.decoded.bytes.length)
  })
  const byteToSource = (byte: number): ByteSpan => {
    const index = wordOfByte()[byte] ?? 0
    const inWord = byte - (offsets()[index] ?? 0)
    return words[index]?.decoded.toEncoded({ start: inWord, end: inWord + 1 }) ?? { start: 0, end: 0 }
  }
  const toSource = (span: ByteSpan): ByteSpan => ({
    start: byteToSource(span.start).start,
    end: byteToSource(span.end - 1).end,
  })
  return { bytes, charset, text: decodeText(bytes, charset), toSource }
}

/** RFC 2047 section 4.2, the "Q" encoding: `_` is a space, line breaks inside a word do not count. */
function decodeQ(bytes: Buffer, range: ByteSpan): TransferDecoded {
  const out: number[] = []
  const starts: number[] = []
  for (let position = range.start; position < range.end;) {
    const byte = bytes[position] ?? 0
    const escape =
      byte === 0x3d
        ? /^[0-9A-Fa-f]{2}$/.exec(bytes.toString('latin1', position + 1, Math.min(position + 3, range.end)))
        : null
    if (byte !== 0x0d && byte !== 0x0a) {
      out.push(escape !== null ? parseInt(escape[0], 16) : byte === 0x5f ? 0x20 : byte)
      starts.push(position)
    }
    position += escape !== null ? 3 : 1
  }
  const isEscape = (start: number): boolean =>
    bytes[start] === 0x3d &&
    /^[0-9A-Fa-f]{2}$/.test(bytes.toString('latin1', start + 1, Math.min(start + 3, range.end)))
  const toEncoded = (span: ByteSpan): ByteSpan => {
    const last = starts[span.end - 1] ?? range.start
    return { start: starts[span.start] ?? range.end, end: last + (isEscape(last) ? 3 : 1) }
  }
  return { bytes: Buffer.from(out), toEncoded, damage: null }
}

function piecesMap(pieces: readonly Piece[]): SpanMap<'utf16', 'byte'> {
  const builder = spanMapBuilder<'utf16', 'byte'>()
  for (const piece of pieces) {
    const map = charsetMap(piece.bytes, piece.charset, piece.text)
    for (let unit = 0; unit < piece.text.length; unit++) {
      const origin = piece.toSource(map.toOrigin({ start: unit, end: unit + 1 }))
      if (origin.end - origin.start === 1) builder.linear(1, origin.start)
      else builder.atomic(1, origin.start, origin.end)
    }
  }
  return builder.build()
}
