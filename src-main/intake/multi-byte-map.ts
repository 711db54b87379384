import { TextDecoder } from 'node:util'
import type { SpanMap, SpanMapBuilder } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'

/** After so many broken sequences each further line counts as one piece: every one costs a new decoder. */
const maxRestarts = 2_000

const replacement = '\uFFFD'
const lf = 0x0a

/** A stretch of bytes and the text that they were decoded to. */
interface Stretch {
  readonly bytes: Uint8Array
  readonly text: string
  readonly from: number
  readonly to: number
  readonly textTo: number
}

interface Progress {
  readonly builder: SpanMapBuilder<'utf16', 'byte'>
  readonly label: string
  /** ISO-2022-JP, whose escape sequences change what later bytes mean. */
  readonly hasShiftStates: boolean
  restarts: number
}

/**
 * The map of a charset whose characters have several bytes or depend on a shift state: the platform's own decoder, fed
 * byte by byte; what comes out belongs to the bytes since something came out last. Bytes that only change the shift
 * state count with the character after them. Goes line by line, so that broken bytes blur no more than their line.
 */
export function multiByteMap(bytes: Uint8Array, label: string, text: string): SpanMap<'utf16', 'byte'> {
  const progress: Progress = {
    builder: spanMapBuilder<'utf16', 'byte'>(),
    label,
    hasShiftStates: label === 'iso-2022-jp',
    restarts: 0,
  }
  for (const stretch of progress.hasShiftStates ? [whole(bytes, text)] : linesOf(bytes, text)) {
    mapStretch(stretch, progress)
  }
  return progress.builder.build()
}

function whole(bytes: Uint8Array, text: string): Stretch {
  return { bytes, text, from: 0, to: bytes.length, textTo: text.length }
}

/** In these charsets a line feed is never part of a longer character; all as one when bytes and text disagree on that. */
function linesOf(bytes: Uint8Array, text: string): Stretch[] {
  const lines: Stretch[] = []
  let from = 0
  let textFrom = 0
  while (from < bytes.length || textFrom < text.length) {
    const byteFeed = bytes.indexOf(lf, from)
    const textFeed = text.indexOf('\n', textFrom)
    if (byteFeed < 0 !== textFeed < 0) return [whole(bytes, text)]
    const to = byteFeed < 0 ? bytes.length : byteFeed + 1
    const textTo = textFeed < 0 ? text.length : textFeed + 1
    lines.push({ bytes, text, from, to, textTo })
    from = to
    textFrom = textTo
  }
  return lines
}

function mapStretch({ bytes, text, from, to, textTo }: Stretch, progress: Progress): void {
  const { builder, label, hasShiftStates } = progress
  let decoder = new TextDecoder(label)
  let position = from
  /** The first byte that has not come out yet. */
  let start = from
  let escape: Escape = { at: -1, searchedTo: from }

  for (;;) {
    if (!hasShiftStates && start === position) {
      const end = asciiEnd(bytes, position, to, text, builder.length())
      builder.linear(end - position, position)
      start = position = end
    }
    const isFlush = position >= to
    const units = isFlush ? flush(decoder) : feed(decoder, bytes, position)
    if (!isFlush) position++
    if (start < to && (units === null || (units.length > 1 && units.startsWith(replacement)))) {
      // A broken sequence: its first byte becomes U+FFFD, what follows it is read anew.
      if (++progress.restarts > maxRestarts || !text.startsWith(replacement, builder.length())) break
      builder.linear(1, start)
      position = ++start
      decoder = new TextDecoder(label)
      if (hasShiftStates) {
        escape = lastEscape(bytes, escape, start)
        if (escape.at >= 0) decoder.decode(bytes.subarray(escape.at, escape.at + 3), { stream: true })
      }
      continue
    }
    if (units === null || !text.startsWith(units, builder.length()) || builder.length() + units.length > textTo) break
    // Something was still held back of bytes that seemed to have come out.
    if (units !== '' && start === position) break
    if (units.length === 1 && position - start === 1) builder.linear(1, start)
    else builder.atomic(units.length, start, position)
    if (units !== '') start = position
    if (isFlush) break
  }
  // What could not be followed to its end is claimed as a whole, never at a wrong place.
  builder.atomic(textTo - builder.length(), Math.max(from, Math.min(start, to - 1)), to)
}

/** The end of the ASCII bytes that stand for themselves, decoded at `offset`. */
function asciiEnd(bytes: Uint8Array, from: number, to: number, text: string, offset: number): number {
  let end = from
  for (; end < to; end++) {
    const byte = bytes[end] ?? 0
    if (byte >= 0x80 || text.charCodeAt(offset + end - from) !== byte) break
  }
  return end
}

/** null: the platform gives up because more comes out than the one byte has room for, which only broken bytes do. */
function feed(decoder: TextDecoder, bytes: Uint8Array, position: number): string | null {
  try {
    return decoder.decode(bytes.subarray(position, position + 1), { stream: true })
  } catch {
    return null
  }
}

function flush(decoder: TextDecoder): string | null {
  try {
    return decoder.decode()
  } catch {
    return null
  }
}

interface Escape {
  /** Where the ISO-2022-JP escape sequence in force stands; -1: none yet. */
  readonly at: number
  readonly searchedTo: number
}

function lastEscape(bytes: Uint8Array, known: Escape, position: number): Escape {
  let { at } = known
  let searchedTo = known.searchedTo
  for (; searchedTo + 3 <= position; searchedTo++) {
    if (bytes[searchedTo] !== 0x1b) continue
    const second = bytes[searchedTo + 1]
    const third = bytes[searchedTo + 2]
    const isEscape =
      (second === 0x28 && (third === 0x42 || third === 0x4a || third === 0x49)) ||
      (second === 0x24 && (third === 0x40 || third === 0x42))
    if (isEscape) at = searchedTo
  }
  return { at, searchedTo }
}
