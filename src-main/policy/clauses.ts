import type { Utf16Span } from '../contract/span.ts'
import type { Block } from './block.ts'
import { isDateLine } from './printed-date.ts'
import { subClauses } from './sub-clauses.ts'

/** A stretch of a policy that is compared as one: a clause, a heading, or what is neither: words that lead into a list, a line of dates. */
export interface Unit {
  readonly kind: 'clause' | 'lead-in' | 'heading'
  /** As printed, without its mark: `2.1`, `3`; of unnumbered ones their place in the section. */
  readonly number: string
  /** The number stands in the file. */
  readonly isNumbered: boolean
  /** Headings above it, the outermost first; its own for a heading. */
  readonly headings: readonly string[]
  /** Without bullet and number. */
  readonly text: string
  /** In the decoded file. */
  readonly span: Utf16Span
  /** Targets of its links, in order. */
  readonly links: readonly string[]
  readonly children: readonly UnitPart[]
  readonly block: Block
}

export interface UnitPart {
  /** `3(9)`, `5(a)`. */
  readonly number: string
  readonly label: string | null
  readonly text: string
  readonly span: Utf16Span
}

/** Cuts the document's blocks into units. Every word of it lies in exactly one. */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = []
  const path: { readonly level: number; readonly text: string }[] = []
  let ordinal = 0

  for (const [index, block] of blocks.entries()) {
    const { text, number, offset } = withoutMark(block.text)
    if (text === '') continue
    if (isDateLine(block)) {
      units.push(unit('lead-in', '', false))
      continue
    }
    const heading = headingLevel(block, text, number)
    if (heading !== null) {
      while ((path.at(-1)?.level ?? 0) >= heading) path.pop()
      path.push({ level: heading, text })
      ordinal = 0
      units.push(unit('heading', number ?? '', number !== null))
      continue
    }
    const isLeadIn = /[:—]$/.test(text) && block.kind !== 'item' && isListed(blocks[index + 1])
    if (isLeadIn) units.push(unit('lead-in', number ?? '', number !== null))
    else {
      ordinal++
      units.push(unit('clause', number ?? String(ordinal), number !== null))
    }

    function unit(kind: Unit['kind'], named: string, isNumbered: boolean): Unit {
      const whole = { start: offset, end: block.text.length }
      return {
        kind,
        number: named,
        isNumbered,
        headings: path.map((above) => above.text),
        text,
        span: block.toFile.toOrigin(whole),
        links: block.links.map(({ href }) => href),
        children: kind === 'clause' ? childrenOf(named, text, offset, block) : [],
        block,
      }
    }
  }
  return units
}

function childrenOf(number: string, text: string, offset: number, block: Block): UnitPart[] {
  return subClauses(text).map(({ label, span }, index) => ({
    number: `${number}(${label ?? String(index + 1)})`,
    label,
    text: text.slice(span.start, span.end),
    span: block.toFile.toOrigin({ start: span.start + offset, end: span.end + offset }),
  }))
}

const isListed = (block: Block | undefined): boolean =>
  block !== undefined && (block.kind === 'item' || withoutMark(block.text).isMarked)

const bullet = /^(?:[•◦▪‣●○■□·–—*]+|o(?=\s))\s*/
const printedNumber =
  /^(?:(?:section|article|§)\s*)?((?:\d{1,3}\.)+\d{0,3}|\d{1,3}[.)]|\([a-z0-9]{1,4}\)|[a-z]\)|[A-Z]\.|[ivx]{1,5}\.)(?=\s|$)\s*/i

/** A text without its bullet and number, and how much was taken off. */
function withoutMark(text: string): {
  readonly text: string
  readonly number: string | null
  readonly offset: number
  readonly isMarked: boolean
} {
  const bulleted = bullet.exec(text)?.[0].length ?? 0
  const match = printedNumber.exec(text.slice(bulleted))
  const offset = bulleted + (match?.[0].length ?? 0)
  const number = match?.[1]?.replace(/^\(|[.)]+$/g, '').replace(/\)$/, '') ?? null
  return { text: text.slice(offset), number, offset, isMarked: offset > 0 }
}

const longestHeading = 120
/** Lines that only serve as headings stand below those that the markup calls so. */
const belowMarkup = 7

/** Headings by markup, and lines that serve as one: bold, or in capitals behind a number. */
function headingLevel(block: Block, text: string, number: string | null): number | null {
  if (block.kind === 'heading') return block.level
  if (block.kind !== 'paragraph' || text.length > longestHeading || /[;:,]$/.test(text)) return null
  const isShout = number !== null && text === text.toUpperCase() && /\p{Lu}{2}/u.test(text)
  return block.isStrong || isShout ? belowMarkup + (number?.split('.').length ?? 1) : null
}
