import { attributeOf, type MarkupElement } from '../markup.ts'
import type { HiddenReason } from '../view.ts'
import { boxHiding, cutsHeight, type Box } from './box-hiding.ts'
import { alphaOf, contrast } from './colour.ts'
import { displayOf, type Display } from './default-display.ts'
import { fontSizePx } from './font-size.ts'
import { lengthPx, paneLengthPx } from './length.ts'
import { coloursOf, hasOwnColours, initialColours, type Colours } from './text-colour.ts'
import { withOwnVariables, withoutVariables, type Variables } from './variables.ts'

/** Why a text is not seen, and the outermost element that makes it so. */
export interface Hiding {
  readonly reason: HiddenReason
  readonly root: MarkupElement
}

/** What bears on whether the text of an element is seen. Elements that change nothing share their parent's. */
export interface ComputedStyle {
  readonly display: Display
  /** Its children become blocks: it is a flex or grid container. */
  readonly makesItems: boolean
  /** No property of a descendant takes it back. */
  readonly sealed: Hiding | null
  readonly invisible: MarkupElement | null
  readonly fontSizePx: number
  /** Only where letters are too small to be seen. */
  readonly fontSizeFrom: MarkupElement | null
  /** null: as the letters need. */
  readonly lineHeightPx: number | null
  /** What is as high as its lines, and cuts off what goes beyond. */
  readonly cutToLines: MarkupElement | null
  readonly indentedBy: MarkupElement | null
  readonly colours: Colours
  readonly coloursFrom: MarkupElement | null
  readonly opacity: number
  readonly preserveSpace: boolean
  readonly variables: Variables | null
  /** Why the text right in this element is not seen. */
  readonly hiding: Hiding | null
  /** The style that this one is but for `coloursFrom`; null: itself. */
  readonly sameAs: ComputedStyle | null
}

export const initialStyle: ComputedStyle = {
  display: 'block',
  makesItems: false,
  sealed: null,
  invisible: null,
  fontSizePx: 16,
  fontSizeFrom: null,
  lineHeightPx: null,
  cutToLines: null,
  indentedBy: null,
  colours: initialColours,
  coloursFrom: null,
  opacity: 1,
  preserveSpace: false,
  variables: null,
  hiding: null,
  sameAs: null,
}

/** At most this many pixels high, letters are a line of dots. */
const tinyFontPx = 2
const lowestOpacity = 0.1
const lowestContrast = 1.2
const farIndentPx = 500
const flatLinePx = 1

export interface StyleOptions {
  /** Reads as Outlook does: `mso-hide` counts. */
  readonly outlook: boolean
  /** Has no document type, or an old one (Quirks Mode). */
  readonly quirks: boolean
}

/** The style of an element by what is declared for it, the parent's style and the attributes of old HTML. */
export function computeStyle(
  element: MarkupElement,
  given: ReadonlyMap<string, string> | null,
  parent: ComputedStyle,
  options: StyleOptions,
): ComputedStyle {
  const variables = withOwnVariables(given, parent.variables)
  const declared = withoutVariables(given, variables, options.quirks)
  const display = displayOf(element, declared?.get('display'), parent.display)
  if (declared === null && !bears(element) && !parent.makesItems) return plainStyle(element, display, parent)

  const get = (property: string): string | undefined => declared?.get(property)
  const opacity = parent.opacity * numberOr(get('opacity'), 1) * filterOpacity(get('filter'))
  const sizePx = fontSizePx(get('font-size'), element, parent.fontSizePx, options.quirks)
  const colours = coloursOf(element, get, parent.colours, options.quirks)
  const box: Box = { element, display, isItem: parent.makesItems, fontSizePx: sizePx, quirks: options.quirks, get }
  const style = {
    display,
    makesItems: /flex|grid/.test(get('display') ?? ''),
    sealed: parent.sealed ?? sealing(box, opacity, options),
    invisible: invisibleBy(element, get('visibility'), parent.invisible),
    fontSizePx: sizePx,
    fontSizeFrom: sizePx > tinyFontPx ? null : sizePx === parent.fontSizePx ? parent.fontSizeFrom : element,
    lineHeightPx: lineHeight(get('line-height'), sizePx, parent.lineHeightPx),
    cutToLines: cutToLines(box, parent.cutToLines),
    indentedBy: indentedBy(box, parent.indentedBy),
    colours,
    coloursFrom: isSameInk(colours, parent.colours) ? parent.coloursFrom : element,
    opacity,
    preserveSpace: spacePreserved(element, get('white-space'), parent.preserveSpace),
    variables,
    sameAs: null,
  }
  return { ...style, hiding: hidingOf(style) }
}

const otherBearers = new Set('font small big sub sup h1 h2 h3 h5 h6'.split(' '))

/** Whether the element says something of itself, without any style sheet. */
function bears(element: MarkupElement): boolean {
  return (
    otherBearers.has(element.tagName) || hasOwnColours(element) || element.attrs.some(({ name }) => name === 'hidden')
  )
}

