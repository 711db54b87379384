import { settledLabel } from './charset-label.ts'
import type { ShiftedLabel } from './charset-shifted.ts'
import { runShifted, shiftedLabels } from './charset-shifted.ts'
import { codePages } from './charset-tables.ts'

/** How bytes become text, by the WHATWG Encoding Standard, and by what it left out and old mails are in. */
export type Charset =
  | { readonly kind: 'utf-8' }
  | { readonly kind: 'windows-1252' }
  | { readonly kind: 'utf-16'; readonly label: 'utf-16le' | 'utf-16be' }
  /** One byte, one UTF-16 unit. */
  | { readonly kind: 'single-byte'; readonly label: string }
  /** gb18030, shift_jis, iso-2022-jp …: units of several bytes, some with shift states. */
  | { readonly kind: 'multi-byte'; readonly label: string }
  /** One byte, one UTF-16 unit; `upper` says what 80–FF mean. */
  | { readonly kind: 'code-page'; readonly label: string; readonly upper: string }
  | { readonly kind: 'shifted'; readonly label: ShiftedLabel }

export const utf8: Charset = { kind: 'utf-8' }
export const windows1252: Charset = { kind: 'windows-1252' }

const multiByte: ReadonlySet<string> = new Set([
  'gbk',
  'gb18030',
  'big5',
  'euc-jp',
  'iso-2022-jp',
  'shift_jis',
  'euc-kr',
])

/** The charset of a label as mails and pages write it; null when no decoder knows it. */
export function charsetOfLabel(label: string): Charset | null {
  const name = settledLabel(label)
  if (name === 'utf-8') return utf8
  if (isShifted(name)) return { kind: 'shifted', label: name }
  const upper = codePages.get(name)
  if (upper !== undefined) return { kind: 'code-page', label: name, upper }
  let encoding: string
  try {
    encoding = new TextDecoder(name).encoding
  } catch {
    return null
  }
  if (encoding === 'utf-8') return utf8
  // Some Node versions call this one latin1 and decode it so.
  if (encoding === 'windows-1252' || encoding === 'iso-8859-1' || encoding === 'latin1') return windows1252
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return { kind: 'utf-16', label: encoding }
  return { kind: multiByte.has(encoding) ? 'multi-byte' : 'single-byte', label: encoding }
}

function isShifted(name: string): name is ShiftedLabel {
  return shiftedLabels.has(name)
}

const utf8Decoder = new TextDecoder('utf-8')
const utf8OrNothing = new TextDecoder('utf-8', { fatal: true })

/** A byte order mark at the start is no part of the text; undecodable bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  switch (charset.kind) {
    case 'utf-8':
      return utf8Decoder.decode(bytes)
    case 'windows-1252':
      return decodeWindows1252(bytes)
    case 'utf-16':
    case 'single-byte':
    case 'multi-byte':
      return new TextDecoder(charset.label).decode(bytes)
    case 'code-page': {
      const { upper } = charset
      return latin1(bytes).replace(/[\x80-\xff]/g, (unit) => upper[unit.charCodeAt(0) - 0x80] ?? unit)
    }
    case 'shifted': {
      const pieces: string[] = []
      runShifted(bytes, charset.label, (text) => pieces.push(text))
      return pieces.join('')
    }
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** The text when all bytes are well-formed UTF-8, else null. */
export function decodeStrictUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8OrNothing.decode(bytes)
  } catch {
    return null
  }
}

const windows1252Controls = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ'

/** By an own table: Node before 23.7 leaves 80–9F as control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\x80-\x9f]/g, (unit) => windows1252Controls[unit.charCodeAt(0) - 0x80] ?? unit)
}

export function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false
  return true
}

const nulPatternBytes = 2048

/** UTF-16 without a byte order mark: in text that is mostly Latin every other byte is 0. */
function charsetOfNulPattern(bytes: Uint8Array): Charset | null {
  const units = Math.floor(Math.min(bytes.length, nulPatternBytes) / 2)
  let even = 0
  let odd = 0
  for (let unit = 0; unit < units; unit++) {
    if (bytes[2 * unit] === 0) even++
    if (bytes[2 * unit + 1] === 0) odd++
  }
  if (units < 4 || (even > 0 && odd > 0) || even + odd < units / 2) return null
  return { kind: 'utf-16', label: odd > 0 ? 'utf-16le' : 'utf-16be' }
}

/** What the first bytes say: a byte order mark, else zeros as only UTF-16 has them. */
export function charsetOfFirstBytes(bytes: Uint8Array): Charset | null {
  return charsetOfByteOrderMark(bytes) ?? charsetOfNulPattern(bytes)
}

/** A byte order mark (Encoding Standard, "BOM sniff"). */
export function charsetOfByteOrderMark(bytes: Uint8Array): Charset | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'utf-16', label: 'utf-16be' }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'utf-16', label: 'utf-16le' }
  return null
}
