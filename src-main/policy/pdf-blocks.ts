import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { drawPdf } from '../intake/pdf.ts'
import type { PdfPlaces } from '../intake/pdf-pages.ts'
import { blockText, bullet, type Block, type Furniture } from './block.ts'
import { beginsNumbered } from './clause-number.ts'
import { linesOfPage, median, pageFurniture, type PdfLine } from './pdf-lines.ts'

export interface PdfBlocks {
  readonly blocks: readonly Block[]
  /** What readers see of the document, line by line: what the blocks' places point into. */
  readonly text: string
  readonly notices: readonly string[]
}

/**
 * Blocks of a PDF document (ISO 32000): lines are joined to paragraphs by the room between them, headings told by size and weight,
 * heads, feet and numbers of pages set apart. A document that is a picture is refused.
 */
export async function pdfBlocks(bytes: Uint8Array): Promise<Result<PdfBlocks>> {
  const places: PdfPlaces[] = []
  const drawn = await drawPdf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (page) =>
    places.push(page),
  )
  if (!drawn.ok) return drawn
  const { pages, plan } = drawn.value
  const seen = pages.texts.find(({ unseenBy }) => unseenBy === null)
  const text = seen?.text ?? ''
  if (text.trim() === '') {
    return pages.hasDrawings
      ? fail(
          'bad-document',
          'The document is a picture of a policy, as a scanner makes it: it holds no text. Have its text recognised (OCR), or save the policy as a page.',
        )
      : fail('empty', 'The document shows nothing.')
  }
  const lines = places.flatMap((page) => linesOfPage(page, text, seen?.links ?? []))
  const furniture = pageFurniture(lines, places.length)
  const notices: string[] = []
  const unread = pages.failed + plan.skipped.size + Math.max(0, plan.count - pages.count)
  if (unread > 0) notices.push(`Pages that could not be read: ${String(unread)}.`)
  if (pages.hasRecognisedText)
    notices.push('The pages are pictures; what another program recognised in them was read. Compare it with the pages.')
  return ok({ blocks: blocksOf(lines, furniture, text), text, notices })
}

function blocksOf(lines: readonly PdfLine[], furniture: ReadonlyMap<PdfLine, Furniture>, text: string): Block[] {
  const own = lines.filter((line) => !furniture.has(line))
  const paper = paperOf(own)
  const groups: { readonly lines: PdfLine[]; readonly furniture: Furniture | null }[] = []
  let last: PdfLine | null = null
  let open: PdfLine[] | null = null
  for (const line of lines) {
    const why = furniture.get(line) ?? null
    if (why !== null) {
      groups.push({ lines: [line], furniture: why })
      continue
    }
    if (open !== null && last !== null && goesOn(last, line, open, paper)) open.push(line)
    else groups.push({ lines: (open = [line]), furniture: null })
    last = line
  }
  const words = new Set(text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu))
  // A paragraph may run over the edge of a page, with a foot and a head between its halves.
  return groups
    .toSorted((a, b) => (a.lines[0]?.start ?? 0) - (b.lines[0]?.start ?? 0))
    .map((group) => {
      const content = blockText()
      for (const [index, line] of group.lines.entries()) {
        const next = group.lines[index + 1]
        addLine(content, line, next === undefined ? 'last' : joint(line, next, words))
      }
      const [first] = group.lines
      const built = content.build()
      const size = first?.size ?? 0
      const isItem = first !== undefined && isBulleted(first) && group.furniture === null
      const heading = group.furniture === null && !isItem && group.lines.length <= 3 ? paper.headingLevel(size) : null
      return {
        kind: heading !== null ? 'heading' : isItem ? 'item' : 'paragraph',
        level: heading ?? (isItem ? paper.depth(first.left) : 0),
        ...built,
        isStrong: group.lines.every(({ isBold }) => isBold),
        number: null,
        span: { start: first?.start ?? 0, end: group.lines.at(-1)?.end ?? 0 },
        furniture: group.furniture,
      }
    })
}

const isBulleted = ({ text, isMarked }: PdfLine): boolean => isMarked || bullet.test(text)

type Joint = 'last' | 'blank' | 'hyphen' | 'hyphenated' | 'none'

function joint({ text }: PdfLine, { text: next }: PdfLine, words: ReadonlySet<string>): Joint {
  const [, first] = /(\p{L}+)[-\u00ad\u2010]$/u.exec(text) ?? []
  const [second] = /^\p{Ll}+/u.exec(next) ?? []
  if (first === undefined || second === undefined)
    return /[-–—/]$/.test(text) && !/\s[-–—/]$/.test(text) ? 'none' : 'blank'
  const [apart, together] = [`${first}-${second}`.toLowerCase(), `${first}${second}`.toLowerCase()]
  if (words.has(apart)) return 'hyphen'
  return words.has(together) || !words.has(second) ? 'hyphenated' : 'hyphen'
}

function addLine(content: ReturnType<typeof blockText>, line: PdfLine, how: Joint): void {
  const shown = how === 'hyphenated' ? line.text.slice(0, -1) : line.text
  let at = 0
  const put = (until: number): void => {
    const from = at
    content.add(shown.slice(from, until), (index) => ({
      start: line.start + from + index,
      end: line.start + from + index + 1,
    }))
    at = until
  }
  for (const { span, href } of line.links) {
    const start = Math.max(at, span.start - line.start)
    const end = Math.min(shown.length, span.end - line.start)
    if (end <= start) continue
    put(start)
    content.openLink(href)
    put(end)
    content.closeLink()
  }
  put(shown.length)
  if (how === 'blank') content.add(' ', () => ({ start: line.end, end: line.end }))
}

