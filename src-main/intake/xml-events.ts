import { limits } from './limits.ts'

/** What a document is made of, in its order. Names and attributes without their prefixes (`w:val` is `val`). */
export interface XmlHandler {
  readonly open: (name: string, attributes: ReadonlyMap<string, string>) => void
  readonly close: (name: string) => void
  readonly text: (text: string) => void
  /** Asked before each tag; what follows is not read. */
  readonly isDone?: () => boolean
}

/**
 * Reads XML 1.0 as office programs write it. There are no document types, so no entities but the five of the language
 * and character references, and nothing is ever fetched. Answers false where the text stops being such XML.
 */
export function readXml(text: string, handler: XmlHandler): boolean {
  const open: string[] = []
  let position = text.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    if (handler.isDone?.() === true) return true
    const tag = text.indexOf('<', position)
    const end = tag < 0 ? text.length : tag
    if (end > position && open.length > 0) handler.text(unescapeXml(text.slice(position, end)))
    if (tag < 0) return open.length === 0
    if (text.startsWith('<!--', tag)) position = afterNext(text, '-->', tag + 4)
    else if (text.startsWith('<?', tag)) position = afterNext(text, '?>', tag + 2)
    else if (text.startsWith('<![CDATA[', tag)) {
      position = afterNext(text, ']]>', tag + 9)
      if (position > 0) handler.text(text.slice(tag + 9, position - 3))
    } else if (text.startsWith('</', tag)) {
      position = afterNext(text, '>', tag + 2)
      const name = text.slice(tag + 2, position - 1).trimEnd()
      if (position === 0 || open.pop() !== name) return false
      handler.close(localName(name))
    } else {
      const element = readTag(text, tag)
      if (element === null || open.length >= limits.maxXmlDepth) return false
      handler.open(localName(element.name), element.attributes)
      if (element.isEmpty) handler.close(localName(element.name))
      else open.push(element.name)
      position = element.end
    }
    if (position === 0) return false
  }
}

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly isEmpty: boolean
  readonly end: number
}

const noAttributes: ReadonlyMap<string, string> = new Map()

/** null: no well-formed tag, among them every `<!DOCTYPE`. */
function readTag(text: string, start: number): Tag | null {
  const namePattern = /[^\s<>/="'!?]+/y
  namePattern.lastIndex = start + 1
  const name = namePattern.exec(text)?.[0]
  if (name === undefined) return null
  let position = start + 1 + name.length
  let attributes: Map<string, string> | null = null
  const attributePattern = /\s+([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
  for (;;) {
    attributePattern.lastIndex = position
    const found = attributePattern.exec(text)
    if (found === null) break
    attributes ??= new Map()
    attributes.set(localName(found[1] ?? ''), unescapeXml(found[2] ?? found[3] ?? ''))
    position += found[0].length
  }
  const endPattern = /\s*(\/?)>/y
  endPattern.lastIndex = position
  const end = endPattern.exec(text)
  if (end === null) return null
  return { name, attributes: attributes ?? noAttributes, isEmpty: end[1] === '/', end: position + end[0].length }
}

/** 0: there is none. */
function afterNext(text: string, delimiter: string, from: number): number {
  const found = text.indexOf(delimiter, from)
  return found < 0 ? 0 : found + delimiter.length
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Unknown entities stay as they are written. Line ends become `\n` (XML 1.0 section 2.11). */
function unescapeXml(written: string): string {
  const text = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\uFFFD'
    },
  )
}
