import { attributeOf, type MarkupElement } from '../markup.ts'
import { alphaOf, black, linkBlue, over, parseColour, parseLegacyColour, white, type Colour } from './colour.ts'

/** The colours of an element; null where they are not known. */
export interface Colours {
  readonly colour: Colour | null
  /** Of `-webkit-text-fill-color`, which goes before the colour. */
  readonly fill: Colour | null | 'as-colour'
  /** Something beside the colour draws the letters: a shadow, an outline, a picture cut to them. */
  readonly isDrawnOtherwise: boolean
  /** What lies behind the text, opaque. */
  readonly backdrop: Colour | null
  readonly linkColour: Colour
  /** Where tables without a document type take their colour from. */
  readonly bodyColour: Colour | null
}

export const initialColours: Colours = {
  colour: black,
  fill: 'as-colour',
  isDrawnOtherwise: false,
  backdrop: white,
  linkColour: linkBlue,
  bodyColour: black,
}

/** The colours of an element by what is declared for it, the attributes of old HTML and the browser's own style sheet. */
export function coloursOf(
  element: MarkupElement,
  get: (property: string) => string | undefined,
  parent: Colours,
  quirks: boolean,
): Colours {
  const legacy = legacyColours(element, parent, quirks)
  const colour = textColour(get('color'), legacy.text, parent, quirks)
  const fill = get('-webkit-text-fill-color')
  const isBody = element.tagName === 'body'
  return {
    colour,
    fill: fillColour(fill, colour, parent),
    isDrawnOtherwise: isDrawnOtherwise(get, parent),
    backdrop: backdropOf(get, legacy, parent, quirks),
    linkColour: (isBody ? legacyColourOf(element, 'link') : null) ?? parent.linkColour,
    bodyColour: isBody ? colour : parent.bodyColour,
  }
}

function fillColour(value: string | undefined, colour: Colour | null, parent: Colours): Colours['fill'] {
  if (value === undefined || value === 'inherit' || value === 'unset') return parent.fill
  if (value === 'currentcolor' || value === 'initial') return 'as-colour'
  return parseColour(value) ?? (value.includes('(') ? null : colour)
}

function isDrawnOtherwise(get: (property: string) => string | undefined, parent: Colours): boolean {
  if (get('background-clip') === 'text' || get('-webkit-background-clip') === 'text') return true
  const stroke = get('-webkit-text-stroke') ?? get('-webkit-text-stroke-width')
  if (stroke !== undefined && !/^(?:0|none|initial)/.test(stroke)) return true
  const shadow = get('text-shadow')
  if (shadow === undefined || shadow === 'inherit') return parent.isDrawnOtherwise
  return shadow !== 'none' && shadow !== 'initial' && !/\btransparent\b/.test(shadow)
}

function textColour(value: string | undefined, legacy: Colour | null, parent: Colours, quirks: boolean): Colour | null {
  if (value === undefined) return legacy ?? parent.colour
  if (value === 'inherit' || value === 'unset' || value === 'currentcolor') return parent.colour
  if (value === 'initial' || value === 'windowtext' || value === 'canvastext') return black
  return anyColour(value, quirks)
}

/** With the colours without a sign that browsers take where there is no document type. */
function anyColour(value: string, quirks: boolean): Colour | null {
  return parseColour(value) ?? (quirks && /^[0-9a-f]{3}(?:[0-9a-f]{3})?$/.test(value) ? parseColour(`#${value}`) : null)
}

/** A margin up to this much lifts a text onto its neighbour's edge, not onto another ground. */
const smallLiftPx = -4

function backdropOf(
  get: (property: string) => string | undefined,
  legacy: LegacyColours,
  parent: Colours,
  quirks: boolean,
): Colour | null {
  const image = get('background-image')
  if ((image !== undefined && image !== 'none' && image !== 'initial') || legacy.image) return null
  const position = get('position')
  const floats =
    position === 'absolute' || position === 'fixed' || [get('margin-top'), get('margin-left')].some(isLifted)
  // what is moved from its place may lie on anything
  const behind = floats ? null : parent.backdrop
  const value = get('background-color')
  if (value === undefined || value === 'unset') return legacy.background ?? behind
  if (value === 'inherit') return parent.backdrop
  if (value === 'initial' || value === 'none') return behind
  const colour = value === 'currentcolor' ? null : anyColour(value, quirks)
  if (colour === null) return null
  const alpha = alphaOf(colour)
  if (alpha === 1) return colour
  if (alpha === 0) return behind
  return behind === null ? null : over(colour, behind)
}

function isLifted(length: string | undefined): boolean {
  if (length?.startsWith('-') !== true) return false
  const px = /^-([\d.]+)(?:px)?$/.exec(length)?.[1]
  return px === undefined || -Number(px) < smallLiftPx
}

interface LegacyColours {
  readonly text: Colour | null
  readonly background: Colour | null
  readonly image: boolean
}

const yellow: Colour = { mode: 'rgb', r: 1, g: 1, b: 0 }
const buttonGrey: Colour = { mode: 'rgb', r: 0.937, g: 0.937, b: 0.937 }

/** Elements whose colours say something, or may. */
const coloured = new Set(['a', 'body', 'font', 'mark', 'button', 'input', 'select', 'textarea', 'table', 'dialog'])

/** Whether old HTML or the browser gives the element a colour of its own. */
export function hasOwnColours(element: MarkupElement): boolean {
  return coloured.has(element.tagName) || element.attrs.some(({ name }) => name === 'bgcolor' || name === 'background')
}

const tableParts = new Set(['body', 'table', 'tr', 'td', 'th', 'tbody', 'thead', 'tfoot', 'col', 'colgroup', 'marquee'])

function legacyColours(element: MarkupElement, parent: Colours, quirks: boolean): LegacyColours {
  const { tagName } = element
  const takes = tableParts.has(tagName)
  const background = takes ? legacyColourOf(element, 'bgcolor') : null
  const image = takes && (attributeOf(element, 'background') ?? '') !== ''
  switch (tagName) {
    case 'body':
      return { text: legacyColourOf(element, 'text'), background, image }
    case 'font':
      return { text: legacyColourOf(element, 'color'), background, image }
    case 'a':
      return { text: attributeOf(element, 'href') === null ? null : parent.linkColour, background, image }
    case 'mark':
      return { text: black, background: yellow, image }
    case 'button':
    case 'input':
      return { text: black, background: buttonGrey, image }
    case 'select':
    case 'textarea':
    case 'dialog':
      return { text: black, background: white, image }
    case 'table':
      return { text: quirks ? parent.bodyColour : null, background, image }
    default:
      return { text: null, background, image }
  }
}

function legacyColourOf(element: MarkupElement, name: string): Colour | null {
  const value = attributeOf(element, name)
  return value === null ? null : parseLegacyColour(value)
}
