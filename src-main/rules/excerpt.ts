import type { Masker } from './identifiers/mask.ts'
import type { Hit } from './kinds/kind.ts'

const contextUnits = 30
const maxMatchUnits = 120
/** Looked at on both sides, so that no identifier is cut before it is masked. */
const marginUnits = 110

/** The text around a match, masked as a whole: a match may cut a number in two. */
interface MaskedWindow {
  readonly text: string
  readonly masked: string
  /** Where the window begins in the text around the hit. */
  readonly from: number
  readonly match: { readonly start: number; readonly end: number }
}

function maskedWindow(hit: Hit, masker: Masker): MaskedWindow {
  const { text, start, end } = hit.around
  const from = Math.max(0, start - marginUnits)
  // Of a long match no more than is shown of it.
  const window = text.slice(from, Math.min(end, start + maxMatchUnits) + marginUnits)
  const match = { start: start - from, end: end - from }
  const known = hit.secret === true ? [{ start: match.start, end: Math.min(match.end, window.length) }] : []
  return { text: window, masked: masker.mask(window, 'last4', known), from, match }
}

const maxShownMatch = 80

/** What stands for `{match}` in sentences: on one line, masked by what stands around it. */
export function shownMatch(hit: Hit, masker: Masker): string {
  const { masked, match } = maskedWindow(hit, masker)
  const { text, start, end } = hit.around
  const whole =
    text.slice(start, end) === hit.match ? masked.slice(match.start, match.end) : masker.mask(hit.match, 'last4')
  const line = whole.replace(/\s+/g, ' ').trim()
  return line.length > maxShownMatch ? `${line.slice(0, maxShownMatch)}…` : line
}

/** Whether the match is an identifier or shares digits with one: then it is never told or kept as it is. */
export function holdsIdentifier(hit: Hit, masker: Masker): boolean {
  if (hit.secret === true) return true
  if (!/\p{Nd}/u.test(hit.match)) return false
  const { text, masked, match } = maskedWindow(hit, masker)
  return text.slice(match.start, match.end) !== masked.slice(match.start, match.end)
}

/** The match with about thirty characters to each side, on one line; identifiers masked. */
export function excerptOf(hit: Hit, masker: Masker): string {
  const { text, start, end } = hit.around
  if (end <= start) return ''
  const { masked, from, match } = maskedWindow(hit, masker)
  const left = cutBefore(masked, match.start)
  const right = cutAfter(masked, match.end)
  const shown =
    match.end - match.start > maxMatchUnits
      ? `${masked.slice(match.start, match.start + maxMatchUnits)}…`
      : masked.slice(match.start, match.end) + masked.slice(match.end, right)
  const lead = left > 0 || from > 0 ? '…' : ''
  const tail =
    match.end - match.start <= maxMatchUnits && (right < masked.length || from + masked.length < text.length) ? '…' : ''
  const before = masked.slice(left, match.start)
  return `${lead}${lead === '' ? before : before.trimStart()}${shown}${tail}`.replace(/\s+/g, ' ').trim()
}

/** About thirty units before, at the beginning of a word. */
function cutBefore(text: string, start: number): number {
  if (start <= contextUnits) return 0
  const space = text.slice(start - contextUnits, start).search(/\s/)
  return space < 0 ? start - contextUnits : start - contextUnits + space + 1
}

function cutAfter(text: string, end: number): number {
  if (text.length - end <= contextUnits) return text.length
  const last = /\s\S*$/.exec(text.slice(end, end + contextUnits))
  return last === null ? end + contextUnits : end + last.index
}
