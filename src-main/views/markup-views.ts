import type { Utf16Span } from '../contract/span.ts'
import type { TextPart } from '../intake/message.ts'
import { activeContentOf } from './active-content.ts'
import { attributeText, type AttributeText } from './attribute-text.ts'
import { decodeCharacters, mapTextNode, type CharacterRun } from './character-map.ts'
import { classifyComment } from './conditional-comment.ts'
import { countSeen } from './filler.ts'
import {
  attributeOf,
  childrenOf,
  isText,
  parseMarkup,
  type MarkupComment,
  type MarkupElement,
  type MarkupText,
} from './markup.ts'
import type { ComputedStyle, Hiding } from './style/computed-style.ts'
import { lengthPx } from './style/length.ts'
import { matchContext } from './style/selector.ts'
import { readStylesheets } from './style/stylesheet.ts'
import { collectElements } from './style/style-elements.ts'
import { textAssembler, type AssembledText, type TextAssembler } from './text-assembler.ts'
import type { ActiveContent, HiddenReason, ImageFact, Link, Look, TextView } from './view.ts'
import { walkStyled, type WalkOptions } from './walk.ts'

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

/** Longest text that counts as a preheader, filler apart. */
const maxPreheaderLength = 200
/** Enough for thousands of rules over thousands of elements; a stylesheet that needs more has no further say. */
const maxComparisons = 20_000_000

/** Reads an HTML part as mail clients do. */
export function readMarkup(part: TextPart, first: FirstNumbers): MarkupViews {
  const reader = markupReader(part, first)
  const truncated = reader.read({ start: 0, end: part.text.length }, 'everyone')
  return { ...reader.done(), truncated }
}

type Audience = 'everyone' | 'outlook'

type Event =
  | { readonly kind: 'text'; readonly node: MarkupText; readonly style: ComputedStyle }
  | { readonly kind: 'block' | 'break'; readonly style: ComputedStyle }
  | { readonly kind: 'image'; readonly element: MarkupElement; readonly style: ComputedStyle; readonly tiny: boolean }
  | { readonly kind: 'label'; readonly element: MarkupElement; readonly style: ComputedStyle }
  | { readonly kind: 'link'; readonly element: MarkupElement; readonly href: AttributeText }
  | { readonly kind: 'link-end' }
  | { readonly kind: 'comment'; readonly node: MarkupComment }

interface HiddenBlock {
  readonly hiddenBy: HiddenReason
  readonly assembler: TextAssembler
  readonly beforeAll: boolean
}

interface LinkDraft {
  readonly number: number
  readonly element: MarkupElement
  readonly href: AttributeText
  readonly span: Utf16Span
  readonly seen: TextAssembler
  readonly unseen: TextAssembler
  hasPicture: boolean
}

