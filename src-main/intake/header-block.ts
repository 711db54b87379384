import type { ByteSpan } from '../contract/span.ts'
import { limits } from './limits.ts'

/** A header field where it stands; offsets count bytes of the source. */
export interface RawField {
  readonly name: string
  /** From the name to the last byte before the line end. */
  readonly range: ByteSpan
  /** After the colon, folded lines included. */
  readonly value: ByteSpan
}

export interface HeaderBlock {
  readonly fields: readonly RawField[]
  /** Where the body begins. */
  readonly bodyStart: number
  readonly problem: 'bad-line' | 'too-large' | null
}

const lf = 0x0a
const cr = 0x0d

/** The first byte after the line that holds `position`, at most `end`. */
export function nextLine(bytes: Buffer, position: number, end: number): number {
  const found = bytes.indexOf(lf, position)
  return found < 0 || found >= end ? end : found + 1
}

/** Where the line `[start, next)` ends without its line end. */
export function lineEnd(bytes: Buffer, start: number, next: number): number {
  if (next <= start || bytes[next - 1] !== lf) return next
  return next - 2 >= start && bytes[next - 2] === cr ? next - 2 : next - 1
}

/**
 * The header fields from `range.start` to the first empty line (RFC 5322 section 2.2). A block that starts with no field
 * is empty and all of the range is body. A line inside that is no field is passed over when fields follow it, as mail
 * programs do; else the body begins there. An mbox line (`From `, `>From `) in front is passed over in silence.
 */
export function readHeaderBlock(bytes: Buffer, range: ByteSpan): HeaderBlock {
  const fields: RawField[] = []
  let problem: HeaderBlock['problem'] = null
  let bad: { readonly at: number; readonly lastField: number } | null = null
  let position = range.start
  let open: { name: string; start: number; valueStart: number; end: number } | null = null

  const close = (): void => {
    if (open === null) return
    let end = open.end
    if (end - open.start > limits.maxHeaderFieldBytes) {
      end = open.start + limits.maxHeaderFieldBytes
      problem = 'too-large'
    }
    fields.push({ name: open.name, range: { start: open.start, end }, value: { start: open.valueStart, end } })
    open = null
  }

  while (position < range.end) {
    if (position - range.start > limits.maxHeaderBytes) {
      problem = 'too-large'
      position = afterEmptyLine(bytes, position, range.end)
      break
    }
    const next = nextLine(bytes, position, range.end)
    const end = lineEnd(bytes, position, next)
    if (end === position) {
      position = next
      break
    }
    const first = bytes[position]
    if ((first === 0x20 || first === 0x09) && open !== null) {
      // A line of white space only ends the header for every program that trims lines; here it continues the field.
      open.end = end
    } else {
      const colon = fieldColon(bytes, position, end)
      if (colon !== null) {
        close()
        if (bad !== null) problem ??= 'bad-line'
        bad = null
        open = {
          name: bytes.toString('latin1', position, colon).trimEnd(),
          start: position,
          valueStart: colon + 1,
          end,
        }
      } else if (position === range.start && isMboxLine(bytes, position)) {
        // The envelope line of an mbox, kept by many exports.
      } else if (fields.length === 0 && open === null) {
        return { fields: [], bodyStart: position, problem }
      } else if (bad === null && !isMboxLine(bytes, position)) {
        close()
        bad = { at: position, lastField: fields.length }
      }
    }
    position = next
  }
  close()
  if (bad !== null) return { fields: fields.slice(0, bad.lastField), bodyStart: bad.at, problem: 'bad-line' }
  return { fields, bodyStart: position, problem }
}

/** Where the body begins when nobody reads the rest of the header. */
function afterEmptyLine(bytes: Buffer, from: number, end: number): number {
  const ends = ['\n\n', '\n\r\n'].map((lineEnds) => {
    const found = bytes.indexOf(lineEnds, from - 1, 'latin1')
    return found < 0 ? end : found + lineEnds.length
  })
  return Math.min(end, ...ends)
}

/** The colon after a field name (RFC 5322 section 3.6.8, white space before it allowed as in 4.5); null: no field. */
function fieldColon(bytes: Buffer, start: number, end: number): number | null {
  let position = start
  while (position < end) {
    const byte = bytes[position] ?? 0
    if (byte === 0x3a) return position > start ? position : null
    if (byte <= 0x20 || byte > 0x7e) break
    position++
  }
  if (position === start) return null
  while (position < end && (bytes[position] === 0x20 || bytes[position] === 0x09)) position++
  return bytes[position] === 0x3a && position < end ? position : null
}

export function isMboxLine(bytes: Buffer, position: number): boolean {
  const from = bytes[position] === 0x3e ? position + 1 : position
  return bytes.toString('latin1', from, from + 5) === 'From '
}
