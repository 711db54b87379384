import { createHash } from 'node:crypto'
import { holdsIdentifier } from './excerpt.ts'
import type { Masker } from './identifiers/mask.ts'
import type { Hit } from './kinds/kind.ts'
import type { Rule } from './pack.ts'

/**
 * What a finding is, whatever stands around it in the message (`formats.md` §2): rule, clause, kind of part, normalised
 * match and its sentence without per-send tokens. Of an identifier nothing is left that could be undone.
 */
export function fingerprintParts(rule: Rule, hit: Hit, message: string, masker: Masker): string {
  const { match, sentence } = hit.normalised
  const isIdentifier = holdsIdentifier(hit, masker)
  const known = isIdentifier ? rangesOf(sentence, match) : []
  const about = withoutTokens(masker.mask(sentence, 'all', known))
  const what = isIdentifier ? 'identifier' : masker.mask(match, 'all')
  const content =
    match !== '' || sentence !== '' ? [what, about] : hit.measured === undefined ? [message] : [message, hit.measured]
  return [rule.id, rule.clauses.join(' '), partKind(hit.part), ...content].join('\0')
}

/** `ordinal`: which of the alike identifiers; 0 for everything else. */
export function fingerprintOf(parts: string, ordinal: number): string {
  return createHash('sha256').update(`clausebench-fingerprint/1\0${parts}\0${ordinal}`).digest('hex')
}

function rangesOf(sentence: string, match: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  if (match === '') return ranges
  for (let start = sentence.indexOf(match); start >= 0; start = sentence.indexOf(match, start + match.length))
    ranges.push({ start, end: start + match.length })
  return ranges
}

/** `text:2` is a text, `link:7` a link; the name of a header or an attachment belongs to it. */
function partKind(part: string): string {
  return part.replace(/:\d+$/, '')
}

const address = /https?:\/\/[^\s<>"]+/g

function withoutTokens(sentence: string): string {
  return sentence.replace(address, (url) =>
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .map((segment) => (segment.length >= 12 && /\d/.test(segment) && !segment.includes('.') ? '*' : segment))
      .join('/'),
  )
}
