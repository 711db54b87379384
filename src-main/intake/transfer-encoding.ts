import type { ByteSpan } from '../contract/span.ts'
import { lazily } from './lazily.ts'
import { runUudecode, uuBlocks, uuGroupEnd } from './transfer-uuencode.ts'

export type TransferEncoding = 'identity' | 'quoted-printable' | 'base64' | 'uuencode'

/** A decoded body (RFC 2045 section 6). */
export interface TransferDecoded {
  readonly bytes: Buffer
  /** The encoded bytes that carry a span of `bytes`; built when first asked for. */
  readonly toEncoded: (span: ByteSpan) => ByteSpan
  /** What the encoding does not allow and what was therefore passed over. */
  readonly damage: 'stray-bytes' | 'cut-off' | 'after-end' | null
}

/** Names as in `Content-Transfer-Encoding`, and as mailers write them; null: not one that can be decoded. */
export function transferEncoding(name: string): TransferEncoding | null {
  const plain = name
    .replace(/\([^()]*\)/g, '')
    .replace(/[;,].*$/s, '')
    .replace(/[\s"'_-]+/g, '')
    .toLowerCase()
  if (/^(?:[78]bits?|binary|bit[78]|none|text|plain|(?:us)?ascii|utf8|iso8859\d{1,2})?$/.test(plain)) return 'identity'
  if (plain === 'quotedprintable') return 'quoted-printable'
  if (plain === 'base64') return 'base64'
  return /^(?:x?uu(?:encode|e|encoded)|xuue)$/.test(plain) ? 'uuencode' : null
}

/** Decodes `range` of `encoded`. */
export function decodeTransfer(encoding: TransferEncoding, encoded: Buffer, range: ByteSpan): TransferDecoded {
  switch (encoding) {
    case 'identity':
      return {
        bytes: encoded.subarray(range.start, range.end),
        toEncoded: (span) => ({ start: range.start + span.start, end: range.start + span.end }),
        damage: null,
      }
    case 'quoted-printable':
      return decodeQuotedPrintable(encoded, range)
    case 'base64':
      return decodeBase64(encoded, range)
    case 'uuencode':
      return decodeUuencoded(encoded, range)
  }
}

/** The first file in a body that is uuencoded as a whole; the body as it stands when there is none. */
function decodeUuencoded(encoded: Buffer, range: ByteSpan): TransferDecoded {
  const block = uuBlocks(encoded, range, 1)[0]
  return block === undefined
    ? { ...decodeTransfer('identity', encoded, range), damage: 'stray-bytes' }
    : { ...decodeUuData(encoded, block.data), damage: block.isComplete ? null : 'cut-off' }
}

/** The lines of a uuencoded file, without `begin` and `end`. */
export function decodeUuData(encoded: Buffer, data: ByteSpan): TransferDecoded {
  const decoded: number[] = []
  runUudecode(encoded, data, (byte) => decoded.push(byte))
  const bytes = Buffer.from(decoded)
  const origins = lazily(() => {
    const starts = new Uint32Array(bytes.length)
    let index = 0
    runUudecode(encoded, data, (_, start) => (starts[index++] = start))
    return starts
  })
  const endOf = (start: number): number => uuGroupEnd(encoded, start, data.end)
  return { bytes, toEncoded: (span) => originOf(span, origins(), endOf, data.end), damage: null }
}

const cr = 0x0d
const lf = 0x0a
const equals = 0x3d

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return -1
}

/**
 * RFC 2045 section 6.7. White space before a line break is transport padding and goes; `=` that starts neither an escape
 * nor a soft break stands for itself, as in every mail program.
 */
export function decodeQuotedPrintable(encoded: Buffer, range: ByteSpan): TransferDecoded {
  const out = Buffer.allocUnsafe(range.end - range.start)
  const bytes = out.subarray(0, runQuotedPrintable(encoded, range, out, null))
  const origins = lazily(() => {
    const starts = new Uint32Array(bytes.length)
    runQuotedPrintable(encoded, range, null, starts)
    return starts
  })
  const endOf = (start: number): number =>
    encoded[start] === equals &&
    start + 2 < range.end &&
    hexValue(encoded[start + 1]) >= 0 &&
    hexValue(encoded[start + 2]) >= 0
      ? start + 3
      : start + 1
  return { bytes, toEncoded: (span) => originOf(span, origins(), endOf, range.end), damage: null }
}

/** Returns the decoded length. Writes the decoded bytes, or where each one starts in `encoded`. */
function runQuotedPrintable(encoded: Buffer, range: ByteSpan, out: Buffer | null, starts: Uint32Array | null): number {
  let length = 0
  let lengthWithoutPadding = 0
  let position = range.start
  const put = (byte: number, start: number): void => {
    if (out !== null) out[length] = byte
    else if (starts !== null) starts[length] = start
    length++
  }
  while (position < range.end) {
    const byte = encoded[position] ?? 0
    if (byte === equals) {
      const high = position + 2 < range.end ? hexValue(encoded[position + 1]) : -1
      const low = high < 0 ? -1 : hexValue(encoded[position + 2])
      if (low >= 0) {
        put(high * 16 + low, position)
        lengthWithoutPadding = length
        position += 3
        continue
      }
      const afterBreak = softBreakEnd(encoded, position + 1, range.end)
      if (afterBreak !== null) {
        lengthWithoutPadding = length
        position = afterBreak
        continue
      }
      put(byte, position)
      lengthWithoutPadding = length
    } else if (byte === 0x20 || byte === 0x09) {
      put(byte, position)
    } else {
      if (byte === lf || (byte === cr && encoded[position + 1] === lf && position + 1 < range.end)) {
        length = lengthWithoutPadding
      }
      put(byte, position)
      lengthWithoutPadding = length
    }
    position++
  }
  return length
}

/** Where the line after a soft break starts; null when `=` is followed by something else than padding and a line end. */
function softBreakEnd(encoded: Buffer, from: number, end: number): number | null {
  let position = from
  while (position < end && (encoded[position] === 0x20 || encoded[position] === 0x09)) position++
  if (position >= end) return end
  if (encoded[position] === lf) return position + 1
  if (encoded[position] === cr && position + 1 < end && encoded[position + 1] === lf) return position + 2
  return null
}

const notBase64 = 64
const base64Values = ((): Uint8Array => {
  const values = new Uint8Array(256).fill(notBase64)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  return values
})()

/** RFC 2045 section 6.8: bytes outside the alphabet are passed over, padding ends the data. */
export function decodeBase64(encoded: Buffer, range: ByteSpan): TransferDecoded {
  const out = Buffer.allocUnsafe(Math.ceil(((range.end - range.start) * 3) / 4) + 3)
  let damage: TransferDecoded['damage'] = null
  const length = runBase64(encoded, range, out, null, (found) => (damage ??= found))
  const bytes = out.subarray(0, length)
  const origins = lazily(() => {
    const starts = new Uint32Array(length)
    runBase64(encoded, range, null, starts, () => undefined)
    return starts
  })
  const endOf = (start: number): number => {
    let seen = 0
    let end = start
    for (let position = start; position < range.end && seen < 4; position++) {
      const byte = encoded[position] ?? 0
      if (base64Values[byte] === notBase64 && byte !== equals) continue
      seen++
      end = position + 1
    }
    return end
  }
  return { bytes, toEncoded: (span) => originOf(span, origins(), endOf, range.end), damage }
}

/** As `runQuotedPrintable`; a byte starts where the first character of its quantum (group of four) stands. */
function runBase64(
  encoded: Buffer,
  range: ByteSpan,
  out: Buffer | null,
  starts: Uint32Array | null,
  onDamage: (damage: NonNullable<TransferDecoded['damage']>) => void,
): number {
  let length = 0
  let bits = 0
  let held = 0
  let quantumStart = range.start
  const put = (byte: number): void => {
    if (out !== null) out[length] = byte
    else if (starts !== null) starts[length] = quantumStart
    length++
  }
  let position = range.start
  for (; position < range.end; position++) {
    const byte = encoded[position] ?? 0
    const value = base64Values[byte] ?? notBase64
    if (value === notBase64) {
      if (byte === equals) break
      if (byte !== lf && byte !== cr && byte !== 0x20 && byte !== 0x09) onDamage('stray-bytes')
      continue
    }
    if (held === 0) quantumStart = position
    bits = (bits << 6) | value
    held++
    if (held === 4) {
      put((bits >> 16) & 0xff)
      put((bits >> 8) & 0xff)
      put(bits & 0xff)
      bits = 0
      held = 0
    }
  }
  if (held === 1) onDamage('cut-off')
  if (held >= 2) put((bits >> (held === 2 ? 4 : 10)) & 0xff)
  if (held === 3) put((bits >> 2) & 0xff)
  for (; position < range.end; position++) {
    const byte = encoded[position] ?? 0
    if (base64Values[byte] !== notBase64) {
      onDamage('after-end')
      break
    }
  }
  return length
}

function originOf(span: ByteSpan, starts: Uint32Array, endOf: (start: number) => number, limit: number): ByteSpan {
  if (span.end <= span.start) {
    const start = starts[span.start]
    const last = starts[starts.length - 1]
    const edge = start ?? (last === undefined ? limit : endOf(last))
    return { start: edge, end: edge }
  }
  return { start: starts[span.start] ?? limit, end: endOf(starts[span.end - 1] ?? limit) }
}
