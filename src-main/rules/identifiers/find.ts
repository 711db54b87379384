import { isWordUnit } from '../phrases/word-units.ts'
import { cryptoWallet } from './crypto-wallet.ts'
import { documentIdentifiers } from './documents.ts'
import { ukDrivingLicence, usDriversLicence } from './driving-licence.ts'
import { iban } from './iban.ts'
import { looseShape, type IdentifierType } from './identifier-type.ts'
import { machineReadable } from './mrz.ts'
import { nationalIdentifiers } from './national.ts'
import { paymentCard } from './payment-card.ts'
import { usRegisters } from './us-registers.ts'
import { usItin, usSsn } from './us-ssn.ts'

/** Every type that a rule may name, in the order of `clausebench rules list --identifiers`. */
export const identifierTypes: readonly IdentifierType[] = [
  usSsn,
  usItin,
  paymentCard,
  iban,
  ...nationalIdentifiers,
  ...documentIdentifiers,
  machineReadable,
  usDriversLicence,
  ukDrivingLicence,
  ...usRegisters,
  cryptoWallet,
]

export const identifierTypeNames: readonly string[] = identifierTypes.map(({ type }) => type)

export interface FoundIdentifier {
  readonly type: IdentifierType
  /** In the folded text. */
  readonly start: number
  readonly end: number
  /** Why it counts. */
  readonly why: string
  /** The word beside it that speaks for it, and how many words away. */
  readonly context: { readonly word: string; readonly words: number; readonly side: 'before' | 'after' } | null
}

/**
 * Identifiers of the given types in a folded text, in order of their places. `mask`: for hiding rather than finding; a
 * number that checks out by itself then counts wherever it stands. `written`: for numbers whose letter case counts.
 */
export function findIdentifiers(
  folded: string,
  types: readonly IdentifierType[],
  purpose: 'find' | 'mask' = 'find',
  written: Written = null,
): FoundIdentifier[] {
  if (!/\d/.test(folded)) return []
  const found: FoundIdentifier[] = []
  // Groups of an account number look like a card's.
  const accounts = types.includes(iban) ? [] : ofType(folded, iban, 'mask', null)
  const spaced = withSpaces(folded)
  for (const type of types) found.push(...ofType(folded, type, purpose, written, spaced))
  const within = (inner: FoundIdentifier, outer: FoundIdentifier): boolean =>
    inner.type !== outer.type &&
    outer.start <= inner.start &&
    inner.end <= outer.end &&
    outer.end - outer.start > inner.end - inner.start
  return found
    .filter((one) => ![...found, ...accounts].some((other) => within(one, other)))
    .sort((a, b) => a.start - b.start || b.end - a.end)
}

/** What a range of the folded text is in the text it was made from; null: letter case is not known. */
export type Written = ((range: { readonly start: number; readonly end: number }) => string) | null

function ofType(
  folded: string,
  type: IdentifierType,
  purpose: 'find' | 'mask',
  written: Written,
  spaced = folded,
): FoundIdentifier[] {
  // Most texts hold no such word, and looking for one costs less than the shape.
  if (type.contextIs === 'always' && !type.context.some((word) => folded.includes(word) || spaced.includes(word)))
    return []
  const found: FoundIdentifier[] = []
  const shape = purpose === 'mask' && type.contextIs === 'raises' ? looseOf(type) : type.shape
  shape.lastIndex = 0
  for (let match = shape.exec(folded); match !== null && found.length < maxOfType; match = shape.exec(folded)) {
    const identifier = identifierAt(folded, type, match.index, match[0], purpose, written)
    if (identifier !== null) found.push(identifier)
  }
  return found
}

// A memo of a pure function, as many as there are types.
const looseShapes = new Map<IdentifierType, RegExp>()

function looseOf(type: IdentifierType): RegExp {
  const known = looseShapes.get(type) ?? looseShape(type.shape)
  looseShapes.set(type, known)
  return known
}

// What hostile text can make of one type is bounded.
const maxOfType = 500

/** What mostly stands before a number that is no person's identifier. */
const otherNumber =
  /(?:^|[^\p{L}\p{N}])(?:order|tracking|shipment|parcel|invoice|receipt|confirmation|booking|reference|ref|case|ticket|item|part|model|serial|sku|isbn|issn|ean|upc|imei|phone|tel|telephone|call|fax|mobile|cell|text|coupon|promo|voucher|gift|member|loyalty|build|version|patent|doi|pmid|gene|bug|id)\W{0,3}(?:(?:card|no|nr|number|code|id|is|num)\W{1,3}){0,3}$/u

