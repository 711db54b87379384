import { CsvError, parse } from 'csv-parse/sync'
import type { Problem } from '../contract/result.ts'
import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { withoutBytes } from './byte-source.ts'
import type { Charset } from './charset.ts'
import {
  charsetOfByteOrderMark,
  charsetOfFirstBytes,
  decodeStrictUtf8,
  decodeText,
  utf8,
  windows1252,
} from './charset.ts'
import { csvDialect } from './csv-delimiter.ts'
import { csvRows } from './csv-rows.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { draftMessages } from './draft-record.ts'
import { limits, megabytes } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { tableKind } from './table-kind.ts'
import { recipientsOutcome, tableOf, unknownTableOutcome } from './table-outcome.ts'
import { mappedText } from './text-part.ts'
import { transcodedToUtf8 } from './transcode.ts'

/** Rows that tell what a table is. */
const sampleRows = 50

/** A cell where it stands. */
interface Cell {
  /** Its bytes as latin1 characters, quotes undone. */
  readonly value: string
  /** From its first byte (the quote) to the byte before the delimiter. */
  readonly range: ByteSpan
}

/**
 * Drafts in a table (RFC 4180; `,`, `;`, `|` or tab; quoted cells; UTF-8, UTF-16 or windows-1252): the first row names the
 * columns, each further row is a message. A damaged end leaves the rows before it.
 */
export function readCsvDrafts(input: ByteSource, file: ReadSource): FormatOutcome {
  const mark = charsetOfFirstBytes(input.bytes)
  const source = mark?.kind === 'utf-16' ? transcodedToUtf8(input, mark) : input
  // Neither loses a byte; of UTF-16 only halves of surrogate pairs can be lost.
  const charset = decodeStrictUtf8(source.bytes) === null ? windows1252 : utf8
  const { rows, problem } = readRows(source.bytes)
  const [header, ...body] = rows
  if (header === undefined) {
    return { status: 'unreadable', problem: problem ?? { code: 'empty', message: 'The table has no rows.' } }
  }
  const names = header.map((cell) => decodeCell(cell, charset))
  const sample = body.slice(0, sampleRows).map((row) => row.map((cell) => decodeCell(cell, charset)))
  switch (tableKind(names, sample, file)) {
    case 'recipients':
      return recipientsOutcome(
        file,
        tableOf(file, input.bytes, () => csvRows([input.bytes])),
      )
    case 'unknown':
      return unknownTableOutcome(file)
    case 'drafts':
      break
  }
  const records = body.map((row) => csvRecord(source, row.slice(0, limits.maxColumns), names, charset))
  const isTooWide = rows.some((row) => row.length > limits.maxColumns)
  const messages = draftMessages(records.slice(0, limits.maxMessages), file)
  if (messages.length === 0) {
    return { status: 'unreadable', problem: problem ?? { code: 'empty', message: 'The table has no row with a text.' } }
  }
  return { messages, problem: problem ?? tooMuch(records.length > limits.maxMessages, isTooWide) }
}

function tooMuch(isTooLong: boolean, isTooWide: boolean): Problem | null {
  if (!isTooLong && !isTooWide) return null
  const shown = isTooLong ? `${String(limits.maxMessages)} rows` : `${String(limits.maxColumns)} columns`
  return { code: 'too-many-parts', message: `Only the first ${shown} were read.` }
}

function csvRecord(source: ByteSource, row: readonly Cell[], names: readonly string[], charset: Charset): DraftRecord {
  const values: DraftValue[] = row.map((cell, index) => {
    const content = cellContent(source, cell)
    const text = decodeText(content.bytes, charset)
    return {
      name: names[index] ?? `column ${String(index + 1)}`,
      value: mappedText(content.bytes, charset, text, content.toInput),
    }
  })
  return { values, damage: null }
}

function decodeCell(cell: Cell, charset: Charset): string {
  return decodeText(Buffer.from(cell.value, 'latin1'), charset)
}

/** The cell's own bytes: without the quotes around it and the second of two quotes. */
function cellContent(source: ByteSource, cell: Cell): ByteSource {
  const { bytes } = source
  const { start, end } = cell.range
  if (end - start === cell.value.length) return withoutBytes(source, cell.range, [])
  const inside = { start: start + 1, end: end - 1 }
  const cuts: ByteSpan[] = []
  for (let position = inside.start; position < inside.end; position++) {
    if (bytes[position] !== 0x22) continue
    position++
    cuts.push({ start: position, end: position + 1 })
  }
  const isRegular =
    inside.end - inside.start - cuts.length === cell.value.length && (cuts.at(-1)?.end ?? 0) <= inside.end
  if (isRegular) return withoutBytes(source, inside, cuts)
  // Text after a closing quote: the parser's reading of it has no place of its own, so the cell as a whole is named.
  return { bytes: Buffer.from(cell.value, 'latin1'), toInput: () => source.toInput(cell.range) }
}

function readRows(bytes: Buffer): { readonly rows: readonly (readonly Cell[])[]; readonly problem: Problem | null } {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let problem: Problem | null = null
  // The parser would let a byte order mark choose the encoding; here bytes are to stay bytes.
  const start = charsetOfByteOrderMark(bytes) === null ? 0 : 3
  const { delimiter, skippedBytes } = csvDialect(bytes.subarray(start))
  const offset = start + skippedBytes
  let lastEnd = offset
  try {
    parse(bytes.subarray(offset), {
      encoding: 'latin1',
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: limits.maxCsvCellBytes,
      to: limits.maxMessages + 2,
      cast(value, context) {
        const end = offset + context.bytes
        const start = context.index === 0 ? afterLineEnds(bytes, lastEnd) : lastEnd + 1
        row.push({ value, range: { start: Math.min(start, end), end } })
        lastEnd = end
        return value
      },
      on_record() {
        rows.push(row)
        row = []
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem = csvProblem(error, lineAt(bytes, row[0]?.range.start ?? afterLineEnds(bytes, lastEnd)))
  }
  return { rows, problem }
}

function afterLineEnds(bytes: Buffer, position: number): number {
  let start = position
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start++
  return start
}

/** `line`: of the row that could not be read. */
function csvProblem(error: CsvError, line: number): Problem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const message = `A row is larger than ${megabytes(limits.maxCsvCellBytes)}; rows from there on are not read.`
    return { code: 'too-large', message, line }
  }
  return { code: 'bad-csv', message: 'A quoted cell is not closed properly; rows from there on are not read.', line }
}

function lineAt(bytes: Buffer, position: number): number {
  return bytes.toString('latin1', 0, position).split(/\r\n|\r|\n/).length
}
