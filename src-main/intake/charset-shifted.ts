/**
 * Charsets that no platform decodes any more and old mails are in: UTF-7 (RFC 2152), HZ (RFC 1843), ISO-2022-KR (RFC 1557)
 * and UTF-32. Each is read once, for the text or for its places.
 */
export type ShiftedLabel = 'utf-7' | 'hz-gb-2312' | 'iso-2022-kr' | 'utf-32' | 'utf-32le' | 'utf-32be'

export const shiftedLabels: ReadonlySet<string> = new Set<ShiftedLabel>([
  'utf-7',
  'hz-gb-2312',
  'iso-2022-kr',
  'utf-32',
  'utf-32le',
  'utf-32be',
])

/** Takes a stretch of text and the bytes it was decoded from. */
export type PutText = (text: string, start: number, end: number) => void

export function runShifted(bytes: Uint8Array, label: ShiftedLabel, put: PutText): void {
  switch (label) {
    case 'utf-7':
      runUtf7(bytes, put)
      return
    case 'hz-gb-2312':
      runHz(bytes, put)
      return
    case 'iso-2022-kr':
      runIso2022Kr(bytes, put)
      return
    case 'utf-32':
    case 'utf-32le':
    case 'utf-32be':
      runUtf32(bytes, label, put)
  }
}

const replacement = '\uFFFD'

function asciiOf(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : replacement
}

const base64Values: ReadonlyMap<number, number> = new Map(
  Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (digit, value) => [
    digit.charCodeAt(0),
    value,
  ]),
)

/** A surrogate pair is put as one; what is left over of a block's bits says nothing. */
function runUtf7(bytes: Uint8Array, put: PutText): void {
  let position = 0
  while (position < bytes.length) {
    const byte = bytes[position] ?? 0
    if (byte !== 0x2b) {
      put(asciiOf(byte), position, position + 1)
      position++
    } else if (bytes[position + 1] === 0x2d) {
      put('+', position, position + 2)
      position += 2
    } else position = runUtf7Block(bytes, position, put)
  }
}

/** From `+` to the byte after the block; a `+` that begins none stands for itself. */
function runUtf7Block(bytes: Uint8Array, plus: number, put: PutText): number {
  let position = plus + 1
  if (!base64Values.has(bytes[position] ?? 0)) {
    put('+', plus, plus + 1)
    return position
  }
  let bits = 0
  let held = 0
  let unitStart = plus
  let high: { readonly unit: number; readonly start: number; readonly end: number } | null = null
  for (; position < bytes.length; position++) {
    const value = base64Values.get(bytes[position] ?? 0)
    if (value === undefined) break
    bits = ((bits << 6) | value) & 0x3fffff
    held += 6
    if (held < 16) continue
    held -= 16
    const unit = (bits >> held) & 0xffff
    const end = position + 1
    const start = unitStart
    // The digit that ends a unit may begin the next one.
    unitStart = held > 0 ? position : end
    if (high !== null && unit >= 0xdc00 && unit <= 0xdfff) {
      put(String.fromCharCode(high.unit, unit), high.start, end)
      high = null
      continue
    }
    if (high !== null) put(replacement, high.start, high.end)
    high = unit >= 0xd800 && unit <= 0xdbff ? { unit, start, end } : null
    if (high === null) put(unit >= 0xdc00 && unit <= 0xdfff ? replacement : String.fromCharCode(unit), start, end)
  }
  if (high !== null) put(replacement, high.start, high.end)
  return bytes[position] === 0x2d ? position + 1 : position
}

const lf = 0x0a

function runHz(bytes: Uint8Array, put: PutText): void {
  const decoder = new TextDecoder('gbk')
  let isShifted = false
  let position = 0
  while (position < bytes.length) {
    const byte = bytes[position] ?? 0
    const next = bytes[position + 1]
    if (byte === 0x7e && (next === 0x7b || next === 0x7d)) {
      isShifted = next === 0x7b
      position += 2
    } else if (byte === 0x7e && next === 0x7e && !isShifted) {
      put('~', position, position + 2)
      position += 2
    } else if (byte === 0x7e && next === lf) {
      // A line that goes on.
      isShifted = false
      position += 2
    } else if (isShifted && isPair(byte, next)) {
      put(decoder.decode(Uint8Array.of(byte | 0x80, (next ?? 0) | 0x80)), position, position + 2)
      position += 2
    } else {
      if (byte === lf) isShifted = false
      put(asciiOf(byte), position, position + 1)
      position++
    }
  }
}

function runIso2022Kr(bytes: Uint8Array, put: PutText): void {
  const decoder = new TextDecoder('euc-kr')
  let isShifted = false
  let position = 0
  while (position < bytes.length) {
    const byte = bytes[position] ?? 0
    const next = bytes[position + 1]
    if (byte === 0x0e || byte === 0x0f) {
      isShifted = byte === 0x0e
      position++
    } else if (byte === 0x1b && next === 0x24 && bytes[position + 2] === 0x29 && bytes[position + 3] === 0x43) {
      position += 4
    } else if (isShifted && isPair(byte, next)) {
      put(decoder.decode(Uint8Array.of(byte | 0x80, (next ?? 0) | 0x80)), position, position + 2)
      position += 2
    } else {
      if (byte === lf) isShifted = false
      put(asciiOf(byte), position, position + 1)
      position++
    }
  }
}

function isPair(first: number, second: number | undefined): boolean {
  return first > 0x20 && first < 0x7f && second !== undefined && second > 0x20 && second < 0x7f
}

/** Without a byte order mark, `utf-32` is big-endian (Unicode Standard, D101). */
function runUtf32(bytes: Uint8Array, label: 'utf-32' | 'utf-32le' | 'utf-32be', put: PutText): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const even = bytes.length - (bytes.length % 4)
  const isMarked = even > 0 && [0xfeff, 0xfffe0000].includes(view.getUint32(0))
  const isLittle = isMarked ? view.getUint32(0) === 0xfffe0000 : label === 'utf-32le'
  for (let position = isMarked ? 4 : 0; position < even; position += 4) {
    const code = view.getUint32(position, isLittle)
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    put(isCharacter ? String.fromCodePoint(code) : replacement, position, position + 4)
  }
  if (even < bytes.length) put(replacement, even, bytes.length)
}
