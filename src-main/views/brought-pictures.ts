import type { Attachment } from '../intake/message.ts'

const maxDataCharacters = 4 * 1024 * 1024

/** The bytes of pictures that a message brings along: `cid:` (RFC 2392) and `data:` addresses; null for all others. */
export function broughtPictures(attachments: readonly Attachment[]): (address: string) => Uint8Array | null {
  const byId = new Map<string, Attachment>()
  for (const attachment of attachments) {
    if (attachment.contentId !== null) byId.set(bareId(attachment.contentId), attachment)
  }
  return (address) => {
    const trimmed = address.trim()
    const cid = /^cid:(.+)$/is.exec(trimmed)?.[1]
    if (cid !== undefined) return byId.get(bareId(percentDecoded(cid)))?.content() ?? null
    if (!/^data:image\//i.test(trimmed) || trimmed.length > maxDataCharacters) return null
    const data = /^data:image\/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)$/i.exec(trimmed)?.[1]
    return data === undefined ? null : Buffer.from(data, 'base64')
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
