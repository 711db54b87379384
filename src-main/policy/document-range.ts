import type { Utf16Span } from '../contract/span.ts'
import { isDateLine } from './printed-date.ts'
import { linkShare, type Block, type Furniture } from './block.ts'

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
  /\b(?:polic(?:y|ies)|guidelines?|terms|agreement|rules|code of conduct|standards|conditions|acceptable use|requirements)\b/i
const proseCharacters = 60

/**
 * Finds the document in a page: it begins at the heading that names a policy and has most of the prose behind it, or at the first
 * heading before the first prose; it ends with the last block that is no list of links, copyright line or notice of cookies.
 */
export function documentRange(blocks: readonly Block[], pageTitle: string | null): DocumentRange {
  const reasons = blocks.map(furnitureOf)
  const start = beginning(blocks, reasons)
  const end = ending(blocks, reasons, start)
  const cut: Cut[] = []
  const kept: Block[] = []
  for (const [index, block] of blocks.entries()) {
    const why =
      index < start ? (reasons[index] ?? 'navigation') : index >= end ? (reasons[index] ?? 'footer') : reasons[index]
    if (why == null) kept.push(block)
    else {
      const last = cut.at(-1)
      const isNeighbour = last?.why === why && index > 0 && !kept.includes(blocks[index - 1] ?? block)
      if (last !== undefined && isNeighbour)
        cut[cut.length - 1] = { span: { start: last.span.start, end: block.span.end }, why }
      else cut.push({ span: block.span, why })
    }
  }
  const titleAt = kept.findIndex(({ kind, text }) => kind === 'heading' && titleWords.test(text))
  const first = titleAt === -1 || titleAt > 4 ? kept.findIndex(({ kind }) => kind === 'heading') : titleAt
  const title = first === -1 || first > 4 ? null : (kept[first] ?? null)
  return { title: title?.text ?? shortTitle(pageTitle), blocks: kept.filter((block) => block !== title), cut }
}

/** `Acceptable Use Policy | Acme` → `Acceptable Use Policy`. */
function shortTitle(pageTitle: string | null): string | null {
  return pageTitle?.split(/\s+[|–—-]\s+/)[0]?.trim() ?? null
}

const isProse = (block: Block): boolean => block.text.length >= proseCharacters && linkShare(block) < 0.5

function furnitureOf(block: Block): Furniture | null {
  if (block.furniture !== null) return block.furniture
  const { text } = block
  if (
    /\bcookies?\b/i.test(text) &&
    /\b(?:accept|reject|consent|preferences|we use cookies|this (?:site|website) uses)\b/i.test(text) &&
    text.length < 600
  ) {
    return 'cookie notice'
  }
  if (
    /^(?:skip to (?:main )?content|your privacy (?:settings|choices)|cookie (?:settings|preferences)|back to top|print this page|share this)\b/i.test(
      text,
    ) &&
    text.length < 60
  ) {
    return 'navigation'
  }
  if (/^(?:©|copyright\b|\(c\)\s)/i.test(text) && text.length < 160) return 'footer'
  return null
}

function beginning(blocks: readonly Block[], reasons: readonly (Furniture | null)[]): number {
  const firstProse = blocks.findIndex((block, index) => reasons[index] === null && isProse(block))
  if (firstProse === -1) return 0
  const proseAfter = (from: number): number =>
    blocks
      .slice(from)
      .reduce(
        (sum, block, index) => sum + (reasons[from + index] === null && isProse(block) ? block.text.length : 0),
        0,
      )
  const all = proseAfter(0)
  // The last heading of that kind that still has nearly all prose behind it: a breadcrumb may name the policy before its title does.
  let start = -1
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index]
    if (block?.kind !== 'heading' || reasons[index] !== null || !titleWords.test(block.text)) continue
    if (proseAfter(index) >= all * 0.9 && (start === -1 || index <= firstProse)) start = index
  }
  if (start === -1 || start > firstProse) {
    start = firstProse
    while (start > 0 && leadsIn(blocks[start - 1], reasons[start - 1] ?? null)) start--
  }
  // Lines of dates stand above the title too.
  while (start > 0 && isDateLine(blocks[start - 1])) start--
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

function ending(blocks: readonly Block[], reasons: readonly (Furniture | null)[], start: number): number {
  let end = blocks.length
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
