import { assertNever } from '../contract/result.ts'
import type { Utf16Span } from '../contract/span.ts'
import type { Gap, HeaderField, Message, TextPart } from '../intake/message.ts'
import { lazily } from '../intake/lazily.ts'
import { identityMap, spanMapBuilder, type SpanMap } from '../intake/span-map.ts'
import { attachmentFacts } from './attachment-facts.ts'
import { attachmentGaps } from './attachment-gaps.ts'
import { attachmentTexts } from './attachment-text.ts'
import { broughtPictures } from './brought-pictures.ts'
import { countSeen } from './filler.ts'
import { readIdentity } from './identity.ts'
import { maxLinks } from './markup-links.ts'
import { parseMarkup, type ParsedMarkup } from './markup.ts'
import { readMarkup } from './markup-views.ts'
import { mergeTagsIn } from './merge-tags.ts'
import { textLinks } from './text-links.ts'
import type { ActiveContent, ImageFact, Link, Look, PlacedMergeTag, TextView, Views } from './view.ts'

/**
 * Everything rules may look at in one message, each text with its exact way back to the decoded part. Pure: the same
 * message gives the same views. Takes any input; what is past its limits is in `gaps`.
 */
export function buildViews(message: Message): Views {
  const texts: TextView[] = []
  const links: Link[] = []
  const images: ImageFact[] = []
  const active: ActiveContent[] = []
  const gaps: Gap[] = []
  const linkTexts: TextView[] = []
  const pictures = broughtPictures(message.attachments)
  const trees = new Map<TextPart, ParsedMarkup>()
  let visibleLength = 0
  const hasHtml = message.texts.some((part) => part.kind === 'html')

  for (const part of message.texts) {
    switch (part.kind) {
      case 'subject':
      case 'from':
      case 'preheader':
      case 'title':
        texts.push(wholePart(part.kind, part))
        break
      case 'text':
        if (part.unseenBy !== undefined) {
          texts.push({ ...wholePart('hidden', part), hiddenBy: part.unseenBy })
          break
        }
        texts.push(wholePart('text', part))
        visibleLength += countSeen(part.text)
        // beside HTML it is the same mail in plain text
        if (!hasHtml && !addTextLinks(part, links, linkTexts)) {
          gaps.push({ code: 'past-limit', reason: `${part.part} has more links than are read`, material: true })
        }
        break
      case 'html': {
        const tree = parseMarkup(part.text)
        trees.set(part, tree)
        const read = readMarkup(part, tree, { link: links.length + 1, image: images.length + 1 }, pictures)
        append(texts, read.texts)
        append(links, read.links)
        append(images, read.images)
        append(active, read.active)
        visibleLength += read.visibleLength
        if (read.truncated) {
          gaps.push({ code: 'past-limit', reason: `${part.part} has more markup than is read`, material: true })
        }
        break
      }
      default:
        assertNever(part.kind)
    }
  }
  append(texts, linkTexts)
  append(texts, headerViews(message.headers))
  const attachments = attachmentFacts(message.attachments)
  for (const fact of attachments) {
    const { attachment } = fact
    const { name, part, nameRange } = attachment
    if (name !== null && name !== '') {
      const toSource = nameRange === null ? null : () => nameRange
      texts.push(wholePart('attachment-name', { part, text: name, toSource }))
    }
    const read = attachmentTexts(attachment)
    append(texts, read)
    for (const text of attachment.document?.texts ?? []) {
      if (text.unseenBy === undefined) addTextLinks({ ...text, part }, links, texts)
    }
    append(gaps, attachmentGaps(fact, read.length > 0))
  }
  return {
    message,
    texts,
    links,
    images,
    active,
    headers: message.headers,
    attachments,
    markupOf: (part) => trees.get(part) ?? parseMarkup(part.text),
    identity: lazily(() => readIdentity(message)),
    mergeTags: lazily(() => placedMergeTags(message)),
    visibleLength,
    gaps,
  }
}

function placedMergeTags({ texts }: Message): readonly PlacedMergeTag[] {
  return texts.flatMap((source) => mergeTagsIn(source.text).map((tag) => ({ ...tag, source })))
}

/** Not `push(...more)`: its arguments lie on the stack, and a mail can have more links than fit there. */
function append<T>(all: T[], more: readonly T[]): void {
  for (const one of more) all.push(one)
}

function wholePart(look: Look, source: Pick<TextPart, 'part' | 'text' | 'toSource'>): TextView {
  return { look, part: source.part, text: source.text, toPart: identityMap(source.text.length), source }
}

/** False: there are more than are looked at. */
function addTextLinks(part: TextPart, links: Link[], views: TextView[]): boolean {
  for (const { href, span, isNamed } of textLinks(part)) {
    if (links.length >= maxLinks) return false
    const text = part.text.slice(span.start, span.end)
    const number = links.length + 1
    const element = isNamed ? 'a' : 'bare'
    links.push({ number, source: part, href, hrefSpan: span, text, span, visible: true, element })
    const toPart = identityMap<'utf16', 'utf16'>(text.length, span.start)
    const name = `link:${String(number)}`
    views.push({ look: 'link-text', part: name, text, toPart, source: part })
    if (isNamed) views.push({ look: 'link-href', part: name, text: href, toPart: fromWhole(href, span), source: part })
    else views.push({ look: 'link-href', part: name, text, toPart, source: part })
  }
  return true
}

/** An address that does not stand in the text has the place of the text that bears it. */
function fromWhole(text: string, span: Utf16Span): SpanMap<'utf16', 'utf16'> {
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  builder.atomic(text.length, span.start, span.end)
  return builder.build()
}

function headerViews(headers: readonly HeaderField[]): TextView[] {
  const counts = new Map<string, number>()
  return headers.map(({ name, value, toSource }) => {
    const count = (counts.get(name.toLowerCase()) ?? 0) + 1
    counts.set(name.toLowerCase(), count)
    const part = count === 1 ? `header:${name}` : `header:${name}:${String(count)}`
    return wholePart('headers', { part, text: value, toSource })
  })
}
