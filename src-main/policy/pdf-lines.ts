import type { PartLink } from '../intake/message.ts'
import type { PdfPlaces } from '../intake/pdf-pages.ts'
import type { Furniture } from './block.ts'

/** A line of a page, as it stands on paper; lengths in points. */
export interface PdfLine {
  readonly page: number
  /** In the text of the document. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly left: number
  readonly right: number
  /** Of its baseline, from the upper edge of the page. */
  readonly down: number
  readonly pageHeight: number
  readonly size: number
  readonly isBold: boolean
  readonly links: readonly PartLink[]
  /** A bullet is drawn before it that is no letter. */
  readonly isMarked: boolean
}

/** Lines of a page in the order in which they are drawn. What stands side by side on one line of paper is one. */
export function linesOfPage(
  { page, view, placed, marks }: PdfPlaces,
  text: string,
  links: readonly PartLink[],
): readonly PdfLine[] {
  const lines: PdfLine[] = []
  let from = 0
  for (let at = 0; at <= placed.length; at++) {
    const before = placed[at - 1]
    const here = placed[at]
    // A line that ends with a blank has no break behind it in the text.
    const isBroken =
      before !== undefined &&
      (here === undefined ||
        text.slice(before.end, here.start).includes('\n') ||
        Math.abs(here.glyph.start[1] - before.glyph.end[1]) > before.glyph.size * 0.7)
    if (!isBroken) continue
    const glyphs = placed.slice(from, at).filter(({ glyph }) => glyph.text.trim() !== '')
    from = at
    const [first] = glyphs
    const last = glyphs.at(-1)
    if (first === undefined || last === undefined) continue
    const left = Math.min(...glyphs.map(({ glyph }) => glyph.start[0]))
    const base = first.glyph.start[1]
    const size = median(glyphs.map(({ glyph }) => glyph.size))
    const line: PdfLine = {
      page,
      start: first.start,
      end: last.end,
      text: text.slice(first.start, last.end),
      left,
      right: Math.max(...glyphs.map(({ glyph }) => glyph.end[0])),
      down: view.top - base,
      pageHeight: view.top - view.bottom,
      size,
      isBold: glyphs.every(({ glyph }) => glyph.isBold || !/[\p{L}\p{N}]/u.test(glyph.text)),
      links: links.filter(({ span }) => span.start < last.end && span.end > first.start),
      isMarked: marks.some((mark) => {
        const middle = (mark.top + mark.bottom) / 2
        return (
          mark.right <= left &&
          mark.right > left - size * 2 &&
          mark.top - mark.bottom < size * 0.7 &&
          middle > base - size * 0.1 &&
          middle < base + size * 0.8
        )
      }),
    }
    lines.push(line)
  }
  return lines
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Of a page's height, above and below: where heads and feet stand. */
const marginShare = 0.13
const mostEdgeLines = 3

/** Heads and feet of pages, and their numbers: what stands at the same edge of most pages, but for its digits. */
export function pageFurniture(lines: readonly PdfLine[], pages: number): ReadonlyMap<PdfLine, Furniture> {
  const found = new Map<PdfLine, Furniture>()
  const byPage = Map.groupBy(lines, ({ page }) => page)
  const edges: { readonly line: PdfLine; readonly edge: 'page header' | 'page footer'; readonly key: string }[] = []
  for (const mine of byPage.values()) {
    const ordered = mine.toSorted((a, b) => a.down - b.down)
    const add = (line: PdfLine, edge: 'page header' | 'page footer'): void => {
      edges.push({ line, edge, key: `${edge}\n${line.text.replace(/\d+/g, '#').replace(/\s+/g, ' ')}` })
    }
    for (const line of ordered.slice(0, mostEdgeLines))
      if (line.down < line.pageHeight * marginShare) add(line, 'page header')
    for (const line of ordered.slice(-mostEdgeLines))
      if (line.down > line.pageHeight * (1 - marginShare)) add(line, 'page footer')
  }
  const counts = new Map<string, number>()
  for (const { key } of edges) counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { line, edge, key } of edges) {
    const count = counts.get(key) ?? 0
    if (isPageNumber(line.text)) found.set(line, 'page number')
    else if (isPrinted(line.text) || (pages > 1 && count > 1 && count >= pages * 0.5)) found.set(line, edge)
  }
  return found
}

/** `3`, `– 3 –`, `3/7`, `Page 3 of 7`, `Seite 3 von 7`, `iv` */
export function isPageNumber(text: string): boolean {
  return /^(?:[-–—|\s]*(?:(?:page|seite|página|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:\/|of|von|sur|de)\s*\d{1,4})?[-–—|\s]*|[ivxl]{1,6})$/i.test(
    text,
  )
}

/** What browsers print at the edges of a page: the day, the address with the page's number. */
function isPrinted(text: string): boolean {
  return (
    /^(?:(?:https?|file):\/\/|about:|data:|blob:|chrome-)\S+(?:\s+\d+\/\d+)?$/.test(text) ||
    /^\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s*[AP]M)?\b/i.test(text)
  )
}
