import type { Attachment } from '../../intake/message.ts'
import { broughtPictures } from '../../views/brought-pictures.ts'
import { sniffType } from '../../views/file-type.ts'

const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const maxImageBytes = 3 * 1024 * 1024
const maxTotalBytes = 12 * 1024 * 1024

/** `data:` addresses for pictures that the message itself brings along; null for all that would have to be fetched. */
export interface InlineImages {
  readonly resolve: (address: string) => string | null
}

export function inlineImages(attachments: readonly Attachment[]): InlineImages {
  const bytesOf = broughtPictures(attachments)
  let left = maxTotalBytes

  function dataUri(bytes: Uint8Array): string | null {
    const type = sniffType(bytes)
    if (type === null || !shownTypes.has(type) || bytes.length > Math.min(left, maxImageBytes)) return null
    left -= bytes.length
    return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`
  }

  return {
    resolve(address) {
      const bytes = bytesOf(address)
      return bytes === null ? null : dataUri(bytes)
    },
  }
}
