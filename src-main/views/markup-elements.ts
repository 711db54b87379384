import { attributeOf, type MarkupElement } from './markup.ts'
import type { ComputedStyle, Hiding } from './style/computed-style.ts'
import type { PictureSize } from './picture-size.ts'
import { lengthPx } from './style/length.ts'

/** The attribute that holds where an element leads; null when it is no link. VML is what Outlook draws buttons with. */
export function linkAddress(element: MarkupElement): 'href' | 'action' | null {
  const { tagName } = element
  if (tagName === 'a' || tagName === 'area' || tagName.startsWith('v:')) {
    return attributeOf(element, 'href') === null ? null : 'href'
  }
  return tagName === 'form' && attributeOf(element, 'action') !== null ? 'action' : null
}

/** What stands in a form is not its name. */
export function holdsLinkText(element: MarkupElement): boolean {
  return element.tagName !== 'form'
}

export function isImage(element: MarkupElement): boolean {
  return element.tagName === 'img' || (element.tagName === 'input' && inputType(element) === 'image')
}

/** An `<input>` that shows its value as a label. */
export function isLabelledButton(element: MarkupElement): boolean {
  if (element.tagName !== 'input') return false
  const type = inputType(element)
  return type === 'submit' || type === 'button' || type === 'reset'
}

function inputType(element: MarkupElement): string {
  return attributeOf(element, 'type')?.trim().toLowerCase() ?? 'text'
}

/** Why a picture is not seen; colour and letter size hide text, not pictures. */
export function pictureHiding(style: ComputedStyle): Hiding | null {
  if (style.sealed !== null) return style.sealed
  if (style.invisible !== null) return { reason: 'visibility', root: style.invisible }
  return style.indentedBy === null ? null : { reason: 'off-screen', root: style.indentedBy }
}

export interface ShownSize {
  readonly widthPx: number | null
  readonly heightPx: number | null
}

/** The size that style or attributes give a picture. */
export function shownSize(element: MarkupElement, declared: ReadonlyMap<string, string> | null): ShownSize {
  const side = (name: 'width' | 'height'): number | null =>
    lengthPx(declared?.get(name) ?? attributeOf(element, name)?.trim(), 16)
  return { widthPx: side('width'), heightPx: side('height') }
}

/** At most 2 × 2 pixels, as shown; a side that is not said is that of the file. */
export function isTinyImage({ widthPx, heightPx }: ShownSize, file: PictureSize | null): boolean {
  return (widthPx ?? file?.width ?? Infinity) <= 2 && (heightPx ?? file?.height ?? Infinity) <= 2
}

export function breaksLine(style: ComputedStyle): boolean {
  return style.display === 'block' || style.display === 'table'
}
