import type { Charset } from './charset.ts'
import { decodeHeaderValue } from './header-value.ts'
import { lazily } from './lazily.ts'
import type { Attachment, TextPart } from './message.ts'
import type { Entity } from './mime-tree.ts'
import { fieldNamed } from './mime-tree.ts'
import { partNames } from './text-part.ts'
import { decodeTransfer } from './transfer-encoding.ts'

/** Files beside the text, in order; nothing is decoded before it is asked for. */
export function readAttachments(
  leaves: readonly Entity[],
  texts: readonly TextPart[],
  fallback: Charset,
): readonly Attachment[] {
  const nameOf = partNames()
  const markups = texts.filter((part) => part.kind === 'html')
  return leaves.map((leaf, index) => {
    const { source } = leaf
    const named = leaf.disposition.parameters.get('filename') ?? leaf.contentType.parameters.get('name') ?? null
    const nameRange = named === null ? null : source.toInput(named.range)
    const contentId = contentIdOf(leaf, fallback)
    const name = named === null || named.value.trim() === '' ? null : named.value
    const isReferredTo = contentId !== null && markups.some((part) => part.text.includes(`cid:${contentId}`))
    return {
      name,
      part: nameOf(`attachment:${name ?? String(index + 1)}`),
      mediaType: leaf.mediaType,
      inline: isReferredTo || leaf.disposition.value.startsWith('inline'),
      contentId,
      range: source.toInput(leaf.body),
      nameRange,
      content: lazily(() => decodeTransfer(leaf.encoding ?? 'identity', source.bytes, leaf.body).bytes),
    }
  })
}

function contentIdOf(leaf: Entity, fallback: Charset): string | null {
  const field = fieldNamed(leaf.fields, 'content-id')
  if (field === undefined) return null
  const { value } = decodeHeaderValue(leaf.source.bytes, field.value, fallback)
  return /<([^<>]+)>/.exec(value)?.[1] ?? (value.trim() || null)
}
