import { TextDecoder } from 'node:util'
import type { SpanMap } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'

/** After so many broken sequences the rest of a text counts as one piece: each costs a new decoder. */
const maxRestarts = 2_000

const replacement = '\uFFFD'

/**
 * The map of a charset whose characters have several bytes or depend on a shift state: the platform's own decoder, fed
 * byte by byte; what comes out belongs to the bytes since something came out last. Bytes that only change the shift
 * state (ISO-2022-JP) count with the character after them.
 */
export function multiByteMap(bytes: Uint8Array, label: string, text: string): SpanMap<'utf16', 'byte'> {
  const builder = spanMapBuilder<'utf16', 'byte'>()
  const hasShiftStates = label === 'iso-2022-jp'
  let decoder = new TextDecoder(label)
  let restarts = 0
  let position = 0
  /** The first byte that has not come out yet. */
  let start = 0

  for (;;) {
    if (!hasShiftStates && start === position) {
      const end = asciiEnd(bytes, position, text, builder.length())
      builder.linear(end - position, position)
      start = position = end
    }
    const isFlush = position >= bytes.length
    const units = isFlush ? flush(decoder) : feed(decoder, bytes, position)
    if (!isFlush) position++
    if (start < bytes.length && (units === null || (units.length > 1 && units.startsWith(replacement)))) {
      // A broken sequence: its first byte becomes U+FFFD, what follows it is read anew.
      if (++restarts > maxRestarts || !text.startsWith(replacement, builder.length())) break
      builder.linear(1, start)
      position = ++start
      decoder = new TextDecoder(label)
      if (hasShiftStates) decoder.decode(shiftStateAt(bytes, start), { stream: true })
      continue
    }
    if (units === null || !text.startsWith(units, builder.length())) break
    if (units.length === 1 && position - start === 1) builder.linear(1, start)
    else builder.atomic(units.length, start, position)
    if (units !== '') start = position
    if (isFlush) break
  }
  // What could not be followed to its end is claimed as a whole, never at a wrong place.
  builder.atomic(text.length - builder.length(), start, bytes.length)
  return builder.build()
}

/** The end of the ASCII bytes that stand for themselves, decoded at `offset`. */
function asciiEnd(bytes: Uint8Array, from: number, text: string, offset: number): number {
  let end = from
  for (; end < bytes.length; end++) {
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

/** The ISO-2022-JP escape sequence in force at `position`. */
function shiftStateAt(bytes: Uint8Array, position: number): Uint8Array {
  for (let start = position - 3; start >= 0; start--) {
    if (bytes[start] !== 0x1b) continue
    const second = bytes[start + 1]
    const third = bytes[start + 2]
    const isEscape =
      (second === 0x28 && (third === 0x42 || third === 0x4a || third === 0x49)) ||
      (second === 0x24 && (third === 0x40 || third === 0x42))
    if (isEscape) return bytes.subarray(start, start + 3)
  }
  return new Uint8Array()
}
