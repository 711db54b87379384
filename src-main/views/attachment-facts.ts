import { limits } from '../intake/limits.ts'
import type { Attachment } from '../intake/message.ts'
import {
  gzipContainer,
  namedInside,
  rtfContainer,
  szddContainer,
  textContainer,
  tnefContainer,
} from './attachment-coded.ts'
import type { AttachmentAct, Container } from './attachment-container.ts'
import { arjContainer, cabContainer, helpContainer, rarContainer, sevenZipContainer } from './attachment-listed.ts'
import { isOfficeDocument, officeContainer } from './attachment-office.ts'
import { oleContainer } from './attachment-ole.ts'
import { pdfContainer } from './attachment-pdf.ts'
import { cpioContainer, tarContainer } from './attachment-tar.ts'
import { zipContainer, zipEntries } from './attachment-zip.ts'
import { sniffType } from './file-type.ts'
import type { AttachmentFact, AttachmentMember } from './view.ts'

/** What may still be looked into of all attachments of a message. */
interface Budget {
  entries: number
  bytes: number
}

/** What attachments are and what they hold and do, by their bytes, whatever they call themselves. */
export function attachmentFacts(attachments: readonly Attachment[]): readonly AttachmentFact[] {
  const budget: Budget = { entries: limits.maxArchiveEntries, bytes: limits.maxUnpackedBytes }
  return attachments.map((attachment) => factOf(attachment, budget))
}

export function attachmentFact(attachment: Attachment): AttachmentFact {
  return factOf(attachment, { entries: limits.maxArchiveEntries, bytes: limits.maxUnpackedBytes })
}

const maxActs = 200

function factOf(attachment: Attachment, budget: Budget): AttachmentFact {
  const content = attachment.content()
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const name = attachment.name ?? ''
  const trueType = sniffType(bytes)
  const members: AttachmentMember[] = []
  const acts: AttachmentAct[] = []
  let isCut = false

  function walk(inside: Container, path: string, depth: number): void {
    if (acts.length < maxActs) acts.push(...inside.acts.slice(0, maxActs - acts.length))
    isCut ||= inside.isCut
    for (const file of inside.files) {
      if (budget.entries <= 0) {
        isCut = true
        return
      }
      budget.entries--
      const read = file.isEncrypted ? null : file.read(Math.max(0, Math.min(budget.bytes, limits.maxFileBytes)))
      const content = read === 'too-large' ? null : read
      if (read === 'too-large') isCut = true
      budget.bytes -= content?.length ?? 0
      const type = content === null ? null : sniffType(content)
      const place = `${path}${file.name}`
      members.push({
        path: place,
        extensions: extensionsOf(file.name.slice(file.name.lastIndexOf('/') + 1)),
        trueType: type,
        bytes: content?.length ?? null,
        isEncrypted: file.isEncrypted,
      })
      if (content === null) continue
      const deeper = opened(content, type, file.name, budget)
      if (deeper === null) continue
      if (depth >= limits.maxArchiveDepth) isCut ||= deeper.files.length > 0
      else walk(deeper, `${place}/`, depth + 1)
    }
  }

  const inside = opened(bytes, trueType, name, budget)
  if (inside !== null) walk(inside, '', 1)
  return {
    attachment,
    extensions: extensionsOf(name),
    trueType,
    members,
    acts,
    isEncrypted: inside?.isEncrypted ?? false,
    isCut,
  }
}

/** What a file of this type holds; null for one that holds nothing but itself. */
function opened(bytes: Buffer, type: string | null, name: string, budget: Budget): Container | null {
  switch (type) {
    case 'application/zip': {
      const { entries, isCut } = zipEntries(bytes)
      return isOfficeDocument(entries) ? officeContainer(entries, isCut) : zipContainer(entries, isCut)
    }
    case 'application/pdf':
      return pdfContainer(bytes)
    case 'application/x-ole-storage':
      return oleContainer(bytes)
    case 'application/rtf':
      return rtfContainer(bytes)
    case 'application/gzip':
      return gzipContainer(bytes, name, Math.min(budget.bytes, limits.maxFileBytes))
    case 'application/x-tar':
      return tarContainer(bytes)
    case 'application/x-cpio':
      return cpioContainer(bytes)
    case 'application/vnd.rar':
      return rarContainer(bytes)
    case 'application/x-arj':
      return arjContainer(bytes)
    case 'application/vnd.ms-cab-compressed':
      return cabContainer(bytes)
    case 'application/x-7z-compressed':
      return sevenZipContainer(bytes)
    case 'application/x-bzip2':
    case 'application/x-xz':
      return namedInside(name)
    case 'application/x-ms-compress-szdd':
      return szddContainer(bytes, name)
    case 'application/vnd.ms-htmlhelp':
      return helpContainer(bytes)
    case 'application/vnd.ms-tnef':
      return tnefContainer(bytes)
    case 'text/html':
    case 'image/svg+xml':
    case null:
      return textContainer(bytes)
    default:
      return null
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
