import type { PolicyTerm } from '../contract/policy-document.ts'
import type { IdsOfUnits } from './clause-ids.ts'
import type { Unit } from './clauses.ts'

const quoted = String.raw`["“„«]\s*([^"“”„«»]{2,60}?)\s*["”“»]`
/** `(the “Services”)`, `(collectively, “you”)` */
const inParentheses = new RegExp(
  String.raw`\((?:[^()"“„«]{0,60})${quoted}(?:\s*(?:or|and|,)\s*${quoted})?[^()]{0,40}\)`,
  'gu',
)
/** `“Services” means …`, `„Dienste“ bezeichnet …` */
const bySaying = new RegExp(
  String.raw`${quoted},?\s+(?:means?|shall mean|refers? to|includes?|has the meaning|is defined|bezeichnet|bedeutet|meint|désigne|signifie|significa|se refiere)\b`,
  'gu',
)

/** Words that the document gives a meaning of their own, where it does so first. */
export function definedTerms(units: readonly Unit[], ids: IdsOfUnits): PolicyTerm[] {
  const found = new Map<string, PolicyTerm>()
  for (const unit of units) {
    const offset = unit.block.text.length - unit.text.length
    for (const pattern of [inParentheses, bySaying]) {
      for (const match of unit.text.matchAll(pattern)) {
        for (const term of match.slice(1) as readonly (string | undefined)[]) {
          // “spoofing” and the like are named so, not defined.
          if (term === undefined || !isTerm(term, pattern === bySaying) || found.has(term)) continue
          const start = match.index + match[0].indexOf(term)
          const place = unit.block.toFile.toOrigin({ start: offset + start, end: offset + start + term.length })
          found.set(term, { term, clause: ids.get(unit) ?? null, span: { start: place.start, end: place.end } })
        }
      }
    }
  }
  return [...found.values()].toSorted((a, b) => a.span.start - b.span.start)
}

function isTerm(term: string, isSaid: boolean): boolean {
  return (
    (isSaid || /^\p{Lu}/u.test(term) || /^(?:we|us|our|you|your|wir|uns|sie|nous|vous|nosotros|usted)$/i.test(term)) &&
    !/[.;:!?]$/.test(term)
  )
}
