import type { Utf16Span } from '../contract/span.ts'
import { linkShare, type Block, type Furniture } from './block.ts'
import { isDateLine } from './printed-date.ts'
import { tableOfContents } from './table-of-contents.ts'

/** What of a page is the policy, and what stands around it. */
export interface DocumentRange {
  readonly title: string | null
  /** The document's blocks, its title left out. */
  readonly blocks: readonly Block[]
  /** The rest, ascending; neighbours that were cut for one reason are one. */
  readonly cut: readonly Cut[]
}

export interface Cut {
  readonly span: Utf16Span
  readonly why: Furniture
}

const titleWords =
  /\b(?:polic(?:y|ies)|guidelines?|terms|agreement|rules|code of conduct|standards|conditions|acceptable use|requirements|richtlinien?|nutzungsbedingungen|bedingungen|agb|conditions générales|politique|charte|règles|política|normas|condiciones|directrices)\b/iu
const proseCharacters = 60

/**
 * Finds the document in a page: it begins at the heading that names a policy and has most of the prose behind it, or at the first
 * heading before the first prose; it ends with the last block that is no list of links, copyright line or notice of cookies.
 */
export function documentRange(blocks: readonly Block[], pageTitle: string | null): DocumentRange {
  const contents = tableOfContents(blocks)
  const reasons = blocks.map((block, index) => (contents.has(index) ? 'table of contents' : furnitureOf(block)))
  const start = beginning(blocks, reasons)
  const end = ending(blocks, reasons, start)
  const cut: Cut[] = []
  const kept: Block[] = []
  let keptLast = false
  for (const [index, block] of blocks.entries()) {
    const why =
      index < start ? (reasons[index] ?? 'navigation') : index >= end ? (reasons[index] ?? 'footer') : reasons[index]
    if (why == null) kept.push(block)
    else {
      const last = cut.at(-1)
      if (last?.why === why && !keptLast)
        cut[cut.length - 1] = { span: { start: last.span.start, end: Math.max(last.span.end, block.span.end) }, why }
      else cut.push({ span: block.span, why })
    }
    keptLast = why == null
  }
  const titleAt = kept.findIndex(({ kind, text }) => kind === 'heading' && titleWords.test(text))
  const first = titleAt === -1 || titleAt > 4 ? kept.findIndex(({ kind }) => kind === 'heading') : titleAt
  const title = first === -1 || first > 4 ? boldTitle(kept) : (kept[first] ?? null)
  return { title: title?.text ?? shortTitle(pageTitle), blocks: kept.filter((block) => block !== title), cut }
}

/** In documents without headings by their markup. */
function boldTitle(kept: readonly Block[]): Block | null {
  const [first] = kept
  return first?.kind === 'paragraph' &&
    first.isStrong &&
    first.text.length <= 100 &&
    (kept[1]?.isStrong === false || titleWords.test(first.text))
    ? first
    : null
}

/** `Acceptable Use Policy | Acme` → `Acceptable Use Policy`. */
function shortTitle(pageTitle: string | null): string | null {
  return pageTitle?.split(/\s+[|–—-]\s+/)[0]?.trim() ?? null
}

const isProse = (block: Block): boolean => block.text.length >= proseCharacters && linkShare(block) < 0.5

const cookieDeeds =
  /\b(?:accept|reject|consent|preferences|we use cookies|this (?:site|website) uses|akzeptieren|ablehnen|verwenden cookies|accepter|refuser|utilisons des cookies|aceptar|rechazar|utilizamos cookies)\b/i
const pageWords =
  /^(?:skip to (?:main )?content|your privacy (?:settings|choices)|cookie (?:settings|preferences)|do not sell (?:or share )?my (?:personal )?info(?:rmation)?|back to top|print(?: this page)?|share(?: this(?: page)?)?|download(?: as)? pdf|was this (?:page |article )?helpful\??|table of contents|on this page|zum inhalt springen|nach oben|aller au contenu|haut de page|ir al contenido)\W*$/i

function furnitureOf(block: Block): Furniture | null {
  if (block.furniture !== null) return block.furniture
  const { text } = block
  if (
    /\bcookies?\b/i.test(text) &&
    cookieDeeds.test(text) &&
    text.length < 600 &&
    !/\byou (?:may|must) not\b/i.test(text)
  )
    return 'cookie notice'
  if (pageWords.test(text)) return 'navigation'
  if (/^(?:©|copyright\b|\(c\)\s)/i.test(text) && /©|\(c\)|\b(?:19|20)\d\d\b/i.test(text) && text.length < 160)
    return 'footer'
  return null
}

function beginning(blocks: readonly Block[], reasons: readonly (Furniture | null)[]): number {
  const firstProse = blocks.findIndex((block, index) => reasons[index] === null && isProse(block))
  if (firstProse === -1) return 0
  const proseFrom = new Array<number>(blocks.length + 1).fill(0)
  for (let index = blocks.length - 1; index >= 0; index--) {
    const block = blocks[index]
    const own = block !== undefined && reasons[index] === null && isProse(block) ? block.text.length : 0
    proseFrom[index] = (proseFrom[index + 1] ?? 0) + own
  }
  const all = proseFrom[0] ?? 0
  // The last heading of that kind that still has nearly all prose behind it: a breadcrumb may name the policy before its title does.
  let start = -1
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    if (block?.kind !== 'heading' || reasons[index] !== null || !titleWords.test(block.text)) continue
    const isBetter = start === -1 || (index <= firstProse && block.level <= (blocks[start]?.level ?? 6))
    if ((proseFrom[index] ?? 0) >= all * 0.9 && isBetter) start = index
  }
  if (start === -1 || start > firstProse) {
    start = firstProse
    while (start > 0 && leadsIn(blocks[start - 1], reasons[start - 1] ?? null)) start--
  }
  // Lines of dates stand above the title too.
  while (start > 0 && reasons[start - 1] === null && isDateLine(blocks[start - 1])) start--
  return start
}

function leadsIn(block: Block | undefined, reason: Furniture | null): boolean {
  return (
    block !== undefined &&
    reason === null &&
    linkShare(block) < 0.5 &&
    (block.kind === 'heading' || block.text.length < 120)
  )
}

const fewestLabels = 3

function ending(blocks: readonly Block[], reasons: readonly (Furniture | null)[], start: number): number {
  let end = blocks.length
  // Headings with nothing below them are no headings, but words of menus.
  let labels = end
  while (labels > start + 1 && (reasons[labels - 1] !== null || isBareLabel(blocks[labels - 1]))) labels--
  if (blocks.slice(labels, end).filter((_, index) => reasons[labels + index] === null).length >= fewestLabels)
    end = labels
  while (end > start + 1) {
    const block = blocks[end - 1]
    if (block === undefined || isDateLine(block)) break
    const isFurniture = reasons[end - 1] !== null || linkShare(block) >= 0.5
    // A heading or a bare word with nothing but furniture behind it goes with that.
    const next = blocks[end]
    const isLabel =
      next !== undefined &&
      block.text.length < 40 &&
      !/[.;:!?]$/.test(block.text) &&
      (block.kind !== 'item' || (next.kind === 'item' && next.level > block.level))
    if (!isFurniture && !isLabel) break
    end--
  }
  return end
}

function isBareLabel(block: Block | undefined): boolean {
  return (
    block !== undefined &&
    (block.kind === 'heading' || block.kind === 'paragraph') &&
    block.text.length < 40 &&
    !/[.;:,!?)]$|\d/.test(block.text) &&
    !isDateLine(block)
  )
}
