import type { ByteSpan } from '../contract/span.ts'
import type { Charset } from './charset.ts'
import { decodeHeaderValue } from './header-value.ts'
import { lazily } from './lazily.ts'
import type { Attachment, TextPart } from './message.ts'
import type { Entity } from './mime-tree.ts'
import { fieldNamed } from './mime-tree.ts'
import { partNames } from './text-part.ts'
import { decodeTransfer } from './transfer-encoding.ts'

/** A file as a message carries it; places count in the input. */
export interface CarriedFile {
  readonly name: string | null
  readonly nameRange: ByteSpan | null
  readonly mediaType: string
  readonly contentId: string | null
  readonly isInline: boolean
  readonly range: ByteSpan
  readonly content: () => Uint8Array
}

/** A MIME part as a file; nothing is decoded before it is asked for. */
export function carriedPart(leaf: Entity, fallback: Charset): CarriedFile {
  const { source } = leaf
  const named = leaf.disposition.parameters.get('filename') ?? leaf.contentType.parameters.get('name') ?? null
  return {
    name: named?.value ?? null,
    nameRange: named === null ? null : source.toInput(named.range),
    mediaType: leaf.mediaType,
    contentId: contentIdOf(leaf, fallback),
    isInline: leaf.disposition.value.startsWith('inline'),
    range: source.toInput(leaf.body),
    content: lazily(() => decodeTransfer(leaf.encoding ?? 'identity', source.bytes, leaf.body).bytes),
  }
}

/** Files beside the text, in order, with their names in reports. */
export function readAttachments(files: readonly CarriedFile[], texts: readonly TextPart[]): readonly Attachment[] {
  const nameOf = partNames()
  const markups = texts.filter((part) => part.kind === 'html')
  return files.map((file, index) => {
    const { nameRange, mediaType, contentId, range, content } = file
    const name = file.name === null || file.name.trim() === '' ? null : file.name
    const isReferredTo = contentId !== null && markups.some((part) => part.text.includes(`cid:${contentId}`))
    return {
      name,
      part: nameOf(`attachment:${name ?? String(index + 1)}`),
      mediaType,
      inline: isReferredTo || file.isInline,
      contentId,
      range,
      nameRange,
      content,
    }
  })
}

function contentIdOf(leaf: Entity, fallback: Charset): string | null {
  const field = fieldNamed(leaf.fields, 'content-id')
  if (field === undefined) return null
  const { value } = decodeHeaderValue(leaf.source.bytes, field.value, fallback)
  return /<([^<>]+)>/.exec(value)?.[1] ?? (value.trim() || null)
}
