import { attributeOf, type MarkupElement } from '../markup.ts'
import { lengthPx } from './length.ts'

const initialPx = 16

const sizeWords = new Map([
  ['xx-small', 9],
  ['x-small', 10],
  ['small', 13],
  ['medium', initialPx],
  ['large', 18],
  ['x-large', 24],
  ['xx-large', 32],
  ['xxx-large', 48],
  ['initial', initialPx],
])

/** `<font size>` 1 to 7. */
const fontSizes = [10, 13, 16, 18, 24, 32, 48] as const

/** What browsers give to elements, in parts of the size around them. */
const factors = new Map([
  ['small', 1 / 1.2],
  ['big', 1.2],
  ['sub', 1 / 1.2],
  ['sup', 1 / 1.2],
  ['h1', 2],
  ['h2', 1.5],
  ['h3', 1.17],
  ['h5', 0.83],
  ['h6', 0.67],
])

const controls = new Set(['input', 'button', 'select', 'textarea'])

/** The size of an element's letters; `declared` is what style sheets say of it. */
export function fontSizePx(
  declared: string | undefined,
  element: MarkupElement,
  parentPx: number,
  quirks: boolean,
): number {
  if (declared === undefined) return sizeOfElement(element, parentPx, quirks)
  if (declared === 'smaller') return parentPx / 1.2
  if (declared === 'larger') return parentPx * 1.2
  const percent = /^([\d.]+)%$/.exec(declared)?.[1]
  if (percent !== undefined) return parentPx * (Number(percent) / 100)
  return sizeWords.get(declared) ?? lengthPx(declared, parentPx) ?? parentPx
}

function sizeOfElement(element: MarkupElement, parentPx: number, quirks: boolean): number {
  const { tagName } = element
  if (tagName === 'font') return sizeOfFont(attributeOf(element, 'size')) ?? parentPx
  // without a document type, tables take no size from around them (HTML standard, section 15.3.10)
  if (tagName === 'table' && quirks) return initialPx
  if (controls.has(tagName)) return 13.333
  return parentPx * (factors.get(tagName) ?? 1)
}

function sizeOfFont(size: string | null): number | null {
  const match = size === null ? null : /^\s*([+-]?)(\d+)/.exec(size)
  if (match === null) return null
  const number = Number(match[2])
  const step = match[1] === '+' ? 3 + number : match[1] === '-' ? 3 - number : number
  return fontSizes[Math.min(7, Math.max(1, step)) - 1] ?? null
}
