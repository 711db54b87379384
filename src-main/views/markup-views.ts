import { html } from 'parse5'
import type { Utf16Span } from '../contract/span.ts'
import type { TextPart } from '../intake/message.ts'
import { activeContentOf, isFirstOfTag } from './active-content.ts'
import { attributeText, type AttributeText } from './attribute-text.ts'
import { decodeCharacters, mapTextNode, type CharacterRun } from './character-map.ts'
import { classifyComment } from './conditional-comment.ts'
import { countSeen } from './filler.ts'
import { hiddenBlocks } from './hidden-blocks.ts'
import { linkCollector, type OpenLink } from './markup-links.ts'
import { readEvents, type MarkupEvent } from './markup-events.ts'
import {
  attributeOf,
  childrenOf,
  isText,
  parseMarkup,
  type MarkupComment,
  type MarkupElement,
  type MarkupText,
  type ParsedMarkup,
} from './markup.ts'
import { holdsLinkText, isTinyImage, type ShownSize } from './markup-elements.ts'
import { pictureSize } from './picture-size.ts'
import { textAssembler, type AssembledText, type TextAssembler } from './text-assembler.ts'
import { isTurned, mayTurn } from './turned-text.ts'
import type { ActiveContent, HiddenReason, ImageFact, Link, Look, TextView } from './view.ts'

/** What one HTML part shows, hides, links to and does. */
export interface MarkupViews {
  readonly texts: readonly TextView[]
  readonly links: readonly Link[]
  readonly images: readonly ImageFact[]
  readonly active: readonly ActiveContent[]
  readonly visibleLength: number
  /** More markup than is read: the rest was not looked at. */
  readonly truncated: boolean
}

/** Numbers of links and images go through all parts of a message. */
export interface FirstNumbers {
  readonly link: number
  readonly image: number
}

/** The bytes of a picture by its address, where the message brings them along. */
export type Pictures = (address: string) => Uint8Array | null

/** Reads an HTML part as mail clients do; `tree` is what its text parses to. */
export function readMarkup(
  part: TextPart,
  tree: ParsedMarkup,
  first: FirstNumbers,
  pictures: Pictures = () => null,
): MarkupViews {
  const found: Collected = {
    part,
    pictures,
    links: linkCollector(part, first.link),
    firstImage: first.image,
    images: [],
    alternatives: [],
    active: [],
  }
  const all = readRange(found, { start: 0, end: part.text.length }, tree, 'everyone')
  const { links, texts, truncated } = found.links.finish()
  return {
    texts: [...all.title, ...all.shown, ...all.hidden, ...all.forOutlook, ...found.alternatives, ...texts],
    links,
    images: found.images,
    active: found.active,
    visibleLength: all.shown.reduce((length, view) => length + countSeen(view.text), 0),
    truncated: all.truncated || truncated,
  }
}

/** What is gathered from the part as a whole, its markup for Outlook included. */
interface Collected {
  readonly part: TextPart
  readonly pictures: Pictures
  readonly links: ReturnType<typeof linkCollector>
  readonly firstImage: number
  readonly images: ImageFact[]
  readonly alternatives: TextView[]
  readonly active: ActiveContent[]
}

interface RangeTexts {
  readonly title: readonly TextView[]
  readonly shown: readonly TextView[]
  readonly hidden: readonly TextView[]
  readonly forOutlook: readonly TextView[]
  readonly truncated: boolean
}

/** Comments and descriptions of one part that are looked at. */
const maxUnread = 2_000

