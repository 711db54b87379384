import { converter, parse, wcagContrast, type Rgb } from 'culori'

/** sRGB with alpha. */
export type Colour = Rgb

export const black: Colour = { mode: 'rgb', r: 0, g: 0, b: 0 }
export const white: Colour = { mode: 'rgb', r: 1, g: 1, b: 1 }
export const linkBlue: Colour = { mode: 'rgb', r: 0, g: 0, b: 0.933 }

const toRgb = converter('rgb')

/** A CSS colour; null when it is none that is known here. */
export function parseColour(value: string): Colour | null {
  if (value === 'transparent') return { ...black, alpha: 0 }
  const colour = parse(value)
  return colour === undefined ? null : toRgb(colour)
}

/** The `color`, `text` and `bgcolor` attributes of old HTML: names, `#f00`, and `ff0000` without its sign. */
export function parseLegacyColour(value: string): Colour | null {
  const text = value.trim().toLowerCase()
  return parseColour(/^[0-9a-f]{6}$/.test(text) ? `#${text}` : text)
}

export function alphaOf(colour: Colour): number {
  return colour.alpha ?? 1
}

/** A colour laid over an opaque one. */
export function over(top: Colour, bottom: Colour): Colour {
  const alpha = alphaOf(top)
  const mix = (a: number, b: number): number => a * alpha + b * (1 - alpha)
  return { mode: 'rgb', r: mix(top.r, bottom.r), g: mix(top.g, bottom.g), b: mix(top.b, bottom.b) }
}

/** WCAG 2 contrast ratio, 1 to 21, of a text colour on an opaque background. */
export function contrast(text: Colour, background: Colour): number {
  return wcagContrast(over(text, background), background)
}
