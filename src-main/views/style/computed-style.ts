import { attributeOf, type MarkupElement } from '../markup.ts'
import type { HiddenReason } from '../view.ts'
import {
  alphaOf,
  black,
  contrast,
  linkBlue,
  over,
  parseColour,
  parseLegacyColour,
  white,
  type Colour,
} from './colour.ts'
import { displayOf, type Display } from './default-display.ts'
import { lengthPx } from './length.ts'

/** Why a text is not seen, and the outermost element that makes it so. */
export interface Hiding {
  readonly reason: HiddenReason
  readonly root: MarkupElement
}

/** What bears on whether the text of an element is seen. Elements that change nothing share their parent's. */
export interface ComputedStyle {
  readonly display: Display
  /** No property of a descendant takes it back. */
  readonly sealed: Hiding | null
  readonly invisible: MarkupElement | null
  readonly fontSizePx: number
  readonly fontSizeFrom: MarkupElement | null
  readonly indentedBy: MarkupElement | null
  /** null: not known. */
  readonly colour: Colour | null
  readonly colourFrom: MarkupElement | null
  /** What lies behind the text, opaque; null: not known (an image, something positioned). */
  readonly backdrop: Colour | null
  readonly opacity: number
  readonly preserveSpace: boolean
  /** Why the text right in this element is not seen. */
  readonly hiding: Hiding | null
}

export const initialStyle: ComputedStyle = {
  display: 'block',
  sealed: null,
  invisible: null,
  fontSizePx: 16,
  fontSizeFrom: null,
  indentedBy: null,
  colour: black,
  colourFrom: null,
  backdrop: white,
  opacity: 1,
  preserveSpace: false,
  hiding: null,
}

/** At most this many pixels high, letters are a line of dots. */
const tinyFontPx = 2
const lowestOpacity = 0.1
const lowestContrast = 1.2
const farAwayPx = -500
const zeroBoxPx = 1

export interface StyleOptions {
  /** Reads as Outlook does: `mso-hide` counts. */
  readonly outlook: boolean
}

/** The style of an element by what is declared for it, the parent's style and the attributes of old HTML. */
export function computeStyle(
  element: MarkupElement,
  declared: ReadonlyMap<string, string> | null,
  parent: ComputedStyle,
  options: StyleOptions,
): ComputedStyle {
  const display = displayOf(element, declared?.get('display'), parent.display)
  const legacy = legacyColours(element)
  if (declared === null && legacy === null && !element.attrs.some(({ name }) => bearingAttributes.has(name))) {
    const sealed = parent.sealed ?? (display === 'none' ? { reason: 'display-none' as const, root: element } : null)
    const preserveSpace = parent.preserveSpace || preservesSpace(element)
    if (display === parent.display && sealed === parent.sealed && preserveSpace === parent.preserveSpace) return parent
    return { ...parent, display, sealed, preserveSpace, hiding: sealed ?? parent.hiding }
  }

  const get = (property: string): string | undefined => declared?.get(property)
  const opacity = parent.opacity * numberOr(get('opacity'), 1)
  const fontSizePx = fontSize(get('font-size'), attributeOf(element, 'size'), element, parent.fontSizePx)
  const colour = textColour(
    get('-webkit-text-fill-color') ?? get('color'),
    legacy?.text ?? null,
    parent,
    get('text-shadow'),
  )
  const backdrop = backdropOf(declared, legacy, parent)
  const style = {
    display,
    sealed: parent.sealed ?? sealing(element, declared, display, opacity, options),
    invisible: invisibleBy(element, get('visibility'), parent.invisible),
    fontSizePx,
    fontSizeFrom: fontSizePx === parent.fontSizePx ? parent.fontSizeFrom : element,
    indentedBy: indentedBy(element, get('text-indent'), fontSizePx, parent.indentedBy),
    colour,
    colourFrom: colour === parent.colour && backdrop === parent.backdrop ? parent.colourFrom : element,
    backdrop,
    opacity,
    preserveSpace: spacePreserved(element, get('white-space'), parent.preserveSpace),
  }
  return { ...style, hiding: hidingOf(style) }
}

