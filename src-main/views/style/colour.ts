import { converter, parse, wcagContrast, type Rgb } from 'culori'
import { mixedColour } from './colour-mix.ts'

/** sRGB with alpha. */
export type Colour = Rgb

export const black: Colour = { mode: 'rgb', r: 0, g: 0, b: 0 }
export const white: Colour = { mode: 'rgb', r: 1, g: 1, b: 1 }
export const linkBlue: Colour = { mode: 'rgb', r: 0, g: 0, b: 0.933 }

const toRgb = converter('rgb')

/** A CSS colour; null when it is none that is known here. */
export function parseColour(value: string): Colour | null {
  if (value === 'transparent') return { ...black, alpha: 0 }
  const colour = value.startsWith('color-mix(') ? mixedColour(value, parseColour) : parse(value)
  return colour == null ? null : toRgb(colour)
}

/**
 * The `color`, `text`, `link` and `bgcolor` attributes of old HTML: a name, `#f00`, or anything else, out of which browsers
 * make a colour (HTML standard, “rules for parsing a legacy color value”).
 */
export function parseLegacyColour(value: string): Colour | null {
  const text = value.trim().toLowerCase()
  if (text === '' || text === 'transparent') return null
  const named = /^[a-z]+$/.test(text) || /^#[0-9a-f]{3}$/.test(text) ? parseColour(text) : null
  if (named !== null) return named
  const digits = [...text.slice(0, 256)]
    .map((character) => (character.length > 1 ? '00' : character))
    .join('')
    .slice(0, 128)
    .replace(/^#/, '')
    .replace(/[^0-9a-f]/g, '0')
  const padded = digits.padEnd(Math.max(3, Math.ceil(digits.length / 3) * 3), '0')
  const length = padded.length / 3
  let parts = [0, 1, 2].map((at) => padded.slice(at * length, (at + 1) * length).slice(-8))
  while ((parts[0]?.length ?? 0) > 2 && parts.every((part) => part.startsWith('0'))) {
    parts = parts.map((part) => part.slice(1))
  }
  const [r = 0, g = 0, b = 0] = parts.map((part) => parseInt(part.slice(0, 2), 16) / 255)
  return { mode: 'rgb', r, g, b }
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
