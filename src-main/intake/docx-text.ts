import type { DocumentText } from './document-message.ts'
import type { DocxStyles, RunStyle } from './docx-style.ts'
import { mergeStyles, unseenBy, withProperty } from './docx-style.ts'
import type { PageStart, PartLink, UnseenBy } from './message.ts'
import type { Relation } from './office-package.ts'
import type { XmlHandler } from './xml-events.ts'

/** Collects the text of the parts of a document: what readers see, and what they do not, by the reason. */
export interface DocxTexts {
  /** Reads one part; `unseen`: all of it is (comments). */
  readonly handler: (relations: ReadonlyMap<string, Relation>, unseen: UnseenBy | null) => XmlHandler
  readonly build: () => readonly DocumentText[]
}

interface Stretch {
  readonly pieces: string[]
  length: number
  readonly links: PartLink[]
}

interface OpenLink {
  readonly href: string
  readonly start: number
}

/** Elements that say something of a change: the old properties in one of them no longer hold. */
const changes = /^(?:r|p|tc|tr|tbl|sect)PrChange$/

/** What lies behind text: `RRGGBB`; null: something whose colour is not known; undefined: what is around it. */
type Ground = string | null | undefined

export function docxTexts(styles: DocxStyles, paper: string): DocxTexts {
  const stretches = new Map<UnseenBy | null, Stretch>()
  const pages: PageStart[] = []
  let pageHasText = false

  function stretchOf(by: UnseenBy | null): Stretch {
    let stretch = stretches.get(by)
    if (stretch === undefined) stretches.set(by, (stretch = { pieces: [], length: 0, links: [] }))
    return stretch
  }

  function add(by: UnseenBy | null, text: string): void {
    const stretch = stretchOf(by)
    stretch.pieces.push(text)
    stretch.length += text.length
    if (by === null && text.trim() !== '') pageHasText = true
  }

  /** A break that a person made, and the place where Word broke the page when it was last shown, are often the same. */
  function beginPage(): void {
    if (!pageHasText) return
    pageHasText = false
    pages.push({ page: pages.length + 2, at: stretchOf(null).length })
  }

  function handler(relations: ReadonlyMap<string, Relation>, unseen: UnseenBy | null): XmlHandler {
    let paragraph: RunStyle = {}
    let run: RunStyle = {}
    let inRunProperties = false
    let inParagraphProperties = false
    let inRun = false
    /** Paragraphs around the one that is read, which is in a text box of theirs. */
    const outer: { readonly paragraph: RunStyle; readonly run: RunStyle; readonly inRun: boolean }[] = []
    /** Depth in the old properties of something that was changed. */
    let changed = 0
    let inTextFill = false
    let inText = false
    let inInstruction = false
    /** In what Word does not show: a tracked deletion, the old place of something moved. */
    let deleted = 0
    /** Whether each open `del`, `moveFrom` … counts: in properties they speak of a paragraph's end alone. */
    const deletions: boolean[] = []
    /** In what is only for programs that do not know a feature, and repeats what stands before. */
    let fallback = 0
    /** Of tables, cells and text boxes, innermost last. */
    const grounds: Ground[] = []
    let inCellProperties = false
    let inTableProperties = false
    let shape: ShapeFill = { fill: undefined, inProperties: false, inLine: 0 }
    const openLinks: OpenLink[] = []
    /** Complex fields: what they are told to do, and whether their shown result has begun. */
    const fields: { instruction: string; hasResult: boolean; linked: boolean }[] = []
    const written = new Set<UnseenBy | null>()

    function put(text: string): void {
      if (fallback > 0) return
      const style = mergeStyles([styles.defaults, paragraph, run])
      const by = unseen ?? (deleted > 0 ? 'comment' : unseenBy(style, groundOf()))
      written.add(by)
      add(by, text)
    }

    function isBody(): boolean {
      return unseen === null && fallback === 0 && deleted === 0
    }

    function groundOf(): string | null {
      const ground = grounds.findLast((one) => one !== undefined && one !== 'auto')
      return ground === undefined ? paper : ground
    }

    /** A link that a picture bears. */
    function pictureLink(href: string | undefined): void {
      if (href === undefined || href === '' || fallback > 0 || openLinks.length > 0) return
      const { links, length } = stretchOf(unseen)
      links.push({ href, span: { start: length, end: length } })
    }

    function openLink(href: string | undefined): void {
      openLinks.push({ href: href ?? '', start: stretchOf(unseen).length })
    }

    function closeLink(): void {
      const link = openLinks.pop()
      const stretch = stretchOf(unseen)
      // A link in a link is no link. One without text is on a picture, or on words that nobody sees.
      if (link === undefined || link.href === '' || openLinks.length > 0 || fallback > 0) return
      stretch.links.push({ href: link.href, span: { start: link.start, end: stretch.length } })
    }

    return {
      open(name, attributes) {
        inText = false
        inInstruction = false
        if (changes.test(name)) changed++
        if (changed > 0) return
        if (name === 'del' || name === 'moveFrom') {
          const counts = !inRunProperties && !inParagraphProperties
          deletions.push(counts)
          if (counts) deleted++
          return
        }
        if (inRunProperties || (inParagraphProperties && name === 'shd')) {
          if (name === 'textFill') inTextFill = true
          else if (inTextFill && name === 'noFill') run = { ...run, isClear: true }
          else if (name === 'rStyle') run = mergeStyles([run, styles.of(attributes.get('val') ?? '')])
          else if (inRunProperties && inRun) run = withProperty(run, name, attributes)
          else if (!inRunProperties) paragraph = withProperty(paragraph, name, attributes)
          return
        }
        switch (name) {
          case 'p':
            outer.push({ paragraph, run, inRun })
            paragraph = run = {}
            inRun = false
            break
          case 'pPr':
            inParagraphProperties = true
            break
          case 'pStyle':
            paragraph = mergeStyles([paragraph, styles.of(attributes.get('val') ?? '')])
            break
          case 'r':
            inRun = true
            run = {}
            break
          case 'rPr':
            inRunProperties = true
            break
          case 't':
          case 'delText':
            inText = true
            break
          case 'instrText':
            inInstruction = true
            break
          case 'tab':
          case 'ptab':
            if (inRun) put('\t')
            break
          case 'br':
          case 'cr':
            put('\n')
            if (attributes.get('type') === 'page' && isBody()) beginPage()
            break
          case 'lastRenderedPageBreak':
            if (isBody()) beginPage()
            break
          case 'pageBreakBefore':
            if (inParagraphProperties && !/^(?:0|false|off)$/.test(attributes.get('val') ?? '') && isBody()) beginPage()
            break
          case 'noBreakHyphen':
            put('\u2011')
            break
          case 'Fallback':
            fallback++
            break
          case 'tbl':
          case 'tc':
            grounds.push(undefined)
            break
          case 'tblPr':
            inTableProperties = true
            break
          case 'tcPr':
            inCellProperties = true
            break
          case 'tblStyle':
            if (inTableProperties && styles.isShaded(attributes.get('val') ?? '')) grounds[grounds.length - 1] = null
            break
          case 'shd':
            if (inCellProperties || inTableProperties) grounds[grounds.length - 1] = attributes.get('fill')
            break
          case 'spPr':
            shape = { fill: undefined, inProperties: true, inLine: 0 }
            break
          case 'ln':
          case 'effectLst':
            shape.inLine++
            break
          case 'srgbClr':
            if (isFillOf(shape)) shape.fill = attributes.get('val')
            break
          case 'noFill':
            if (isFillOf(shape)) shape.fill = 'auto'
            break
          case 'fillRef':
            if (shape.fill === undefined && attributes.get('idx') !== '0') shape.fill = null
            break
          case 'schemeClr':
          case 'blip':
            if (isFillOf(shape)) shape.fill = null
            break
          case 'shape':
          case 'rect':
          case 'roundrect':
            // DrawingML has a `rect` among a shape's properties.
            if (!shape.inProperties) shape = { fill: vmlFill(attributes), inProperties: false, inLine: 0 }
            pictureLink(attributes.get('href'))
            break
          case 'txbxContent':
            grounds.push(shape.fill)
            break
          case 'hlinkClick':
            pictureLink(relations.get(attributes.get('id') ?? '')?.target)
            break
          case 'hyperlink':
            openLink(relations.get(attributes.get('id') ?? '')?.target)
            break
          case 'fldSimple':
            openLink(hyperlinkOf(attributes.get('instr') ?? ''))
            break
          case 'fldChar': {
            const field = fields.at(-1)
            const type = attributes.get('fldCharType')
            if (type === 'begin') fields.push({ instruction: '', hasResult: false, linked: false })
            else if (type === 'separate' && field !== undefined) {
              field.hasResult = true
              field.linked = true
              openLink(hyperlinkOf(field.instruction))
            } else if (type === 'end' && field !== undefined) {
              if (field.linked) closeLink()
              fields.pop()
            }
            break
          }
        }
      },
      close(name) {
        inText = false
        inInstruction = false
        if (changes.test(name)) changed--
        if (changed > 0 || changes.test(name)) return
        switch (name) {
          case 'pPr':
            inParagraphProperties = false
            break
          case 'rPr':
            inRunProperties = false
            break
          case 'textFill':
            inTextFill = false
            break
          case 'tcPr':
            inCellProperties = false
            break
          case 'r':
            inRun = false
            break
          case 'p':
            for (const by of written) add(by, '\n')
            written.clear()
            ;({ paragraph, run, inRun } = outer.pop() ?? { paragraph: {}, run: {}, inRun: false })
            break
          case 'tblPr':
            inTableProperties = false
            break
          case 'tbl':
          case 'tc':
          case 'txbxContent':
            grounds.pop()
            break
          case 'spPr':
            shape.inProperties = false
            break
          case 'ln':
          case 'effectLst':
            shape.inLine--
            break
          case 'del':
          case 'moveFrom':
            if (deletions.pop() === true) deleted--
            break
          case 'Fallback':
            fallback--
            break
          case 'hyperlink':
          case 'fldSimple':
            closeLink()
            break
        }
      },
      text(text) {
        if (inText) put(text)
        const field = fields.at(-1)
        if (inInstruction && field?.hasResult === false) field.instruction += text
      },
    }
  }

  return {
    handler,
    build: () =>
      [...stretches.entries()]
        .sort(([a], [b]) => Number(a !== null) - Number(b !== null))
        .map(([by, { pieces, links }]) => ({
          text: pieces.join(''),
          unseenBy: by,
          links,
          pages: by === null ? pages : [],
        })),
  }
}

/** What fills the shape that a text box lies in, while its properties are read. */
interface ShapeFill {
  fill: Ground
  inProperties: boolean
  /** Depth in what is not its fill: its border, its shadow. */
  inLine: number
}

function isFillOf({ fill, inProperties, inLine }: ShapeFill): boolean {
  return inProperties && inLine === 0 && fill === undefined
}

/** Of a shape of old documents: `#1f3864 [3205]`, `black`, or not filled at all. */
function vmlFill(attributes: ReadonlyMap<string, string>): Ground {
  if (attributes.get('filled')?.startsWith('f') === true) return undefined
  const colour = attributes.get('fillcolor')
  if (colour === undefined) return undefined
  return /^#([0-9a-f]{6})\b/i.exec(colour)?.[1] ?? null
}

/** ` HYPERLINK "https://…" \o "…"`, the quotes left out by some programs. */
function hyperlinkOf(instruction: string): string | undefined {
  const found = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))/i.exec(instruction)
  return found?.[1] ?? found?.[2]
}
