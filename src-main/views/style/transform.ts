import { lengthPx } from './length.ts'

/** What `transform`, `translate`, `scale` and `rotate` make of a box: how far it goes, how small it gets. */
export interface Transformed {
  readonly xPx: number
  readonly yPx: number
  readonly scaleX: number
  readonly scaleY: number
}

const unmoved: Transformed = { xPx: 0, yPx: 0, scaleX: 1, scaleY: 1 }

/** Boxes of mail are rarely wider; a percentage of one moves by its own size. */
const usualBoxPx = 400

/** Skewing and turning in the plane count as nothing. Null: there is none. */
export function transformed(get: (property: string) => string | undefined, fontSizePx: number): Transformed | null {
  const steps: string[] = []
  const [translate, scale, rotate] = [get('translate'), get('scale'), get('rotate')]
  if (translate !== undefined) steps.push(`translate(${translate.split(/\s+/).join(',')})`)
  if (scale !== undefined) steps.push(`scale(${scale.split(/\s+/).join(',')})`)
  const turn = rotate === undefined ? null : /^([xy])\s+(\S+)$/.exec(rotate)
  if (turn !== null) steps.push(`rotate${turn[1] ?? ''}(${turn[2] ?? ''})`)
  const transform = get('transform')
  if (transform !== undefined) steps.push(transform)
  if (steps.length === 0) return null
  let all = unmoved
  for (const step of steps.join(' ').matchAll(/([a-z0-9]+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
    const args = (step[2] ?? '').split(',').map((arg) => arg.trim())
    const { xPx, yPx, scaleX, scaleY } = functionOf(step[1] ?? '', args, fontSizePx)
    all = {
      xPx: all.xPx + xPx * all.scaleX,
      yPx: all.yPx + yPx * all.scaleY,
      scaleX: all.scaleX * scaleX,
      scaleY: all.scaleY * scaleY,
    }
  }
  return all
}

function functionOf(name: string, args: readonly string[], fontSizePx: number): Transformed {
  const [first = '', second = ''] = args
  const distance = (text: string): number => {
    const percent = /^([+-]?[\d.]+)%$/.exec(text)?.[1]
    return percent === undefined ? (lengthPx(text, fontSizePx) ?? 0) : Number(percent) * usualBoxPx * 0.01
  }
  const factor = (text: string): number => {
    const number = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
    return text !== '' && Number.isFinite(number) ? Math.abs(number) : 1
  }
  switch (name) {
    case 'translate':
    case 'translate3d':
      return { ...unmoved, xPx: distance(first), yPx: distance(second) }
    case 'translatex':
      return { ...unmoved, xPx: distance(first) }
    case 'translatey':
      return { ...unmoved, yPx: distance(first) }
    case 'scale':
    case 'scale3d':
      return { ...unmoved, scaleX: factor(first), scaleY: factor(second === '' ? first : second) }
    case 'scalex':
      return { ...unmoved, scaleX: factor(first) }
    case 'scaley':
      return { ...unmoved, scaleY: factor(first) }
    case 'rotatex':
      return { ...unmoved, scaleY: Math.abs(Math.cos(radians(first))) }
    case 'rotatey':
      return { ...unmoved, scaleX: Math.abs(Math.cos(radians(first))) }
    case 'matrix': {
      const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = args.map(Number)
      return { xPx: x, yPx: y, scaleX: Math.hypot(a, b), scaleY: Math.hypot(c, d) }
    }
    default:
      return unmoved
  }
}

const degreesIn = new Map([
  ['deg', 1],
  ['grad', 0.9],
  ['rad', 180 / Math.PI],
  ['turn', 360],
])

function radians(angle: string): number {
  const match = /^([+-]?[\d.]+)(deg|grad|rad|turn)?$/.exec(angle)
  return ((Number(match?.[1] ?? 0) * (degreesIn.get(match?.[2] ?? 'deg') ?? 1)) / 180) * Math.PI
}
