import type { TextPart } from '../../intake/message.ts'
import type { Link, Views } from '../../views/view.ts'
import type { MarkWords } from './mark-words.ts'
import { markedText, type MarkSet, type MarkSpan } from './mark-set.ts'
import { element, type OutputElement, type OutputNode } from './output-tree.ts'

// Without a repeated group: millions of empty lines would run out of stack.
const paragraphBreak = /\r?\n[ \t\r\n]*\n/g

/** A plain text as paragraphs, the pages of a document apart, its bare addresses as links, its findings marked. */
export function textPartNodes(
  part: TextPart,
  views: Views,
  marks: readonly MarkSpan[],
  set: MarkSet,
  words: MarkWords,
): OutputElement {
  const links = views.links.filter((link) => link.source.part === part.part)
  const paragraphs: OutputNode[] = []
  let from = 0
  let nextLink = 0

  function paragraph(to: number): void {
    if (part.text.slice(from, to).trim() === '') return
    const nodes: OutputNode[] = []
    let at = from
    for (let link = links[nextLink]; link !== undefined && link.span.start < to; link = links[++nextLink]) {
      for (const node of stretch(at, link.span.start)) nodes.push(node)
      nodes.push(linkElement(link, stretch(link.span.start, link.span.end)))
      at = link.span.end
    }
    for (const node of stretch(at, to)) nodes.push(node)
    paragraphs.push(element('p', {}, nodes))
  }

  function stretch(start: number, end: number): OutputNode[] {
    const text = part.text.slice(start, end)
    return lines(text, start).flatMap((line) =>
      markedText(
        line.text,
        [{ count: line.text.length, start: line.start, end: line.start + line.text.length, linear: true }],
        marks,
        set,
      ),
    )
  }

  const pages = [...(part.pages ?? [])]
  function pagesUntil(to: number): void {
    for (let next = pages[0]; next !== undefined && next.at <= to; next = pages[0]) {
      pages.shift()
      // A break between paragraphs may lie past where the page begins.
      if (next.at > from) {
        paragraph(next.at)
        from = next.at
      }
      const label = `${words.page} ${String(next.page)}`
      paragraphs.push(element('div', { 'data-show': 'page', role: 'separator', 'aria-label': label }, []))
    }
  }

  for (const match of part.text.matchAll(paragraphBreak)) {
    pagesUntil(match.index)
    paragraph(match.index)
    from = match.index + match[0].length
  }
  pagesUntil(part.text.length)
  paragraph(part.text.length)
  return element('div', { 'data-show': 'text', 'data-part': part.part }, paragraphs)
}

/** A carriage return has no look of its own; the pieces around it keep their places. */
function lines(text: string, start: number): { readonly text: string; readonly start: number }[] {
  const pieces: { text: string; start: number }[] = []
  let at = 0
  for (let next = text.indexOf('\r'); next >= 0; next = text.indexOf('\r', at)) {
    if (next > at) pieces.push({ text: text.slice(at, next), start: start + at })
    at = next + 1
  }
  if (at < text.length) pieces.push({ text: text.slice(at), start: start + at })
  return pieces
}

function linkElement(link: Link, children: OutputNode[]): OutputElement {
  return element('a', { 'data-link': String(link.number), role: 'link', tabindex: '0' }, children)
}
