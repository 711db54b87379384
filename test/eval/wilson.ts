/** A share with its 95 % Wilson score interval (Wilson 1927); null where nothing was counted. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

const z = 1.959964

export function wilson(hits: number, count: number): Share | null {
  if (count === 0) return null
  const share = hits / count
  const centre = share + (z * z) / (2 * count)
  const margin = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  const scale = 1 + (z * z) / count
  return { share, low: Math.max(0, (centre - margin) / scale), high: Math.min(1, (centre + margin) / scale) }
}
