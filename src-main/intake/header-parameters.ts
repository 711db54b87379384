import type { ByteSpan } from '../contract/span.ts'
import type { Charset } from './charset.ts'
import { charsetOfLabel, decodeStrictUtf8, decodeText, utf8 } from './charset.ts'
import { decodeHeaderValue } from './header-value.ts'

/** A structured value such as `text/html; charset=utf-8` (RFC 2045 section 5.1, RFC 2183). */
export interface ParameterisedValue {
  /** Lower case, without comments. */
  readonly value: string
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, Parameter>
}

export interface Parameter {
  readonly value: string
  /** The value where it stands, quotes left out. */
  readonly range: ByteSpan
}

interface Section {
  readonly name: string
  /** Number of an RFC 2231 continuation; 0 too where it is none. */
  readonly index: number
  /** Is one by its name: `filename*0`, with or without what is extended. */
  readonly isNumbered: boolean
  readonly isExtended: boolean
  readonly content: Buffer
  readonly range: ByteSpan
}

const maxParameters = 200

/** Lenient where mailers are: unquoted values may hold spaces, encoded words count inside quotes. */
export function readParameters(bytes: Buffer, range: ByteSpan, fallback: Charset): ParameterisedValue {
  const text = bytes.toString('latin1', range.start, range.end)
  const semicolon = endOfItem(text, 0)
  const value = withoutComments(text.slice(0, semicolon)).trim().toLowerCase()
  const sections = new Map<string, Section[]>()
  let position = semicolon + 1
  for (let count = 0; position < text.length && count < maxParameters; count++) {
    const end = endOfItem(text, position)
    const section = readSection(bytes, range.start, text, position, end)
    if (section !== null) {
      const known = sections.get(section.name)
      if (known === undefined) sections.set(section.name, [section])
      else known.push(section)
    }
    position = end + 1
  }
  const parameters = new Map<string, Parameter>()
  for (const [name, parts] of sections) parameters.set(name, parameterOf(parts, fallback))
  return { value, parameters }
}

/** The next `;` outside of quotes and comments. */
function endOfItem(text: string, from: number): number {
  let quoted = false
  let depth = 0
  for (let position = from; position < text.length; position++) {
    const unit = text[position]
    if (unit === '\\' && (quoted || depth > 0)) position++
    else if (unit === '"' && depth === 0) quoted = !quoted
    else if (quoted) continue
    else if (unit === '(') depth++
    else if (unit === ')' && depth > 0) depth--
    else if (unit === ';' && depth === 0) return position
  }
  // A quote or comment that never ends ends at the next semicolon.
  if (quoted || depth > 0) {
    const found = text.indexOf(';', from)
    return found < 0 ? text.length : found
  }
  return text.length
}

const maxCommentDepth = 10

function withoutComments(text: string): string {
  let shorter = text
  for (let depth = 0; depth < maxCommentDepth && shorter.includes('('); depth++) {
    shorter = shorter.replace(/\([^()]*\)/g, '')
  }
  return shorter
}

function readSection(bytes: Buffer, base: number, text: string, from: number, to: number): Section | null {
  const equals = text.indexOf('=', from)
  if (equals < 0 || equals >= to) return null
  const label = withoutComments(text.slice(from, equals)).trim().toLowerCase()
  const [, name = '', index = '', star = ''] = /^([^\s*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(label) ?? []
  if (name === '') return null
  let start = equals + 1
  while (start < to && /\s/.test(text[start] ?? '')) start++
  let end = to
  if (text[start] === '"') {
    start++
    end = start
    while (end < to && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
    end = Math.min(end, to)
  } else {
    const comment = text.slice(start, to).search(/\s*\(/)
    if (comment > 0) end = start + comment
    while (end > start && /\s/.test(text[end - 1] ?? '')) end--
  }
  const isQuoted = text[start - 1] === '"'
  const content = text.slice(start, end).replace(/\r?\n/g, '')
  const range = { start: base + start, end: base + end }
  return {
    name,
    index: index === '' ? 0 : Number(index),
    isNumbered: index !== '',
    isExtended: star === '*',
    content: /[\r\n\\]/.test(text.slice(start, end))
      ? Buffer.from(isQuoted ? unescaped(content) : content, 'latin1')
      : bytes.subarray(range.start, range.end),
    range,
  }
}

/** A quoted pair stands for its second character; before anything but `"` and `\` the backslash is kept, as in `C:\x`. */
function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1')
}

function parameterOf(sections: readonly Section[], fallback: Charset): Parameter {
  const first = sections.find((section) => section.isExtended || section.isNumbered)
  // The RFC 2231 form wins over a plain one beside it.
  const chosen =
    first === undefined
      ? sections.slice(0, 1)
      : sections
          .filter((section) => section.isExtended || section.isNumbered)
          .sort((a, b) => a.index - b.index)
          .filter((section, place, all) => section.index !== all[place - 1]?.index)
  const range = {
    start: Math.min(...chosen.map((section) => section.range.start)),
    end: Math.max(...chosen.map((section) => section.range.end)),
  }
  if (first === undefined) {
    const content = chosen[0]?.content ?? Buffer.alloc(0)
    return { value: decodeHeaderValue(content, { start: 0, end: content.length }, fallback).value, range }
  }
  return { value: joinSections(chosen, fallback), range }
}

/** RFC 2231: `charset'language'` in front of the first section, `%XX` in the extended ones. */
function joinSections(sections: readonly Section[], fallback: Charset): string {
  const parts: Buffer[] = []
  let charset: Charset | null = null
  for (const [position, section] of sections.entries()) {
    let content = section.content.toString('latin1')
    if (section.isExtended) {
      const prefix = position === 0 ? /^([^']*)'[^']*'/.exec(content) : null
      if (prefix !== null) {
        charset = charsetOfLabel(prefix[1] ?? '')
        content = content.slice(prefix[0].length)
      }
      content = content.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    }
    parts.push(Buffer.from(content, 'latin1'))
  }
  const bytes = Buffer.concat(parts)
  // Some mailers cut an encoded word in pieces and number those.
  if (!sections.some((section) => section.isExtended)) {
    return decodeHeaderValue(bytes, { start: 0, end: bytes.length }, fallback).value
  }
  return decodeText(bytes, charset ?? (decodeStrictUtf8(bytes) === null ? fallback : utf8))
}
