/** A kind of number that belongs to a person: how it looks, how it is checked, and what stands beside it. */
export interface IdentifierType {
  /** As rules name it, e.g. `us-ssn`. */
  readonly type: string
  readonly title: string
  /** ISO 3166; null: international. */
  readonly country: string | null
  /** Candidates in a folded text (lower case); flags `gu`, linear. */
  readonly shape: RegExp
  /** What of the candidate it is, and why; null when it is none. */
  readonly check: (candidate: string) => IdentifierCheck | null
  /** For numbers whose letter case counts: the same of the candidate as it is written; `check` is then not asked. */
  readonly checkWritten?: (candidate: string) => IdentifierCheck | null
  /** Organisations have such numbers too, and print their own in footers and invoices. */
  readonly isOftenPublic?: boolean
  /**
   * Whether a candidate that `check` refuses is hidden all the same where a text is quoted: a published test number, or
   * a card number with a slip in it, belongs to nobody and still is nothing to pass on.
   */
  readonly looksLike?: (candidate: string) => boolean
  /** Words that stand beside one; phrases of lower-case words. */
  readonly context: readonly string[]
  /** `always`: a candidate without such a word beside it is none. `raises`: with one it is surer. */
  readonly contextIs: 'always' | 'raises'
}

export interface IdentifierCheck {
  /** Units of the candidate, from its start. */
  readonly length: number
  /** E.g. “area and group in use”. */
  readonly why: string
  /** This one needs a context word whatever `contextIs` says (bare digits). */
  readonly bare?: boolean
}

/** Not part of a longer word, number, address or amount. */
export const before = String.raw`(?<![\p{L}\p{N}_./#%+@$\u20ac\u00a3]|[\p{L}\p{N}]-)`
export const after = String.raw`(?![\p{L}\p{N}_@%]|[-./][\p{L}\p{N}])`

export function shapeOf(source: string): RegExp {
  return new RegExp(`${before}(?:${source})${after}`, 'gu')
}

/** The same candidates wherever they stand, inside an address or a file's name too: for hiding rather than finding. */
export function looseShape(shape: RegExp): RegExp {
  const source = shape.source.slice(before.length, -after.length)
  return new RegExp(String.raw`(?<!\p{N})${source}(?!\p{N})`, 'gu')
}

export function digitsOf(candidate: string): string {
  return candidate.replace(/\D/g, '')
}

/** `1111…`, `0000…`, `123456789…`: numbers that people write when they mean none. */
export function isPlaceholder(digits: string): boolean {
  return /^(\d)\1*$/.test(digits) || '01234567890123456789'.includes(digits) || '98765432109876543210'.includes(digits)
}
