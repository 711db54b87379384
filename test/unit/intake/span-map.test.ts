import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '../../../src-main/contract/span.ts'
import { spanMapBuilder, type SpanMap } from '../../../src-main/intake/span-map.ts'

type Map = SpanMap<'derived', 'origin'>

interface Piece {
  readonly kind: 'linear' | 'atomic'
  readonly length: number
  readonly start: number
  readonly end: number
}

function mapOf(pieces: readonly Piece[]): Map {
  const builder = spanMapBuilder<'derived', 'origin'>()
  for (const { kind, length, start, end } of pieces)
    if (kind === 'linear') builder.linear(length, start)
    else builder.atomic(length, start, end)
  return builder.build()
}

/** All derived units that come from somewhere in the span, unit by unit. */
function byUnits(map: Map, span: Span<'origin'>): { start: number; end: number } | null {
  const units = Array.from({ length: map.length }, (_, at) => at).filter((at) => {
    const { start, end } = map.toOrigin(derived(at, at + 1))
    return start < end && start < span.end && end > span.start
  })
  const first = units[0]
  const last = units.at(-1)
  return first === undefined || last === undefined ? null : { start: first, end: last + 1 }
}

function derived(start: number, end: number): Span<'derived'> {
  return { start, end }
}

const length = fc.integer({ min: 1, max: 5 })
/** Pieces one after the other in the origin, some left out between them, some empty. */
const ascending = fc
  .array(
    fc.record({
      kind: fc.constantFrom('linear' as const, 'atomic' as const),
      length,
      taken: fc.integer({ min: 0, max: 4 }),
      gap: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((pieces) => {
    let at = 0
    return pieces.map(({ kind, length: units, taken, gap }): Piece => {
      const start = at + gap
      at = start + (kind === 'linear' ? units : taken)
      return { kind, length: units, start, end: at }
    })
  })
/** Pieces from anywhere: turned text. */
const anywhere = fc.array(
  fc
    .record({
      kind: fc.constantFrom('linear' as const, 'atomic' as const),
      length,
      start: fc.integer({ min: 0, max: 30 }),
      taken: fc.integer({ min: 0, max: 4 }),
    })
    .map(({ kind, length: units, start, taken }): Piece => ({
      kind,
      length: units,
      start,
      end: start + (kind === 'linear' ? units : taken),
    })),
  { maxLength: 12 },
)
const asked = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 8 }))
  .map(([start, units]) => ({ start, end: start + units }))

describe('fromOrigin', () => {
  it.each([
    ['pieces in order', ascending],
    ['pieces from anywhere', anywhere],
  ])('gives the hull of all units that come from the span: %s', (_, pieces) => {
    fc.assert(
      fc.property(pieces, asked, (made, span) => {
        const map = mapOf(made)
        expect(map.fromOrigin(span)).toEqual(byUnits(map, span))
      }),
      { numRuns: 300 },
    )
  })

  it('finds a place in a map of many pieces without going over them', () => {
    const builder = spanMapBuilder<'derived', 'origin'>()
    const pieces = 300_000
    for (let at = 0; at < pieces; at++) builder.atomic(1, 3 * at, 3 * at + 2)
    const map = builder.build()
    let found = 0
    for (let at = 0; at < pieces; at += 3) if (map.fromOrigin({ start: 3 * at, end: 3 * at + 1 })?.start === at) found++
    expect(found).toBe(pieces / 3)
  })
})
