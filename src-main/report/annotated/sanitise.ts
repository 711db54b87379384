import { html } from 'parse5'
import { activeContentOf, isFirstOfTag } from '../../views/active-content.ts'
import { attributeText } from '../../views/attribute-text.ts'
import { mapTextNode, type CharacterRun } from '../../views/character-map.ts'
import { attributeOf, childrenOf, isElement, isQuirky, isText, type MarkupElement } from '../../views/markup.ts'
import type { ComputedStyle } from '../../views/style/computed-style.ts'
import { matchContext } from '../../views/style/selector.ts'
import { collectElements } from '../../views/style/style-elements.ts'
import { readStylesheets } from '../../views/style/stylesheet.ts'
import type { Link, Views } from '../../views/view.ts'
import type { TextPart } from '../../intake/message.ts'
import { walkStyled } from '../../views/walk.ts'
import {
  activeElements,
  droppedElements,
  keptAttributes,
  keptElements,
  prefixedId,
  renamedElements,
} from './allow-list.ts'
import type { InlineImages } from './images.ts'
import type { HiddenBox, MarkPlaces } from './mark-places.ts'
import type { MarkWords } from './mark-words.ts'
import { markedText, type MarkSet } from './mark-set.ts'
import { element, type OutputElement, type OutputNode } from './output-tree.ts'
import { readableText } from './special-characters.ts'
import { filterInlineStyle, filterStylesheet, type ColourScheme, type FilteredStyle } from './style-filter.ts'

export interface BlockedCounts {
  images: number
  styles: number
  active: number
}

export interface SanitisedPart {
  /** The mail's `<body>`, or what stands for it. */
  readonly body: OutputElement
  /** Filtered text of its `<style>` elements. */
  readonly css: string
}

export interface SanitiseContext {
  readonly views: Views
  readonly places: MarkPlaces
  readonly marks: MarkSet
  readonly images: InlineImages
  /** Counted up. */
  readonly blocked: BlockedCounts
  readonly scheme: ColourScheme
  readonly words: MarkWords
}

/** Browsers lay out this many levels; deeper elements leave only what they hold. */
const maxNesting = 300
const maxComparisons = 20_000_000
/** Rows and their groups hold no text: what is put in goes before the table. */
const tableStructure = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'colgroup', 'col'])

/**
 * Makes the shown copy of an HTML part: allowed elements and attributes only, nothing that leads anywhere, remote pictures
 * as boxes with their alternative texts, links as `<a data-link="N">`, marks around what findings found.
 */
