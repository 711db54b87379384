import type { Utf16Span } from '../contract/span.ts'
import { attributeValueSpan, decodeCharacters, type CharacterRun } from './character-map.ts'
import type { MarkupElement } from './markup.ts'

export interface AttributeText {
  readonly value: string
  readonly runs: readonly CharacterRun[]
  /** Of the value in the markup, without quotes. */
  readonly span: Utf16Span
}

/** An attribute's value with the place of each of its characters; null when the element has none of that name. */
export function attributeText(element: MarkupElement, name: string, markup: string): AttributeText | null {
  const attribute = element.attrs.find((one) => one.name === name)
  if (attribute === undefined) return null
  const { value } = attribute
  const places = element.sourceCodeLocation?.attrs
  const place = places?.[attribute.prefix ? `${attribute.prefix}:${name}` : name]
  if (place === undefined) {
    const start = element.sourceCodeLocation?.startOffset ?? 0
    return { value, runs: [{ count: value.length, start, end: start, linear: false }], span: { start, end: start } }
  }
  const span = attributeValueSpan(markup, place.startOffset, place.endOffset)
  const decoded = decodeCharacters(markup, span.start, span.end, 'attribute')
  const runs = decoded.text === value ? decoded.runs : [{ count: value.length, ...span, linear: false }]
  return { value, runs, span }
}
