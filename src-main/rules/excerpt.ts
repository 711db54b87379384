import type { Masker } from './identifiers/mask.ts'
import type { Hit } from './kinds/kind.ts'

const contextUnits = 30
const maxMatchUnits = 120
/** Looked at on both sides, so that no identifier is cut before it is masked. */
const marginUnits = 110

/** The match with about thirty characters to each side, on one line; identifiers masked. */
export function excerptOf(hit: Hit, masker: Masker): string {
  const { text, start, end } = hit.around
  if (end <= start) return ''
  const from = Math.max(0, start - marginUnits)
  const window = text.slice(from, Math.min(text.length, end + marginUnits))
  const match = { start: start - from, end: end - from }
  const masked = masker.mask(window, 'last4', hit.secret === true ? [match] : [])
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