function identifierAt(
  folded: string,
  type: IdentifierType,
  start: number,
  candidate: string,
  purpose: 'find' | 'mask',
  written: Written,
): FoundIdentifier | null {
  const check =
    type.checkWritten === undefined
      ? type.check(candidate)
      : type.checkWritten(written?.({ start, end: start + candidate.length }) ?? candidate)
  if (check === null) {
    const hidden = purpose === 'mask' && type.looksLike?.(candidate) === true
    return hidden ? { type, start, end: start + candidate.length, why: 'looks like one', context: null } : null
  }
  const end = start + check.length
  const token = inAddress(folded, start)
  const context = nearestContext(folded, start, end, type.context, token)
  if (purpose === 'mask' && type.contextIs === 'raises') return { type, start, end, why: check.why, context }
  if (context === null) {
    if (type.contextIs === 'always' || token !== null) return null
    if (check.bare === true && type.type !== 'payment-card') return null
  }
  if (isOtherNumber(folded, start, context)) return null
  return { type, start, end, why: check.why, context }
}

/** `Order no. 4539…`; but “tax id 536…” and “ID number 7007…” are no other numbers, though “id” alone would say so. */
function isOtherNumber(folded: string, start: number, context: FoundIdentifier['context']): boolean {
  const from = Math.max(0, start - 40)
  const other = otherNumber.exec(folded.slice(from, start))
  if (other === null) return false
  if (context?.side !== 'before') return true
  const word = folded.lastIndexOf(context.word, start)
  const named = from + other.index + other[0].search(/[\p{L}\p{N}]/u)
  return !(word <= named && named < word + context.word.length)
}

/** Where the address (URL) begins in which the place stands; null when it stands in none. */
function inAddress(folded: string, start: number): number | null {
  let at = start
  while (at > 0 && start - at < 2_000 && folded.charCodeAt(at - 1) > 0x20) at--
  return /:\/\/|^www\.|[?&][^=]*=/.test(folded.slice(at, start)) ? at : null
}

const unitsLookedBefore = 90
const unitsLookedAfter = 40

function nearestContext(
  folded: string,
  start: number,
  end: number,
  words: readonly string[],
  addressStart: number | null,
): FoundIdentifier['context'] {
  // In an address only the parameter's own name speaks for the number.
  const from = addressStart === null ? Math.max(0, start - unitsLookedBefore) : Math.max(addressStart, start - 30)
  const before = folded.slice(from, start)
  const after = addressStart === null ? folded.slice(end, end + unitsLookedAfter) : ''
  const spaced = { before: withSpaces(before), after: withSpaces(after) }
  let nearest: FoundIdentifier['context'] = null
  for (const word of words) {
    const texts = word.includes('-') ? { before, after } : spaced
    const at = lastWhole(texts.before, word)
    if (at >= 0) {
      const distance = countWords(before.slice(at + word.length))
      if (nearest === null || distance < nearest.words) nearest = { word, words: distance, side: 'before' }
    }
    const behind = firstWhole(texts.after, word)
    if (behind >= 0) {
      const distance = countWords(after.slice(0, behind))
      if (nearest === null || distance < nearest.words) nearest = { word, words: distance, side: 'after' }
    }
  }
  return nearest
}

/** Names of parameters and compounds join their words: `drivers_license`, “social-security number”. As long as before. */
function withSpaces(text: string): string {
  return text.replace(/[_+-]/g, ' ')
}

function lastWhole(text: string, word: string): number {
  for (let at = text.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(word, at - 1))
    if (isWhole(text, at, word)) return at
  return -1
}

function firstWhole(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (isWhole(text, at, word)) return at
  return -1
}

function isWhole(text: string, at: number, word: string): boolean {
  const startsInside = isLetter(text, at - 1)
  const endsInside = isLetter(text, at + word.length) && isWordUnit(word.charCodeAt(word.length - 1))
  return !startsInside && !endsInside
}

/** Parameter names join words by `_`: `card_number`. */
function isLetter(text: string, at: number): boolean {
  return isWordUnit(text.charCodeAt(at)) && text.charAt(at) !== '_'
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}