function markupReader(part: TextPart, first: FirstNumbers) {
  const texts: TextView[] = []
  const images: ImageFact[] = []
  const alternatives: TextView[] = []
  const active: ActiveContent[] = []
  const links = new Map<number, LinkDraft>()
  let visibleLength = 0
  let titled = false

  function view(look: Look, name: string, assembled: AssembledText, hiddenBy?: HiddenReason): TextView {
    const { text, map } = assembled
    return { look, part: name, text, toPart: map, source: part, ...(hiddenBy === undefined ? {} : { hiddenBy }) }
  }

  /** Reads `[start, end)` of the part as a document of its own. */
  function read(range: Utf16Span, audience: Audience): boolean {
    const base = range.start
    const whole = range.start === 0 && range.end === part.text.length
    const markup = whole ? part.text : part.text.slice(range.start, range.end)
    const { root, truncated } = parseMarkup(markup)
    const [desktop, ...elsewhere] = readStylesheets(collectElements(root, 'style'))
    if (desktop === undefined) return truncated
    const options: WalkOptions = {
      rules: desktop,
      context: matchContext(maxComparisons),
      outlook: audience === 'outlook',
    }
    const shift = (runs: readonly CharacterRun[]): readonly CharacterRun[] =>
      base === 0 ? runs : runs.map((run) => ({ ...run, start: run.start + base, end: run.end + base }))

    const events: Event[] = []
    const hidden = new Map<MarkupText | MarkupElement, Hiding>()

    walkStyled(root, options, {
      enter(element, style, declared) {
        active.push(...activeContentOf(element, part, base))
        enter(element, style, declared)
      },
      leave(element, style) {
        if (breaksLine(style)) events.push({ kind: 'block', style })
        if (linkAddress(element) !== null && holdsLinkText(element)) events.push({ kind: 'link-end' })
      },
      text(node, style) {
        if (style.hiding !== null) hidden.set(node, style.hiding)
        events.push({ kind: 'text', node, style })
      },
      comment(node) {
        events.push({ kind: 'comment', node })
      },
    })

    function enter(element: MarkupElement, style: ComputedStyle, declared: ReadonlyMap<string, string> | null): void {
      if (breaksLine(style)) events.push({ kind: 'block', style })
      const address = linkAddress(element)
      if (address !== null) {
        const href = attributeText(element, address, markup)
        if (href !== null) events.push({ kind: 'link', element, href })
      }
      const { tagName } = element
      if (tagName === 'br') events.push({ kind: 'break', style })
      else if (tagName === 'title') readTitle(element)
      else if (isImage(element)) {
        const hiding = pictureHiding(style, element)
        if (hiding !== null) hidden.set(element, hiding)
        events.push({ kind: 'image', element, style, tiny: isTiny(element, declared) })
      } else if (tagName === 'input' && isButton(element)) {
        if (style.hiding !== null) hidden.set(element, style.hiding)
        events.push({ kind: 'label', element, style })
      }
    }

    function readTitle(element: MarkupElement): void {
      if (titled || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return
      const assembler = textAssembler()
      for (const node of childrenOf(element)) if (isText(node)) addText(assembler, node, false)
      if (assembler.isEmpty()) return
      titled = true
      texts.push(view('title', part.part, assembler.build()))
    }

    // what a phone or a dark screen shows is seen
    for (const rules of hidden.size === 0 ? [] : elsewhere) {
      walkStyled(
        root,
        { ...options, rules },
        {
          enter(element, style) {
            if (hidden.has(element) && pictureHiding(style, element) === null) hidden.delete(element)
          },
          leave: () => undefined,
          text(node, style) {
            if (style.hiding === null) hidden.delete(node)
          },
          comment: () => undefined,
        },
      )
    }

    function addText(assembler: TextAssembler, node: MarkupText, preserveSpace: boolean): void {
      assembler.add(node.value, shift(mapTextNode(node, markup)), preserveSpace)
    }

    const visible = textAssembler()
    const blocks = new Map<MarkupElement, HiddenBlock>()
    const comments: TextView[] = []
    const openLinks: LinkDraft[] = []
    let anythingSeen = false
    const before = texts.length

    function hiddenBlock(hiding: Hiding): HiddenBlock {
      let block = blocks.get(hiding.root)
      if (block === undefined) {
        block = { hiddenBy: hiding.reason, assembler: textAssembler(), beforeAll: !anythingSeen }
        blocks.set(hiding.root, block)
      }
      return block
    }

    function openLink(element: MarkupElement, href: AttributeText): LinkDraft {
      const location = element.sourceCodeLocation
      const start = base + (location?.startOffset ?? 0)
      const known = links.get(start) // the parser may make several elements of one `<a>`
      if (known !== undefined) return known
      const content = holdsLinkText(element)
        ? (location?.endTag?.startOffset ?? location?.endOffset)
        : location?.startTag?.endOffset
      const end = base + (content ?? location?.startOffset ?? 0)
      const draft: LinkDraft = {
        number: first.link + links.size,
        element,
        href: { ...href, runs: shift(href.runs), span: { start: href.span.start + base, end: href.span.end + base } },
        span: { start, end: Math.max(end, start) },
        seen: textAssembler(),
        unseen: textAssembler(),
        hasPicture: element.tagName === 'area' || element.tagName === 'form',
      }
      links.set(start, draft)
      return draft
    }

    for (const event of events) {
      const link = openLinks[openLinks.length - 1]
      switch (event.kind) {
        case 'text': {
          const { node, style } = event
          const hiding = hidden.get(node)
          if (hiding === undefined) {
            addText(visible, node, style.preserveSpace)
            if (!anythingSeen) anythingSeen = countSeen(node.value) > 0
          } else if (blocks.has(hiding.root) || countSeen(node.value) > 0) {
            addText(hiddenBlock(hiding).assembler, node, style.preserveSpace)
          }
          if (link !== undefined) addText(hiding === undefined ? link.seen : link.unseen, node, style.preserveSpace)
          break
        }
        case 'block':
        case 'break': {
          const { sealed, hiding } = event.style
          const targets = [
            ...(sealed === null || elsewhere.length > 0 ? [visible] : []),
            ...(hiding === null ? [] : [blocks.get(hiding.root)?.assembler]),
            ...(link === undefined ? [] : [link.seen, link.unseen]),
          ]
          for (const target of targets) {
            if (event.kind === 'block') target?.block()
            else target?.lineBreak()
          }
          break
        }
        case 'image': {
          const { element, tiny } = event
          const seen = !hidden.has(element)
          const alt = attributeText(element, 'alt', markup)
          addImage(element, alt, seen, tiny)
          if (seen && !tiny) {
            visible.gap()
            anythingSeen ||= alt !== null && countSeen(alt.value) > 0
          }
          if (link !== undefined && !tiny) {
            if (seen) link.hasPicture = true
            const target = seen ? link.seen : link.unseen
            target.gap()
            if (alt !== null) target.add(alt.value, shift(alt.runs), false)
            target.gap()
          }
          break
        }
        case 'label': {
          const label = attributeText(event.element, 'value', markup)
          const hiding = hidden.get(event.element)
          if (label === null) break
          const target = hiding === undefined ? visible : hiddenBlock(hiding).assembler
          target.gap()
          target.add(label.value, shift(label.runs), false)
          target.gap()
          break
        }
        case 'link':
          {
            const draft = openLink(event.element, event.href)
            if (holdsLinkText(event.element)) openLinks.push(draft)
          }
          break
        case 'link-end':
          openLinks.pop()
          break
        case 'comment':
          addComment(event.node)
          break
      }
    }

    function addImage(element: MarkupElement, alt: AttributeText | null, seen: boolean, tiny: boolean): void {
      const location = element.sourceCodeLocation
      const number = first.image + images.length
      images.push({
        number,
        source: part,
        span: { start: base + (location?.startOffset ?? 0), end: base + (location?.endOffset ?? 0) },
        src: attributeOf(element, 'src') ?? '',
        alt: alt?.value ?? '',
        visible: seen,
        trackingPixel: tiny || !seen,
      })
      if (alt === null || countSeen(alt.value) === 0) return
      const assembler = textAssembler()
      assembler.add(alt.value, shift(alt.runs), false)
      alternatives.push(view('image-alt', `image:${String(number)}`, assembler.build()))
    }

    function addComment(node: MarkupComment): void {
      const kind = classifyComment(node, markup)
      if (kind.kind === 'markup') return
      const content = { start: base + kind.content.start, end: base + kind.content.end }
      if (kind.kind === 'for-outlook') {
        if (audience === 'everyone') read(content, 'outlook')
        return
      }
      const words = decodeCharacters(part.text, content.start, content.end, 'raw')
      if (countSeen(words.text) === 0) return
      const assembler = textAssembler()
      assembler.add(words.text, words.runs, false)
      comments.push(view('hidden', part.part, assembler.build(), 'comment'))
    }

    // what only Outlook shows stands behind what all others do
    const forOutlook = texts.splice(before)
    addTexts(visible, [...blocks.values()], comments, audience)
    texts.push(...forOutlook)
    return truncated
  }

  function addTexts(
    visible: TextAssembler,
    blocks: readonly HiddenBlock[],
    comments: TextView[],
    audience: Audience,
  ): void {
    const shown = view('html', part.part, visible.build())
    visibleLength += audience === 'everyone' ? countSeen(shown.text) : 0
    const hiddenViews: TextView[] = []
    blocks.forEach((block, at) => {
      const assembled = block.assembler.build()
      const seen = countSeen(assembled.text)
      const preheader = audience === 'everyone' && at === 0 && block.beforeAll && seen <= maxPreheaderLength
      if (seen === 0) return
      if (preheader) texts.push(view('preheader', part.part, assembled))
      else hiddenViews.push(view('hidden', part.part, assembled, block.hiddenBy))
    })
    if (shown.text !== '' || audience === 'everyone') texts.push(shown)
    texts.push(...hiddenViews, ...comments)
  }

  function done(): Omit<MarkupViews, 'truncated'> {
    const linkTexts: TextView[] = []
    const made: Link[] = []
    for (const draft of links.values()) {
      const seen = draft.seen.build()
      const visible = countSeen(seen.text) > 0 || draft.hasPicture
      const shown = visible ? seen : draft.unseen.build()
      const name = `link:${String(draft.number)}`
      if (shown.text !== '') linkTexts.push(view('link-text', name, shown))
      const href = textAssembler()
      href.add(draft.href.value, draft.href.runs, true)
      linkTexts.push(view('link-href', name, href.build()))
      made.push({
        number: draft.number,
        source: part,
        href: draft.href.value,
        hrefSpan: draft.href.span,
        text: shown.text,
        span: draft.span,
        visible,
        element: draft.element.tagName,
      })
    }
    return { texts: [...texts, ...alternatives, ...linkTexts], links: made, images, active, visibleLength }
  }

  return { read, done }
}

function breaksLine(style: ComputedStyle): boolean {
  return style.display === 'block' || style.display === 'table'
}

/** The attribute that holds where an element leads; null when it is no link. */
function linkAddress(element: MarkupElement): 'href' | 'action' | null {
  const { tagName } = element
  if (tagName === 'a' || tagName === 'area' || tagName.startsWith('v:')) {
    return attributeOf(element, 'href') === null ? null : 'href'
  }
  return tagName === 'form' && attributeOf(element, 'action') !== null ? 'action' : null
}

/** What stands in a form is not its name. */
function holdsLinkText(element: MarkupElement): boolean {
  return element.tagName !== 'form'
}

function isImage(element: MarkupElement): boolean {
  return element.tagName === 'img' || (element.tagName === 'input' && inputType(element) === 'image')
}

function isButton(element: MarkupElement): boolean {
  const type = inputType(element)
  return type === 'submit' || type === 'button' || type === 'reset'
}

function inputType(element: MarkupElement): string {
  return attributeOf(element, 'type')?.trim().toLowerCase() ?? 'text'
}

/** Colour and letter size hide text, not pictures. */
function pictureHiding(style: ComputedStyle, element: MarkupElement): Hiding | null {
  if (!isImage(element)) return style.hiding
  if (style.sealed !== null) return style.sealed
  if (style.invisible !== null) return { reason: 'visibility', root: style.invisible }
  return style.indentedBy === null ? null : { reason: 'off-screen', root: style.indentedBy }
}

/** At most 2 × 2 pixels. */
function isTiny(element: MarkupElement, declared: ReadonlyMap<string, string> | null): boolean {
  const side = (name: 'width' | 'height'): number => {
    const length = declared?.get(name) ?? attributeOf(element, name)?.trim()
    return lengthPx(length, 16) ?? Infinity
  }
  return side('width') <= 2 && side('height') <= 2
}
