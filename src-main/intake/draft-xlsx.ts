import type { Problem, Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import { isMessageField, type DraftRecord } from './draft-record.ts'
import { draftsOutcome } from './drafts-outcome.ts'
import { limits } from './limits.ts'
import type { OfficePackage } from './office-package.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { tableKind } from './table-kind.ts'
import { recipientsOutcome, tableOf } from './table-outcome.ts'
import type { TableEvent } from './table-rows.ts'
import { cutText } from './text-part.ts'
import { xlsxRows } from './xlsx-rows.ts'
import type { Row, Workbook } from './xlsx-workbook.ts'
import { openWorkbook, sheetReader } from './xlsx-workbook.ts'

/** Rows that tell what a sheet is. */
const sampleRows = 50

interface Sheet {
  readonly rows: readonly Row[]
  /** Rows or columns were left out, or formulas have no result. */
  readonly problem: Problem | null
}

/** Rows above the names of columns, such as a title and a date, that plans of campaigns begin with. */
const maxTitleRows = 10

/**
 * Drafts in an Excel workbook (ECMA-376): on each sheet the first row that is not empty names the columns, or the first behind
 * it that holds two names of drafts; each further row is a message. Of formulas the stored result is read. A cell has no bytes of its own in the file: places are null.
 */
export async function readXlsxDrafts(office: OfficePackage, file: ReadSource): Promise<FormatOutcome> {
  const workbook = await openWorkbook(office)
  if (!workbook.ok) return { status: 'unreadable', problem: workbook.problem }
  const list = await recipientsSheet(office, workbook.value, file)
  if (list !== null) return list
  const read = await readSheets(office, workbook.value)
  if (!read.ok) return { status: 'unreadable', problem: read.problem }
  const tables = read.value.filter(({ rows }) => rows.length > 0).map((sheet) => withoutTitle(sheet, file))
  const drafts = tables.filter(({ rows }) => tableKind(rows[0] ?? [], rows.slice(1, sampleRows), file) === 'drafts')
  // Sheets beside the drafts, such as notes, are no drafts; without any the columns say what the workbook is.
  const chosen = drafts.length > 0 ? drafts : tables
  const problem = chosen.map((sheet) => sheet.problem).find((found) => found !== null) ?? null
  const records = chosen.flatMap(recordsOf)
  if (drafts.length > 0 && records.length === 0) {
    return { status: 'unreadable', problem: { code: 'empty', message: 'The workbook has no row with a text.' } }
  }
  return draftsOutcome(records, problem, file)
}

function withoutTitle(sheet: Sheet, file: ReadSource): Sheet {
  const { rows } = sheet
  if (tableKind(rows[0] ?? [], rows.slice(1, sampleRows), file) !== 'unknown') return sheet
  const at = rows.slice(0, maxTitleRows).findIndex((row) => row.filter(isMessageField).length >= 2)
  return at < 0 ? sheet : { ...sheet, rows: rows.slice(at) }
}

/** The first list of people, in a workbook without drafts: its rows are read as they are unpacked, however many there are. */
async function recipientsSheet(
  office: OfficePackage,
  workbook: Workbook,
  file: ReadSource,
): Promise<FormatOutcome | null> {
  let list: FormatOutcome | null = null
  for (const name of workbook.sheets) {
    const part = office.stream(name)
    if (part === null) continue
    const events = (): AsyncGenerator<TableEvent> => xlsxRows(part.pieces(), workbook)
    const [names, ...sample] = await firstRows(events())
    if (names === undefined) continue
    const kind = tableKind(names, sample, file)
    if (kind === 'drafts') return null
    if (kind !== 'recipients' || list !== null) continue
    const identity = JSON.stringify([part.identity, workbook.strings.length, workbook.strings.at(-1) ?? ''])
    list = recipientsOutcome(file, tableOf(file, Buffer.from(identity), events))
  }
  return list
}

async function firstRows(events: AsyncGenerator<TableEvent>): Promise<readonly (readonly string[])[]> {
  for await (const event of events) if (event.kind === 'rows') return event.rows.slice(0, sampleRows)
  return []
}

function recordsOf({ rows }: Sheet): DraftRecord[] {
  const [names = [], ...body] = rows
  return body.map((row, index) => ({
    values: names.flatMap((name, column) => {
      const whole = row[column] ?? ''
      const text = cutText(whole)
      // The first row keeps its empty cells, so that every column is known by name.
      return name === '' || (whole === '' && index > 0)
        ? []
        : [{ name, value: { text, toSource: null, isCut: text.length < whole.length } }]
    }),
    damage: null,
  }))
}

async function readSheets(office: OfficePackage, workbook: Workbook): Promise<Result<readonly Sheet[]>> {
  const sheets: Sheet[] = []
  let left: number = limits.maxMessages
  for (const name of workbook.sheets) {
    const sheet = await readSheet(office, name, workbook, left)
    if (!sheet.ok) return sheet
    sheets.push(sheet.value)
    left = Math.max(0, left - sheet.value.rows.length)
  }
  return ok(sheets)
}

async function readSheet(
  office: OfficePackage,
  name: string,
  workbook: Workbook,
  maxRows: number,
): Promise<Result<Sheet>> {
  const rows: Row[] = []
  const { handler, problem } = sheetReader(workbook, (row) => void rows.push(row))
  // One row past the limit, and the one with the names, show that there are more.
  const isDone = (): boolean => rows.length > maxRows + 1 || workbook.units.left < 0
  const result = await office.read(name, { ...handler, isDone })
  return result.ok ? ok({ rows, problem: problem() }) : result
}
