import { identityMap } from '../intake/span-map.ts'
import type { Attachment, TextPart } from '../intake/message.ts'
import { parseMarkup } from './markup.ts'
import { readMarkup } from './markup-views.ts'
import type { TextView } from './view.ts'

/** Text files beyond this are looked at up to here. */
const maxBytes = 512 * 1024

const textual = /^(?:text\/.*|application\/(?:json|xml|xhtml\+xml|rtf))$/
const textualExtension = /\.(?:txt|text|md|csv|tsv|log|html?|json|xml|ics|vcf)$/i

/** What a reader sees of an attached text file or document; several views for HTML, none for other files. */
export function attachmentTexts(attachment: Attachment): TextView[] {
  if (attachment.document !== undefined) return attachment.document.texts.map((text) => documentText(attachment, text))
  const named = textualExtension.test(attachment.name ?? '')
  if (!textual.test(attachment.mediaType) && !(named && attachment.mediaType === 'application/octet-stream')) return []
  const text = decodeText(attachment.content().subarray(0, maxBytes))
  if (text === null || text === '') return []
  const source = { part: attachment.part, text, toSource: null }
  if (attachment.mediaType.includes('html') || /\.html?$/i.test(attachment.name ?? '')) {
    return readMarkup({ ...source, kind: 'html' }, parseMarkup(source.text), { link: 1, image: 1 })
      .texts.filter((view) => view.look === 'html' && view.text !== '')
      .map((view) => ({ ...view, look: 'attachment-text', source }))
  }
  return [{ look: 'attachment-text', part: attachment.part, text, toPart: identityMap(text.length), source }]
}

function documentText({ part }: Attachment, { text, unseenBy }: TextPart): TextView {
  const view = {
    part,
    text,
    toPart: identityMap<'utf16', 'utf16'>(text.length),
    source: { part, text, toSource: null },
  }
  return unseenBy === undefined ? { ...view, look: 'attachment-text' } : { ...view, look: 'hidden', hiddenBy: unseenBy }
}

/** By byte order mark, else UTF-8, else windows-1252; null for what is no text. */
function decodeText(bytes: Uint8Array): string | null {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.subarray(0, 4096).includes(0)) return null
  try {
    // cut inside a character is no fault of the text
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
