import type { Attachment } from '../../intake/message.ts'
import { sniffType } from '../../views/file-type.ts'

const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const maxImageBytes = 3 * 1024 * 1024
const maxTotalBytes = 12 * 1024 * 1024

/** `data:` addresses for pictures that the message itself brings along; null for all that would have to be fetched. */
export interface InlineImages {
  readonly resolve: (address: string) => string | null
}

export function inlineImages(attachments: readonly Attachment[]): InlineImages {
  const byId = new Map<string, Attachment>()
  for (const attachment of attachments) {
    if (attachment.contentId !== null) byId.set(bareId(attachment.contentId), attachment)
  }
  let left = maxTotalBytes

  function dataUri(bytes: Uint8Array): string | null {
    const type = sniffType(bytes)
    if (type === null || !shownTypes.has(type) || bytes.length > Math.min(left, maxImageBytes)) return null
    left -= bytes.length
    return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`
  }

  return {
    resolve(address) {
      const trimmed = address.trim()
      const cid = /^cid:(.+)$/is.exec(trimmed)?.[1]
      if (cid !== undefined) {
        const attachment = byId.get(bareId(percentDecoded(cid)))
        return attachment === undefined ? null : dataUri(attachment.content())
      }
      const data = /^data:image\/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)$/i.exec(trimmed)?.[1]
      return data === undefined || data.length > maxImageBytes * 1.4 ? null : dataUri(Buffer.from(data, 'base64'))
    },
  }
}

function bareId(id: string): string {
  return id.trim().replace(/^<|>$/g, '').toLowerCase()
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
