import type { Utf16Span } from '../contract/span.ts'

/** A part of a clause's sentence that stands for a rule of its own: “(b) …”, or one of a list between semicolons. */
export interface SubClause {
  /** As printed, `b`, `ii`; null where the list is not lettered: its place counts. */
  readonly label: string | null
  /** In the clause's text, without label and separators. */
  readonly span: Utf16Span
}

const fewestListed = 3

/** The outermost list within one clause; empty when it has none. */
export function subClauses(text: string): SubClause[] {
  const lettered = letteredParts(text)
  return lettered.length > 1 ? lettered : listedParts(text)
}

const sequences = [
  (index: number): string => String.fromCharCode(97 + index),
  (index: number): string => romans[index] ?? '',
  (index: number): string => String(index + 1),
] as const
export const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv']

const labelPattern = /(?<![\p{L}\d(])(?:\(([a-z]{1,4}|\d{1,2})\)|©|(?<=[\s;:,]|^)([a-z]|\d{1,2})\)(?=\s))\s*/giu
/** “under section (a)”: a label that is only spoken of. */
const reference =
  /(?:\b(?:sections?|clauses?|(?:sub)?paragraphs?|articles?|items?|sub-?sections?|points?|ziffer|absatz|lit|buchstabe|alinéa|letra|apartado)\.?|§)\s*[\d.]*$|\d$/i

/** The text without the labels of its list, which number it and say nothing. */
export function withoutLabels(text: string): string {
  let from = 0
  const pieces = letteredParts(text).map(({ span }) => {
    const label = /(?:\([a-z\d]{1,4}\)|©|[a-z\d]{1,2}\))\s*$/i.exec(
      text.slice(Math.max(from, span.start - 16), span.start),
    )
    const piece = text.slice(from, span.start - (label?.[0].length ?? 0))
    from = span.start
    return piece
  })
  return `${pieces.join('')}${text.slice(from)}`
}

const longestReference = 60

/** `(a) …; (b) …`: labels that count up from the first of their kind, whatever else stands in parentheses between them. */
function letteredParts(text: string): SubClause[] {
  const labels = [...text.matchAll(labelPattern)].filter(
    ({ index }) => !reference.test(text.slice(Math.max(0, index - longestReference), index).trimEnd()),
  )
  const runs = sequences.map((label) => {
    const run: { readonly start: number; readonly contentStart: number; readonly label: string }[] = []
    for (const match of labels) {
      const name = (match[1] ?? match[2] ?? 'c').toLowerCase()
      if (name === label(run.length))
        run.push({ start: match.index, contentStart: match.index + match[0].length, label: name })
    }
    return run
  })
  const outermost = runs.filter((run) => run.length > 1).toSorted((a, b) => (a[0]?.start ?? 0) - (b[0]?.start ?? 0))[0]
  if (outermost === undefined) return []
  const parts = outermost.map(({ contentStart, label }, index) => ({
    label,
    span: trimmed(text, contentStart, outermost[index + 1]?.start ?? text.length),
  }))
  // Nothing between two labels: they are only spoken of.
  return parts.some(({ span }) => span.end <= span.start) ? [] : withoutNextSentence(text, parts)
}

/** What follows the list belongs to the clause, not to the list's last part. */
function withoutNextSentence(text: string, parts: readonly SubClause[]): SubClause[] {
  const sentenceEnd = /[.!?]["”’)]?\s+(?=\p{Lu})/u
  const last = parts.at(-1)
  if (last === undefined || parts.slice(0, -1).some(({ span }) => sentenceEnd.test(text.slice(span.start, span.end))))
    return [...parts]
  const found = sentenceEnd.exec(text.slice(last.span.start, last.span.end))
  if (found === null || found.index < 12) return [...parts]
  return [...parts.slice(0, -1), { ...last, span: { start: last.span.start, end: last.span.start + found.index } }]
}

/** A heading that runs into its list: `Spam. one; two; three` */
const runInHeading = /^\p{Lu}[^.;:!?()]{1,50}(?:\.|\s[–—-])\s+(?=\S)/u
const mostWordsOfHeading = 6

/** Where a list between semicolons begins: behind a colon, or behind a heading of few words that all of the list follows. */
function listStart(text: string): number {
  const colon = /:(?=\s|$)/.exec(text)?.index ?? -1
  const heading = runInHeading.exec(text)?.[0]
  const isHeaded =
    heading !== undefined &&
    heading.trim().split(/\s+/).length <= mostWordsOfHeading &&
    !/[.!?]\s+\p{Lu}/u.test(text.slice(heading.length))
  const semicolon = text.indexOf(';')
  if (isHeaded && (colon === -1 || colon > semicolon)) return heading.length
  return colon === -1 ? -1 : colon + 1
}

/** `…: one; two; or three;` */
function listedParts(text: string): SubClause[] {
  const parts: SubClause[] = []
  let start = listStart(text)
  if (start === -1) return []
  for (let at = start; at <= text.length; at++) {
    if (at < text.length && text[at] !== ';') continue
    const span = trimmed(text, start, at)
    if (span.end > span.start) parts.push({ label: null, span })
    start = at + 1
  }
  return parts.length >= fewestListed ? parts : []
}

/** Without blanks, the joining “and” or “or”, and the mark at the end. */
function trimmed(text: string, start: number, end: number): Utf16Span {
  const lead = /^[\s,;]*(?:(?:and|or)\s+)?/i.exec(text.slice(start, end))?.[0].length ?? 0
  const tail = /[\s,;.]*(?:[;,]\s*(?:and|or)\s*)?$/i.exec(text.slice(start + lead, end))?.[0].length ?? 0
  return { start: start + lead, end: Math.max(start + lead, end - tail) }
}