/** Reads `[start, end)` of the part as a document of its own: that of `tree`. */
function readRange(
  found: Collected,
  range: Utf16Span,
  tree: ParsedMarkup,
  audience: 'everyone' | 'outlook',
): RangeTexts {
  const { part } = found
  const base = range.start
  const whole = base === 0 && range.end === part.text.length
  const markup = whole ? part.text : part.text.slice(range.start, range.end)
  const { root, truncated } = tree
  const visible = textAssembler()
  const blocks = hiddenBlocks()
  const title: TextView[] = []
  /** Comments and descriptions for machines. */
  const unread: TextView[] = []
  let unreadLeft = false
  const forOutlook: TextView[] = []
  const openLinks: OpenLink[] = []
  const tagStarts = new Set<number>()
  let wordsSeen = false
  const turns = mayTurn(markup)

  function inPart(runs: readonly CharacterRun[]): readonly CharacterRun[] {
    if (base === 0) return runs
    return runs.map((run) => ({ ...run, start: run.start + base, end: run.end + base }))
  }

  function readText(node: MarkupText, preserveSpace: boolean, targets: readonly (TextAssembler | undefined)[]): void {
    const runs = inPart(mapTextNode(node, markup))
    const first = runs[0]
    const sign =
      first === undefined || !turns || !isTurned(node) ? null : { ...first, end: first.start, count: 1, linear: false }
    for (const target of targets) {
      // The lenses read what stands between these as a reader sees it.
      if (sign !== null) target?.add('\u202e', [sign], true)
      target?.add(node.value, runs, preserveSpace)
      if (sign !== null) target?.add('\u202c', [sign], true)
    }
  }

  function readElement(element: MarkupElement): void {
    if (isFirstOfTag(element, tagStarts)) found.active.push(...activeContentOf(element, part, base))
    if (isDescription(element)) {
      const content = attributeText(element, 'content', markup)
      if (content !== null && countSeen(content.value) > 0) {
        const assembler = textAssembler()
        assembler.add(content.value, inPart(content.runs), false)
        if (unread.length < maxUnread) unread.push(viewOf(part, 'hidden', part.part, assembler.build(), 'meta'))
        else unreadLeft = true
      }
      return
    }
    const isTitle = element.tagName === 'title' && element.namespaceURI === html.NS.HTML
    if (!isTitle || title.length > 0) return
    const assembler = textAssembler()
    for (const node of childrenOf(element)) if (isText(node)) readText(node, false, [assembler])
    if (!assembler.isEmpty()) title.push(viewOf(part, 'title', part.part, assembler.build()))
  }

  function readImage(element: MarkupElement, shown: ShownSize, seen: boolean): void {
    const bytes = found.pictures(attributeOf(element, 'src') ?? '')
    const file = bytes === null ? null : pictureSize(bytes)
    const tiny = isTinyImage(shown, file)
    const alt = attributeText(element, 'alt', markup)
    const runs = inPart(alt?.runs ?? [])
    addImage(found, element, base, alt, runs, { tiny, seen, shown, file })
    if (tiny) return
    if (seen) {
      visible.gap()
      wordsSeen ||= alt !== null && countSeen(alt.value) > 0
    }
    const link = openLinks[openLinks.length - 1]
    if (link === undefined) return
    link.hasPicture ||= seen
    const target = seen ? link.seen : link.unseen
    target.gap()
    if (alt !== null) target.add(alt.value, runs, false)
    target.gap()
  }

  function readComment(node: MarkupComment): void {
    const kind = classifyComment(node, markup)
    if (kind.kind === 'markup') return
    const content = { start: base + kind.content.start, end: base + kind.content.end }
    if (kind.kind === 'for-outlook') {
      if (audience === 'outlook') return
      const tree = parseMarkup(part.text.slice(content.start, content.end))
      const inner = readRange(found, content, tree, 'outlook')
      for (const view of [...inner.shown, ...inner.hidden]) if (view.text !== '') forOutlook.push(view)
      return
    }
    const words = decodeCharacters(part.text, content.start, content.end, 'raw')
    if (countSeen(words.text) === 0) return
    if (unread.length >= maxUnread) {
      unreadLeft = true
      return
    }
    const assembler = textAssembler()
    assembler.add(words.text, words.runs, false)
    unread.push(viewOf(part, 'hidden', part.part, assembler.build(), 'comment'))
  }

  function read(event: MarkupEvent): void {
    const link = openLinks[openLinks.length - 1]
    switch (event.kind) {
      case 'element': {
        readElement(event.element)
        return
      }
      case 'text': {
        const { node, preserveSpace, hiding } = event
        if (hiding === null) {
          wordsSeen ||= countSeen(node.value) > 0
          readText(node, preserveSpace, [visible, link?.seen])
          return
        }
        // white space alone begins no hidden block
        const block = blocks.known(hiding) ?? (countSeen(node.value) > 0 ? blocks.of(hiding, wordsSeen) : undefined)
        readText(node, preserveSpace, [block, link?.unseen])
        return
      }
      case 'block':
      case 'line-break': {
        const block = event.hiding === null ? null : blocks.known(event.hiding)
        for (const target of [event.gone ? null : visible, block, link?.seen, link?.unseen]) {
          if (event.kind === 'block') target?.block()
          else target?.lineBreak()
        }
        return
      }
      case 'image': {
        readImage(event.element, event.shown, event.hiding === null)
        return
      }
      case 'label': {
        const label = attributeText(event.element, 'value', markup)
        if (label === null) return
        const target = event.hiding === null ? visible : blocks.of(event.hiding, wordsSeen)
        target.gap()
        target.add(label.value, inPart(label.runs), false)
        target.gap()
        return
      }
      case 'link': {
        const { start, end } = event.href.span
        const href = { ...event.href, runs: inPart(event.href.runs), span: { start: base + start, end: base + end } }
        const opened = found.links.open(event.element, href, base)
        if (holdsLinkText(event.element)) openLinks.push(opened)
        return
      }
      case 'link-end':
        openLinks.pop()
        return
      case 'comment': {
        readComment(event.node)
        return
      }
    }
  }

  for (const event of readEvents(root, markup, audience)) read(event)
  const hidden = blocks
    .finish()
    .map((block) =>
      block.preheader && audience === 'everyone'
        ? viewOf(part, 'preheader', part.part, block)
        : viewOf(part, 'hidden', part.part, block, block.hiddenBy),
    )
  return {
    title: [...title, ...hidden.filter((view) => view.look === 'preheader')],
    shown: [viewOf(part, 'html', part.part, visible.build())],
    hidden: [...hidden.filter((view) => view.look === 'hidden'), ...unread],
    forOutlook,
    truncated: truncated || unreadLeft,
  }
}

