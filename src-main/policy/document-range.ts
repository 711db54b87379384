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
/** Share of a page's prose that stands behind the title; menus have some of their own. */
const mostProse = 0.8

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
  const headed =
    first === -1 || first > 4 || isSection(kept, first, pageTitle) ? boldTitle(kept) : (kept[first] ?? null)
  const title = plainTitle(kept) ?? headed
  const shown = kept.filter((block) => block !== title).map((block) => withoutReadingTime(block, cut))
  return {
    title: title?.text.replace(/\s*[¶#🔗⚓]$/u, '') ?? shortTitle(pageTitle),
    blocks: shown,
    cut: cut.toSorted((a, b) => a.span.start - b.span.start),
  }
}

/** The first of several headings of its level, with text of its own below it: the document shows no title. */
function isSection(kept: readonly Block[], at: number, pageTitle: string | null): boolean {
  const heading = kept[at]
  const next = kept[at + 1]
  if (heading === undefined || next === undefined || titleWords.test(heading.text)) return false
  const isOneOfSeveral = kept.some((one) => one !== heading && one.kind === 'heading' && one.level === heading.level)
  return isOneOfSeveral && (pageTitle !== null || (next.kind !== 'heading' && !isDateLine(next)))
}

/** “Updated 1 May 2024 · 4 min read” */
function withoutReadingTime(block: Block, cut: Cut[]): Block {
  if (block.text.length > 120 || !isDateLine(block)) return block
  const found = /\s*[·•|,–—-]?\s*\d+\s*[- ]?min(?:ute)?s?(?:\s+read)?$/i.exec(block.text)
  if (found === null || found.index === 0) return block
  const { start, end } = block.toFile.toOrigin({ start: found.index, end: block.text.length })
  cut.push({ span: { start, end }, why: 'navigation' })
  return { ...block, text: block.text.slice(0, found.index) }
}

/** A line above the first heading that names the policy, where that heading is one of several of its level. */
function plainTitle(kept: readonly Block[]): Block | null {
  const [first] = kept
  const heading = kept.find(({ kind }) => kind === 'heading')
  return first !== undefined && heading !== undefined && isTitleLine(first, heading, kept) ? first : null
}

function isTitleLine(line: Block, heading: Block, blocks: readonly Block[]): boolean {
  return (
    line.kind === 'paragraph' &&
    line.text.length <= 100 &&
    line.text.split(' ').length >= 3 &&
    titleWords.test(line.text) &&
    !/[.;:,?!]$/.test(line.text) &&
    linkShare(line) < 0.5 &&
    line.text.toLowerCase() !== heading.text.toLowerCase() &&
    blocks.filter(({ kind, level }) => kind === 'heading' && level <= heading.level).length > 2
  )
}

const linesAboveHeading = 3

const mostWordsOfTitle = 10

/** In documents without headings by their markup. */
function boldTitle(kept: readonly Block[]): Block | null {
  const [first] = kept
  if (first?.kind !== 'paragraph' || first.text.length > 100) return null
  const isName =
    titleWords.test(first.text) &&
    first.text.split(' ').length <= mostWordsOfTitle &&
    !/[.;:,?!]$/.test(first.text) &&
    !isDateLine(first)
  return isName || (first.isStrong && kept[1]?.isStrong === false) ? first : null
}

/** `Acceptable Use Policy | Acme` → `Acceptable Use Policy`. */
function shortTitle(pageTitle: string | null): string | null {
  return pageTitle?.split(/\s+[|–—-]\s+/)[0]?.trim() ?? null
}

const isProse = (block: Block): boolean => block.text.length >= proseCharacters && linkShare(block) < 0.5

const cookieDeeds =
  /\b(?:accept|reject|consent|preferences|we use cookies|this (?:site|website) uses|akzeptieren|ablehnen|verwenden cookies|accepter|refuser|utilisons des cookies|aceptar|rechazar|utilizamos cookies)\b/i
const pageWords =
  /^(?:skip to (?:main )?content|your privacy (?:settings|choices)|cookie (?:settings|preferences)|do not sell (?:or share )?my (?:personal )?info(?:rmation)?|back to top|print(?: this page)?|share(?: this(?: page)?)?|download(?: as)? pdf|was this (?:page |article )?helpful\??|(?:\d+ of|\d+ out of) \d+ (?:people )?found this helpful|have more questions\??(?: submit a request)?|(?:reading time:? )?\d+[- ]min(?:ute)?s?(?: read)?|copy link|follow|subscribe|table of contents|on this page|zum inhalt springen|nach oben|aller au contenu|haut de page|ir al contenido)\W*$/i

/** “View full agreement: English (PDF) | Spanish (PDF)” */
const otherCopies =
  /^(?:view|download|print|read|see|available in|ansehen|herunterladen|drucken|télécharger|imprimer|descargar|imprimir)\b.*\b(?:pdf|english|spanish|français|deutsch|español|full|archived?|previous versions?)\b/i

/** “(c)” is a letter of a list, too: a year must follow it. */
const copyright =
  /^(?:©|(?:copyright\s*)?\(c\)\s*(?:copyright\s*)?(?:19|20)\d\d\b|copyright\s*(?:©|(?:19|20)\d\d\b)|copyright\b.{1,60}\b(?:19|20)\d\d\b.{0,40}$)/i

const isCopyright = (text: string): boolean => text.length < 160 && copyright.test(text)

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
  if (text.length < 120 && linkShare(block) >= 0.4 && otherCopies.test(text)) return 'navigation'
  if (isCopyright(text)) return 'footer'
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
  // A menu may name the policy before its title does: a later heading of that kind counts where it is of a higher level, or where a
  // menu stands between.
  let start = -1
  for (let index = 0; index <= firstProse; index++) {
    const block = blocks[index]
    if (block?.kind !== 'heading' || reasons[index] !== null || !titleWords.test(block.text)) continue
    if ((proseFrom[index] ?? 0) < all * mostProse) continue
    const before = blocks[start]
    const between = blocks.slice(start + 1, index).filter((one, at) => isMenu(one, reasons[start + 1 + at] ?? null))
    if (before === undefined || block.level < before.level || between.length >= fewestLinksOfMenu) start = index
  }
  if (start === -1) {
    start = blocks.findIndex(
      (block, index) =>
        block.kind === 'heading' &&
        reasons[index] === null &&
        titleWords.test(block.text) &&
        (proseFrom[index] ?? 0) >= all * mostProse,
    )
  }
  if (start === -1 || start > firstProse) {
    start = firstProse
    while (start > 0 && leadsIn(blocks[start - 1], reasons[start - 1] ?? null)) start--
  }
  const heading = blocks[start]
  if (heading?.kind === 'heading') {
    for (let above = start - 1; above >= Math.max(0, start - linesAboveHeading); above--) {
      const line = blocks[above]
      if (line !== undefined && reasons[above] === null && isTitleLine(line, heading, blocks)) start = above
    }
  }
  // Lines of dates stand above the title too.
  while (start > 0 && reasons[start - 1] === null && isDateLine(blocks[start - 1])) start--
  return start
}

