/** How a table's cells are told apart. */
export interface CsvDialect {
  readonly delimiter: string
  /** Bytes of a line that only names the delimiter (`sep=;`), as spreadsheets write and understand it. */
  readonly skippedBytes: number
}

const candidates = [',', ';', '\t', '|'] as const
const sniffedBytes = 64 * 1024
const sniffedRows = 20

/**
 * The delimiter of a table: what a `sep=` line says, else the one that splits the first row most often and the rows after
 * it as often, with what stands in quotes left aside. `bytes` without a byte order mark.
 */
export function csvDialect(bytes: Buffer): CsvDialect {
  const head = bytes.toString('latin1', 0, sniffedBytes)
  const said = /^sep=([,;|\t])(?:\r\n|\n|\r)/i.exec(head)
  if (said !== null) return { delimiter: said[1] ?? ',', skippedBytes: said[0].length }
  const rows = unquotedRows(head)
  const scores = candidates.map((delimiter) => {
    const [first = 0, ...rest] = rows.map((row) => row.split(delimiter).length - 1)
    const alike = rest.filter((count) => count === first).length
    // Rows that are split alike weigh more than how often the first one is.
    return { delimiter, score: first === 0 ? 0 : first + (rest.length === 0 ? 0 : (100 * alike) / rest.length) }
  })
  const best = scores.reduce((winner, next) => (next.score > winner.score ? next : winner))
  return { delimiter: best.delimiter, skippedBytes: 0 }
}

/** The first rows without what stands in quotes; a row that may be cut off is left out. */
function unquotedRows(head: string): readonly string[] {
  const unquoted = head.replace(/"(?:[^"]|"")*"/g, '')
  const rows = unquoted.split(/\r\n|\n|\r/).filter((row) => row !== '')
  const whole = head.length === sniffedBytes && rows.length > 1 ? rows.slice(0, -1) : rows
  return whole.slice(0, sniffedRows)
}
