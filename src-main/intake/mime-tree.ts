import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { piecesOf } from './byte-source.ts'
import type { Charset } from './charset.ts'
import { windows1252 } from './charset.ts'
import { cmsContent } from './email-cms.ts'
import type { RawField } from './header-block.ts'
import { lineEnd, nextLine, readHeaderBlock } from './header-block.ts'
import type { ParameterisedValue } from './header-parameters.ts'
import { readParameters } from './header-parameters.ts'
import { limits } from './limits.ts'
import type { TransferEncoding } from './transfer-encoding.ts'
import { decodeTransfer, transferEncoding } from './transfer-encoding.ts'

/** A MIME part with its place (RFC 2046); a leaf when it has no children. */
export interface Entity {
  readonly source: ByteSource
  readonly fields: readonly RawField[]
  /** `type/subtype`, lower case; by RFC 2045 section 5.2 `text/plain` when there is none that can be read. */
  readonly mediaType: string
  readonly contentType: ParameterisedValue
  readonly disposition: ParameterisedValue
  /** null: a name nobody knows; the body is then taken as it is. */
  readonly encoding: TransferEncoding | null
  /** In bytes of `source`. */
  readonly body: ByteSpan
  readonly children: readonly Entity[]
}

export type MimeDefect =
  | 'bad-header'
  | 'header-too-large'
  | 'no-boundary'
  | 'boundary-not-found'
  | 'no-closing-boundary'
  | 'too-deep'
  | 'too-many-parts'
  | 'unknown-encoding'

export interface MimeTree {
  readonly root: Entity
  readonly defects: ReadonlySet<MimeDefect>
}

interface Walk {
  parts: number
  readonly defects: Set<MimeDefect>
}

const noValue: ParameterisedValue = { value: '', parameters: new Map() }

/**
 * The part tree of an e-mail with byte ranges. Written here, not taken from a library: it is read in place, and the
 * ranges must be exact for truncated and wrongly nested messages too. A boundary of an outer part always ends the inner
 * ones (RFC 2046 section 5.1.2).
 */
export function readMimeTree(source: ByteSource, range: ByteSpan): MimeTree {
  const walk: Walk = { parts: 0, defects: new Set() }
  const root = readEntity(walk, source, range, 'text/plain', 0)
  return { root, defects: walk.defects }
}

function readEntity(walk: Walk, source: ByteSource, range: ByteSpan, defaultType: string, depth: number): Entity {
  walk.parts++
  const block = readHeaderBlock(source.bytes, range)
  if (block.problem === 'bad-line') walk.defects.add('bad-header')
  if (block.problem === 'too-large') walk.defects.add('header-too-large')
  const contentType = parametersOf(source.bytes, block.fields, 'content-type', windows1252)
  const disposition = parametersOf(source.bytes, block.fields, 'content-disposition', windows1252)
  const encodingField = fieldNamed(block.fields, 'content-transfer-encoding')
  const encoding =
    encodingField === undefined
      ? 'identity'
      : transferEncoding(source.bytes.toString('latin1', encodingField.value.start, encodingField.value.end))
  if (encoding === null) walk.defects.add('unknown-encoding')
  const leaf: Entity = {
    source,
    fields: block.fields,
    mediaType: /^[^\s/]+\/[^\s/]+/.exec(contentType.value)?.[0] ?? defaultType,
    contentType,
    disposition,
    encoding,
    body: { start: block.bodyStart, end: range.end },
    children: [],
  }
  if (leaf.mediaType.startsWith('multipart/')) return readMultipart(walk, leaf, depth)
  if (leaf.mediaType === 'message/rfc822' || leaf.mediaType === 'message/global')
    return readAttachedMessage(walk, leaf, depth)
  if (isMailByName(leaf)) return readAttachedMessage(walk, { ...leaf, mediaType: 'message/rfc822' }, depth)
  return isCms(leaf) ? readSignedContent(walk, leaf, depth) : leaf
}

/** A mail that was attached as a file of no kind, as Outlook does; one that begins with no header field is left a file. */
function isMailByName(entity: Entity): boolean {
  if (entity.mediaType !== 'application/octet-stream') return false
  const name = entity.disposition.parameters.get('filename') ?? entity.contentType.parameters.get('name')
  if (name === undefined || !/\.eml$/i.test(name.value)) return false
  const { bytes } = decodedSource(entity)
  return readHeaderBlock(bytes, { start: 0, end: bytes.length }).fields.length > 0
}

/** S/MIME, by its type or by the name that every mail program gives it (RFC 8551 section 3.2.1). */
export function isCms(entity: Entity): boolean {
  if (/^application\/(?:x-)?pkcs7-mime$/.test(entity.mediaType)) return true
  const name = entity.disposition.parameters.get('filename') ?? entity.contentType.parameters.get('name')
  return entity.mediaType === 'application/octet-stream' && /\.p7m$/i.test(name?.value ?? '')
}

