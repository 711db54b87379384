import type { Problem, Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { limits, megabytes } from './limits.ts'
import type { OfficePackage } from './office-package.ts'
import { isBuiltInDateFormat, isDateFormat, spreadsheetDate } from './spreadsheet-date.ts'
import type { XmlHandler } from './xml-events.ts'

/** Cells of a row by column, from 0; holes are empty cells. */
export type Row = readonly string[]

export interface Workbook {
  /** Names of the parts that hold its sheets. */
  readonly sheets: readonly string[]
  readonly strings: readonly string[]
  /** By style number: its cells are dates. */
  readonly dateStyles: readonly boolean[]
  readonly is1904: boolean
  /** How much text its cells may still hold: the same text can stand in any number of them. */
  readonly units: { left: number }
}

/** What all sheets of a workbook share. */
export async function openWorkbook(office: OfficePackage): Promise<Result<Workbook>> {
  const relations = await office.relations('xl/workbook.xml')
  if (!relations.ok) return relations
  const ids: string[] = []
  let is1904 = false
  const workbook = await office.read('xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'sheet') ids.push(attributes.get('id') ?? '')
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.get('date1904') ?? '')
    },
    close: () => undefined,
    text: () => undefined,
  })
  if (!workbook.ok) return workbook
  const targetOf = (type: string): string =>
    [...relations.value.values()].find((one) => one.type === type)?.target ?? ''
  const strings = await sharedStrings(office, targetOf('sharedStrings'))
  if (!strings.ok) return strings
  const dateStyles = await readDateStyles(office, targetOf('styles'))
  if (!dateStyles.ok) return dateStyles
  const sheets = ids.flatMap((id) => {
    const relation = relations.value.get(id)
    const isSheet = relation?.type === 'worksheet' && !relation.isExternal && office.names.includes(relation.target)
    return isSheet ? [relation.target] : []
  })
  if (sheets.length === 0) return fail('bad-document', 'The workbook holds no sheet that can be read. Save it anew.')
  const units = { left: limits.maxRepeatedUnits }
  return ok({ sheets, strings: strings.value, dateStyles: dateStyles.value, is1904, units })
}

/** Texts of cells that several may share; formatting and readings (`rPh`) left out. */
async function sharedStrings(office: OfficePackage, name: string): Promise<Result<readonly string[]>> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inReading = 0
  const result = await office.read(name, {
    open(element) {
      if (element === 'si') text = ''
      if (element === 'rPh') inReading++
      inText = element === 't' && inReading === 0
    },
    close(element) {
      if (element === 'si') strings.push(excelText(text))
      if (element === 'rPh') inReading--
      inText = false
    },
    text(piece) {
      if (inText) text += piece
    },
  })
  return result.ok ? ok(strings) : result
}

async function readDateStyles(office: OfficePackage, name: string): Promise<Result<readonly boolean[]>> {
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCellStyles = false
  const result = await office.read(name, {
    open(element, attributes) {
      const id = Number(attributes.get('numFmtId') ?? 0)
      if (element === 'numFmt') custom.set(id, isDateFormat(attributes.get('formatCode') ?? ''))
      if (element === 'cellXfs') inCellStyles = true
      if (element === 'xf' && inCellStyles) styles.push(custom.get(id) ?? isBuiltInDateFormat(id))
    },
    close(element) {
      if (element === 'cellXfs') inCellStyles = false
    },
    text: () => undefined,
  })
  return result.ok ? ok(styles) : result
}

/** Takes the events of a sheet and gives its rows that are not empty. */
export function sheetReader(
  workbook: Workbook,
  onRow: (row: Row) => void,
): { readonly handler: XmlHandler; readonly problem: () => Problem | null } {
  let row: string[] = []
  let column = -1
  let cell = { type: 'n', style: 0, hasFormula: false, hasValue: false }
  let value = ''
  let inValue = false
  let inReading = 0
  let problem: Problem | null = null
  const handler: XmlHandler = {
    open(element, attributes) {
      inValue = false
      switch (element) {
        case 'row':
          row = []
          column = -1
          break
        case 'c':
          column = columnOf(attributes.get('r')) ?? column + 1
          cell = {
            type: attributes.get('t') ?? 'n',
            style: Number(attributes.get('s') ?? 0),
            hasFormula: false,
            hasValue: false,
          }
          value = ''
          break
        case 'f':
          cell.hasFormula = true
          break
        case 'rPh':
          inReading++
          break
        case 'v':
        case 't':
          cell.hasValue = true
          inValue = inReading === 0
          break
      }
    },
    close(element) {
      inValue = false
      if (element === 'rPh') inReading--
      else if (element === 'c') {
        if (column >= limits.maxColumns) problem ??= tooManyColumns
        else if (value !== '') {
          while (row.length < column) row.push('')
          const text = cellText(value, cell.type, cell.style, workbook)
          workbook.units.left -= text.length
          if (workbook.units.left < 0) problem = tooMuchText
          else row[column] = text
        }
        if (cell.hasFormula && !cell.hasValue) problem ??= formulaWithoutResult
      } else if (element === 'row' && row.some((text) => text !== '')) onRow(row)
    },
    text(piece) {
      if (inValue) value += piece
    },
  }
  return { handler, problem: () => problem }
}

const tooMuchText: Problem = {
  code: 'too-large',
  message: `The cells hold more than ${megabytes(limits.maxRepeatedUnits)} of text; the rest is not read.`,
}
const tooManyColumns: Problem = {
  code: 'too-many-parts',
  message: `Only the first ${String(limits.maxColumns)} columns were read.`,
}
const formulaWithoutResult: Problem = {
  code: 'bad-document',
  message: 'A formula has no stored result, so its cell was read as empty. Open the workbook and save it anew.',
}

/** `BC7` → 54. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference ?? '')?.[1]
  if (letters === undefined) return null
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellText(value: string, type: string, style: number, workbook: Workbook): string {
  switch (type) {
    case 's':
      return workbook.strings[Number(value)] ?? ''
    case 'b':
      return value === '1' ? 'true' : 'false'
    case 'n':
      return workbook.dateStyles[style] === true ? spreadsheetDate(value, workbook.is1904) : value
    default:
      return excelText(value)
  }
}

/** Characters that XML cannot hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
function excelText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
