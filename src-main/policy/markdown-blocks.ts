import type { Nodes, Parent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Utf16Span } from '../contract/span.ts'
import { blockText, type Block, type BlockText } from './block.ts'

/** Blocks of a Markdown file (CommonMark). Markup is gone from their texts; every character knows its place in the file. */
export function markdownBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  visitFlow(fromMarkdown(markdown), 0)
  return blocks

  function visitFlow(node: Nodes, depth: number): void {
    switch (node.type) {
      case 'root':
      case 'blockquote':
        visitAll(node, depth)
        break
      case 'list':
        visitAll(node, depth + 1)
        break
      case 'listItem':
        visitAll(node, depth)
        break
      case 'heading':
        take(node, 'heading', node.depth)
        break
      case 'paragraph':
        take(node, depth > 0 ? 'item' : 'paragraph', depth)
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
      blocks.push({ kind, level, ...text.build(), span: { start, end }, furniture: null })
    }
  }

  function takeText(node: Nodes, value: string): void {
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? start
    const text = blockText()
    addLiteral(text, value, markdown, { start, end }, false)
    if (!text.isEmpty()) {
      blocks.push({ kind: 'paragraph', level: 0, ...text.build(), span: { start, end }, furniture: null })
    }
  }
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
