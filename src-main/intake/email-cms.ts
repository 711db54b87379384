import type { ByteSpan } from '../contract/span.ts'

/** What an S/MIME wrapper holds (Cryptographic Message Syntax, RFC 5652). */
export type CmsContent =
  /** The signed content, in the pieces in which it stands; none touch. */
  | { readonly kind: 'signed'; readonly pieces: readonly ByteSpan[] }
  /** A signature of something else, or certificates alone. */
  | { readonly kind: 'detached' }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'compressed' }
  | { readonly kind: 'unreadable' }

const unreadable: CmsContent = { kind: 'unreadable' }

/** An element of BER (X.690). */
interface Element {
  readonly tag: number
  readonly content: ByteSpan
  /** After the element. */
  readonly next: number
}

const sequence = 0x30
const octets = 0x04
const constructedOctets = 0x24
const identifier = 0x06
const explicit0 = 0xa0

const maxDepth = 12
const maxPieces = 100_000

const encryptedTypes: ReadonlySet<string> = new Set([
  '2a864886f70d010703', // envelopedData
  '2a864886f70d010704', // signedAndEnvelopedData (PKCS #7)
  '2a864886f70d010706', // encryptedData
  '2a864886f70d0109100117', // authEnvelopedData (RFC 5083)
])
const signedType = '2a864886f70d010702'
const dataType = '2a864886f70d010701'
const compressedType = '2a864886f70d0109100109' // RFC 3274

/** Never throws for any bytes; lengths that lead outside are `unreadable`. */
export function cmsContent(bytes: Buffer): CmsContent {
  const whole = { start: 0, end: bytes.length }
  const info = elementAt(bytes, 0, whole.end)
  if (info?.tag !== sequence) return unreadable
  const [type, wrapped] = children(bytes, info.content, 2)
  if (type?.tag !== identifier) return unreadable
  const kind = kindOf(hex(bytes, type.content))
  if (kind !== 'signed') return kind === 'data' ? unreadable : { kind }
  const signed = wrapped?.tag === explicit0 ? children(bytes, wrapped.content, 1)[0] : undefined
  if (signed?.tag !== sequence) return unreadable
  // version, digestAlgorithms, encapContentInfo
  const inner = children(bytes, signed.content, 3)[2]
  if (inner?.tag !== sequence) return unreadable
  const [innerType, innerContent] = children(bytes, inner.content, 2)
  if (innerType?.tag !== identifier) return unreadable
  if (innerContent === undefined) return { kind: 'detached' }
  const innerKind = kindOf(hex(bytes, innerType.content))
  if (innerKind === 'encrypted' || innerKind === 'compressed') return { kind: innerKind }
  const pieces: ByteSpan[] = []
  const content = innerContent.tag === explicit0 ? children(bytes, innerContent.content, 1)[0] : undefined
  if (content === undefined || !collectOctets(bytes, content, pieces, 0)) return unreadable
  return pieces.length === 0 ? { kind: 'detached' } : { kind: 'signed', pieces }
}

function kindOf(type: string): 'signed' | 'encrypted' | 'compressed' | 'data' | 'unreadable' {
  if (encryptedTypes.has(type)) return 'encrypted'
  if (type === signedType) return 'signed'
  if (type === compressedType) return 'compressed'
  return type === dataType ? 'data' : 'unreadable'
}

function hex(bytes: Buffer, span: ByteSpan): string {
  return bytes.toString('hex', span.start, Math.min(span.end, span.start + 40))
}

/** Long octet strings are written in pieces. */
function collectOctets(bytes: Buffer, element: Element, pieces: ByteSpan[], depth: number): boolean {
  if (element.tag === octets) {
    const { start, end } = element.content
    if (end > start) pieces.push({ start, end })
    return pieces.length <= maxPieces
  }
  if (element.tag !== constructedOctets || depth > maxDepth) return false
  const all = children(bytes, element.content, maxPieces + 1)
  if (all.length > maxPieces) return false
  for (const child of all) {
    if (!collectOctets(bytes, child, pieces, depth + 1)) return false
  }
  return true
}

function children(bytes: Buffer, span: ByteSpan, maxCount: number): readonly Element[] {
  const found: Element[] = []
  let position = span.start
  while (position < span.end && found.length < maxCount) {
    const element = elementAt(bytes, position, span.end)
    if (element === null || element.tag === 0) break
    found.push(element)
    position = element.next
  }
  return found
}

/** null: no whole element stands there. A content that is cut off ends at `end`, so that a truncated mail is read too. */
function elementAt(bytes: Buffer, start: number, end: number, depth = 0): Element | null {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined || start + 2 > end || (tag & 0x1f) === 0x1f) return null
  if (first < 0x80) {
    const contentEnd = Math.min(start + 2 + first, end)
    return { tag, content: { start: start + 2, end: contentEnd }, next: contentEnd }
  }
  const lengthBytes = first & 0x7f
  if (lengthBytes > 6) return null
  if (lengthBytes > 0) {
    let length = 0
    for (let index = 0; index < lengthBytes; index++) length = length * 256 + (bytes[start + 2 + index] ?? 0)
    const contentStart = Math.min(start + 2 + lengthBytes, end)
    const contentEnd = Math.min(contentStart + length, end)
    return { tag, content: { start: contentStart, end: contentEnd }, next: contentEnd }
  }
  return depth > maxDepth || (tag & 0x20) === 0 ? null : indefiniteElement(bytes, tag, start + 2, end, depth)
}

/** Ends where two zero bytes stand for an element. */
function indefiniteElement(bytes: Buffer, tag: number, contentStart: number, end: number, depth: number): Element {
  let position = contentStart
  while (position < end) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) {
      return { tag, content: { start: contentStart, end: position }, next: Math.min(position + 2, end) }
    }
    const element = elementAt(bytes, position, end, depth + 1)
    if (element === null) break
    position = element.next
  }
  return { tag, content: { start: contentStart, end: Math.max(position, contentStart) }, next: end }
}
