import { fail, ok, type Problem, type Result } from '../contract/result.ts'
import { documentMessage, wholeFile } from './document-message.ts'
import type { IntakeReport } from './intake-report.ts'
import { limits, megabytes } from './limits.ts'
import { pageEffort } from './pdf-effort.ts'
import { pdfFacts, type PdfFacts } from './pdf-facts.ts'
import type { PdfObjects } from './pdf-objects.ts'
import { nameOf, pdfProblem, readPdfObjects } from './pdf-objects.ts'
import type { PdfDict } from './pdf-syntax.ts'
import { withoutPictures } from './pdf-pictures.ts'
import { readPdfPages, type PdfPages, type PdfPlaces } from './pdf-pages.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

/**
 * A PDF document (ISO 32000) as one text: what its pages show, and apart from it what they hold and do not show. Nothing of it is
 * run or fetched. Objects are read and counted first, so that what is drawn next ends in time.
 */
export async function readPdf(bytes: Buffer, file: ReadSource): Promise<FormatOutcome> {
  const drawn = await drawPdf(bytes)
  if (!drawn.ok) return refused(drawn.problem)
  const { facts, plan, pages } = drawn.value
  const { texts } = pages
  const hasText = texts.some(({ text, unseenBy }) => unseenBy === null && text.trim() !== '')
  const isBlank = texts.every(({ text }) => text.trim() === '')
  const isWhole = pages.failed === 0 && plan.skipped.size === 0 && plan.count <= pages.count
  if (isBlank && isWhole && !pages.hasDrawings) {
    return refused({ code: 'empty', message: 'The document shows nothing.' })
  }
  const message = documentMessage(file, texts, (report) => {
    noteUnread(facts, pages, hasText, report)
    notePages(plan, pages, report)
  })
  return {
    messages: [acts(facts) ? { ...message, attachments: [wholeFile(bytes, file, 'application/pdf')] } : message],
    problem: null,
  }
}

export interface DrawnPdf {
  readonly facts: PdfFacts
  readonly plan: PagePlan
  readonly pages: PdfPages
}

/** What a document's pages show, once its objects were found to be few and small enough. */
export async function drawPdf(bytes: Buffer, onPage?: (places: PdfPlaces) => void): Promise<Result<DrawnPdf>> {
  const read = readPdfObjects(bytes)
  if (!read.ok) return read
  const objects = read.value
  if (objects.encryption === 'locked')
    return fail('document-encrypted', 'The document is encrypted. Save it without its password and review that.')
  if (objects.problem !== null) return { ok: false, problem: pdfProblem(objects.problem) }
  if (!fitsBudget(objects)) return { ok: false, problem: pdfProblem('too-large') }
  const facts = pdfFacts(objects)
  if (facts.pages === null) return { ok: false, problem: damaged }
  const plan = pagesToRead(objects, facts.pages)
  const pages = await readPdfPages(withoutPictures(bytes, objects), plan.skipped, onPage)
  return pages.ok ? ok({ facts, plan, pages: pages.value }) : pages
}

const damaged: Problem = {
  code: 'bad-document',
  message: 'The document is damaged. Save it anew, or print it to a new PDF.',
}

function refused(problem: Problem): FormatOutcome {
  return { status: 'unreadable', problem }
}

/** Everything that has to be unpacked to draw the pages, within what a document may come to. */
function fitsBudget(objects: PdfObjects): boolean {
  for (const { stream } of objects.all()) {
    if (stream === null) continue
    const type = nameOf(stream.dict.get('Type'))
    if (nameOf(stream.dict.get('Subtype')) === 'Image' || type === 'EmbeddedFile' || type === 'ObjStm') continue
    const unpacked = objects.unpack(stream)
    if ('failure' in unpacked && unpacked.failure === 'too-large') return false
  }
  return true
}

export interface PagePlan {
  /** Pages that the document has. */
  readonly count: number
  /** Pages, from 1, that would take too long. */
  readonly skipped: ReadonlySet<number>
}

function pagesToRead(objects: PdfObjects, pages: readonly PdfDict[]): PagePlan {
  const effort = pageEffort(objects)
  const skipped = new Set<number>()
  let left: number = limits.maxPdfDrawnBytes
  for (const [index, page] of pages.slice(0, limits.maxPdfPages).entries()) {
    const bytes = effort(page)
    if (bytes > limits.maxPdfPageBytes || bytes > left) skipped.add(index + 1)
    else left -= bytes
  }
  return { skipped, count: pages.length }
}

function notePages(plan: PagePlan, pages: PdfPages, report: IntakeReport): void {
  const { skipped } = plan
  const count = Math.max(plan.count, pages.count)
  const failed = pages.failed + Math.max(0, plan.count - pages.count)
  if (count > limits.maxPdfPages) {
    const first = `the first ${String(limits.maxPdfPages)} of ${String(count)} pages`
    report.problem('too-many-parts', `Only ${first} were read.`)
    report.gap('past-limit', `only ${first} were read`, true)
  }
  if (skipped.size > 0) {
    const most = megabytes(limits.maxPdfPageBytes)
    report.problem('too-large', `${pagesAre(skipped.size)} drawn with more than is looked at (${most} a page).`)
    report.gap('past-limit', `${pagesAre(skipped.size)} drawn with more than is looked at`, true)
  }
  if (failed > 0) {
    report.problem('bad-document', `${pagesAre(failed)} damaged. Save the document anew, or print it to a new PDF.`)
    report.gap('undecodable', `${pagesAre(failed)} damaged`, true)
  }
}

function pagesAre(count: number): string {
  return count === 1 ? '1 page is' : `${String(count)} pages are`
}

function noteUnread({ acts: found, files }: PdfFacts, pages: PdfPages, hasText: boolean, report: IntakeReport): void {
  if (pages.hasRecognisedText) {
    report.gap('image-only', 'pages are pictures; only the text that another program recognised in them was read', true)
  } else if (!hasText && pages.hasDrawings)
    report.gap('image-only', 'what the document says stands in pictures or drawings', true)
  else if (pages.pictures) report.gap('attachment-unread', 'the pictures of the document were not read', false)
  if (pages.unreadFonts) report.gap('undecodable', 'the document has letters that cannot be told', true)
  if (files.length > 0) report.gap('attachment-unread', 'the document holds other files, which were not read', true)
  const kinds = new Set(found.map(({ kind }) => kind))
  if (kinds.has('javascript')) report.gap('attachment-unread', 'the document holds scripts, which were not run', true)
  if (kinds.has('xfa-form')) report.gap('attachment-unread', 'the document holds an XFA form, which was not read', true)
  if (kinds.has('media'))
    report.gap('attachment-unread', 'the document holds sounds or films, which were not read', true)
}

/** It does more than show: then the file itself is looked at as one that a mail has attached. */
function acts({ acts: found, files }: PdfFacts): boolean {
  return found.length > 0 || files.length > 0
}
