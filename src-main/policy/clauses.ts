import type { Utf16Span } from '../contract/span.ts'
import type { Block } from './block.ts'
import { withoutMark } from './clause-number.ts'
import { isDateLine } from './printed-date.ts'
import { romans, subClauses } from './sub-clauses.ts'

/** A stretch of a policy that is compared as one: a clause, a heading, or what is neither: words that lead into a list, a line of dates. */
export interface Unit {
  readonly kind: 'clause' | 'lead-in' | 'heading'
  /** As printed, without its mark: `2.1`, `3`; of unnumbered ones their place in the section, or below the clause they stand under. */
  readonly number: string
  /** The number stands in the file. */
  readonly isNumbered: boolean
  /** The clause it stands under: a list within a list, `2.1` below `2`, `(a)` below `3`. */
  readonly parent: Unit | null
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

/** A clause that others may stand under. */
interface Holder {
  readonly unit: Unit
  readonly level: number
  count: number
}

/** Cuts the document's blocks into units. Every word of it lies in exactly one. */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = []
  const path: { readonly level: number; readonly text: string }[] = []
  /** Items that are open, the outermost first. */
  const items: Holder[] = []
  const byNumber = new Map<string, Holder>()
  let lastNumbered: Holder | null = null
  /** The run of `(a)`, `(b)` below it, and the run of `(i)`, `(ii)` below the last of those. */
  let lettered: { readonly holder: Holder; readonly letter: string; roman: number } | null = null
  let ordinal = 0

  for (const [index, block] of blocks.entries()) {
    const marked = withoutMark(block.text)
    const { text, offset } = marked
    const number = marked.number ?? block.number
    if (text === '') continue
    if (isDateLine(block)) {
      units.push(unit('lead-in', '', false, null))
      continue
    }
    const heading = headingLevel(block, text, number)
    if (heading !== null) {
      while ((path.at(-1)?.level ?? 0) >= heading) path.pop()
      path.push({ level: heading, text })
      items.length = 0
      byNumber.clear()
      lastNumbered = null
      lettered = null
      ordinal = 0
      units.push(unit('heading', number ?? '', number !== null, null))
      continue
    }
    const isItem = block.kind === 'item'
    while (items.length > 0 && (!isItem || (items.at(-1)?.level ?? 0) >= block.level)) items.pop()
    if (number === null && /[:—]$/.test(text) && !isItem && isListed(blocks[index + 1])) {
      units.push(unit('lead-in', '', false, null))
      continue
    }
    const holder = (isItem ? items.at(-1) : undefined) ?? holderByNumber(number)
    const place = String(holder === null ? ++ordinal : ++holder.count)
    const named = holder === null ? (number ?? place) : numberBelow(holder.unit.number, number ?? place)
    const made = unit('clause', named, number !== null, holder?.unit ?? null)
    units.push(made)
    const own: Holder = { unit: made, level: block.level, count: 0 }
    if (isItem) items.push(own)
    if (number !== null && /^\d/.test(number)) {
      byNumber.set(number, own)
      lastNumbered = own
      lettered = null
    } else if (number !== null && isNextLetter(number)) lettered = { holder: own, letter: number, roman: 0 }

    function unit(kind: Unit['kind'], named: string, isNumbered: boolean, parent: Unit | null): Unit {
      const whole = { start: offset, end: block.text.length }
      return {
        kind,
        number: named,
        isNumbered,
        parent,
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

  /** `2.1` stands under `2`, `(a)` under the numbered clause before it. */
  function holderByNumber(number: string | null): Holder | null {
    if (number === null) return null
    const upper = /^(\d+(?:\.\d+)*)\.\d+$/.exec(number)?.[1]
    if (upper !== undefined) return byNumber.get(upper) ?? null
    if (!/^[a-z]{1,4}$/i.test(number)) return null
    if (lettered !== null && !isNextLetter(number) && number === romans[lettered.roman]) {
      lettered.roman++
      return lettered.holder
    }
    return lastNumbered
  }

  function isNextLetter(number: string): boolean {
    const before = lettered?.roman === 0 || number !== 'i' ? lettered?.letter : undefined
    return number === 'a' || (before !== undefined && number === String.fromCharCode(before.charCodeAt(0) + 1))
  }
}

/** `2` and `2.1` → `2.1`; `3` and `a` → `3(a)`. */
function numberBelow(upper: string, own: string): string {
  return own.startsWith(`${upper}.`) ? own : `${upper}(${own})`
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

const longestHeading = 120
/** Lines that only serve as headings stand below those that the markup calls so. */
const belowMarkup = 7

/** Headings by markup, and lines that serve as one: bold, or in capitals behind a number. */
function headingLevel(block: Block, text: string, number: string | null): number | null {
  if (block.kind === 'heading') return block.level
  const isNumberedItem = block.kind === 'item' && number !== null && block.isStrong
  if ((block.kind !== 'paragraph' && !isNumberedItem) || text.length > longestHeading || /[;:,]$/.test(text))
    return null
  const isShout = number !== null && text === text.toUpperCase() && /\p{Lu}{2}/u.test(text)
  return block.isStrong || isShout ? belowMarkup + (number?.split('.').length ?? 1) : null
}
