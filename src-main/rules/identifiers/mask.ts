import { fold } from '../lens/fold.ts'
import { findIdentifiers, identifierTypes } from './find.ts'

const dot = '•'

/** `last4`: as it may be shown, all but its last characters (four of nine or more). `all`: nothing of it is left. */
export type MaskMode = 'last4' | 'all'

/** An identifier with dots for its letters and digits; separators are kept. */
export function maskIdentifier(identifier: string, mode: MaskMode = 'last4'): string {
  const characters = Array.from(identifier)
  const total = characters.filter(isLetterOrDigit).length
  const kept = mode === 'all' ? 0 : total >= 9 ? 4 : Math.floor(total / 3)
  let seen = 0
  return characters
    .map((character) => {
      if (!isLetterOrDigit(character)) return character
      seen += 1
      // A letter beyond the BMP takes two units; spans in the text must hold.
      return seen > total - kept ? character : dot.repeat(character.length)
    })
    .join('')
}

function isLetterOrDigit(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character)
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Hides identifiers in anything that leaves the message: excerpts, sentences, explanations. */
export interface Masker {
  /** `known`: ranges of the text that are identifiers, whatever they look like. */
  readonly mask: (text: string, mode: MaskMode, known?: readonly Range[]) => string
}

const maxKeptTexts = 100
const fewDigits = 5
/** A wallet's address may have few digits. */
const longToken = /[0-9a-z]{25}/i

/** `values`: identifiers found in the message, hidden wherever they stand. */
export function createMasker(values: ReadonlySet<string>): Masker {
  // One excerpt is asked for several times, a sentence by each of its findings.
  const found = new Map<string, readonly Range[]>()
  const rangesIn = (text: string): readonly Range[] => {
    const before = found.get(text)
    if (before !== undefined) return before
    const holdsMany = (text.match(/\p{Nd}/gu)?.length ?? 0) > fewDigits || longToken.test(text)
    const ranges = [...standing(text, values), ...(holdsMany ? recognised(text) : [])]
    if (found.size >= maxKeptTexts) found.clear()
    found.set(text, ranges)
    return ranges
  }
  return {
    mask(text, mode, known = []) {
      const ranges = [...known, ...rangesIn(text)]
      return ranges.length === 0 ? text : maskRanges(text, ranges, mode)
    },
  }
}

function* standing(text: string, values: ReadonlySet<string>): Generator<Range> {
  for (const value of values) {
    for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length))
      yield { start, end: start + value.length }
  }
}

function recognised(text: string): Range[] {
  const folded = fold(text, 'soft')
  return findIdentifiers(folded.text, identifierTypes, 'mask', (range) => {
    const { start, end } = folded.toView.toOrigin(range)
    return text.slice(start, end)
  }).map((one) => folded.toView.toOrigin(one))
}

function maskRanges(text: string, ranges: readonly Range[], mode: MaskMode): string {
  const merged: { start: number; end: number }[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last !== undefined && range.start < last.end) last.end = Math.max(last.end, range.end)
    else if (range.end > range.start) merged.push({ ...range })
  }
  let masked = ''
  let done = 0
  for (const { start, end } of merged) {
    masked += text.slice(done, start) + maskIdentifier(text.slice(start, end), mode)
    done = end
  }
  return masked + text.slice(done)
}
