import type { Charset } from './charset.ts'
import { charsetOfLabel, decodeText, windows1252 } from './charset.ts'
import type { Storage, Stream } from './msg-compound.ts'
import type { MappedText } from './text-part.ts'
import { uncutText } from './text-part.ts'

/** The properties of a message, recipient or attachment ([MS-OXMSG] section 2.4). */
export interface Properties {
  /** null: not there, or empty. */
  readonly text: (id: number) => MappedText | null
  readonly binary: (id: number) => Stream | null
  readonly number: (id: number) => number | null
  /** ISO 8601, UTC. */
  readonly time: (id: number) => string | null
}

/** Property ids ([MS-OXPROPS]). */
export const property = {
  messageClass: 0x001a,
  subject: 0x0037,
  clientSubmitTime: 0x0039,
  representingName: 0x0042,
  representingAddress: 0x0065,
  transportHeaders: 0x007d,
  recipientType: 0x0c15,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  deliveryTime: 0x0e06,
  body: 0x1000,
  compressedRtf: 0x1009,
  html: 0x1013,
  messageId: 0x1035,
  displayName: 0x3001,
  emailAddress: 0x3003,
  attachedData: 0x3701,
  attachedName: 0x3704,
  attachMethod: 0x3705,
  attachedLongName: 0x3707,
  attachedMediaType: 0x370e,
  attachedContentId: 0x3712,
  smtpAddress: 0x39fe,
  internetCodePage: 0x3fde,
  messageCodePage: 0x3ffd,
  senderSmtpAddress: 0x5d01,
  representingSmtpAddress: 0x5d02,
  isHidden: 0x7ffe,
} as const

const fixedLengthsName = '__properties_version1.0'
const utf16: Charset = { kind: 'utf-16', label: 'utf-16le' }

/** `headBytes`: what stands before the fixed-length properties: 32 in a message, 24 in one inside another, else 8. */
export function propertiesOf(storage: Storage, headBytes: number, inherited: Charset = windows1252): Properties {
  const fixed = fixedLengths(storage.streams.get(fixedLengthsName)?.bytes ?? Buffer.alloc(0), headBytes)
  const number = (id: number): number | null => fixed.get(id)?.readInt32LE(0) ?? null
  const codePage = number(property.messageCodePage)
  const charset = (codePage === null ? null : charsetOfCodePage(codePage)) ?? inherited
  const stream = (id: number, type: string): Stream | null => {
    const name = `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`
    return storage.streams.get(name) ?? null
  }
  return {
    text: (id) => {
      const wide = stream(id, '001F')
      const narrow = wide === null ? stream(id, '001E') : null
      const mapped = wide !== null ? textOf(wide, utf16) : narrow !== null ? textOf(narrow, charset) : null
      return mapped === null || mapped.text === '' ? null : mapped
    },
    binary: (id) => stream(id, '0102'),
    number,
    time: (id) => {
      const value = fixed.get(id)
      return value === undefined ? null : isoOfFileTime(value)
    },
  }
}

/** Its text with its places; without them where the bytes have none. */
export function textOf(stream: Stream, charset: Charset): MappedText {
  const text = decodeText(stream.bytes, charset).replace(/\0+$/, '')
  const { source } = stream
  const mapped = uncutText(stream.bytes, charset, text, (span) => source?.toInput(span) ?? { start: 0, end: 0 })
  return mapped
}

/** A Windows code page number; null: not one that is known. */
export function charsetOfCodePage(codePage: number): Charset | null {
  return codePage === 20127 ? windows1252 : charsetOfLabel(labelOfCodePage(codePage))
}

function labelOfCodePage(codePage: number): string {
  switch (codePage) {
    case 1200:
      return 'utf-16le'
    case 10000:
      return 'macintosh'
    case 20866:
      return 'koi8-r'
    case 21866:
      return 'koi8-u'
    case 20932:
    case 51932:
      return 'euc-jp'
    case 50220:
    case 50221:
    case 50222:
      return 'iso-2022-jp'
    case 51949:
      return 'euc-kr'
    case 52936:
      return 'hz-gb-2312'
    case 54936:
      return 'gb18030'
    case 65000:
      return 'utf-7'
    case 65001:
      return 'utf-8'
    default:
      return codePage > 28590 && codePage < 28610 ? `iso-8859-${String(codePage - 28590)}` : `cp${String(codePage)}`
  }
}

/** Values of fixed length by property id. */
function fixedLengths(bytes: Buffer, headBytes: number): ReadonlyMap<number, Buffer> {
  const values = new Map<number, Buffer>()
  for (let at = headBytes; at + 16 <= bytes.length; at += 16) {
    values.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, at + 16))
  }
  return values
}

/** From hundreds of nanoseconds since 1601. */
function isoOfFileTime(value: Buffer): string | null {
  const ms = Number(value.readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000
  return ms > 0 && ms < 253_402_300_800_000 ? new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z') : null
}
