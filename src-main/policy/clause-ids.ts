import type { PolicyClause } from '../contract/policy-document.ts'
import type { Block } from './block.ts'
import type { Unit, UnitPart } from './clauses.ts'
import type { Matched } from './read-policy.ts'

export type IdsOfUnits = ReadonlyMap<Unit | UnitPart, string>

/**
 * The document's clauses with their ids: those of the known clauses that they match, else their number as printed where no other has
 * it, else section and place.
 */
export function clausesOf(
  units: readonly Unit[],
  match: Matched | null,
): { readonly clauses: PolicyClause[]; readonly ids: IdsOfUnits } {
  const taken = new Set<string>()
  const ids = new Map<Unit | UnitPart, string>()
  const unique = (wanted: string): string => {
    let id = wanted
    for (let count = 2; taken.has(id); count++) id = `${wanted}-${String(count)}`
    taken.add(id)
    return id
  }
  const printed = new Map<string, number>()
  for (const { kind, isNumbered, number } of units)
    if (kind === 'clause' && isNumbered) printed.set(number, (printed.get(number) ?? 0) + 1)
  /** Numbers that do not begin anew in each section name a clause alone. */
  const isCounted = [...printed].every(([number, count]) => count === 1 || !/^\d+$/.test(number))
  // What stands before sections that are numbered has none of their numbers.
  const sections: string[] = []
  const hasNumbers = units.some(({ kind, isNumbered }) => kind === 'heading' && isNumbered)
  let headingNumber: string | null = null
  const clauses: PolicyClause[] = []
  for (const unit of units) {
    if (unit.kind === 'heading') headingNumber = unit.isNumbered ? unit.number : null
    if (unit.kind !== 'clause') continue
    const found = match?.ofUnit.get(unit)
    const heading = unit.headings.at(-1) ?? ''
    const path = unit.headings.join('\n')
    if (!sections.includes(path)) sections.push(path)
    const section = headingNumber ?? (hasNumbers && path === '' ? '0' : String(sections.indexOf(path) + 1))
    const id = unique(found?.clause.id ?? ownId(unit, section))
    ids.set(unit, id)
    const whole: PolicyClause = {
      id,
      parent: unit.parent === null ? null : (ids.get(unit.parent) ?? null),
      section:
        found === undefined || found.clause.section.toLowerCase() === heading.toLowerCase()
          ? heading
          : found.clause.section,
      number: unit.number,
      heading: null,
      text: unit.text,
      span: { start: unit.span.start, end: unit.span.end },
      match: matchOf(match, found),
      ...linksOf(unit.block, unit.block.text.length - unit.text.length, unit.block.text.length),
    }
    clauses.push(whole)
    for (const [index, part] of unit.children.entries()) {
      const partFound = match?.ofPart.get(part)
      const partId = unique(partFound?.clause.id ?? `${id}.${part.label ?? String(index + 1)}`)
      ids.set(part, partId)
      clauses.push({
        ...whole,
        links: undefined,
        id: partId,
        parent: id,
        number: part.number,
        text: part.text,
        span: { start: part.span.start, end: part.span.end },
        match: matchOf(match, partFound),
      })
    }
  }
  return { clauses, ids }

  function ownId(unit: Unit, section: string): string {
    const upper = unit.parent === null ? undefined : ids.get(unit.parent)
    if (upper !== undefined) {
      const own = unit.number.slice(unit.parent?.number.length ?? 0).replace(/^[.(]|\)$/g, '')
      return `${upper}.${own}`
    }
    const isAlone = isCounted ? /^\d/.test(unit.number) : /^\d+\./.test(unit.number)
    if (unit.isNumbered && isAlone && printed.get(unit.number) === 1) return unit.number
    return `${section}.${unit.number}`
  }
}

/** Links between two places of a block's text; nothing where there are none. */
function linksOf(block: Block, from: number, to: number): Pick<PolicyClause, 'links'> {
  const links = block.links.flatMap(({ span, href }) => {
    if (span.start >= to || span.end <= from) return []
    const place = block.toFile.toOrigin(span)
    return [{ text: block.text.slice(span.start, span.end), href, span: { start: place.start, end: place.end } }]
  })
  return links.length === 0 ? {} : { links }
}

function matchOf(
  match: Matched | null,
  found: { readonly clause: { readonly id: string }; readonly confidence: number } | undefined,
): PolicyClause['match'] {
  return match === null || found === undefined
    ? null
    : { to: `${match.policy.id}:${found.clause.id}`, confidence: found.confidence }
}
