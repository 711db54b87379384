import type { OPS as Operations } from 'unpdf/pdfjs'
import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import type { DocumentText } from './document-message.ts'
import { limits } from './limits.ts'
import type { Drawn, Glyph, PageContext, PageFont } from './pdf-page.ts'
import { pageGlyphs } from './pdf-page.ts'
import { boxOf, matrixOf, type Box } from './pdf-matrix.ts'
import type { PdfLink, PdfTexts, PlacedGlyph } from './pdf-text.ts'
import { pdfTexts } from './pdf-text.ts'

export interface PdfPages {
  readonly texts: readonly DocumentText[]
  readonly count: number
  /** Pages that could not be read. */
  readonly failed: number
  readonly pictures: boolean
  readonly hasDrawings: boolean
  /** Text without ink over pictures, which a program recognised in them; it is read as what is seen. */
  readonly hasRecognisedText: boolean
  readonly unreadFonts: boolean
}

/** Where the characters of a page stand, and in the text that readers see. */
export interface PdfPlaces {
  /** From 1. */
  readonly page: number
  readonly view: Box
  readonly placed: readonly PlacedGlyph[]
  /** Where something is drawn that may be the bullet of a list. */
  readonly marks: readonly Box[]
}

/** Of all characters of a document this share may come without a letter. */
const maxUnreadShare = 0.2

/**
 * The texts of a document's pages; `skipped`: pages, from 1, that are not drawn. Nothing is fetched, run or written. `onPage` is told
 * where on each page its characters stand.
 */
export async function readPdfPages(
  bytes: Uint8Array<ArrayBuffer>,
  skipped: ReadonlySet<number>,
  onPage?: (places: PdfPlaces) => void,
): Promise<Result<PdfPages>> {
  const { getDocument, OPS } = await import('unpdf/pdfjs')
  const names = operationNames(OPS)
  const task = getDocument({
    data: bytes,
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: true,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    maxImageSize: 1_000_000,
  })
  try {
    const document = await task.promise
    const layers = await document.getOptionalContentConfig()
    const texts = pdfTexts()
    const tally = { failed: 0, pictures: false, hasDrawings: false, hasRecognisedText: false, letters: 0, unread: 0 }
    const last = Math.min(document.numPages, limits.maxPdfPages)
    for (let number = 1; number <= last; number++) {
      if (skipped.has(number)) continue
      try {
        const page = await document.getPage(number)
        const { fnArray, argsArray } = await page.getOperatorList()
        const context: PageContext = {
          view: boxOf(page.view) ?? { left: 0, bottom: 0, right: 612, top: 792 },
          isShown: (layer) => layers.isVisible(layer) !== false,
          font: (id) => pageFont(page.commonObjs.has(id) ? page.commonObjs.get(id) : null),
        }
        const drawn = pageGlyphs(operations(fnArray, argsArray, names), context)
        const glyphs = withRecognised(drawn.glyphs)
        if (glyphs !== drawn.glyphs) tally.hasRecognisedText = true
        tally.pictures ||= drawn.hasPictures
        tally.hasDrawings ||= drawn.hasDrawings
        for (const { text } of glyphs) {
          tally.letters++
          if (isUnread(text)) tally.unread++
        }
        const placed = texts.addPage(glyphs, addAnnotations(await page.getAnnotations(), texts), number)
        onPage?.({ page: number, view: context.view, placed, marks: drawn.marks })
        page.cleanup()
      } catch {
        // The library throws for whatever it cannot read, with sentences of its own.
        tally.failed++
      }
    }
    const { failed, pictures, hasDrawings, hasRecognisedText, letters, unread } = tally
    return ok({
      texts: texts.build(),
      count: document.numPages,
      failed,
      pictures,
      hasDrawings,
      hasRecognisedText,
      unreadFonts: unread > maxUnreadShare * letters,
    })
  } catch {
    return fail('bad-document', 'The document is damaged. Save it anew, or print it to a new PDF.')
  } finally {
    await task.destroy()
  }
}

function operationNames(operations: typeof Operations): ReadonlyMap<number, string> {
  return new Map(Object.entries(operations).map(([name, number]) => [number, name]))
}

function* operations(
  numbers: readonly number[],
  values: readonly unknown[],
  names: ReadonlyMap<number, string>,
): Generator<Drawn> {
  for (const [index, number] of numbers.entries()) {
    const own = values[index]
    yield { name: names.get(number) ?? '', values: Array.isArray(own) ? own : [] }
  }
}

function pageFont(font: unknown): PageFont {
  const said = typeof font === 'object' && font !== null ? font : {}
  const matrix = 'fontMatrix' in said ? matrixOf(said.fontMatrix) : null
  return {
    unit: matrix === null || matrix[0] === 0 ? 0.001 : Math.abs(matrix[0]),
    isVertical: 'vertical' in said && said.vertical === true,
    isDrawn: 'isType3Font' in said && said.isType3Font === true,
    isBold: 'name' in said && /bold|black|heavy|demi/i.test(String(said.name)),
  }
}

/**
 * Text without ink on a page that shows no other: the page is a scanned picture, and the text is what a program recognised in it. A
 * reader sees it in the picture.
 */
function withRecognised(glyphs: readonly Glyph[]): readonly Glyph[] {
  const isRecognised = glyphs.some(({ isOverPicture }) => isOverPicture)
  const hasInk = glyphs.some(({ text, unseenBy }) => unseenBy === null && text.trim() !== '')
  if (!isRecognised || hasInk) return glyphs
  return glyphs.map((glyph) => (glyph.isOverPicture ? { ...glyph, unseenBy: null } : glyph))
}

/** A character that its font gives no letter for. */
function isUnread(text: string): boolean {
  return text === '' || /^[\0-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]/.test(text)
}

/** Kinds of annotations whose content the page shows itself. */
const shown: ReadonlySet<unknown> = new Set(['Link', 'Widget', 'FreeText', 'Popup'])

/** Notes become text that readers of the page do not see. */
function addAnnotations(annotations: readonly unknown[], texts: PdfTexts): readonly PdfLink[] {
  const links: PdfLink[] = []
  for (const annotation of annotations) {
    if (typeof annotation !== 'object' || annotation === null || !('subtype' in annotation)) continue
    const { subtype } = annotation
    const box = 'rect' in annotation ? boxOf(annotation.rect) : null
    const href = linkOf(annotation)
    if (href !== null && box !== null) links.push({ href, box })
    const content = 'contentsObj' in annotation ? annotation.contentsObj : null
    if (shown.has(subtype) || typeof content !== 'object' || content === null || !('str' in content)) continue
    if (typeof content.str === 'string' && content.str.trim() !== '') texts.addNote(content.str)
  }
  return links
}

/** As the file has it: the library leaves out of `url` what it would not open. */
function linkOf(annotation: object): string | null {
  if ('unsafeUrl' in annotation && typeof annotation.unsafeUrl === 'string') return annotation.unsafeUrl
  return 'url' in annotation && typeof annotation.url === 'string' ? annotation.url : null
}