/** What is signed inside is read as if it stood there; the signature itself is not verified. */
function readSignedContent(walk: Walk, entity: Entity, depth: number): Entity {
  const decoded = decodedSource(entity)
  const content = cmsContent(decoded.bytes)
  if (content.kind !== 'signed') return entity
  if (depth >= limits.maxMimeDepth || walk.parts >= limits.maxParts) {
    walk.defects.add(depth >= limits.maxMimeDepth ? 'too-deep' : 'too-many-parts')
    return entity
  }
  const source = piecesOf(decoded, content.pieces)
  const range = { start: 0, end: source.bytes.length }
  return { ...entity, children: [readEntity(walk, source, range, 'text/plain', depth + 1)] }
}

/** The body of an entity with its transfer encoding undone. */
function decodedSource(entity: Entity): ByteSource {
  const decoded = decodeTransfer(entity.encoding ?? 'identity', entity.source.bytes, entity.body)
  return { bytes: decoded.bytes, toInput: (span) => entity.source.toInput(decoded.toEncoded(span)) }
}

function readMultipart(walk: Walk, entity: Entity, depth: number): Entity {
  const boundary = entity.contentType.parameters.get('boundary')?.value ?? ''
  if (boundary === '') {
    walk.defects.add('no-boundary')
    return { ...entity, mediaType: 'text/plain' }
  }
  if (depth >= limits.maxMimeDepth) {
    walk.defects.add('too-deep')
    return entity
  }
  const { parts, end } = splitAtBoundary(entity.source.bytes, entity.body, boundary, limits.maxParts)
  if (parts.length === 0) {
    walk.defects.add('boundary-not-found')
    return { ...entity, mediaType: 'text/plain' }
  }
  if (end === 'open') walk.defects.add('no-closing-boundary')
  if (end === 'too-many') walk.defects.add('too-many-parts')
  const childType = entity.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const children: Entity[] = []
  for (const part of parts) {
    if (walk.parts >= limits.maxParts) {
      walk.defects.add('too-many-parts')
      break
    }
    children.push(readEntity(walk, entity.source, part, childType, depth + 1))
  }
  return { ...entity, children }
}

/** The message inside; an encoding, which RFC 2046 section 5.2.1 forbids here and mailers use, is undone first. */
function readAttachedMessage(walk: Walk, entity: Entity, depth: number): Entity {
  if (depth >= limits.maxMimeDepth || walk.parts >= limits.maxParts) {
    walk.defects.add(depth >= limits.maxMimeDepth ? 'too-deep' : 'too-many-parts')
    return entity
  }
  if (entity.encoding === 'identity' || entity.encoding === null) {
    return { ...entity, children: [readEntity(walk, entity.source, entity.body, 'text/plain', depth + 1)] }
  }
  const source = decodedSource(entity)
  const range = { start: 0, end: source.bytes.length }
  return { ...entity, children: [readEntity(walk, source, range, 'text/plain', depth + 1)] }
}

/**
 * The parts between delimiter lines. A delimiter line is the boundary at the start of a line, followed by white space
 * only; the line end before it belongs to it (RFC 2046 section 5.1.1). What follows the closing one is shown by nobody.
 */
export function splitAtBoundary(
  bytes: Buffer,
  body: ByteSpan,
  boundary: string,
  maxParts: number,
): { readonly parts: readonly ByteSpan[]; readonly end: 'closed' | 'open' | 'too-many' } {
  const delimiter = Buffer.from(`--${boundary.trimEnd()}`, 'latin1')
  const afterLineEnd = Buffer.concat([Buffer.of(0x0a), delimiter])
  const readable = bytes.subarray(0, body.end)
  const startsWithDelimiter = readable.subarray(body.start, body.start + delimiter.length).equals(delimiter)
  const following = (from: number): number => {
    const found = readable.indexOf(afterLineEnd, from)
    return found < 0 ? found : found + 1
  }
  const parts: ByteSpan[] = []
  let partStart: number | null = null
  let found = startsWithDelimiter ? body.start : following(body.start)
  while (found >= 0) {
    const next = nextLine(bytes, found, body.end)
    const rest = bytes.toString('latin1', found + delimiter.length, lineEnd(bytes, found, next))
    if (/^(?:--)?[ \t]*$/.test(rest)) {
      if (partStart !== null) {
        if (parts.length >= maxParts) return { parts, end: 'too-many' }
        parts.push({ start: partStart, end: Math.max(partStart, lineEnd(bytes, partStart, found)) })
      }
      if (rest.startsWith('--')) return { parts, end: 'closed' }
      partStart = next
    }
    // The line end of a delimiter line may be the one before the next.
    found = following(next - 1)
  }
  if (partStart !== null) parts.push({ start: partStart, end: body.end })
  return { parts, end: 'open' }
}

export function fieldNamed(fields: readonly RawField[], lowerCaseName: string): RawField | undefined {
  return fields.find(
    (field) => field.name.length === lowerCaseName.length && field.name.toLowerCase() === lowerCaseName,
  )
}

function parametersOf(bytes: Buffer, fields: readonly RawField[], name: string, fallback: Charset): ParameterisedValue {
  const field = fieldNamed(fields, name)
  return field === undefined ? noValue : readParameters(bytes, field.value, fallback)
}
