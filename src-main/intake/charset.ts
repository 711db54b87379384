/** How bytes become text, by the WHATWG Encoding Standard. */
export type Charset =
  | { readonly kind: 'utf-8' }
  | { readonly kind: 'windows-1252' }
  | { readonly kind: 'utf-16'; readonly label: 'utf-16le' | 'utf-16be' }
  /** One byte, one UTF-16 unit. */
  | { readonly kind: 'single-byte'; readonly label: string }
  /** gb18030, shift_jis, iso-2022-jp …: units of several bytes, some with shift states. */
  | { readonly kind: 'multi-byte'; readonly label: string }

export const utf8: Charset = { kind: 'utf-8' }
export const windows1252: Charset = { kind: 'windows-1252' }

/** Names that mailers write and the Encoding Standard does not list. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp936: 'gbk',
  ms936: 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  cp950: 'big5',
  ms950: 'big5',
  'utf8-mb4': 'utf-8',
  utf8mb4: 'utf-8',
  'utf-8-sig': 'utf-8',
  chinesebig5: 'big5',
  gb2312_charset: 'gbk',
}

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
  const trimmed = label
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .toLowerCase()
  const name = Object.hasOwn(otherNames, trimmed) ? (otherNames[trimmed] ?? trimmed) : trimmed
  if (name === 'utf-8' || name === 'utf8') return utf8
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

/** Labels whose text is not what its ASCII bytes look like, so that reading them as ASCII would lose text. */
export function hidesTextInAscii(label: string): boolean {
  return /utf-?7|hz|iso-?2022|utf-?32|ucs-?[24]|ebcdic|imap/i.test(label)
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
  }
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
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return latin1.replace(/[\x80-\x9f]/g, (unit) => windows1252Controls[unit.charCodeAt(0) - 0x80] ?? unit)
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
