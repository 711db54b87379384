import type { TextPart } from '../intake/message.ts'
import type { Utf16Span } from '../contract/span.ts'
import type { AttributeText } from './attribute-text.ts'
import { countSeen } from './filler.ts'
import { holdsLinkText } from './markup-elements.ts'
import type { MarkupElement } from './markup.ts'
import { textAssembler, type TextAssembler } from './text-assembler.ts'
import type { Link, TextView } from './view.ts'

/** A link being read: its words come in as the walk goes through it. */
export interface OpenLink {
  readonly number: number
  readonly element: MarkupElement
  readonly href: AttributeText
  readonly span: Utf16Span
  /** Words and alternative texts that a reader sees. */
  readonly seen: TextAssembler
  readonly unseen: TextAssembler
  hasPicture: boolean
}

export interface LinkCollector {
  /** `href` and the element's places already count in the part; `base` is where its markup begins in it. */
  readonly open: (element: MarkupElement, href: AttributeText, base: number) => OpenLink
  readonly finish: () => LinkViews
}

export interface LinkViews {
  readonly links: readonly Link[]
  readonly texts: readonly TextView[]
  /** There are more than are looked at. */
  readonly truncated: boolean
}

/** Links of one message that are looked at; no reader gets to the end of them. */
export const maxLinks = 5_000

export function linkCollector(part: TextPart, firstNumber: number): LinkCollector {
  // by where the tag begins: the parser may make several elements of one `<a>`
  const drafts = new Map<number, OpenLink>()
  let truncated = false

  function open(element: MarkupElement, href: AttributeText, base: number): OpenLink {
    const location = element.sourceCodeLocation
    const start = base + (location?.startOffset ?? 0)
    const known = drafts.get(start)
    if (known !== undefined) return known
    const end = holdsLinkText(element)
      ? (location?.endTag?.startOffset ?? location?.endOffset)
      : location?.startTag?.endOffset
    const draft: OpenLink = {
      number: firstNumber + drafts.size,
      element,
      href,
      span: { start, end: Math.max(start, base + (end ?? 0)) },
      seen: textAssembler(),
      unseen: textAssembler(),
      hasPicture: element.tagName === 'area' || element.tagName === 'form',
    }
    if (draft.number <= maxLinks) drafts.set(start, draft)
    else truncated = true
    return draft
  }

  function finish(): LinkViews {
    const links: Link[] = []
    const texts: TextView[] = []
    for (const { number, element, href, span, seen, unseen, hasPicture } of drafts.values()) {
      const words = seen.build()
      const visible = countSeen(words.text) > 0 || hasPicture
      const shown = visible ? words : unseen.build()
      const name = `link:${String(number)}`
      if (shown.text !== '') {
        texts.push({ look: 'link-text', part: name, text: shown.text, toPart: shown.map, source: part })
      }
      const address = textAssembler()
      address.add(href.value, href.runs, true)
      texts.push({ look: 'link-href', part: name, text: href.value, toPart: address.build().map, source: part })
      links.push({
        number,
        source: part,
        href: href.value,
        hrefSpan: href.span,
        text: shown.text,
        span,
        visible,
        element: element.tagName,
      })
    }
    return { links, texts, truncated }
  }

  return { open, finish }
}
