import { inputSource } from './byte-source.ts'
import { readDocx } from './docx.ts'
import type { Attachment, Message } from './message.ts'
import { officeKind, officePackage } from './office-package.ts'
import type { FormatOutcome, ReadOutcome, ReadSource } from './read-outcome.ts'
import { listZip, unpackBudget } from './zip-file.ts'

/** Documents that are read of one input; further ones are named as not read. */
const maxDocuments = 50

/** The messages of an input with the texts of the documents (`.pdf`, `.docx`) attached to them. */
export async function withAttachedDocuments(outcome: ReadOutcome): Promise<ReadOutcome> {
  if (!('messages' in outcome) || outcome.messages.every(({ attachments }) => attachments.length === 0)) return outcome
  const read = documentReader()
  const messages: Message[] = []
  for (const message of outcome.messages) messages.push(await read(message))
  return { ...outcome, messages }
}

/** Reads the documents attached to the messages of one input, message by message. */
export function documentReader(): (message: Message) => Promise<Message> {
  let left = maxDocuments
  return async (message) => {
    if (message.attachments.length === 0) return message
    const attachments: Attachment[] = []
    for (const attachment of message.attachments) {
      const read = left > 0 && isNamedDocument(attachment) ? await readDocument(attachment.content()) : null
      if (read !== null) left--
      const [document] = read !== null && 'messages' in read ? read.messages : []
      if (document === undefined) attachments.push(attachment)
      else attachments.push({ ...attachment, document: { texts: document.texts, gaps: document.gaps } })
    }
    return { ...message, attachments }
  }
}

/** By what it is declared as: to look at its bytes would decode every attachment of every mail. */
function isNamedDocument({ name, mediaType }: Attachment): boolean {
  return /\.(?:pdf|docx)$/i.test(name ?? '') || /^application\/(?:pdf|.*wordprocessingml\.document)$/.test(mediaType)
}

/** null: it is no such document. */
async function readDocument(content: Uint8Array): Promise<FormatOutcome | null> {
  const { bytes } = inputSource(content)
  if (bytes.subarray(0, 1024).includes('%PDF-')) {
    const { readPdf } = await import('./pdf.ts')
    return readPdf(bytes, source)
  }
  if (!bytes.subarray(0, 2).equals(zipStart)) return null
  const listed = await listZip(bytes, unpackBudget())
  return listed.ok && officeKind(listed.value) === 'docx' ? readDocx(officePackage(listed.value), source, bytes) : null
}

const zipStart = Buffer.from('PK')

/** Of the document's own message, which nobody sees, only texts and gaps are kept. */
const source: ReadSource = {
  input: '',
  named: false,
  defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null },
}
