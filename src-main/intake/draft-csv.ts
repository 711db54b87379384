import { CsvError, parse } from 'csv-parse/sync'
import type { Problem } from '../contract/result.ts'
import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { withoutBytes } from './byte-source.ts'
import type { Charset } from './charset.ts'
import { charsetOfByteOrderMark, decodeStrictUtf8, decodeText, utf8, windows1252 } from './charset.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { draftMessages, tableKind } from './draft-record.ts'
import { limits, megabytes } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { recipientsOutcome, unknownTableOutcome } from './table-outcome.ts'
import { mappedText } from './text-part.ts'
import { transcodedToUtf8 } from './transcode.ts'

/** A cell where it stands. */
interface Cell {
  /** Its bytes as latin1 characters, quotes undone. */
  readonly value: string
  readonly isQuoted: boolean
  /** From its first byte (the quote) to the byte before the delimiter. */
  readonly range: ByteSpan
}

/**
 * Drafts in a table (RFC 4180; `,`, `;` or tab; quoted cells; UTF-8, UTF-16 or windows-1252): the first row names the
 * columns, each further row is a message. A damaged end leaves the rows before it.
 */
export function readCsvDrafts(input: ByteSource, file: ReadSource): FormatOutcome {
  const mark = charsetOfByteOrderMark(input.bytes)
  const source = mark?.kind === 'utf-16' ? transcodedToUtf8(input, mark) : input
  const charset = decodeStrictUtf8(source.bytes) === null ? windows1252 : utf8
  const { rows, problem } = readRows(source.bytes)
  const [header, ...body] = rows
  if (header === undefined) {
    return { status: 'unreadable', problem: problem ?? { code: 'empty', message: 'The table has no rows.' } }
  }
  const names = header.map((cell) => decodeCell(cell, charset))
  switch (tableKind(names)) {
    case 'recipients':
      return recipientsOutcome()
    case 'unknown':
      return unknownTableOutcome(file)
    case 'drafts':
      break
  }
  const records = body.map((row) => csvRecord(source, row, names, charset))
  const messages = draftMessages(records.slice(0, limits.maxMessages), file)
  if (messages.length === 0) {
    return { status: 'unreadable', problem: problem ?? { code: 'empty', message: 'The table has no row with a text.' } }
  }
  return { messages, problem: problem ?? (records.length > limits.maxMessages ? tooManyRows() : null) }
}

function tooManyRows(): Problem {
  return { code: 'too-many-parts', message: `Only the first ${String(limits.maxMessages)} rows were read.` }
}

function csvRecord(source: ByteSource, row: readonly Cell[], names: readonly string[], charset: Charset): DraftRecord {
  const values: DraftValue[] = row.map((cell, index) => {
    const inside = insideQuotes(source, cell)
    const text = decodeText(inside.bytes, charset)
    return {
      name: names[index] ?? `column ${String(index + 1)}`,
      value: mappedText(inside.bytes, charset, text, inside.toInput),
    }
  })
  return { values, damage: values.some(({ value }) => value.text.includes('\uFFFD')) ? 'bad-encoding' : null }
}

function decodeCell(cell: Cell, charset: Charset): string {
  return decodeText(Buffer.from(cell.value, 'latin1'), charset)
}

/** The cell's own bytes: without the quotes around it and the second of two quotes. */
function insideQuotes(source: ByteSource, cell: Cell): ByteSource {
  const { bytes } = source
  if (!cell.isQuoted) return withoutBytes(source, cell.range, [])
  const range = { start: cell.range.start + 1, end: cell.range.end - 1 }
  const cuts: ByteSpan[] = []
  for (let position = range.start; position < range.end; position++) {
    if (bytes[position] !== 0x22) continue
    position++
    cuts.push({ start: position, end: position + 1 })
  }
  return withoutBytes(source, range, cuts)
}

function readRows(bytes: Buffer): { readonly rows: readonly (readonly Cell[])[]; readonly problem: Problem | null } {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let problem: Problem | null = null
  try {
    parse(bytes, {
      bom: true,
      encoding: 'latin1',
      delimiter: delimiterOf(bytes),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: limits.maxCsvCellBytes,
      cast(value, context) {
        if (context.index === 0) rows.push((row = []))
        const end = context.bytes
        const quotes = context.quoting ? 2 + (value.split('"').length - 1) : 0
        row.push({ value, isQuoted: context.quoting, range: { start: end - value.length - quotes, end } })
        return value
      },
      on_record: () => null,
      to: limits.maxMessages + 2,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (rows.length > 1) rows.pop()
    problem = csvProblem(error)
  }
  return { rows, problem }
}

function csvProblem(error: CsvError): Problem {
  const line = typeof error.lines === 'number' ? { line: Math.max(1, error.lines) } : {}
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const message = `A row is larger than ${megabytes(limits.maxCsvCellBytes)}; rows from there on are not read.`
    return { code: 'too-large', message, ...line }
  }
  return { code: 'bad-csv', message: 'A quoted cell is not closed properly; rows from there on are not read.', ...line }
}

/** The delimiter that splits the first line most often. */
function delimiterOf(bytes: Buffer): string {
  const first = bytes.toString('latin1', 0, 64 * 1024).split(/[\r\n]/, 1)[0] ?? ''
  const unquoted = first.replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}
