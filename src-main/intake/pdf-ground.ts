import type { Box } from './pdf-matrix.ts'
import { holds } from './pdf-matrix.ts'
import { mixed } from './text-contrast.ts'

/** Something drawn that may lie behind a text. */
export interface Paint {
  readonly box: Box
  /** `#RRGGBB`; null: a picture or a shading. */
  readonly colour: string | null
  readonly alpha: number
  /** It fills its box, to the corners. */
  readonly isBox: boolean
  readonly isPicture: boolean
}

/** What is drawn on a page so far, to tell what lies behind a text. */
export interface PdfGround {
  readonly add: (paint: Paint) => void
  /** The colours that may be behind a point; null: a picture. A shape may or may not reach the point in its box. */
  readonly coloursAt: (x: number, y: number) => readonly (string | null)[]
  readonly hasPictureAt: (x: number, y: number) => boolean
}

/** What lies behind a text is looked for among about this many paints before it. */
const maxPaints = 2_000

/** Square points; when there are too many paints, smaller ones are forgotten first: a page's own colour is drawn before all else. */
const minKeptArea = 2_500

export function pdfGround(): PdfGround {
  let paints: Paint[] = []
  return {
    add(paint) {
      paints.push(paint)
      if (paints.length < 2 * maxPaints) return
      const kept = paints.filter(({ box }, at) => at >= maxPaints || areaOf(box) >= minKeptArea)
      paints = kept.slice(-1.5 * maxPaints)
    },
    coloursAt(x, y) {
      const colours: (string | null)[] = []
      const over: Paint[] = []
      for (let at = paints.length - 1; at >= 0 && colours.length < 8; at--) {
        const one = paints[at]
        if (one === undefined || !holds(one.box, x, y)) continue
        if (one.colour !== null && one.alpha < 0.95) {
          over.push(one)
          continue
        }
        colours.push(under(one.colour, over))
        if (one.isBox) return colours
      }
      return [...colours, under('#ffffff', over)]
    },
    hasPictureAt: (x, y) => paints.some((one) => one.isPicture && holds(one.box, x, y)),
  }
}

function areaOf({ left, bottom, right, top }: Box): number {
  return (right - left) * (top - bottom)
}

function under(ground: string | null, over: readonly Paint[]): string | null {
  let colour = ground
  for (let at = over.length - 1; at >= 0; at--) {
    const paint = over[at]
    if (colour === null || paint?.colour === undefined || paint.colour === null) return null
    colour = mixed(paint.colour, colour, paint.alpha)
  }
  return colour
}

/** Lines from corner to corner: `move x y, line x y …, close`, as numbers. */
export function isRectangle(data: unknown, { left, bottom, right, top }: Box): boolean {
  const numbers: unknown = Array.isArray(data) ? (data as readonly unknown[])[0] : data
  if (!(numbers instanceof Float32Array) || numbers.length < 12 || numbers.length > 16) return false
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-3 * (1 + Math.abs(b))
  const corners = new Set<string>()
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const [operation = 4, x = 0, y = 0] = numbers.subarray(at, at + 3)
    if (operation > 1) break
    const isLeft = near(x, left)
    const isBottom = near(y, bottom)
    if ((!isLeft && !near(x, right)) || (!isBottom && !near(y, top))) return false
    corners.add(`${String(isLeft)} ${String(isBottom)}`)
  }
  return corners.size === 4
}
