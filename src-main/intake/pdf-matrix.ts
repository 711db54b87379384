/** `[a b c d e f]`: (x, y) becomes (ax + cy + e, bx + dy + f) (ISO 32000-1, 8.3.3). */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export interface Box {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** `inner` first, then `outer`. */
export function multiplied(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

export function pointAt([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

/** Rectangles stay rectangles under it. */
export function isUpright([a, b, c, d]: Matrix): boolean {
  const small = 1e-6 * (Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d))
  return (Math.abs(b) <= small && Math.abs(c) <= small) || (Math.abs(a) <= small && Math.abs(d) <= small)
}

/** The smallest upright box around what a box becomes. */
export function boxUnder(matrix: Matrix, { left, bottom, right, top }: Box): Box {
  const corners = [
    pointAt(matrix, left, bottom),
    pointAt(matrix, right, bottom),
    pointAt(matrix, left, top),
    pointAt(matrix, right, top),
  ]
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
}

export function intersection(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
    top: Math.min(a.top, b.top),
  }
}

export function holds({ left, bottom, right, top }: Box, x: number, y: number): boolean {
  return x >= left && x <= right && y >= bottom && y <= top
}

/** Six numbers of whatever a program hands over; null for what is none. */
export function matrixOf(value: unknown): Matrix | null {
  const numbers = numbersOf(value)
  const [a, b, c, d, e, f] = numbers
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) return null
  return f === undefined ? null : [a, b, c, d, e, f]
}

export function boxOf(value: unknown): Box | null {
  const [a, b, c, d] = numbersOf(value)
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null
  return { left: Math.min(a, c), bottom: Math.min(b, d), right: Math.max(a, c), top: Math.max(b, d) }
}

function numbersOf(value: unknown): readonly number[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : ArrayBuffer.isView(value) ? listOf(value) : []
  return list.slice(0, 6).filter((item): item is number => typeof item === 'number' && Number.isFinite(item))
}

function listOf(view: ArrayBufferView): readonly unknown[] {
  return view instanceof Float32Array || view instanceof Float64Array ? Array.from(view.subarray(0, 6)) : []
}