const fewestLinksOfMenu = 3
const isMenu = (block: Block, reason: Furniture | null): boolean => reason !== null || linkShare(block) >= 0.9

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
  end = beforeFooterLists(blocks, reasons, start, beforeCopyright(blocks, reasons, start, end))
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

/** What stands behind a line of copyright at the end of the page belongs to the page. */
function beforeCopyright(
  blocks: readonly Block[],
  reasons: readonly (Furniture | null)[],
  start: number,
  end: number,
): number {
  const prose = (from: number, to: number): number =>
    blocks
      .slice(from, to)
      .reduce((sum, block, at) => sum + (reasons[from + at] === null && isProse(block) ? block.text.length : 0), 0)
  const line = blocks.findIndex((block, index) => index > start && index < end && isCopyright(block.text))
  return line !== -1 && prose(line, end) <= prose(start, line) * leastProse ? line : end
}

const leastProse = 0.03

/** Entries that the foot of a site has, and no policy. */
const footerEntry =
  /^(?:about(?: us)?|company(?: overview)?|careers?|jobs|join us|contact(?: us)?|press|news(?:room)?|blog|.{0,20} blog|help cent(?:er|re)|support|faqs?|sitemap|site map|log ?in|sign (?:in|up)|register(?: ?login)?|privacy(?: policy| notice)?|terms(?: of (?:use|service))?|cookies?(?: policy)?|investors?(?: relations)?|leadership|events|webinars|case studies|security|patents|resources|impressum|datenschutz|kontakt|karriere|mentions légales|nous contacter|aviso legal|contacto)$/i
const fewestFooterEntries = 3

/** Where lists of entries of a site's foot begin that are no links in the file, with their headings. */
function beforeFooterLists(
  blocks: readonly Block[],
  reasons: readonly (Furniture | null)[],
  start: number,
  end: number,
): number {
  let first = end
  while (first > start + 1 && (reasons[first - 1] !== null || isLabel(blocks[first - 1]))) first--
  const entries = blocks.slice(first, end).map(({ text }, index) => (footerEntry.test(text) ? first + index : -1))
  const found = entries.filter((index) => index !== -1)
  const [entry] = found
  if (entry === undefined || found.length < fewestFooterEntries) return end
  let from = entry
  while (from > first && blocks[from - 1]?.kind === 'item' && blocks[from]?.kind === 'item') from--
  if (from > first && blocks[from - 1]?.kind === 'heading') from--
  return from
}

function isLabel(block: Block | undefined): boolean {
  return block !== undefined && block.text.length < 80 && !/[.;:,!]$/.test(block.text) && !isDateLine(block)
}

function isBareLabel(block: Block | undefined): boolean {
  return block?.kind === 'heading' && block.text.length < 40 && !/[.;:,!?)]$|\d/.test(block.text) && !isDateLine(block)
}
