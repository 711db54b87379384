import type { Span } from '../contract/span.ts'

/**
 * Where the characters of a derived text come from.
 *
 * The derived text is cut into runs. In a *linear* run every unit stems from `step` units of the origin of its own; in an
 * *atomic* run all units stem from one origin range together (a surrogate pair from four UTF-8 bytes, `ﬁ` folded to `fi`,
 * a line break that a view put in and that has an empty origin).
 */
export interface SpanMap<From extends string, To extends string> {
  /** Length of the derived text in its units. */
  readonly length: number
  readonly toOrigin: (span: Span<From>) => Span<To>
  /** The derived units that stem from any part of the origin range; null when none do. */
  readonly fromOrigin: (span: Span<To>) => Span<From> | null
}

/** Collects runs in the order of the derived text. Neighbouring linear runs that continue each other become one. */
export interface SpanMapBuilder<From extends string, To extends string> {
  /** Derived units so far. */
  readonly length: () => number
  /** `count` derived units, each from `step` origin units, the first at `originStart`. */
  readonly linear: (count: number, originStart: number, step?: number) => void
  /** `count` derived units that stem together from `[originStart, originEnd)`, which may be empty. */
  readonly atomic: (count: number, originStart: number, originEnd: number) => void
  readonly build: () => SpanMap<From, To>
}

const fields = 4 // derivedStart, originStart, originEnd, step (0: atomic)

export function spanMapBuilder<From extends string, To extends string>(): SpanMapBuilder<From, To> {
  const runs: number[] = []
  let length = 0

  function push(count: number, originStart: number, originEnd: number, step: number): void {
    if (count === 0) return
    runs.push(length, originStart, originEnd, step)
    length += count
  }

  return {
    length: () => length,
    linear(count, originStart, step = 1) {
      const last = runs.length - fields
      if (count > 0 && last >= 0 && runs[last + 3] === step && runs[last + 2] === originStart) {
        runs[last + 2] = originStart + count * step
        length += count
      } else push(count, originStart, originStart + count * step, step)
    },
    atomic(count, originStart, originEnd) {
      push(count, originStart, originEnd, 0)
    },
    build: () => spanMap(new Float64Array(runs), length),
  }
}

/** A text that is a slice of its origin, unit by unit. */
export function identityMap<From extends string, To extends string>(
  length: number,
  originStart = 0,
): SpanMap<From, To> {
  const builder = spanMapBuilder<From, To>()
  builder.linear(length, originStart)
  return builder.build()
}

function spanMap<From extends string, To extends string>(runs: Float64Array, length: number): SpanMap<From, To> {
  const count = runs.length / fields
  const at = (run: number, field: number): number => runs[run * fields + field] ?? 0
  const derivedStart = (run: number): number => (run < count ? at(run, 0) : length)

  /** The run that holds a derived unit. */
  function runOf(unit: number): number {
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (at(middle, 0) <= unit) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The origin of the derived units `[from, to)`, which lie in one run. */
  function originIn(run: number, from: number, to: number): [number, number] {
    const step = at(run, 3)
    if (step === 0) return [at(run, 1), at(run, 2)]
    const base = at(run, 1) - at(run, 0) * step
    return [base + from * step, base + to * step]
  }

  function toOrigin(span: Span<From>): Span<To> {
    if (count === 0) return { start: 0, end: 0 }
    if (span.end <= span.start) {
      const inside = Math.min(span.start, length - 1)
      const [start, end] = originIn(runOf(inside), inside, inside + 1)
      const edge = span.start >= length ? end : start
      return { start: edge, end: edge }
    }
    let start = Infinity
    let end = -Infinity
    let fallback: number | undefined
    for (let run = runOf(span.start); run < count && derivedStart(run) < span.end; run++) {
      const from = Math.max(span.start, derivedStart(run))
      const to = Math.min(span.end, derivedStart(run + 1))
      const [originStart, originEnd] = originIn(run, from, to)
      fallback ??= originStart
      if (originStart === originEnd) continue
      start = Math.min(start, originStart)
      end = Math.max(end, originEnd)
    }
    return start === Infinity ? { start: fallback ?? 0, end: fallback ?? 0 } : { start, end }
  }

  /** Whether origins follow one another as their runs do; turned text is the exception. Looked at once, when first asked for. */
  let ascending: boolean | null = null
  function isAscending(): boolean {
    for (let run = 1; run < count; run++) if (at(run, 1) < at(run - 1, 1) || at(run, 2) < at(run - 1, 2)) return false
    return true
  }

  /** The first run that ends behind a place of the origin, where runs ascend. */
  function firstBehind(place: number): number {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (at(middle, 2) > place) high = middle
      else low = middle + 1
    }
    return low
  }

  function fromOrigin(span: Span<To>): Span<From> | null {
    ascending ??= isAscending()
    let start = Infinity
    let end = -Infinity
    for (let run = ascending ? firstBehind(span.start) : 0; run < count; run++) {
      const originStart = at(run, 1)
      const originEnd = at(run, 2)
      if (ascending && originStart >= span.end) break
      if (originEnd <= span.start || originStart >= span.end || originStart === originEnd) continue
      const first = derivedStart(run)
      const step = at(run, 3)
      const from = step === 0 ? first : first + Math.max(0, Math.floor((span.start - originStart) / step))
      const to =
        step === 0
          ? derivedStart(run + 1)
          : Math.min(derivedStart(run + 1), first + Math.ceil((span.end - originStart) / step))
      start = Math.min(start, from)
      end = Math.max(end, to)
    }
    return start === Infinity ? null : { start, end }
  }

  return { length, toOrigin, fromOrigin }
}
