import type { List, Nodes, Parent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Utf16Span } from '../contract/span.ts'
import { blockText, type Block, type BlockText } from './block.ts'
import { frontMatter } from './front-matter.ts'

/** Blocks of a Markdown file (CommonMark). Markup is gone from their texts; every character knows its place in the file. */
export function markdownBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  /** Of the list item that is read, until its first block has it. */
  let number: string | null = null
  const front = frontMatter(markdown)
  const shown = front === null ? markdown : `${' '.repeat(front.span.end - 1)}\n${markdown.slice(front.span.end)}`
  if (front !== null) {
    const text = blockText()
    text.add(markdown.slice(0, front.span.end), (index) => ({ start: index, end: index + 1 }))
    blocks.push({
      ...{ kind: 'paragraph', level: 0, number: null },
      ...text.build(),
      span: front.span,
      furniture: 'hidden text',
    })
  }
  for (const { start, end } of stretches(shown)) {
    const tree = fromMarkdown(shown.slice(start, end))
    if (start > 0) shift(tree, start)
    visitFlow(tree, 0)
  }
  return blocks

  function visitFlow(node: Nodes, depth: number): void {
    switch (node.type) {
      case 'root':
      case 'blockquote':
        visitAll(node, depth)
        break
      case 'list': {
        const numbers = numbersOf(node, markdown)
        node.children.forEach((item, index) => {
          number = numbers?.[index] ?? null
          visitAll(item, depth + 1)
          number = null
        })
        break
      }
      case 'heading':
        take(node, 'heading', node.depth)
        break
      case 'paragraph':
        if (isTable(node, markdown)) takeRows(node)
        else take(node, depth > 0 ? 'item' : 'paragraph', depth)
        break
      case 'code':
        takeText(node, node.value)
        break
      default:
    }
  }

  function visitAll(parent: Parent, depth: number): void {
    for (const child of parent.children) visitFlow(child, depth)
  }

  function take(node: Parent & { type: 'heading' | 'paragraph' }, kind: Block['kind'], level: number): void {
    for (const phrasing of atBreaks(node)) {
      const text = blockText()
      for (const child of phrasing) addPhrasing(child, text, markdown, false)
      const [first] = phrasing
      const last = phrasing.at(-1)
      if (text.isEmpty() || first === undefined || last === undefined) continue
      const start = first.position?.start.offset ?? 0
      const end = last.position?.end.offset ?? start
      blocks.push({ kind, level, ...text.build(), number, span: { start, end }, furniture: null })
      number = null
    }
  }

  /** Lines of a table (GitHub Flavored Markdown); to CommonMark they are a paragraph. */
  function takeRows(node: Nodes): void {
    const from = node.position?.start.offset ?? 0
    const source = markdown.slice(from, node.position?.end.offset ?? from)
    let begin = 0
    for (const line of source.split('\n')) {
      const start = from + begin
      begin += line.length + 1
      if (/^[\s|:-]*$/.test(line)) continue
      const text = blockText()
      for (const cell of line.matchAll(/(?:[^|\\]|\\.)+|\|/g)) {
        const cellStart = start + cell.index
        if (cell[0] === '|') text.add(' ', () => ({ start: cellStart, end: cellStart + 1 }))
        else addCell(text, cell[0], cellStart)
      }
      if (!text.isEmpty()) {
        const end = start + line.length
        blocks.push({
          kind: 'paragraph',
          level: 0,
          ...text.build(),
          number: null,
          span: { start, end },
          furniture: null,
        })
      }
    }
  }

  function takeText(node: Nodes, value: string): void {
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    const text = blockText()
    addLiteral(text, value, markdown, { start, end }, false)
    if (!text.isEmpty()) {
      blocks.push({ kind: 'paragraph', level: 0, ...text.build(), number: null, span: { start, end }, furniture: null })
    }
  }
}

const shortestStretch = 4_000

/**
 * Where a long file can be cut so that each stretch parses as it does in the whole: before a heading or a word at the margin behind an
 * empty line, which end every list and quotation. The parser's time grows faster than its text.
 */
