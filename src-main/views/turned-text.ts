import { attributeOf, type MarkupText } from './markup.ts'

const maxAncestors = 40
const override = /unicode-bidi\s*:\s*(?:isolate-)?(?:bidi-)?override/i
const rightToLeft = /(?:^|[;\s])direction\s*:\s*rtl/i
const latin = /\p{Script=Latin}/u
const ownDirection = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Whether anything in markup may turn a text, references in styles included; asked once, since asking of each text takes long. */
export function mayTurn(markup: string): boolean {
  return /<bdo|bidi|&#/i.test(markup)
}

/**
 * Whether a text of Latin letters is shown from right to left, so that a reader sees its last letter first: in a `bdo`, or by a style
 * that overrides the direction (HTML 4.5.25, CSS Writing Modes 2.2).
 */
export function isTurned(node: MarkupText): boolean {
  if (!latin.test(node.value) || ownDirection.test(node.value)) return false
  let element: MarkupText['parentNode'] = node.parentNode
  for (let depth = 0; element !== null && depth < maxAncestors; depth++) {
    if (!('tagName' in element)) return false
    const style = attributeOf(element, 'style') ?? ''
    const direction = attributeOf(element, 'dir')?.trim().toLowerCase()
    if (element.tagName === 'bdo' && direction !== undefined) return direction === 'rtl'
    if (override.test(style)) return rightToLeft.test(style) || direction === 'rtl'
    element = element.parentNode
  }
  return false
}
