import type { Attachment } from '../intake/message.ts'
import { sniffType } from './file-type.ts'
import type { AttachmentFact } from './view.ts'

export function attachmentFact(attachment: Attachment): AttachmentFact {
  return {
    attachment,
    extensions: extensionsOf(attachment.name ?? ''),
    trueType: sniffType(attachment.content()),
  }
}

/** Longest thing after a dot that is an extension and not a part of the name. */
const maxExtensionLength = 10

/** Lower case without dots: `pdf`, `exe` for `invoice.pdf.exe`. Trailing dots and blanks, which Windows drops, do not hide one. */
export function extensionsOf(name: string): string[] {
  const words = name
    .replace(/[\s.\u200b-\u200f\u202a-\u202e\u2066-\u2069]+$/, '')
    .split('.')
    .slice(1)
    .map((word) => word.trim().toLowerCase())
  const found: string[] = []
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at]
    if (word === undefined || !/^[a-z0-9_]+$/.test(word) || word.length > maxExtensionLength) break
    found.unshift(word)
  }
  return found
}
