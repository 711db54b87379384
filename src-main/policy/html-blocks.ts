import type { Utf16Span } from '../contract/span.ts'
import {
  attributeOf,
  childrenOf,
  isElement,
  isText,
  parseMarkup,
  type MarkupDocument,
  type MarkupElement,
  type MarkupNode,
  type MarkupParent,
  type MarkupText,
} from '../views/markup.ts'
import { mapTextNode } from '../views/character-map.ts'
import { blockText, type Block, type BlockText, type Furniture } from './block.ts'
import { withoutMark } from './clause-number.ts'
import { formatted } from './docx-numbers.ts'
import { furnitureOf, textSizes, type TextSizes } from './html-furniture.ts'

const headings: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
/** Elements that stand on lines of their own. */
const blockElements: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'header hgroup html label legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
export interface HtmlBlocks {
  readonly blocks: readonly Block[]
  readonly title: string | null
  /** A field for a password stands on the page. */
  readonly asksPassword: boolean
  /** Words that stand for icons within the text. */
  readonly icons: readonly Utf16Span[]
}

/**
 * Blocks of a saved web page. What the page itself calls navigation, footer, dialog or form is marked as furniture. null: its elements
 * lie in one another too deep.
 */
export function htmlBlocks(markup: string): HtmlBlocks | null {
  const { root } = parseMarkup(markup)
  const sizes = textSizes(root)
  return sizes === null ? null : blocksOf(root, sizes, markup)
}

