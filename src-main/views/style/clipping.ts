import { lengthPx } from './length.ts'

/** Whether `clip` leaves nothing of a box; it counts for what is positioned only (CSS Masking 1, appendix). */
export function isClippedAway(clip: string | undefined): boolean {
  const sides =
    clip === undefined
      ? undefined
      : /^rect\(([^)]*)\)$/
          .exec(clip)?.[1]
          ?.split(/[\s,]+/)
          .filter(Boolean)
  if (sides === undefined) return false
  const [top, right, bottom, left] = sides.map((side) => (side === 'auto' ? null : lengthPx(side, 16)))
  return isSliver(top, bottom) || isSliver(left, right)
}

/** What is left of a text, at most this wide or high, shows nothing. */
const sliverPx = 2

function isSliver(from: number | null | undefined, to: number | null | undefined): boolean {
  return to != null && to - (from ?? 0) <= sliverPx
}

/** Whether `clip-path` leaves nothing: a shape without area. Percentages alone tell, since no box is laid out. */
export function isCutAway(path: string | undefined): boolean {
  const shape = path === undefined ? null : /^([a-z]+)\(([^]*)\)/.exec(path)
  const args = shape?.[2]?.trim() ?? ''
  switch (shape?.[1]) {
    case 'inset': {
      const [top = '0', right = top, bottom = top, left = right] = args.split(/\s+round\s/)[0]?.split(/\s+/) ?? []
      return percentOf(top) + percentOf(bottom) >= 100 || percentOf(left) + percentOf(right) >= 100
    }
    case 'circle':
    case 'ellipse':
      return /^0(?:[a-z]+|%)?(?:\s|$)/.test(args) || /^\S+\s+0(?:[a-z]+|%)?(?:\s+at\s|$)/.test(args)
    case 'polygon': {
      const points = args.replace(/^(?:nonzero|evenodd)\s*,/, '').split(',')
      const xs = points.map((point) => lengthAt(point, 0))
      const ys = points.map((point) => lengthAt(point, 1))
      return isPoint(xs) || isPoint(ys)
    }
    default:
      return false
  }
}

function percentOf(side: string): number {
  return side.endsWith('%') ? Number(side.slice(0, -1)) : 0
}

function lengthAt(point: string, at: number): string {
  return (
    point
      .trim()
      .split(/\s+/)
      [at]?.replace(/^([+-]?0)(?:[a-z]+|%)$/, '$1') ?? ''
  )
}

function isPoint(coordinates: readonly string[]): boolean {
  return coordinates.every((one) => one !== '' && one === coordinates[0])
}
