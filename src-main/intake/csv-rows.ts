import Papa from 'papaparse'
import type { Problem } from '../contract/result.ts'
import { charsetOfByteOrderMark, charsetOfFirstBytes, decodeStrictUtf8, decodeText, windows1252 } from './charset.ts'
import { csvDialect } from './csv-delimiter.ts'
import { limits, megabytes } from './limits.ts'
import type { TableEvent } from './table-rows.ts'

/**
 * The rows of a table of any length (RFC 4180; `,`, `;`, `|` or tab; UTF-8, UTF-16 or windows-1252), the names of the
 * columns first, some thousands at a time. Holds one piece of the file at a time; what follows damage is not read.
 */
export async function* csvRows(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<TableEvent> {
  let parser: InstanceType<typeof Papa.Parser> | null = null
  let toBytes = (piece: Buffer): Buffer => piece
  let hasOnlyAscii = true
  let rest = ''
  let count = 0
  const taken = (data: Parsed['data']): TableEvent => {
    const rows = data.filter((row) => row.length > 1 || row[0] !== '').map(narrow)
    count += rows.length
    return { kind: 'rows', rows: hasOnlyAscii ? rows : rows.map((row) => row.map(decodeCell)) }
  }
  for await (const piece of small(atLeast(pieces, headBytes))) {
    let bytes: Buffer
    if (parser === null) {
      toBytes = transcoder(piece)
      const head = withoutMark(toBytes(piece))
      const { delimiter, skippedBytes } = csvDialect(head)
      bytes = head.subarray(skippedBytes)
      parser = new Papa.Parser({ delimiter, newline: lineEndOf(bytes) })
    } else bytes = toBytes(piece)
    // Bytes stay bytes, so that neither a wrong charset nor a cut character moves anything.
    const latin = bytes.toString('latin1')
    hasOnlyAscii &&= !/[\x80-\xff]/.test(latin)
    const text = rest + latin
    const read = parsed(parser, text, true)
    rest = text.slice(read.meta.cursor)
    if (read.data.length > 0) yield taken(read.data)
    if (rest.length > limits.maxCsvCellBytes) {
      yield { kind: 'problem', problem: tooLong(count) }
      return
    }
  }
  if (parser === null || rest === '') return
  const read = parsed(parser, rest, false)
  const isOpen = read.errors.some(({ code }) => code === 'MissingQuotes')
  const data = isOpen ? read.data.slice(0, -1) : read.data
  if (data.length > 0) yield taken(data)
  if (isOpen) yield { kind: 'problem', problem: notClosed(count) }
}

interface Parsed {
  readonly data: readonly (readonly string[])[]
  readonly errors: readonly Papa.ParseError[]
  readonly meta: { readonly cursor: number }
}

/** `isPart`: more follows, so a last row without an end is left for later; `cursor` is where it begins. */
function parsed(parser: InstanceType<typeof Papa.Parser>, text: string, isPart: boolean): Parsed {
  // Untyped in its declarations; without the header option it gives lists of cells.
  return parser.parse(text, 0, isPart) as Parsed
}

/** Enough to tell delimiter and charset by. */
const headBytes = 64 * 1024

/** Rows of one piece are all in memory at once: each takes ten times its bytes. */
const maxPieceBytes = 128 * 1024

async function* small(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += maxPieceBytes) yield piece.subarray(at, at + maxPieceBytes)
  }
}

/** The pieces, the first of them long enough where there is that much. */
async function* atLeast(pieces: AsyncIterable<Buffer> | Iterable<Buffer>, minBytes: number): AsyncGenerator<Buffer> {
  let first: Buffer | null = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (first === null) yield piece
    else {
      // A copy: a piece is good until the next is asked for.
      first = Buffer.concat([first, piece])
      if (first.length < minBytes) continue
      yield first
      first = null
    }
  }
  if (first !== null && first.length > 0) yield first
}

/** From UTF-16 to UTF-8; everything else as it is. */
function transcoder(first: Buffer): (piece: Buffer) => Buffer {
  const charset = charsetOfFirstBytes(first)
  if (charset?.kind !== 'utf-16') return (piece) => piece
  const decoder = new TextDecoder(charset.label)
  return (piece) => Buffer.from(decoder.decode(piece, { stream: true }), 'utf8')
}

function withoutMark(bytes: Buffer): Buffer {
  return charsetOfByteOrderMark(bytes)?.kind === 'utf-8' ? bytes.subarray(3) : bytes
}

/** What ends most rows: a carriage return inside a row of another ending belongs to its cell. */
function lineEndOf(bytes: Buffer): '\r\n' | '\n' | '\r' {
  const head = bytes.toString('latin1', 0, headBytes).replace(/"(?:[^"]|"")*"/g, '')
  return head.includes('\r\n') ? '\r\n' : head.includes('\n') ? '\n' : '\r'
}

function narrow(row: readonly string[]): readonly string[] {
  return row.length > limits.maxColumns ? row.slice(0, limits.maxColumns) : row
}

function decodeCell(cell: string): string {
  if (!/[\x80-\xff]/.test(cell)) return cell
  const bytes = Buffer.from(cell, 'latin1')
  return decodeStrictUtf8(bytes) ?? decodeText(bytes, windows1252)
}

function tooLong(rows: number): Problem {
  const message = `The row after row ${String(rows)} is larger than ${megabytes(limits.maxCsvCellBytes)}; rows from there on are not read.`
  return { code: 'too-large', message }
}

function notClosed(rows: number): Problem {
  const message = `A quoted cell after row ${String(rows)} is not closed properly; rows from there on are not read.`
  return { code: 'bad-csv', message }
}