function plainStyle(element: MarkupElement, display: Display, parent: ComputedStyle): ComputedStyle {
  const sealed = parent.sealed ?? (display === 'none' ? { reason: 'display-none' as const, root: element } : null)
  const preserveSpace = parent.preserveSpace || preservesSpace(element)
  if (display === parent.display && sealed === parent.sealed && preserveSpace === parent.preserveSpace) return parent
  return { ...parent, display, sealed, preserveSpace, hiding: sealed ?? parent.hiding, sameAs: null }
}

function isSameInk(a: Colours, b: Colours): boolean {
  return a.colour === b.colour && a.fill === b.fill && a.backdrop === b.backdrop
}

function hidingOf(style: Omit<ComputedStyle, 'hiding'>): Hiding | null {
  if (style.sealed !== null) return style.sealed
  if (style.invisible !== null) return { reason: 'visibility', root: style.invisible }
  if (style.fontSizePx <= tinyFontPx && style.fontSizeFrom !== null) {
    return { reason: 'font-size', root: style.fontSizeFrom }
  }
  if (style.indentedBy !== null) return { reason: 'off-screen', root: style.indentedBy }
  if (style.cutToLines !== null && style.lineHeightPx !== null && style.lineHeightPx <= flatLinePx) {
    return { reason: 'zero-box', root: style.cutToLines }
  }
  const { colours, coloursFrom } = style
  const ink = colours.fill === 'as-colour' ? colours.colour : colours.fill
  if (ink === null || coloursFrom === null || colours.isDrawnOtherwise) return null
  const alpha = alphaOf(ink) * style.opacity
  if (alpha < lowestOpacity) return { reason: 'transparent', root: coloursFrom }
  if (colours.backdrop !== null && contrast({ ...ink, alpha }, colours.backdrop) < lowestContrast) {
    return { reason: 'contrast', root: coloursFrom }
  }
  return null
}

/** The ways to hide that a descendant cannot undo. */
function sealing(box: Box, opacity: number, options: StyleOptions): Hiding | null {
  const { element, display, get } = box
  const by = (reason: HiddenReason): Hiding => ({ reason, root: element })
  if (display === 'none') {
    const byAttribute = get('display') === undefined && attributeOf(element, 'hidden') !== null
    return by(byAttribute ? 'hidden-attribute' : 'display-none')
  }
  if (options.outlook && get('mso-hide') === 'all') return by('mso-hide')
  if (opacity < lowestOpacity) return by('opacity')
  if (get('content-visibility') === 'hidden' && display !== 'inline' && display !== 'table') return by('visibility')
  const reason = boxHiding(box)
  return reason === null ? null : by(reason)
}

function invisibleBy(
  element: MarkupElement,
  value: string | undefined,
  parent: MarkupElement | null,
): MarkupElement | null {
  if (value === 'hidden' || value === 'collapse') return parent ?? element
  return value === 'visible' || value === 'initial' ? null : parent
}

function lineHeight(value: string | undefined, sizePx: number, parentPx: number | null): number | null {
  if (value === undefined || value === 'inherit' || value === 'unset') return parentPx
  if (/^[\d.]+$/.test(value)) return Number(value) * sizePx
  if (value.endsWith('%')) return (Number(value.slice(0, -1)) / 100) * sizePx
  return lengthPx(value, sizePx)
}

function cutToLines(box: Box, parent: MarkupElement | null): MarkupElement | null {
  if (!cutsHeight(box)) return parent
  const { get, fontSizePx: sizePx } = box
  const isGiven = (property: string): boolean => (lengthPx(get(property), sizePx) ?? 0) > flatLinePx
  const taller = ['height', 'min-height', 'padding-top', 'padding-bottom'].some(isGiven)
  return taller ? null : box.element
}

function indentedBy({ element, get, fontSizePx: sizePx }: Box, parent: MarkupElement | null): MarkupElement | null {
  const written = get('text-indent')?.split(/\s/)[0]
  const length = paneLengthPx(written, sizePx)
  if (length === null) return parent
  const pushedOut = get('white-space') === 'nowrap' && get('overflow-x') === 'hidden'
  return length <= -farIndentPx || (pushedOut && length >= farIndentPx) ? (parent ?? element) : null
}

function preservesSpace(element: MarkupElement): boolean {
  return preformatted.has(element.tagName)
}

const preformatted = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext'])

function spacePreserved(element: MarkupElement, value: string | undefined, parent: boolean): boolean {
  if (value === undefined || value === 'inherit') return parent || preservesSpace(element)
  return value.startsWith('pre') || value === 'break-spaces'
}

function filterOpacity(filter: string | undefined): number {
  let opacity = 1
  for (const match of filter?.matchAll(/\bopacity\(\s*([\d.]+%?)\s*\)/g) ?? []) opacity *= numberOr(match[1], 1)
  return opacity
}

function numberOr(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : (lengthPx(value, 1) ?? NaN)
  return Number.isFinite(number) && value !== '' ? Math.min(1, Math.max(0, number)) : otherwise
}
