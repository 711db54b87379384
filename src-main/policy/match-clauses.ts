import { bestAssignment } from './assignment.ts'
import type { Unit, UnitPart } from './clauses.ts'
import { gistOf, likeness } from './likeness.ts'
import { wordsOf } from './normalise.ts'

/** What is known of a policy's clauses before its text is imported: own-word headings and summaries, in the policy's order. */
export interface KnownClause {
  /** `C3.9` */
  readonly id: string
  readonly parent: string | null
  /** Title of its section. */
  readonly section: string
  readonly heading: string
  readonly summary: string
  /** As an imported version words it. */
  readonly text?: string
}

export interface KnownPolicy {
  readonly id: string
  readonly title: string
  readonly clauses: readonly KnownClause[]
}

export interface ClauseMatch {
  readonly clause: KnownClause
  /** 0 to 1: how much place and words speak for it. */
  readonly confidence: number
}

export interface PolicyMatch {
  /** The document can be no other: two of the policy's sections stand in it under their titles, with most of their clauses. */
  readonly isCertain: boolean
  readonly ofUnit: ReadonlyMap<Unit, ClauseMatch>
  readonly ofPart: ReadonlyMap<UnitPart, ClauseMatch>
}

/** Words and place weigh about the same; a match needs some of either. */
const fewestGain = 0.3
/** Where no place speaks for it. */
const fewestWordGain = 0.2
const sectionLikeness = 0.5
const titleLikeness = 0.8

/**
 * Matches units to the clauses that are known of the policy: section by section under headings that read alike, by order and by the
 * words they share. null where the document is none of that policy: no section of its reads like one of the policy's.
 */
export function matchClauses(units: readonly Unit[], policy: KnownPolicy): PolicyMatch | null {
  const ofUnit = new Map<Unit, ClauseMatch>()
  const ofPart = new Map<UnitPart, ClauseMatch>()
  const weight = rarity(policy.clauses)
  const top = policy.clauses.filter(({ parent }) => parent === null)
  const sections = [...new Set(top.map(({ section }) => section))]
  const tops = units.filter(({ kind, parent }) => kind === 'clause' && parent === null)
  const headings = [...new Set(tops.map(headingOf))]
  const alike = sections.map((section) => headings.map((heading) => likenessOfTitles(heading, section)))
  const headed = bestAssignment(alike.map((row) => row.map((value) => (value >= sectionLikeness ? value : 0)))).flatMap(
    (column, row) => {
      const mine = tops.filter((unit) => column !== null && headingOf(unit) === headings[column])
      if (column === null || mine.length === 0) return []
      const known = top.filter(({ section }) => section === sections[row])
      return [{ likeness: alike[row]?.[column] ?? 0, known, mine: listedIn(mine) }]
    },
  )
  if (headed.length === 0) return null
  for (const { known, mine } of headed) pairUp(mine, known)
  const taken = new Set([...ofUnit.values()].map(({ clause }) => clause))
  const rest = tops.filter((unit) => !ofUnit.has(unit))
  pairByWords(
    rest,
    top.filter((clause) => !taken.has(clause) && !headed.some(({ known }) => known.includes(clause))),
  )
  for (const [unit, { clause }] of ofUnit)
    matchParts(
      unit,
      policy.clauses.filter(({ parent }) => parent === clause.id),
    )
  return { isCertain: isCertain(), ofUnit, ofPart }

  function isCertain(): boolean {
    const titled = headed.filter(({ likeness }) => likeness >= titleLikeness)
    const known = titled.flatMap((section) => section.known)
    return titled.length >= 2 && known.filter((clause) => taken.has(clause)).length >= known.length * 0.6
  }

  function pairUp(mine: readonly Unit[], known: readonly KnownClause[]): void {
    const gains = mine.map((unit, at) =>
      known.map(
        (clause, index) =>
          0.5 * placeLikeness(at, mine.length, index, known.length) + 0.5 * wordLikeness(unit.text, clause, weight),
      ),
    )
    bestAssignment(gains.map((row) => row.map((gain) => (gain >= fewestGain ? gain : 0)))).forEach((column, row) => {
      const unit = mine[row]
      const clause = column === null ? undefined : known[column]
      if (unit === undefined || clause === undefined || column === null) return
      ofUnit.set(unit, { clause, confidence: confidenceOf(gains[row]?.[column] ?? 0, mine.length === known.length) })
    })
  }

  /** Clauses of sections without a heading in the document: where enough of their words stand. */
  function pairByWords(mine: readonly Unit[], known: readonly KnownClause[]): void {
    const gains = mine.map((unit) => known.map((clause) => wordLikeness(unit.text, clause, weight)))
    bestAssignment(gains.map((row) => row.map((gain) => (gain >= fewestWordGain ? gain : 0)))).forEach(
      (column, row) => {
        const unit = mine[row]
        const clause = column === null ? undefined : known[column]
        if (unit === undefined || clause === undefined || column === null) return
        ofUnit.set(unit, { clause, confidence: rounded(Math.min(0.9, 0.3 + (gains[row]?.[column] ?? 0))) })
      },
    )
  }

  function matchParts(unit: Unit, known: readonly KnownClause[]): void {
    const parts = [...unit.children, ...units.filter(({ parent }) => parent === unit)]
    if (known.length === 0 || parts.length === 0) return
    const gains = parts.map((part, at) =>
      known.map((clause, index) => {
        const label = 'label' in part ? part.label : (/\(([a-z]+)\)$/.exec(part.number)?.[1] ?? null)
        const isLettered = label !== null && clause.id.endsWith(`.${label}`)
        const place = isLettered ? 1 : placeLikeness(at, parts.length, index, known.length)
        return 0.5 * place + 0.5 * wordLikeness(part.text, clause, weight)
      }),
    )
    bestAssignment(gains.map((row) => row.map((gain) => (gain >= fewestGain ? gain : 0)))).forEach((column, row) => {
      const part = parts[row]
      const clause = column === null ? undefined : known[column]
      if (part === undefined || clause === undefined || column === null) return
      const confidence = confidenceOf(gains[row]?.[column] ?? 0, parts.length === known.length)
      if ('label' in part) ofPart.set(part, { clause, confidence })
      else ofUnit.set(part, { clause, confidence })
    })
  }
}

