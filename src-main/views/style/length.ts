import { calculatePx } from './calculation.ts'

const unitsPx = new Map([
  ['px', 1],
  ['pt', 4 / 3],
  ['pc', 16],
  ['in', 96],
  ['cm', 96 / 2.54],
  ['mm', 96 / 25.4],
  ['q', 96 / 101.6],
  ['rem', 16],
  ['vw', 8],
  ['vh', 8],
  ['vmin', 8],
  ['vmax', 8],
  ['dvh', 8],
  ['svh', 8],
  ['lvh', 8],
])

/** A CSS length in pixels; a bare number counts as pixels. Null when it is no length known here. */
export function lengthPx(value: string | undefined, fontSizePx: number): number | null {
  if (value?.endsWith(')') === true) return calculatePx(value, (leaf) => lengthPx(leaf, fontSizePx))
  const match = value === undefined ? null : /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?$/.exec(value)
  if (match?.[1] === undefined) return null
  const number = Number(match[1])
  if (number === 0) return 0
  const unit = match[2]
  if (unit === undefined) return number
  if (unit === 'em') return number * fontSizePx
  if (unit === 'ex' || unit === 'ch') return (number * fontSizePx) / 2
  const factor = unitsPx.get(unit)
  return factor === undefined ? null : number * factor
}

/** Like `lengthPx`, with percentages of the width of a mail pane. */
export function paneLengthPx(value: string | undefined, fontSizePx: number): number | null {
  const percent = value === undefined ? undefined : /^([+-]?[\d.]+)%$/.exec(value)?.[1]
  return percent === undefined ? lengthPx(value, fontSizePx) : Number(percent) * paneWidthPx * 0.01
}

const paneWidthPx = 800