const bearingAttributes = new Set(['hidden', 'size'])

function hidingOf(style: Omit<ComputedStyle, 'hiding'>): Hiding | null {
  if (style.sealed !== null) return style.sealed
  if (style.invisible !== null) return { reason: 'visibility', root: style.invisible }
  if (style.fontSizePx <= tinyFontPx && style.fontSizeFrom !== null) {
    return { reason: 'font-size', root: style.fontSizeFrom }
  }
  if (style.indentedBy !== null) return { reason: 'off-screen', root: style.indentedBy }
  if (style.colour === null || style.colourFrom === null) return null
  if (alphaOf(style.colour) < lowestOpacity) return { reason: 'transparent', root: style.colourFrom }
  if (style.backdrop !== null && contrast(style.colour, style.backdrop) < lowestContrast) {
    return { reason: 'contrast', root: style.colourFrom }
  }
  return null
}

/** The ways to hide that a descendant cannot undo. */
function sealing(
  element: MarkupElement,
  declared: ReadonlyMap<string, string> | null,
  display: Display,
  opacity: number,
  options: StyleOptions,
): Hiding | null {
  const by = (reason: HiddenReason): Hiding => ({ reason, root: element })
  if (display === 'none') {
    const byAttribute = declared?.get('display') === undefined && attributeOf(element, 'hidden') !== null
    return by(byAttribute ? 'hidden-attribute' : 'display-none')
  }
  if (declared === null) return null
  const get = (property: string): string | undefined => declared.get(property)
  if (options.outlook && get('mso-hide') === 'all') return by('mso-hide')
  if (opacity < lowestOpacity) return by('opacity')
  const positioned = get('position') === 'absolute' || get('position') === 'fixed'
  if (isClipped(get('clip'), get('clip-path'), positioned)) return by('clip')
  if (hasZeroBox(declared, display, positioned)) return by('zero-box')
  const offsets = [get('margin-left'), get('margin-top')]
  if (positioned || get('position') === 'relative') offsets.push(get('left'), get('top'))
  if (positioned) offsets.push(get('right'), get('bottom'))
  return offsets.some((offset) => (lengthPx(offset, 16) ?? 0) <= farAwayPx) ? by('off-screen') : null
}

function hasZeroBox(declared: ReadonlyMap<string, string>, display: Display, positioned: boolean): boolean {
  // the box of inline text and of table cells grows with what is in it
  if (!positioned && (display === 'inline' || display === 'table')) return false
  const clips = (axis: 'x' | 'y'): boolean => {
    const value = declared.get(`overflow-${axis}`)
    return value === 'hidden' || value === 'clip'
  }
  const tiny = (property: string): boolean => {
    const length = lengthPx(declared.get(property), 16)
    return length !== null && length >= 0 && length <= zeroBoxPx
  }
  return (clips('y') && (tiny('height') || tiny('max-height'))) || (clips('x') && (tiny('width') || tiny('max-width')))
}

function isClipped(clip: string | undefined, path: string | undefined, positioned: boolean): boolean {
  if (positioned && clip !== undefined) {
    const sides =
      /^rect\(([^)]*)\)$/
        .exec(clip)?.[1]
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? []
    const [top, right, bottom, left] = sides.map((side) => lengthPx(side, 16))
    if (top != null && right != null && bottom != null && left != null && (bottom - top <= 1 || right - left <= 1))
      return true
  }
  return path !== undefined && /^(?:inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0)/.test(path)
}

function invisibleBy(
  element: MarkupElement,
  value: string | undefined,
  parent: MarkupElement | null,
): MarkupElement | null {
  if (value === 'hidden' || value === 'collapse') return parent ?? element
  return value === 'visible' || value === 'initial' ? null : parent
}

function indentedBy(
  element: MarkupElement,
  value: string | undefined,
  fontSizePx: number,
  parent: MarkupElement | null,
): MarkupElement | null {
  const length = lengthPx(value?.split(/\s/)[0], fontSizePx)
  if (length === null) return parent
  return length <= farAwayPx ? (parent ?? element) : null
}

