import type { Span } from '../../contract/span.ts'
import type { SpanMap } from '../../intake/span-map.ts'

type Map16 = SpanMap<'utf16', 'utf16'>

/** A piece of a derived text; its places count from where it begins in the origin. */
export interface MapPiece {
  readonly map: Map16
  readonly originStart: number
}

/** The map of a text that is made of pieces, one behind the other in the text and in its origin. */
export function joinedMap(pieces: readonly MapPiece[]): Map16 {
  const starts: number[] = []
  let length = 0
  for (const { map } of pieces) {
    starts.push(length)
    length += map.length
  }
  const origins = pieces.map(({ originStart }) => originStart)

  function toOrigin(span: Span<'utf16'>): Span<'utf16'> {
    const first = lastUpTo(starts, Math.max(0, Math.min(span.start, length - 1)))
    const last = span.end <= span.start ? first : lastUpTo(starts, span.end - 1)
    let start = Infinity
    let end = -Infinity
    let fallback = 0
    for (let at = first; at <= last; at++) {
      const piece = pieces[at]
      if (piece === undefined) break
      const from = starts[at] ?? 0
      const inside = { start: Math.max(0, span.start - from), end: Math.min(piece.map.length, span.end - from) }
      const origin = piece.map.toOrigin(inside)
      if (at === first) fallback = origin.start + piece.originStart
      if (origin.end <= origin.start) continue
      start = Math.min(start, origin.start + piece.originStart)
      end = Math.max(end, origin.end + piece.originStart)
    }
    return start === Infinity ? { start: fallback, end: fallback } : { start, end }
  }

  function fromOrigin(span: Span<'utf16'>): Span<'utf16'> | null {
    let start = Infinity
    let end = -Infinity
    for (let at = lastUpTo(origins, span.start); at < pieces.length; at++) {
      const piece = pieces[at]
      if (piece === undefined || piece.originStart >= span.end) break
      const origin = { start: Math.max(0, span.start - piece.originStart), end: span.end - piece.originStart }
      const derived = piece.map.fromOrigin(origin)
      if (derived === null) continue
      start = Math.min(start, derived.start + (starts[at] ?? 0))
      end = Math.max(end, derived.end + (starts[at] ?? 0))
    }
    return start === Infinity ? null : { start, end }
  }

  return { length, toOrigin, fromOrigin }
}

/** The last place of an ascending list that holds at most `value`; 0 when none does. */
function lastUpTo(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((list[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
