import type { ByteSpan, Utf16Span } from '../contract/span.ts'
import { spanHull } from '../contract/span.ts'
import type { Charset } from './charset.ts'
import { charsetMap } from './charset-map.ts'
import { lazily } from './lazily.ts'
import { limits } from './limits.ts'
import type { TextKind, TextPart } from './message.ts'
import { spanMapBuilder } from './span-map.ts'

/** The characters of a text and where they lie; the map is built when first asked for. */
export interface MappedText {
  readonly text: string
  readonly toSource: (span: Utf16Span) => ByteSpan
  /** The text was longer than `limits.maxTextUnits` and is cut there. */
  readonly isCut: boolean
}

/** The text of decoded bytes: `text` = `decodeText(bytes, charset)`, `bytesToSource` the way from `bytes` to the input. */
export function mappedText(
  bytes: Uint8Array,
  charset: Charset,
  text: string,
  bytesToSource: (span: ByteSpan) => ByteSpan,
): MappedText {
  return cutToLimit(uncutText(bytes, charset, text, bytesToSource))
}

/** As `mappedText`, of any length: for what takes some of it out before it is cut. */
export function uncutText(
  bytes: Uint8Array,
  charset: Charset,
  text: string,
  bytesToSource: (span: ByteSpan) => ByteSpan,
): MappedText {
  const map = lazily(() => charsetMap(bytes, charset, text))
  return { text, toSource: (span) => bytesToSource(map().toOrigin(span)), isCut: false }
}

/** At most `limits.maxTextUnits` of a text. */
export function cutToLimit(mapped: MappedText): MappedText {
  const shown = cutText(mapped.text)
  return { ...mapped, text: shown, isCut: mapped.isCut || shown.length < mapped.text.length }
}

/** At most `limits.maxTextUnits`, never half a surrogate pair. */
export function cutText(text: string): string {
  if (text.length <= limits.maxTextUnits) return text
  const last = text.charCodeAt(limits.maxTextUnits - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limits.maxTextUnits - 1 : limits.maxTextUnits)
}

/** A text without some of its stretches; `cuts` are ascending and do not touch. */
export function withoutSpans(mapped: MappedText, cuts: readonly Utf16Span[]): MappedText {
  if (cuts.length === 0) return mapped
  const { text, toSource, isCut } = mapped
  let kept = ''
  let position = 0
  for (const { start, end } of cuts) {
    kept += text.slice(position, start)
    position = end
  }
  kept += text.slice(position)
  const map = lazily(() => {
    const builder = spanMapBuilder<'utf16', 'utf16'>()
    let from = 0
    for (const { start, end } of cuts) {
      builder.linear(start - from, from)
      from = end
    }
    builder.linear(text.length - from, from)
    return builder.build()
  })
  return { text: kept, toSource: (span) => toSource(map().toOrigin(span)), isCut }
}

/** One text of several; what is put between them has no place, a span that holds more than one piece goes over all of them. */
export function joinedText(pieces: readonly (MappedText | string)[]): MappedText {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')
  const toSource = (span: Utf16Span): ByteSpan => {
    let result: ByteSpan | null = null
    let before: ByteSpan = { start: 0, end: 0 }
    let offset = 0
    for (const piece of pieces) {
      const length = typeof piece === 'string' ? piece.length : piece.text.length
      const start = Math.max(span.start - offset, 0)
      const end = Math.min(span.end - offset, length)
      if (typeof piece !== 'string') {
        if (start < end) {
          const place = piece.toSource({ start, end })
          result = result === null ? place : spanHull(result, place)
        }
        if (offset <= span.start) before = piece.toSource({ start: length, end: length })
      }
      offset += length
    }
    return result ?? before
  }
  return { text, toSource, isCut: pieces.some((piece) => typeof piece !== 'string' && piece.isCut) }
}

/** Gives parts their names: the second of a kind is `text:2` (`docs/formats.md` §2). */
export function partNames(): (name: string) => string {
  const counts = new Map<string, number>()
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}:${String(count)}`
  }
}

export const textKindOrder: readonly TextKind[] = ['subject', 'from', 'preheader', 'title', 'text', 'html']

/** Reading order: what an inbox shows first, then bodies as they stand. */
export function inReadingOrder(texts: readonly TextPart[]): TextPart[] {
  const rank = (part: TextPart): number => Math.min(textKindOrder.indexOf(part.kind), textKindOrder.indexOf('text'))
  return [...texts].sort((a, b) => rank(a) - rank(b))
}
