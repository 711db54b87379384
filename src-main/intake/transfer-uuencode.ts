import type { ByteSpan } from '../contract/span.ts'
import { lineEnd, nextLine } from './header-block.ts'

/** A file between `begin 644 name` and `end` (POSIX, uuencode). Offsets count bytes of what was searched. */
export interface UuBlock {
  /** All its lines, the line end of the last one included. */
  readonly range: ByteSpan
  readonly name: ByteSpan
  readonly data: ByteSpan
  readonly isComplete: boolean
}

const begin = Buffer.from('begin ')

/** The uuencoded files of a text, in order. A line that only begins so, as people write, is none: data must follow. */
export function uuBlocks(bytes: Buffer, range: ByteSpan, maxBlocks: number): readonly UuBlock[] {
  const blocks: UuBlock[] = []
  const readable = bytes.subarray(0, range.end)
  let found = readable.indexOf(begin, range.start)
  while (found >= 0 && blocks.length < maxBlocks) {
    const isAtLineStart = found === range.start || readable[found - 1] === 0x0a
    const block = isAtLineStart ? uuBlockAt(readable, found) : null
    if (block !== null) blocks.push(block)
    found = readable.indexOf(begin, block === null ? found + begin.length : block.range.end)
  }
  return blocks
}

function uuBlockAt(bytes: Buffer, start: number): UuBlock | null {
  const afterBegin = nextLine(bytes, start, bytes.length)
  const end = lineEnd(bytes, start, afterBegin)
  const head = /^begin (?:0?[0-7]{3}) +(\S.*?)\s*$/.exec(bytes.toString('latin1', start, Math.min(end, start + 1000)))
  const [line, name] = head ?? []
  if (line === undefined || name === undefined) return null
  const nameStart = start + line.indexOf(name, 'begin 644'.length)
  let position = afterBegin
  while (position < bytes.length) {
    const next = nextLine(bytes, position, bytes.length)
    if (!isUuLine(bytes, position, lineEnd(bytes, position, next))) break
    position = next
  }
  if (position === afterBegin) return null
  const next = nextLine(bytes, position, bytes.length)
  const isComplete = /^end\s*$/.test(bytes.toString('latin1', position, Math.min(next, position + 20)))
  return {
    range: { start, end: isComplete ? next : position },
    name: { start: nameStart, end: nameStart + Buffer.byteLength(name, 'latin1') },
    data: { start: afterBegin, end: position },
    isComplete,
  }
}

/** Its first character says how many bytes it holds; characters that are spaces at its end may be missing. */
function isUuLine(bytes: Buffer, start: number, end: number): boolean {
  if (end <= start) return false
  const count = uuValue(bytes[start])
  const expected = Math.ceil(count / 3) * 4
  const given = end - start - 1
  // Some encoders put a check character behind the data, some leave out what the last group does not need.
  if (count < 0 || given > expected + 2 || (count > 0 && given < Math.ceil((count * 4) / 3) - 4)) return false
  for (let position = start + 1; position < end; position++) if (uuValue(bytes[position]) < 0) return false
  return true
}

/** 0–63; -1: no character of uuencode. */
function uuValue(byte: number | undefined): number {
  return byte === undefined || byte < 0x20 || byte > 0x60 ? -1 : (byte - 0x20) & 0x3f
}

/**
 * Writes the decoded bytes of the lines in `data`, or where the group of four that carries each one starts. Returns their
 * number. Lines that are none are passed over.
 */
export function runUudecode(bytes: Buffer, data: ByteSpan, put: (byte: number, groupStart: number) => void): number {
  let length = 0
  let next = data.start
  while (next < data.end) {
    const position = next
    next = nextLine(bytes, position, data.end)
    const end = lineEnd(bytes, position, next)
    if (!isUuLine(bytes, position, end)) continue
    let left = uuValue(bytes[position])
    for (let group = position + 1; left > 0; group += 4) {
      let bits = 0
      for (let index = 0; index < 4; index++) {
        const at = group + index
        bits = (bits << 6) | (at < end ? Math.max(0, uuValue(bytes[at])) : 0)
      }
      for (let index = 0; index < 3 && left > 0; index++, left--) {
        put((bits >> (16 - 8 * index)) & 0xff, Math.min(group, end - 1))
        length++
      }
    }
  }
  return length
}

/** The end of the group that starts at `start`: four characters, fewer at a line's end. */
export function uuGroupEnd(bytes: Buffer, start: number, limit: number): number {
  let end = start
  while (end < limit && end < start + 4 && uuValue(bytes[end]) >= 0) end++
  return Math.max(end, Math.min(start + 1, limit))
}