export function sanitisePart(part: TextPart, context: SanitiseContext): SanitisedPart {
  const { places, marks, images, blocked } = context
  const { root } = context.views.markupOf(part)
  const quirks = isQuirky(root)
  const [rules] = readStylesheets(collectElements(root, 'style'), quirks)
  const links = new Map<number, Link>()
  for (const link of context.views.links) if (link.source.part === part.part) links.set(link.span.start, link)
  const css: string[] = []
  const styles: FilteredStyles = new Map()
  const tagStarts = new Set<number>()
  const bodyAttributes = new Map<string, string>()
  const body: OutputElement = { name: 'body', attributes: bodyAttributes, children: [] }
  const open: OutputElement[] = [body]
  /** How many of `open` each source element added, so that leaving takes as many away. */
  const pushed: number[] = []
  let dropping: MarkupElement | null = null
  let nextBox = 0

  const current = (): OutputElement => open[open.length - 1] ?? body

  /** Adds inline content where the parser would leave it: before the table when the place is between its cells. */
  function addInline(nodes: readonly OutputNode[]): void {
    let at = open.length - 1
    while (at > 0 && tableStructure.has(open[at]?.name ?? '')) at--
    const into = open[at] ?? body
    // Not `push(...nodes)`: its arguments lie on the stack.
    const last = at === open.length - 1 ? undefined : into.children.pop()
    for (const node of nodes) into.children.push(node)
    if (last !== undefined) into.children.push(last)
  }

  /** Boxes whose place lies before `offset`. */
  function addBoxes(offset: number): void {
    for (let box = places.boxes[nextBox]; box !== undefined && box.at < offset; box = places.boxes[nextBox]) {
      nextBox++
      addInline([drawBox(box, marks)])
    }
  }

  function addElement(node: MarkupElement, name: string, extra: Readonly<Record<string, string>> = {}): void {
    const made: OutputElement = {
      name,
      attributes: new Map([...attributesOf(node, blocked, styles), ...Object.entries(extra)]),
      children: [],
    }
    current().children.push(made)
    open.push(made)
  }

  function addPicture(node: MarkupElement): void {
    const src = attributeOf(node, 'src') ?? ''
    const data = images.resolve(src)
    const alt = attributeOf(node, 'alt') ?? ''
    const kept = attributesOf(node, blocked, styles)
    const found = places.onImages.get(node.sourceCodeLocation?.startOffset ?? -1) ?? []
    let picture: OutputElement
    if (data !== null)
      picture = { name: 'img', attributes: new Map([...kept, ['src', data], ['alt', alt]]), children: [] }
    else {
      if (fetchesPicture(node)) blocked.images++
      picture = placeholder(kept, alt, context.words)
    }
    addInline(marks.wrap([picture], found))
  }

  function enter(node: MarkupElement, style: ComputedStyle): void {
    if (dropping !== null) return
    const location = node.sourceCodeLocation
    const { tagName } = node
    // a box for what lies in a block that nobody sees stands before that block
    if (style.sealed?.root === node || droppedElements.has(tagName)) addBoxes(location?.endOffset ?? 0)
    else addBoxes(location?.startTag?.endOffset ?? location?.startOffset ?? 0)
    if (isFirstOfTag(node, tagStarts)) count(node, part, blocked)
    if (tagName === 'style') {
      const filtered = filterStylesheet(
        childrenOf(node)
          .map((child) => (isText(child) ? child.value : ''))
          .join(''),
        context.scheme,
      )
      blocked.styles += filtered.blocked
      const media = attributeOf(node, 'media')
      if (media === null || /^(?:all|screen)$/i.test(media.trim())) css.push(filtered.css)
    }
    if (tagName === 'body') {
      for (const [name, value] of attributesOf(node, blocked, styles)) bodyAttributes.set(name, value)
      const style = `${paperStyle(node)}${bodyAttributes.get('style') ?? ''}`
      if (style !== '') bodyAttributes.set('style', style)
      bodyAttributes.delete('bgcolor')
      return
    }
    if (tagName === 'html' || tagName === 'head' || tagName === 'frameset' || tagName === 'noscript') return
    if (tagName === 'img' || (tagName === 'input' && isPictureButton(node))) {
      addPicture(node)
      return
    }
    if (tagName === 'input') addButtonLabel(node)
    if (droppedElements.has(tagName)) {
      dropping = node
      return
    }
    if (open.length > maxNesting) return
    const link = tagName === 'a' ? links.get(location?.startOffset ?? -1) : undefined
    if (link !== undefined) addElement(node, 'a', { 'data-link': String(link.number), role: 'link', tabindex: '0' })
    else addElement(node, outputName(node))
  }

  function addButtonLabel(node: MarkupElement): void {
    const label = attributeText(node, 'value', part.text)
    const type = attributeOf(node, 'type')?.trim().toLowerCase()
    if (label === null || (type !== 'submit' && type !== 'button' && type !== 'reset')) return
    addInline([element('span', { 'data-show': 'button' }, markedText(label.value, label.runs, places.inText, marks))])
  }

  /** Hidden in this window, shown in another: on a phone, on a dark screen. */
  function isSeen(runs: readonly CharacterRun[]): boolean {
    const start = runs[0]?.start ?? 0
    const end = runs[runs.length - 1]?.end ?? start
    return places.inText.some((mark) => mark.span.start < end && mark.span.end > start) && places.isSeen({ start, end })
  }

  walkStyled(
    root,
    {
      rules: rules ?? { size: 0, any: [], byTag: new Map(), byClass: new Map(), byId: new Map() },
      context: matchContext(maxComparisons, quirks),
      outlook: false,
      quirks,
    },
    {
      enter(node, style) {
        const before = open.length
        enter(node, style)
        pushed.push(open.length - before)
      },
      leave(node) {
        if (dropping === node) dropping = null
        if (pushed.pop() === 1) open.pop()
      },
      text(node, style) {
        if (dropping !== null || isOutside(node.parentNode)) return
        const runs = mapTextNode(node, part.text)
        if (style.sealed === null) addBoxes(runs[runs.length - 1]?.end ?? 0)
        const found = style.hiding === null || isSeen(runs) ? places.inText : []
        const nodes = markedText(node.value, runs, found, marks)
        if (tableStructure.has(current().name) && node.value.trim() !== '') addInline(nodes)
        else for (const node of nodes) current().children.push(node)
      },
      comment(node) {
        if (dropping === null) addBoxes(node.sourceCodeLocation?.endOffset ?? 0)
      },
    },
  )
  addBoxes(Infinity)
  return { body, css: css.join('\n') }
}

function outputName(node: MarkupElement): string {
  if (node.namespaceURI !== html.NS.HTML) return 'span'
  if (keptElements.has(node.tagName)) return node.tagName
  return renamedElements.get(node.tagName) ?? 'span'
}

function isOutside(parent: MarkupElement['parentNode']): boolean {
  return (
    parent === null ||
    !isElement(parent) ||
    parent.tagName === 'html' ||
    parent.tagName === 'head' ||
    parent.tagName === 'frameset'
  )
}

function isPictureButton(node: MarkupElement): boolean {
  return attributeOf(node, 'type')?.trim().toLowerCase() === 'image'
}

function fetchesPicture(node: MarkupElement): boolean {
  return node.attrs.some(({ name, value }) => pictureAttributes.has(name) && value.trim() !== '')
}

