import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import type { OfficePackage, Relation } from '../intake/office-package.ts'
import type { XmlHandler } from '../intake/xml-events.ts'
import { blockText, type Block, type Furniture } from './block.ts'
import { readDocxNumbers, type DocxNumbers } from './docx-numbers.ts'
import { readDocxHeadings, type DocxHeadings } from './docx-headings.ts'

export interface DocxBlocks {
  readonly blocks: readonly Block[]
  /** What is read of the document, a paragraph a line: what the blocks' places point into. */
  readonly text: string
}

const body = 'word/document.xml'

/**
 * Blocks of a Word document (ECMA-376): paragraphs by their styles, lists with the numbers they are given, rows of tables. Tracked
 * insertions count, deletions and hidden text do not. Headers and footers are read as furniture, footnotes stand at the end.
 */
export async function docxBlocks(office: OfficePackage): Promise<Result<DocxBlocks>> {
  const headings = await readDocxHeadings(office)
  if (!headings.ok) return headings
  const numbers = await readDocxNumbers(office)
  if (!numbers.ok) return numbers
  const relations = await office.relations(body)
  if (!relations.ok) return relations
  const beside = (type: string): string[] => [
    ...new Set(
      [...relations.value.values()].filter((one) => one.type === type && !one.isExternal).map(({ target }) => target),
    ),
  ]
  if (!office.names.includes(body)) return fail('bad-document', 'The document holds no text part. Save it anew.')
  const collected = collector(headings.value, numbers.value)
  const parts: (readonly [string, Furniture | null])[] = [
    ...beside('header').map((name) => [name, 'page header'] as const),
    [body, null],
    ...beside('footnotes').map((name) => [name, null] as const),
    ...beside('endnotes').map((name) => [name, null] as const),
    ...beside('footer').map((name) => [name, 'page footer'] as const),
  ]
  for (const [name, furniture] of parts) {
    const own = await office.relations(name)
    if (!own.ok) return own
    const read = await office.read(name, collected.handler(own.value, furniture))
    if (!read.ok) return read
  }
  return ok(collected.build())
}

interface Run {
  isBold: boolean | null
  isHidden: boolean
}

interface Paragraph {
  readonly pieces: { readonly text: string; readonly isStrong: boolean; readonly href: string | null }[]
  style: string
  outline: number | null
  list: string | null
  listLevel: number | null
}

interface Row {
  cells: number
  /** A cell holds more than words: a heading, a list, another table, several paragraphs. */
  isLayout: boolean
  paragraphsInCell: number
  readonly paragraphs: Paragraph[]
}

interface Collector {
  readonly handler: (relations: ReadonlyMap<string, Relation>, furniture: Furniture | null) => XmlHandler
  readonly build: () => DocxBlocks
}