interface Paper {
  /** Size of most of its letters. */
  readonly size: number
  /** From one line to the next, as a multiple of the size. */
  readonly step: number
  readonly right: number
  /** Its text stands in one column: a line ends early only where its paragraph does. */
  readonly hasOneColumn: boolean
  readonly headingLevel: (size: number) => number | null
  readonly depth: (left: number) => number
}

const longLine = 20
const fullLine = 60
const largerThanBody = 1.08
const mostHeadingSizes = 6

function paperOf(lines: readonly PdfLine[]): Paper {
  const weighed = new Map<number, number>()
  const rounded = (size: number): number => Math.round(size * 2) / 2
  for (const { size, text } of lines) weighed.set(rounded(size), (weighed.get(rounded(size)) ?? 0) + text.length)
  const size = [...weighed].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 10
  const steps: number[] = []
  /** Within sentences that surely go on. */
  const within: number[] = []
  lines.forEach((line, index) => {
    const next = lines[index + 1]
    const step = next === undefined ? 0 : next.down - line.down
    if (next?.page !== line.page || step <= 0 || step >= line.size * 3 || rounded(line.size) !== size) return
    steps.push(step / line.size)
    if (rounded(next.size) === size && /[\p{L},]$/u.test(line.text) && /^\p{Ll}/u.test(next.text) && !isBulleted(next))
      within.push(step / line.size)
  })
  const larger = [...weighed.keys()].filter((one) => one >= size * largerThanBody).toSorted((a, b) => b - a)
  const lefts = [...new Set(lines.filter(isBulleted).map(({ left }) => Math.round(left / 6)))].toSorted((a, b) => a - b)
  const full = lines.filter(({ text }) => text.length > fullLine)
  const right = quantile(
    (full.length > 0 ? full : lines).map((line) => line.right),
    0.98,
  )
  const left = Math.min(...lines.map((line) => line.left), right)
  const long = lines.filter(({ text }) => text.length > longLine)
  const beside = long.filter((line) => line.left > left + (right - left) * 0.4)
  return {
    size,
    step: within.length > 1 ? median(within) : Math.min(usual(steps), within[0] ?? 1.5),
    right,
    hasOneColumn: beside.length <= long.length * 0.1,
    headingLevel(of) {
      const at = larger.indexOf(rounded(of))
      return at === -1 ? null : Math.min(mostHeadingSizes, at + 1)
    },
    depth: (left) => Math.max(1, lefts.indexOf(Math.round(left / 6)) + 1),
  }
}

/** The smallest that is met often: lines of one paragraph stand no further apart than others. */
function usual(steps: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const step of steps) counts.set(Math.round(step * 20), (counts.get(Math.round(step * 20)) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= Math.max(2, steps.length * 0.12)).map(([step]) => step / 20)
  return often.length > 0 ? Math.min(...often) : Math.min(1.5, median(steps) || 1.2)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

const wider = 1.22

/** Whether a line belongs to the paragraph that `last` is the last line of. */
function goesOn(last: PdfLine, line: PdfLine, open: readonly PdfLine[], paper: Paper): boolean {
  if (beginsItem(last, line, paper)) return false
  if (Math.abs(line.size - last.size) > last.size * 0.06) return false
  const isOpenBold = open.every(({ isBold }) => isBold)
  if (isOpenBold !== line.isBold && (isOpenBold || line.isBold) && isShort(last, paper)) return false
  const endsSentence = /[.;:!?]["”’)]?$/.test(last.text)
  if (line.page !== last.page) {
    if (paper.headingLevel(last.size) !== null) return false
    return !endsSentence && /^[\p{Ll}\d(“"]/u.test(line.text)
  }
  const step = line.down - last.down
  // The next column, or what stands beside.
  if (step <= 0) return step > -2 ? true : !endsSentence && /^\p{Ll}/u.test(line.text)
  if (step > last.size * paper.step * wider) return false
  const isOutdented = line.left < (open[0]?.left ?? line.left) - last.size * 0.8
  if (isOutdented) return false
  if (/;(?:\s*(?:and|or|und|oder|et|ou|y|o))?$/.test(last.text) && /^\p{Lu}/u.test(line.text)) return false
  if (paper.hasOneColumn && hadRoom(last, line, paper)) return false
  return !(endsSentence && isShort(last, paper))
}

/** The first word of the next line would have fitted on the last: it was not the edge that broke it. */
function hadRoom(last: PdfLine, line: PdfLine, paper: Paper): boolean {
  // Blanks that hold words together are none here.
  const word = /^[^ ]+/.exec(line.text)?.[0] ?? ''
  const width = ((line.right - line.left) * word.length) / Math.max(1, line.text.length)
  return last.right + width + last.size * 0.4 < paper.right
}

/** A mark at the beginning of a line begins an item, unless the sentence before merely broke there. */
function beginsItem(last: PdfLine, line: PdfLine, paper: Paper): boolean {
  const isDash = /^[-–—]/.test(line.text)
  if (line.isMarked) return true
  if (bullet.test(line.text) && !isDash) return true
  if (!isDash && !beginsNumbered(line.text)) return false
  const isApart =
    line.page !== last.page ||
    isShort(last, paper) ||
    line.down - last.down > last.size * paper.step * wider ||
    Math.abs(line.left - last.left) > last.size * 0.5
  const endsSentence = /[.;:!?]["”’)]?$/.test(last.text)
  return isDash ? isApart && endsSentence : isApart || (endsSentence && /^\d/.test(line.text))
}

/** Ends long before the edge where others end: the last line of its paragraph. */
const isShort = ({ right, size }: PdfLine, paper: Paper): boolean => right < paper.right - size * 6