/** Known clauses with the words that an imported version gives them. */
export function withImportedTexts(
  policy: KnownPolicy,
  imported: { readonly clauses: readonly { readonly id: string; readonly text: string }[] },
): KnownPolicy {
  const texts = new Map(imported.clauses.map(({ id, text }) => [id, text]))
  const clauses = policy.clauses.map((clause) => {
    const text = texts.get(clause.id)
    return text === undefined ? clause : { ...clause, text }
  })
  return { ...policy, clauses }
}

const headingOf = ({ headings }: Unit): string => headings.at(-1) ?? ''

/** Where a section's clauses are a list, what follows the list is not of it. */
function listedIn(units: readonly Unit[]): readonly Unit[] {
  const isListed = ({ block, isNumbered }: Unit): boolean =>
    block.kind === 'item' || isNumbered || block.text !== block.text.replace(/^[•◦▪‣●○■□·–—*]+\s*/, '')
  const listed = units.filter(isListed)
  return listed.length >= 3 ? listed : units
}

function confidenceOf(gain: number, isWhole: boolean): number {
  return rounded(Math.min(0.99, gain + (isWhole ? 0.35 : 0.15)))
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/** 1 for the same place in order, less the further apart. */
function placeLikeness(at: number, count: number, index: number, known: number): number {
  const shift = Math.min(Math.abs(at - index), Math.abs(count - at - (known - index)))
  return Math.max(0, 1 - shift / 3)
}

const stopWords = new Set(
  'the a an of to or and in on for by with is are be may not no any other as that this it its from such which who you your our their they at not also than what can do does whether'.split(
    ' ',
  ),
)

/** Word stems, roughly: what begins alike means alike here. */
function stems(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !stopWords.has(word) && word.length > 1)
      .map((word) => word.slice(0, 5)),
  )
}

function rarity(clauses: readonly KnownClause[]): (stem: string) => number {
  const counts = new Map<string, number>()
  for (const { heading, summary } of clauses)
    for (const stem of stems(`${heading} ${summary}`)) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return (stem) => 1 / (1 + (counts.get(stem) ?? 0))
}

/** Share of the shorter side's words, weighed by rarity, that the other has too; with an imported text, how alike both are. */
function wordLikeness(text: string, clause: KnownClause, weight: (stem: string) => number): number {
  const { heading, summary, text: imported } = clause
  if (imported !== undefined) {
    const alike = likeness(gistOf(text), gistOf(imported))
    if (alike > 0.6) return alike
  }
  const known = stems(`${heading} ${summary}`)
  const own = stems(text)
  const sum = (stemsOf: Iterable<string>): number => [...stemsOf].reduce((total, stem) => total + weight(stem), 0)
  const shared = sum([...own].filter((stem) => known.has(stem)))
  return shared === 0 ? 0 : shared / Math.min(sum(known), sum(own))
}

function likenessOfTitles(a: string, b: string): number {
  const left = new Set(wordsOf(a))
  const right = new Set(wordsOf(b))
  const shared = [...left].filter((stem) => right.has(stem)).length
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size)
}
