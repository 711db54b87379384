import * as zlib from 'node:zlib'
import type { PdfDict, PdfValue } from './pdf-syntax.ts'
import { isArray, isDict, isName } from './pdf-syntax.ts'

/** What may still be unpacked of one document. */
export interface PdfBudget {
  bytes: number
}

/** `too-large`: it unpacks to more than the budget. `opaque`: a picture, or packed in a way that is not known. */
export type Unfiltered = { readonly bytes: Buffer } | { readonly failure: 'too-large' | 'opaque' }

/** Filters one after the other; more are no honest file. */
const maxFilters = 4

/** The bytes of a stream as its filters (ISO 32000-1, 7.4) unpack them, charged to the budget. */
export function unfilter(
  packed: Buffer,
  dict: PdfDict,
  resolve: (value: PdfValue | undefined) => PdfValue,
  budget: PdfBudget,
): Unfiltered {
  const names = listOf(resolve(dict.get('Filter') ?? dict.get('F')), resolve)
  const parameters = listOf(resolve(dict.get('DecodeParms') ?? dict.get('DP')), resolve)
  if (names.length > maxFilters) return { failure: 'opaque' }
  let bytes = packed
  for (const [index, filter] of names.entries()) {
    if (!isName(filter)) return { failure: 'opaque' }
    const unpacked = decode(filter.name, bytes, budget.bytes)
    if (unpacked === null) return { failure: 'opaque' }
    if (unpacked === 'too-large') {
      budget.bytes = 0
      return { failure: 'too-large' }
    }
    budget.bytes -= unpacked.length
    const parameter = parameters[index]
    bytes = isDict(parameter) ? unpredicted(unpacked, parameter) : unpacked
  }
  return { bytes }
}

function listOf(value: PdfValue, resolve: (value: PdfValue | undefined) => PdfValue): readonly PdfValue[] {
  if (value === null) return []
  return isArray(value) ? value.slice(0, maxFilters + 1).map((item) => resolve(item)) : [value]
}

function decode(filter: string, bytes: Buffer, maxBytes: number): Buffer | 'too-large' | null {
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return inflated(bytes, maxBytes)
    case 'LZWDecode':
    case 'LZW':
      return lzw(bytes, maxBytes)
    case 'RunLengthDecode':
    case 'RL':
      return runLengths(bytes, maxBytes)
    case 'ASCIIHexDecode':
    case 'AHx': {
      const text = bytes.toString('latin1')
      const end = text.indexOf('>')
      return Buffer.from((end < 0 ? text : text.slice(0, end)).replace(/[^0-9a-f]/gi, ''), 'hex')
    }
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(bytes)
    case 'Crypt':
      return bytes
    default:
      return null
  }
}

/** As much as there is of a stream that is cut off or damaged. */
export function inflated(bytes: Buffer, maxBytes: number): Buffer | 'too-large' {
  const maxOutputLength = Math.max(maxBytes, 1)
  for (const inflate of [zlib.inflateSync, zlib.inflateRawSync]) {
    try {
      return inflate(bytes, { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH })
    } catch (error) {
      if (error instanceof RangeError) return 'too-large'
    }
  }
  return Buffer.alloc(0)
}

/** 7.4.4, codes of 9 to 12 bits, the width changed one code early. */
function lzw(bytes: Buffer, maxBytes: number): Buffer | 'too-large' {
  const pieces: Buffer[] = []
  let length = 0
  let table: Buffer[] = []
  const clear = (): void => {
    table = Array.from({ length: 258 }, (_, code) => (code < 256 ? Buffer.of(code) : Buffer.alloc(0)))
  }
  clear()
  let width = 9
  let bits = 0
  let count = 0
  let before: Buffer | null = null
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffffff
    count += 8
    if (count < width) continue
    count -= width
    const code = (bits >> count) & ((1 << width) - 1)
    if (code === 257) break
    if (code === 256) {
      clear()
      width = 9
      before = null
      continue
    }
    const known = table[code]
    const piece: Buffer | null = known ?? (before === null ? null : Buffer.concat([before, before.subarray(0, 1)]))
    if (piece === null) break
    if (before !== null && table.length < 4096) table.push(Buffer.concat([before, piece.subarray(0, 1)]))
    length += piece.length
    if (length > maxBytes) return 'too-large'
    pieces.push(piece)
    before = piece
    width = table.length >= 2047 ? 12 : table.length >= 1023 ? 11 : table.length >= 511 ? 10 : 9
  }
  return Buffer.concat(pieces)
}

function runLengths(bytes: Buffer, maxBytes: number): Buffer | 'too-large' {
  const pieces: Buffer[] = []
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const count = bytes[at] ?? 128
    if (count === 128) break
    const piece = count < 128 ? bytes.subarray(at + 1, at + 2 + count) : Buffer.alloc(257 - count, bytes[at + 1] ?? 0)
    at += count < 128 ? 2 + count : 2
    length += piece.length
    if (length > maxBytes) return 'too-large'
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function ascii85(bytes: Buffer): Buffer {
  const result = Buffer.alloc(bytes.length * 4)
  let length = 0
  let value = 0
  let digits = 0
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && digits === 0) length += 4
    else if (byte >= 0x21 && byte <= 0x75) {
      value = value * 85 + byte - 0x21
      if (++digits < 5) continue
      result.writeUInt32BE(value % 2 ** 32, length)
      length += 4
      value = digits = 0
    }
  }
  if (digits > 1) {
    for (let at = digits; at < 5; at++) value = value * 85 + 84
    result.writeUInt32BE(value % 2 ** 32, length)
    length += digits - 1
  }
  return result.subarray(0, length)
}

/** Undoes PNG prediction (7.4.4.4), which cross-reference and object streams use. Other predictions are of pictures. */
function unpredicted(bytes: Buffer, parameters: PdfDict): Buffer {
  const number = (key: string, otherwise: number): number => {
    const value = parameters.get(key)
    return typeof value === 'number' && value > 0 && value < 10_000 ? value : otherwise
  }
  if (number('Predictor', 1) < 10) return bytes
  const pixel = Math.max(1, Math.ceil((number('Colors', 1) * number('BitsPerComponent', 8)) / 8))
  const row = Math.ceil((number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8)) / 8)
  const rows = Math.floor(bytes.length / (row + 1))
  const result = Buffer.alloc(rows * row)
  for (let y = 0; y < rows; y++) {
    const type = bytes[y * (row + 1)] ?? 0
    for (let x = 0; x < row; x++) {
      const at = y * row + x
      const left = x >= pixel ? (result[at - pixel] ?? 0) : 0
      const up = y > 0 ? (result[at - row] ?? 0) : 0
      const upLeft = x >= pixel && y > 0 ? (result[at - row - pixel] ?? 0) : 0
      result[at] = (bytes[y * (row + 1) + 1 + x] ?? 0) + predicted(type, left, up, upLeft)
    }
  }
  return result
}

function predicted(type: number, left: number, up: number, upLeft: number): number {
  switch (type) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const [a, b, c] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)]
      return a <= b && a <= c ? left : b <= c ? up : upLeft
    }
    default:
      return 0
  }
}
