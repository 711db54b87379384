import { PDFDocument, PDFName, PDFString, StandardFonts, type PDFFont, type PDFObject, type PDFPage } from 'pdf-lib'

export interface PdfSheet {
  readonly document: PDFDocument
  readonly page: PDFPage
  readonly font: PDFFont
  /** Writes a line at a place, points from the lower left. */
  readonly write: (text: string, y: number, options?: Parameters<PDFPage['drawText']>[1]) => void
}

/** A PDF document of one page of 400 by 400 points, as a library writes it. */
export async function pdfOf(
  draw: (sheet: PdfSheet) => void | Promise<void>,
  options: { readonly packed?: boolean } = {},
): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const font = await document.embedFont(StandardFonts.Helvetica)
  const page = document.addPage([400, 400])
  await draw({
    document,
    page,
    font,
    write: (text, y, more) => {
      page.drawText(text, { x: 50, y, size: 12, font, ...more })
    },
  })
  return Buffer.from(await document.save({ useObjectStreams: options.packed ?? false }))
}

/** Puts a link over a box of the page. */
export function addLink(
  { document, page }: PdfSheet,
  href: string,
  [left, bottom, right, top]: readonly [number, number, number, number],
): void {
  addAnnotation(document, page, {
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [left, bottom, right, top],
    A: { Type: 'Action', S: 'URI', URI: PDFString.of(href) },
  })
}

/** What `pdf-lib` makes an object of. */
export type PdfEntry =
  PDFObject | string | number | boolean | readonly PdfEntry[] | { readonly [key: string]: PdfEntry }

/** The library's own type for such values lets no object stand for itself beside a literal. */
export function pdfObject(document: PDFDocument, entry: PdfEntry): PDFObject {
  return document.context.obj(entry as LiteralObject)
}

type LiteralObject = Record<string, string>

export function addAnnotation(document: PDFDocument, page: PDFPage, dict: Record<string, PdfEntry>): void {
  page.node.addAnnot(document.context.register(pdfObject(document, dict)))
}

/** Gives the catalogue an entry. */
export function setCatalog(document: PDFDocument, key: string, value: Record<string, PdfEntry>): void {
  document.catalog.set(PDFName.of(key), pdfObject(document, value))
}

/** A file of hand-made objects, for what no library writes; the table of contents is left out, as in a damaged file. */
export function rawPdf(objects: Readonly<Record<number, string>>, trailer = '/Root 1 0 R'): Buffer {
  const body = Object.entries(objects).map(([number, value]) => `${number} 0 obj\n${value}\nendobj\n`)
  return Buffer.from(`%PDF-1.7\n${body.join('')}trailer\n<< ${trailer} >>\n%%EOF\n`, 'latin1')
}

export function rawStream(dict: string, bytes: Buffer | string): string {
  const content = typeof bytes === 'string' ? bytes : bytes.toString('latin1')
  return `<< ${dict} /Length ${String(content.length)} >>\nstream\n${content}\nendstream`
}