function collector(headings: DocxHeadings, numbers: DocxNumbers): Collector {
  const blocks: Block[] = []
  const decoded: string[] = []
  let length = 0

  function append(text: string): number {
    const start = length
    decoded.push(text)
    length += text.length
    return start
  }

  /** Paragraphs that are one block: one, or the cells of a row. */
  function put(paragraphs: readonly Paragraph[], furniture: Furniture | null, isRow: boolean): void {
    const [first] = paragraphs
    if (first === undefined) return
    const content = blockText()
    const start = length
    for (const [index, { pieces, style }] of paragraphs.entries()) {
      if (index > 0) {
        const at = append('\t')
        content.add(' ', () => ({ start: at, end: at + 1 }))
      }
      for (const { text, isStrong, href } of pieces) {
        const at = append(text)
        if (href !== null) content.openLink(href)
        content.add(text, (unit) => ({ start: at + unit, end: at + unit + 1 }), isStrong || headings.isBold(style))
        if (href !== null) content.closeLink()
      }
    }
    const end = length
    append('\n')
    const list = first.list ?? headings.list(first.style)
    const level = first.listLevel ?? headings.listLevel(first.style) ?? 0
    const isListed = !isRow && list !== null && list !== '0'
    // A paragraph without text has no number, but counts none either.
    if (content.isEmpty()) return
    const number = isListed ? numbers.next(list, level) : null
    const heading = isRow ? null : (first.outline ?? headings.level(first.style))
    const built = content.build()
    blocks.push({
      kind: heading !== null ? 'heading' : isListed ? 'item' : 'paragraph',
      level: heading ?? (isListed ? level + 1 : 0),
      ...built,
      number: number === null ? null : plainNumber(number),
      span: { start, end },
      furniture: furniture ?? (headings.isContents(first.style) ? 'table of contents' : null),
    })
  }

  function handler(relations: ReadonlyMap<string, Relation>, furniture: Furniture | null): XmlHandler {
    const open: { paragraph: Paragraph; run: Run }[] = []
    const rows: Row[] = []
    let inRun = false
    let inRunProperties = false
    let inParagraphProperties = false
    /** In what is not shown or not current: deletions, old properties, fallbacks. */
    let unread = 0
    let inText = false
    let inInstruction = false
    let href: string | null = null
    const fields: { instruction: string; isShown: boolean }[] = []
    let contents = 0

    // In properties, a deletion speaks of the paragraph's end alone.
    const isUnread = (name: string): boolean =>
      unreadAnywhere.test(name) || (/^(?:del|moveFrom)$/.test(name) && !inRunProperties && !inParagraphProperties)

    const paragraph = (): Paragraph | null => open.at(-1)?.paragraph ?? null

    function add(text: string): void {
      const last = open.at(-1)
      if (last === undefined || unread > 0 || last.run.isHidden) return
      last.paragraph.pieces.push({ text, isStrong: last.run.isBold === true, href })
    }

    function close(finished: Paragraph): void {
      const row = rows.at(-1)
      if (row === undefined) put([finished], contents > 0 ? 'table of contents' : furniture, false)
      else if (finished.pieces.some(({ text }) => text.trim() !== '')) {
        row.paragraphs.push(finished)
        row.paragraphsInCell++
        if (row.paragraphsInCell > 1 || finished.list !== null || headings.level(finished.style) !== null)
          row.isLayout = true
      }
    }

    return {
      open(name, attributes) {
        inText = false
        inInstruction = false
        if (isUnread(name)) {
          unread++
          return
        }
        if (unread > 0) return
        const value = attributes.get('val')
        if (inRunProperties) {
          const run = open.at(-1)?.run
          if (run === undefined || !inRun) return
          if (name === 'b') run.isBold = !isOff(value)
          else if (name === 'vanish' || name === 'specVanish') run.isHidden = !isOff(value)
          else if (name === 'rStyle' && headings.isBold(value ?? '')) run.isBold ??= true
          return
        }
        if (inParagraphProperties) {
          const own = paragraph()
          if (own === null) return
          if (name === 'pStyle') own.style = value ?? ''
          else if (name === 'outlineLvl') own.outline = Number(value) < 6 ? Number(value) + 1 : null
          else if (name === 'numId') own.list = value ?? null
          else if (name === 'ilvl') own.listLevel = Number(value)
          else if (name === 'rPr') inRunProperties = true
          return
        }
        switch (name) {
          case 'p':
            open.push({
              paragraph: { pieces: [], style: '', outline: null, list: null, listLevel: null },
              run: { isBold: null, isHidden: false },
            })
            inRun = false
            break
          case 'pPr':
            inParagraphProperties = true
            break
          case 'r': {
            inRun = true
            const last = open.at(-1)
            if (last !== undefined) last.run = { isBold: null, isHidden: false }
            break
          }
          case 'rPr':
            inRunProperties = true
            break
          case 't':
            inText = true
            break
          case 'instrText':
            inInstruction = true
            break
          case 'tab':
          case 'ptab':
          case 'br':
          case 'cr':
            if (inRun) add(name === 'br' || name === 'cr' ? '\n' : '\t')
            break
          case 'noBreakHyphen':
            add('\u2011')
            break
          case 'softHyphen':
            add('\u00ad')
            break
          case 'tr':
            rows.push({ cells: 0, isLayout: rows.length > 0, paragraphsInCell: 0, paragraphs: [] })
            break
          case 'tc': {
            const row = rows.at(-1)
            if (row !== undefined) {
              row.cells++
              row.paragraphsInCell = 0
            }
            break
          }
          case 'tbl':
            for (const row of rows) row.isLayout = true
            break
          case 'hyperlink': {
            const anchor = attributes.get('anchor')
            href = relations.get(attributes.get('id') ?? '')?.target ?? (anchor === undefined ? null : `#${anchor}`)
            break
          }
          case 'fldSimple':
            href = hyperlinkOf(attributes.get('instr') ?? '')
            break
          case 'fldChar': {
            const type = attributes.get('fldCharType')
            const field = fields.at(-1)
            if (type === 'begin') fields.push({ instruction: '', isShown: false })
            else if (type === 'separate' && field !== undefined) {
              field.isShown = true
              href = hyperlinkOf(field.instruction) ?? href
              if (/^\s*TOC\b/i.test(field.instruction)) contents++
            } else if (type === 'end' && field !== undefined) {
              fields.pop()
              if (hyperlinkOf(field.instruction) !== null) href = null
              if (/^\s*TOC\b/i.test(field.instruction)) contents--
            }
            break
          }
        }
      },
      close(name) {
        inText = false
        inInstruction = false
        if (isUnread(name)) {
          unread--
          return
        }
        if (unread > 0) return
        switch (name) {
          case 'rPr':
            inRunProperties = false
            break
          case 'pPr':
            inParagraphProperties = false
            break
          case 'r':
            inRun = false
            break
          case 'p': {
            const finished = open.pop()
            if (finished !== undefined) close(finished.paragraph)
            break
          }
          case 'tr': {
            const row = rows.pop()
            if (row === undefined) break
            const outer = rows.at(-1)
            if (outer !== undefined) outer.paragraphs.push(...row.paragraphs)
            else if (row.cells > 1 && !row.isLayout) put(row.paragraphs, furniture, true)
            else for (const one of row.paragraphs) put([one], furniture, false)
            break
          }
          case 'hyperlink':
          case 'fldSimple':
            href = null
            break
        }
      },
      text(text) {
        if (inText) add(text)
        const field = fields.at(-1)
        if (inInstruction && field?.isShown === false) field.instruction += text
      },
    }
  }

  return { handler, build: () => ({ blocks, text: decoded.join('') }) }
}

/** Properties as they were before a change, and what is only for programs that do not know a feature. */
const unreadAnywhere = /^(?:delText|Fallback|(?:r|p|tc|tr|tbl|sect)PrChange)$/

const isOff = (value: string | undefined): boolean => /^(?:0|false|off)$/.test(value ?? '')

/** `2.1.` → `2.1`, `(b)` → `b` */
const plainNumber = (number: string): string => number.replace(/^[([\s]+|[\s.)\]:]+$/g, '')

function hyperlinkOf(instruction: string): string | null {
  const found = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))/i.exec(instruction)
  return found?.[1] ?? found?.[2] ?? null
}