const pictureAttributes = new Set(['src', 'srcset', 'lowsrc'])

/** Counts what the reader is told of: things that act, pictures and styles that would have been fetched. */
function count(node: MarkupElement, part: TextPart, blocked: BlockedCounts): void {
  const { tagName } = node
  if (activeElements.has(tagName)) blocked.active++
  else if (tagName === 'link' && /stylesheet/i.test(attributeOf(node, 'rel') ?? '')) blocked.styles++
  else if (tagName === 'meta' && /^\s*refresh\s*$/i.test(attributeOf(node, 'http-equiv') ?? '')) blocked.active++
  blocked.active += activeContentOf(node, part, 0).filter((one) => one.attribute !== null).length
  for (const { name } of node.attrs)
    if (name === 'background' || name === 'poster' || name === 'dynsrc') blocked.images++
}

/** Filtered `style` attributes by their text: mail repeats them. */
type FilteredStyles = Map<string, FilteredStyle>

function attributesOf(node: MarkupElement, blocked: BlockedCounts, styles: FilteredStyles): Map<string, string> {
  const kept = new Map<string, string>()
  for (const { name, value, prefix } of node.attrs) {
    if (prefix !== undefined && prefix !== '') continue
    if (name === 'style') {
      const filtered = styles.get(value) ?? filterInlineStyle(value)
      styles.set(value, filtered)
      blocked.styles += filtered.blocked
      if (filtered.css !== '') kept.set('style', filtered.css)
    } else if (name === 'id') {
      const id = prefixedId(value)
      if (id !== null) kept.set('id', id)
    } else {
      const checked = keptAttributes.get(name)?.(value) ?? null
      if (checked !== null) kept.set(name, checked)
    }
  }
  return kept
}

/** `bgcolor` and `text` of the body as style, which wins over the document's own white paper. */
function paperStyle(body: MarkupElement): string {
  const colour = (attribute: string, property: string): string => {
    const value = attributeOf(body, attribute)?.trim() ?? ''
    if (!/^#?[0-9a-z]{3,30}$/i.test(value)) return ''
    return `${property}:${/^[0-9a-f]{6}$/i.test(value) ? '#' : ''}${value.toLowerCase()};`
  }
  return `${colour('bgcolor', 'background-color')}${colour('text', 'color')}`
}

const largestSidePx = 2000

function placeholder(kept: ReadonlyMap<string, string>, alt: string, words: MarkWords): OutputElement {
  const side = (name: 'width' | 'height'): string => {
    const value = kept.get(name)
    if (value === undefined) return ''
    return value.endsWith('%') ? `${name}:${value};` : `${name}:${String(Math.min(largestSidePx, Number(value)))}px;`
  }
  const attributes = new Map<string, string>([['data-show', isTiny(kept) ? 'pixel' : 'picture']])
  const style = `${side('width')}${side('height')}${kept.get('style') ?? ''}`
  if (style !== '') attributes.set('style', style)
  for (const name of ['class', 'id', 'hidden']) {
    const value = kept.get(name)
    if (value !== undefined) attributes.set(name, value)
  }
  if (isTiny(kept)) return { name: 'span', attributes, children: [] }
  attributes.set('role', 'img')
  attributes.set('aria-label', alt === '' ? words.picture : alt)
  return { name: 'span', attributes, children: readableText(alt) }
}

function isTiny(kept: ReadonlyMap<string, string>): boolean {
  const side = (name: string): number => Number(kept.get(name) ?? NaN)
  return side('width') <= 2 && side('height') <= 2
}

const longestBoxText = 600

/** A box that says what is not seen here, with its marks. */
function drawBox(box: HiddenBox, marks: MarkSet): OutputElement {
  const label = element('span', { 'data-show': 'label' }, [{ text: box.label }])
  if (box.view === null) {
    return element('span', { 'data-show': 'hidden' }, [...marks.wrap([label], box.marks)])
  }
  const { text, toPart } = box.view
  // marks count in the part; the box shows the view: each mark's place in it
  const inView = box.marks.flatMap((mark) => {
    const span = toPart.fromOrigin(mark.span)
    return span === null ? [] : [{ ...mark, span }]
  })
  const from = Math.max(0, Math.min(...inView.map((mark) => mark.span.start)) - longestBoxText / 2)
  const start = from < longestBoxText / 2 ? 0 : from
  const end = Math.max(
    start + longestBoxText,
    ...inView.map((mark) => Math.min(mark.span.end, start + longestBoxText * 4)),
  )
  const shown = text.slice(start, end)
  const run = { count: shown.length, start, end: start + shown.length, linear: true }
  return element('span', { 'data-show': 'hidden' }, [
    label,
    { text: start > 0 ? ' … ' : ' ' },
    ...markedText(shown, [run], inView, marks),
    ...(end < text.length ? [{ text: ' …' }] : []),
  ])
}