/** Names of what describes the page in words, also as link previews (Open Graph, Twitter) and catalogues (Dublin Core) name it. */
const descriptions =
  /^\s*(?:(?:news_?)?keywords|(?:og|article|twitter|dc|dcterms)[.:][\w.:]+|description|subject|abstract|summary|topic|title|name|headline|author|publisher|copyright|owner|category|classification|application-name|apple-mobile-web-app-title)\s*$/i

/** By its name, or what stands for one. */
function isDescription(element: MarkupElement): boolean {
  return (
    element.tagName === 'meta' &&
    ['name', 'property', 'itemprop', 'http-equiv'].some((name) => descriptions.test(attributeOf(element, name) ?? ''))
  )
}

function addImage(
  found: Collected,
  element: MarkupElement,
  base: number,
  alt: AttributeText | null,
  altRuns: readonly CharacterRun[],
  { tiny, seen, shown, file }: Pick<ImageFact, 'shown' | 'file'> & { readonly tiny: boolean; readonly seen: boolean },
): void {
  const location = element.sourceCodeLocation
  const number = found.firstImage + found.images.length
  found.images.push({
    number,
    source: found.part,
    span: { start: base + (location?.startOffset ?? 0), end: base + (location?.endOffset ?? 0) },
    src: attributeOf(element, 'src') ?? '',
    alt: alt?.value ?? '',
    visible: seen,
    shown,
    file,
    // What the message brings along asks no server.
    trackingPixel: (tiny || !seen) && !/^\s*(?:data|cid):/i.test(attributeOf(element, 'src') ?? ''),
  })
  if (alt === null || countSeen(alt.value) === 0) return
  const assembler = textAssembler()
  assembler.add(alt.value, altRuns, false)
  found.alternatives.push(viewOf(found.part, 'image-alt', `image:${String(number)}`, assembler.build()))
}

function viewOf(
  source: TextPart,
  look: Look,
  part: string,
  { text, map }: AssembledText,
  hiddenBy?: HiddenReason,
): TextView {
  return { look, part, text, toPart: map, source, ...(hiddenBy === undefined ? {} : { hiddenBy }) }
}