function blocksOf(root: MarkupDocument, sizes: TextSizes, markup: string): HtmlBlocks {
  const pageSize = sizes.get(root) ?? 0
  const blocks: Block[] = []
  let asksPassword = false
  /** Of the list item that is read, until its first block has it. */
  let number: string | null = null
  /** In a row of a table that is one block. */
  let inRow = false
  let isBroken = false
  const icons: Utf16Span[] = []
  let title: string | null = null
  let current: { readonly text: BlockText; start: number; end: number } | null = null
  let style: { readonly kind: Block['kind']; readonly level: number } = { kind: 'paragraph', level: 0 }
  let furniture: Furniture | null = null
  let strong = 0

  function flush(): void {
    if (current !== null && !current.text.isEmpty()) {
      const span = { start: current.start, end: current.end }
      blocks.push({ ...style, ...current.text.build(), number, span, furniture })
      number = null
    }
    current = null
  }

  function visit(node: MarkupNode, listDepth: number): void {
    if (isText(node)) addText(node)
    else if (isElement(node)) visitElement(node, listDepth)
  }

  function visitAll(parent: MarkupParent, listDepth: number): void {
    for (const child of childrenOf(parent)) visit(child, listDepth)
  }

  function visitElement(element: MarkupElement, listDepth: number): void {
    const name = element.tagName
    if (name === 'title' && title === null) title = textOf(element).trim() || null
    if (name === 'input' && attributeOf(element, 'type')?.toLowerCase() === 'password') asksPassword = true
    const found = furnitureOf(element, sizes, pageSize)
    // Headings that fold what is below them are buttons within.
    const why = name === 'button' && style.kind === 'heading' ? null : found
    if (why === 'icon' && (sizes.get(element) ?? 0) > 0) icons.push(placeOf(element))
    if (why === 'script' || why === 'icon') return
    if (name === 'br') {
      // Two of them stand for the end of a paragraph.
      if (isBroken && !inRow) flush()
      isBroken = true
      const place = placeOf(element)
      current?.text.add(' ', () => place)
      return
    }
    if (name === 'a') {
      const href = attributeOf(element, 'href')
      if (href !== null) ensure(placeOf(element)).openLink(href)
      visitAll(element, listDepth)
      if (href !== null) current?.text.closeLink()
      return
    }
    const isBlock = headings.has(name) || blockElements.has(name) || why !== null
    if (!isBlock) {
      const isBold = name === 'b' || name === 'strong'
      if (isBold) strong++
      visitAll(element, listDepth)
      if (isBold) strong--
      return
    }
    if (inRow) {
      const place = placeOf(element)
      current?.text.add(' ', () => ({ start: place.start, end: place.start }))
      visitAll(element, listDepth)
      return
    }
    const outside = { style, furniture }
    flush()
    furniture = furniture ?? why
    const depth = listDepth + (name === 'ul' || name === 'ol' || name === 'menu' ? 1 : 0)
    if (headings.has(name)) style = { kind: 'heading', level: Number(name.slice(1)) }
    else if (name === 'li') style = { kind: 'item', level: Math.max(1, depth) }
    else if (style.kind === 'heading') style = { kind: 'paragraph', level: 0 }
    if (name === 'ol') visitNumbered(element, depth)
    else if (name === 'dl') visitTerms(element, depth)
    else {
      if (name === 'li') inRow = false
      inRow = name === 'tr' && isRow(element)
      visitAll(element, depth)
    }
    flush()
    inRow = false
    if (name === 'li') number = null
    style = outside.style
    furniture = outside.furniture
  }

  function visitNumbered(list: MarkupElement, depth: number): void {
    let count = Number(attributeOf(list, 'start') ?? 1) - 1
    for (const child of childrenOf(list)) {
      if (isElement(child) && child.tagName === 'li') {
        count = Number(attributeOf(child, 'value') ?? count + 1)
        number = formatted(count, listFormats[attributeOf(list, 'type') ?? '1'] ?? 'decimal')
      }
      visit(child, depth)
    }
    number = null
  }

  /** A term and what is said of it are one block, unless that holds more than words. */
  function visitTerms(list: MarkupElement, depth: number): void {
    let isOpen = false
    for (const child of childrenOf(list)) {
      const name = isElement(child) ? child.tagName : ''
      if (isElement(child) && name === 'div') visitTerms(child, depth)
      else if (isElement(child) && name === 'dt') {
        flush()
        isOpen = !holdsMore(child)
        inRow = isOpen
        visitAll(child, depth)
        inRow = false
        if (!isOpen) flush()
      } else if (isElement(child) && name === 'dd') {
        if (isOpen && !holdsMore(child) && current !== null) {
          inRow = true
          visit(child, depth)
          inRow = false
          flush()
        } else {
          flush()
          visit(child, depth)
        }
        isOpen = false
      } else visit(child, depth)
    }
    flush()
  }

  function ensure({ start, end }: Place): BlockText {
    current ??= { text: blockText(), start, end: start }
    current.end = Math.max(current.end, end)
    return current.text
  }

  function addText(node: MarkupText): void {
    if (node.value.trim() === '' && current === null) return
    if (node.value.trim() !== '') {
      if (isBroken && withoutMark(node.value.trimStart()).isMarked) flush()
      isBroken = false
    }
    const runs = mapTextNode(node, markup)
    const text = ensure({ start: runs[0]?.start ?? 0, end: runs.at(-1)?.end ?? 0 })
    let at = 0
    for (const { count, start, end, linear } of runs) {
      text.add(
        node.value.slice(at, at + count),
        (index) => (linear ? { start: start + index, end: start + index + 1 } : { start, end }),
        strong > 0,
      )
      at += count
    }
  }

  visitAll(root, 0)
  flush()
  return { blocks, title, asksPassword, icons }
}

const listFormats: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
}

/** A row of two or more cells that hold nothing but words. Tables that only lay out a page hold more. */
function isRow(row: MarkupElement): boolean {
  const cells = childrenOf(row).filter(
    (child): child is MarkupElement => isElement(child) && (child.tagName === 'td' || child.tagName === 'th'),
  )
  return cells.filter((cell) => textOf(cell).trim() !== '').length > 1 && !cells.some(holdsMore)
}

function holdsMore(cell: MarkupParent): boolean {
  const elements = childrenOf(cell).filter(isElement)
  return (
    elements.filter(({ tagName }) => tagName === 'p').length > 1 ||
    elements.some(
      (child) => /^(?:h[1-6]|[uo]l|table|nav|form|section|article)$/.test(child.tagName) || holdsMore(child),
    )
  )
}

interface Place {
  readonly start: number
  readonly end: number
}

function placeOf(node: {
  readonly sourceCodeLocation?: { startOffset: number; endOffset: number } | null | undefined
}): Place {
  const location = node.sourceCodeLocation
  return location ? { start: location.startOffset, end: location.endOffset } : { start: 0, end: 0 }
}

function textOf(parent: MarkupParent): string {
  return childrenOf(parent)
    .map((child) => (isText(child) ? child.value : isElement(child) ? textOf(child) : ''))
    .join('')
}
