/** A value of a PDF file (ISO 32000-1, 7.3). Strings and names are bytes, one a character. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | readonly PdfValue[] | PdfDict

export type PdfDict = ReadonlyMap<string, PdfValue>

export interface PdfName {
  readonly kind: 'name'
  readonly name: string
}

export interface PdfString {
  readonly kind: 'string'
  readonly bytes: string
}

export interface PdfReference {
  readonly kind: 'reference'
  readonly object: number
}

export interface PdfParsed {
  readonly value: PdfValue
  /** After its last character. */
  readonly end: number
}

/** Arrays and dictionaries in one another; a file that goes deeper is no honest one. */
const maxDepth = 64

/** Bytes of one string or name; what is longer does not stand in a dictionary. */
export const maxTokenUnits = 1024 * 1024

/** The value at a place of a file's bytes, null where there is none. Unknown words are null, as every program reads them. */
export function parsePdfValue(text: string, start: number, depth = 0): PdfParsed | null {
  const at = afterBlanks(text, start)
  switch (text[at]) {
    case undefined:
    case ')':
    case ']':
    case '>':
      return null
    case '/':
      return name(text, at + 1)
    case '(':
      return literalString(text, at + 1)
    case '[':
      return depth < maxDepth ? array(text, at + 1, depth + 1) : null
    case '<':
      if (text[at + 1] !== '<') return hexString(text, at + 1)
      return depth < maxDepth ? dictionary(text, at + 2, depth + 1) : null
    default:
      return numberOrWord(text, at)
  }
}

/** Past white space and comments. */
export function afterBlanks(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x25) {
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    } else if (code === 0x20 || code === 0 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d) at++
    else return at
  }
}

/** Characters that are neither white space nor delimiters. */

const regular = /[^\0\t\n\f\r ()<>[\]{}/%]+/y

function regularAt(text: string, at: number): string {
  regular.lastIndex = at
  return regular.exec(text)?.[0] ?? ''
}

function name(text: string, at: number): PdfParsed | null {
  const written = regularAt(text, at)
  if (written.length > maxTokenUnits) return null
  const value = written.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return { value: { kind: 'name', name: value }, end: at + written.length }
}

const reference = /[\0\t\n\f\r ]{1,40}(\d{1,5})[\0\t\n\f\r ]{1,40}R(?![^\0\t\n\f\r ()<>[\]{}/%])/y

function numberOrWord(text: string, at: number): PdfParsed | null {
  const word = regularAt(text, at)
  if (word === '') return { value: null, end: at + 1 }
  const end = at + word.length
  if (/^\d{1,10}$/.test(word)) {
    reference.lastIndex = end
    const rest = reference.exec(text)
    if (rest !== null) return { value: { kind: 'reference', object: Number(word) }, end: end + rest[0].length }
  }
  if (/^[+-]*\d*\.?\d*$/.test(word.slice(0, 100))) return { value: Number.parseFloat(word) || 0, end }
  switch (word) {
    case 'obj':
    case 'endobj':
    case 'stream':
    case 'endstream':
    case 'xref':
    case 'trailer':
      return null
    default:
      return { value: word === 'true' ? true : word === 'false' ? false : null, end }
  }
}

function array(text: string, start: number, depth: number): PdfParsed | null {
  const values: PdfValue[] = []
  for (let at = start; ;) {
    at = afterBlanks(text, at)
    if (text[at] === ']') return { value: values, end: at + 1 }
    const item = parsePdfValue(text, at, depth)
    if (item === null) return null
    values.push(item.value)
    at = item.end
  }
}

function dictionary(text: string, start: number, depth: number): PdfParsed | null {
  const entries = new Map<string, PdfValue>()
  for (let at = start; ;) {
    at = afterBlanks(text, at)
    if (text.startsWith('>>', at)) return { value: entries, end: at + 2 }
    if (text[at] !== '/') {
      // What stands where a key should: left out, as programs do.
      const stray = parsePdfValue(text, at, depth)
      if (stray === null) return null
      at = stray.end
      continue
    }
    const key = name(text, at + 1)
    if (key === null || !isName(key.value)) return null
    at = afterBlanks(text, key.end)
    if (text.startsWith('>>', at)) return { value: entries, end: at + 2 }
    const value = parsePdfValue(text, at, depth)
    if (value === null) return null
    // The first of two is what programs take.
    if (!entries.has(key.value.name)) entries.set(key.value.name, value.value)
    at = value.end
  }
}

function hexString(text: string, start: number): PdfParsed | null {
  const end = text.indexOf('>', start)
  if (end < 0 || end - start > maxTokenUnits) return null
  const digits = text.slice(start, end).replace(/[^0-9a-f]/gi, '')
  return { value: { kind: 'string', bytes: Buffer.from(evened(digits), 'hex').toString('latin1') }, end: end + 1 }
}

/** A missing last digit is a zero. */
function evened(digits: string): string {
  return digits.length % 2 === 0 ? digits : `${digits}0`
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function literalString(text: string, start: number): PdfParsed | null {
  const pieces: string[] = []
  let open = 1
  let from = start
  const last = Math.min(text.length, start + maxTokenUnits)
  for (let at = start; at < last; at++) {
    const character = text[at]
    if (character === '(') open++
    else if (character === ')') {
      open--
      if (open > 0) continue
      pieces.push(text.slice(from, at))
      return { value: { kind: 'string', bytes: pieces.join('') }, end: at + 1 }
    } else if (character === '\\') {
      pieces.push(text.slice(from, at))
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0]
      const next = text[at + 1] ?? ''
      if (octal !== undefined) {
        pieces.push(String.fromCharCode(Number.parseInt(octal, 8) & 0xff))
        at += octal.length
      } else if (next === '\r' && text[at + 2] === '\n') at += 2
      else {
        if (next !== '\n' && next !== '\r') pieces.push(escapes[next] ?? next)
        at++
      }
      from = at + 1
    }
  }
  return null
}

export function isName(value: PdfValue | undefined): value is PdfName {
  return isObject(value) && 'kind' in value && value.kind === 'name'
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return isObject(value) && 'kind' in value && value.kind === 'string'
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return isObject(value) && 'kind' in value && value.kind === 'reference'
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map
}

export function isArray(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value)
}

function isObject(value: PdfValue | undefined): value is PdfName | PdfString | PdfReference {
  return typeof value === 'object' && value !== null && !isDict(value) && !isArray(value)
}

/** A text string: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, which is nearly windows-1252. */
export function pdfText({ bytes }: PdfString): string {
  const buffer = Buffer.from(bytes, 'latin1')
  if (bytes.startsWith('\xfe\xff')) return new TextDecoder('utf-16be').decode(buffer)
  if (bytes.startsWith('\xff\xfe')) return new TextDecoder('utf-16le').decode(buffer)
  if (bytes.startsWith('\xef\xbb\xbf')) return new TextDecoder('utf-8').decode(buffer)
  return new TextDecoder('windows-1252').decode(buffer)
}
