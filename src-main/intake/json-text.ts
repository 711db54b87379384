import type { Utf16Span } from '../contract/span.ts'
import { limits } from './limits.ts'

/** JSON (RFC 8259) with the place of every value; spans count UTF-16 units of the text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly span: Utf16Span }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly span: Utf16Span }
  /** `span` leaves out the quotes. */
  | { readonly kind: 'string'; readonly value: string; readonly span: Utf16Span }
  /** Numbers, `true`, `false`, `null`. */
  | { readonly kind: 'literal'; readonly written: string; readonly span: Utf16Span }

export interface JsonMember {
  readonly name: string
  readonly node: JsonNode
}

export type JsonOutcome =
  | { readonly ok: true; readonly node: JsonNode }
  /** `offset`: where the text stops being JSON. */
  | { readonly ok: false; readonly offset: number; readonly reason: string }

interface Cursor {
  readonly text: string
  readonly end: number
  position: number
}

/** Carries the place of a syntax error out of the recursion; never leaves this file. */
class NotJson extends Error {
  readonly offset: number
  constructor(offset: number, reason: string) {
    super(reason)
    this.offset = offset
  }
}

/** Reads the one value in `span`. `JSON.parse` gives no positions, hence this reader. */
export function readJson(text: string, span: Utf16Span): JsonOutcome {
  const cursor: Cursor = { text, end: span.end, position: span.start }
  try {
    skipWhiteSpace(cursor)
    const node = readValue(cursor, 0)
    skipWhiteSpace(cursor)
    if (cursor.position < cursor.end) throw new NotJson(cursor.position, 'there is more after the value')
    return { ok: true, node }
  } catch (error) {
    if (error instanceof NotJson) return { ok: false, offset: error.offset, reason: error.message }
    throw error
  }
}

function readValue(cursor: Cursor, depth: number): JsonNode {
  if (depth > limits.maxJsonDepth) throw new NotJson(cursor.position, 'values are nested too deeply')
  switch (peek(cursor)) {
    case '{':
      return readObject(cursor, depth)
    case '[':
      return readArray(cursor, depth)
    case '"': {
      const span = stringSpan(cursor)
      return { kind: 'string', value: unescapeJson(cursor.text, span), span }
    }
    default:
      return readLiteral(cursor)
  }
}

function readObject(cursor: Cursor, depth: number): JsonNode {
  const start = cursor.position++
  const members: JsonMember[] = []
  skipWhiteSpace(cursor)
  if (peek(cursor) !== '}') {
    for (;;) {
      skipWhiteSpace(cursor)
      if (peek(cursor) !== '"') throw new NotJson(cursor.position, 'a name in double quotes is missing')
      const name = unescapeJson(cursor.text, stringSpan(cursor))
      skipWhiteSpace(cursor)
      if (peek(cursor) !== ':') throw new NotJson(cursor.position, 'a colon is missing')
      cursor.position++
      skipWhiteSpace(cursor)
      members.push({ name, node: readValue(cursor, depth + 1) })
      skipWhiteSpace(cursor)
      if (peek(cursor) !== ',') break
      cursor.position++
    }
    if (peek(cursor) !== '}') throw new NotJson(cursor.position, 'a comma or closing brace is missing')
  }
  cursor.position++
  return { kind: 'object', members, span: { start, end: cursor.position } }
}

function readArray(cursor: Cursor, depth: number): JsonNode {
  const start = cursor.position++
  const items: JsonNode[] = []
  skipWhiteSpace(cursor)
  if (peek(cursor) !== ']') {
    for (;;) {
      skipWhiteSpace(cursor)
      items.push(readValue(cursor, depth + 1))
      skipWhiteSpace(cursor)
      if (peek(cursor) !== ',') break
      cursor.position++
    }
    if (peek(cursor) !== ']') throw new NotJson(cursor.position, 'a comma or closing bracket is missing')
  }
  cursor.position++
  return { kind: 'array', items, span: { start, end: cursor.position } }
}

function readLiteral(cursor: Cursor): JsonNode {
  const pattern = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  pattern.lastIndex = cursor.position
  const found = pattern.exec(cursor.text)
  const start = cursor.position
  if (found === null || start + found[0].length > cursor.end) throw new NotJson(start, 'a value is missing or not JSON')
  cursor.position += found[0].length
  return { kind: 'literal', written: found[0], span: { start, end: cursor.position } }
}

/** Moves behind the string and answers what is between its quotes. */
function stringSpan(cursor: Cursor): Utf16Span {
  const start = ++cursor.position
  for (; cursor.position < cursor.end; cursor.position++) {
    const unit = cursor.text.charCodeAt(cursor.position)
    if (unit === 0x22) return { start, end: cursor.position++ }
    if (unit === 0x5c) readEscape(cursor)
    else if (unit < 0x20) throw new NotJson(cursor.position, 'a line break or control character stands inside a string')
  }
  throw new NotJson(start - 1, 'a string is not closed')
}

/** Leaves the cursor on the last character of the escape. */
function readEscape(cursor: Cursor): void {
  const length = escapeLength(cursor.text, cursor.position)
  if (length === 0 || cursor.position + length > cursor.end) throw new NotJson(cursor.position, 'an escape is not JSON')
  cursor.position += length - 1
}

/** Units of the escape that starts at `position`; 0: none. */
export function escapeLength(text: string, position: number): number {
  const second = text[position + 1] ?? ''
  if (second !== 'u') return second !== '' && '"\\/bfnrt'.includes(second) ? 2 : 0
  for (let digit = position + 2; digit < position + 6; digit++) if (!isHexDigit(text.charCodeAt(digit))) return 0
  return 6
}

function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66)
}

/** `written` has been checked escape by escape, so the platform's own reader gives a string. */
function unescapeJson(text: string, span: Utf16Span): string {
  const written = text.slice(span.start, span.end)
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written
}

function skipWhiteSpace(cursor: Cursor): void {
  while (cursor.position < cursor.end) {
    const unit = cursor.text.charCodeAt(cursor.position)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
    cursor.position++
  }
}

function peek(cursor: Cursor): string {
  return cursor.position < cursor.end ? (cursor.text[cursor.position] ?? '') : ''
}
