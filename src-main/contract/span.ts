declare const unit: unique symbol

/** A half-open range `[start, end)`. The unit lives in the type only, so a byte range never passes for a text range. */
export interface Span<Unit extends string> {
  readonly start: number
  readonly end: number
  readonly [unit]?: Unit
}

/** UTF-16 code units of a part's decoded text (for HTML: of its decoded markup). */
export type Utf16Span = Span<'utf16'>

/** Bytes of an input. */
export type ByteSpan = Span<'byte'>

export function spansOverlap<U extends string>(a: Span<U>, b: Span<U>): boolean {
  return a.start < b.end && b.start < a.end
}

/** The smallest span that holds both. */
export function spanHull<U extends string>(a: Span<U>, b: Span<U>): Span<U> {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}