function stretches(markdown: string): Utf16Span[] {
  // What reaches over empty lines, or from one end of the file to the other.
  if (/^(?: {0,3}(?:```|~~~)| {0,3}<|\s*\[[^\]\n]+\]:)/m.test(markdown)) return [{ start: 0, end: markdown.length }]
  const found: Utf16Span[] = []
  let start = 0
  for (const { index, 0: blank } of markdown.matchAll(/\n[ \t]*\r?\n(?=#{1,6} |\p{L})/gu)) {
    const end = index + blank.length
    if (end - start < shortestStretch) continue
    found.push({ start, end })
    start = end
  }
  return [...found, { start, end: markdown.length }]
}

/** Places of the whole file instead of the stretch's. */
function shift(node: Nodes, by: number): void {
  if (node.position !== undefined) {
    for (const point of [node.position.start, node.position.end]) point.offset = (point.offset ?? 0) + by
  }
  if ('children' in node) for (const child of node.children) shift(child, by)
}

function isTable(node: Nodes, markdown: string): boolean {
  const lines = markdown.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0).split('\n')
  return lines.length > 1 && lines[0]?.includes('|') === true && /^[\s|:-]*-{2}[\s|:-]*$/.test(lines[1] ?? '')
}

/** The text of a cell without the marks of emphasis and links. */
function addCell(text: BlockText, cell: string, start: number): void {
  for (const found of cell.matchAll(/\[([^\]]*)\]\(([^)\s]*)\)|\*{1,3}|`|\\(?=\W)|([^[*`\\]+|.)/g)) {
    const [whole, label, href, plain] = found
    const from = start + found.index
    if (label !== undefined && href !== undefined) {
      text.openLink(href)
      text.add(label, (index) => ({ start: from + 1 + index, end: from + 2 + index }))
      text.closeLink()
    } else if (plain !== undefined) text.add(whole, (index) => ({ start: from + index, end: from + index + 1 }))
  }
}

/** As written where they count up, else as they are shown; null: bullets. */
function numbersOf({ ordered, start, children }: List, markdown: string): readonly string[] | null {
  if (ordered !== true) return null
  const written = children.map(({ position }) => /^\d+/.exec(markdown.slice(position?.start.offset ?? 0))?.[0] ?? '')
  const isCounted = written.every((number, index) => index === 0 || Number(number) > Number(written[index - 1]))
  return isCounted ? written : children.map((_, index) => String((start ?? 1) + index))
}

/** A paragraph with two hard breaks running reads as two. */
function atBreaks({ children }: Parent): Nodes[][] {
  const groups: Nodes[][] = [[]]
  let breaks = 0
  for (const child of children) {
    if (child.type === 'break') breaks++
    else if (!(child.type === 'text' && child.value.trim() === '')) {
      if (breaks > 1) groups.push([])
      breaks = 0
    }
    groups.at(-1)?.push(child)
  }
  return groups
}

function addPhrasing(node: Nodes, text: BlockText, markdown: string, isStrong: boolean): void {
  const span = { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      addLiteral(text, node.value, markdown, span, isStrong)
      break
    case 'break':
      text.add(' ', () => span)
      break
    case 'html':
      if (/^<br\b/i.test(node.value)) text.add(' ', () => span)
      break
    case 'link':
      text.openLink(node.url)
      for (const child of node.children) addPhrasing(child, text, markdown, isStrong)
      text.closeLink()
      break
    default:
      if ('children' in node) {
        for (const child of node.children) addPhrasing(child, text, markdown, isStrong || node.type === 'strong')
      }
  }
}

/** A literal as it stands in the file but for escapes and references: each character finds its own place, in order. */
function addLiteral(
  text: BlockText,
  value: string,
  markdown: string,
  { start, end }: Utf16Span,
  isStrong: boolean,
): void {
  const places: Utf16Span[] = []
  let at = start
  for (let index = 0; index < value.length; index++) {
    const wanted = value.charAt(index)
    if (markdown[at] === '\\' && markdown[at + 1] === wanted && wanted !== '\\') at++
    if (markdown[at] === wanted) {
      places.push({ start: at, end: at + 1 })
      at += 1
      continue
    }
    const reference = /^&[#\w]{1,32};/.exec(markdown.slice(at, Math.min(end, at + 40)))
    // A line break within a paragraph drops the blanks and marks that begin the next line.
    const skipped = reference === null ? markdown.slice(at, end).indexOf(wanted) : 0
    if (reference !== null) {
      places.push({ start: at, end: at + reference[0].length })
      at += reference[0].length
    } else if (skipped > 0 && skipped < 16) {
      at += skipped
      places.push({ start: at, end: at + 1 })
      at += 1
    } else places.push({ start: at, end: Math.max(at, end) })
  }
  text.add(value, (index) => places[index] ?? { start, end }, isStrong)
}
