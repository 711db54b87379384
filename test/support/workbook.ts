import writeXlsxFile from 'write-excel-file/node'

export type WorkbookCell = string | number | boolean | Date | null

/** A workbook as a spreadsheet program saves it: sheets of rows of cells. */
export function workbookOf(...sheets: readonly (readonly (readonly WorkbookCell[])[])[]): Promise<Buffer> {
  const data = sheets.map((rows, index) => ({
    sheet: `Sheet ${String(index + 1)}`,
    data: rows.map((row) => row.map(asCell)),
  }))
  return writeXlsxFile(data).toBuffer()
}

function asCell(value: WorkbookCell) {
  return value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd hh:mm' } : value
}