const sizeWords = new Map([
  ['xx-small', 9],
  ['x-small', 10],
  ['small', 13],
  ['medium', 16],
  ['large', 18],
  ['x-large', 24],
  ['xx-large', 32],
  ['initial', 16],
])

function fontSize(value: string | undefined, size: string | null, element: MarkupElement, parentPx: number): number {
  if (value !== undefined) {
    if (value === 'smaller') return parentPx / 1.2
    if (value === 'larger') return parentPx * 1.2
    const percent = /^([\d.]+)%$/.exec(value)?.[1]
    if (percent !== undefined) return parentPx * (Number(percent) / 100)
    return sizeWords.get(value) ?? lengthPx(value, parentPx) ?? parentPx
  }
  // the smallest size of `<font size>` is 10 px: it hides nothing, but takes back a tiny one around it
  return size !== null && element.tagName === 'font' ? Math.max(parentPx, 10) : parentPx
}

function textColour(
  value: string | undefined,
  legacy: Colour | null,
  parent: ComputedStyle,
  shadow: string | undefined,
): Colour | null {
  if (shadow !== undefined && shadow !== 'none') return null
  if (value === undefined) return legacy ?? parent.colour
  if (value === 'inherit' || value === 'unset' || value === 'currentcolor') return parent.colour
  if (value === 'initial' || value === 'windowtext' || value === 'canvastext') return black
  return parseColour(value)
}

function backdropOf(
  declared: ReadonlyMap<string, string> | null,
  legacy: LegacyColours | null,
  parent: ComputedStyle,
): Colour | null {
  const image = declared?.get('background-image')
  if ((image !== undefined && image !== 'none' && image !== 'initial') || legacy?.image === true) return null
  const position = declared?.get('position')
  const floats =
    position === 'absolute' ||
    position === 'fixed' ||
    [declared?.get('margin-top'), declared?.get('margin-left')].some(isNegative)
  // what is moved from its place may lie on anything
  const behind = floats ? null : parent.backdrop
  const value = declared?.get('background-color')
  if (value === undefined || value === 'unset') return legacy?.background ?? behind
  if (value === 'inherit') return parent.backdrop
  if (value === 'initial' || value === 'none') return behind
  const colour = parseColour(value)
  if (colour === null) return null
  const alpha = alphaOf(colour)
  if (alpha === 1) return colour
  if (alpha === 0) return behind
  return behind === null ? null : over(colour, behind)
}

function isNegative(length: string | undefined): boolean {
  return length?.startsWith('-') === true
}

interface LegacyColours {
  readonly text: Colour | null
  readonly background: Colour | null
  readonly image: boolean
}

/** `bgcolor`, `background`, `text` and `color`; and the blue that clients give to links. */
function legacyColours(element: MarkupElement): LegacyColours | null {
  let text: Colour | null = null
  let background: Colour | null = null
  let image = false
  for (const { name, value } of element.attrs) {
    if (name === 'bgcolor') background = parseLegacyColour(value)
    else if (name === 'background') image = true
    else if (name === 'text' && element.tagName === 'body') text = parseLegacyColour(value)
    else if (name === 'color' && element.tagName === 'font') text = parseLegacyColour(value)
    else if (name === 'href' && element.tagName === 'a') text = linkBlue
  }
  return text === null && background === null && !image ? null : { text, background, image }
}

function preservesSpace(element: MarkupElement): boolean {
  return preformatted.has(element.tagName)
}

const preformatted = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext'])

function spacePreserved(element: MarkupElement, value: string | undefined, parent: boolean): boolean {
  if (value === undefined || value === 'inherit') return parent || preservesSpace(element)
  return value.startsWith('pre') || value === 'break-spaces'
}

function numberOr(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value)
  return Number.isFinite(number) && value !== '' ? Math.min(1, Math.max(0, number)) : otherwise
}
