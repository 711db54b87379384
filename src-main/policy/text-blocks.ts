import { beginsNumbered } from './clause-number.ts'
import { blockText, type Block, type Furniture } from './block.ts'
import { isPageNumber } from './pdf-lines.ts'

interface Line {
  readonly start: number
  readonly end: number
  /** Trimmed; empty: a blank line. */
  readonly text: string
  readonly beginsPage: boolean
  readonly isIndented: boolean
}

/**
 * Blocks of a plain text: paragraphs stand apart by empty lines, a line that begins with a bullet or a number begins a new one, and so does
 * one whose first word would have fitted on the line before. A short line without a full stop between empty lines is a heading. Heads,
 * feet and numbers of pages, as programs leave them that make a text of pages, are furniture.
 */
export function textBlocks(text: string): Block[] {
  const blocks: Block[] = []
  const lines = linesOf(text)
  const furniture = pageFurniture(lines)
  const width = widthOfWrapped(lines)
  const marks = markReader(lines)
  const isWrapped = wraps(lines)
  let open: Line[] = []
  let hasText = false
  /** What stands between two lines of text. */
  let gap: 'none' | 'blank' | 'page' = 'none'

  const indents = [
    ...new Set([...text.matchAll(/^([ \t]*)(?:[•◦▪‣·*–-]|o)[ \t]+\S/gm)].map((match) => widthOf(match[1] ?? ''))),
  ].toSorted((a, b) => a - b)
  const depthOf = (lineStart: number): number =>
    indents.indexOf(widthOf(/[ \t]*/y.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? '')) + 1 || 1

  function flush(why: Furniture | null = null): void {
    const [first] = open
    const last = open.at(-1)
    if (first === undefined || last === undefined) return
    const content = blockText()
    for (const { start, end } of open) {
      content.add(text.slice(start, end), (index) => ({ start: start + index, end: start + index + 1 }))
      content.add(' ', () => ({ start: end, end: Math.min(end + 1, text.length) }))
    }
    const built = content.build()
    if (built.text !== '') {
      const isHeading = why === null && open.length === 1 && looksLikeHeading(built.text)
      const kind = marks.isItem(first) ? 'item' : isHeading ? 'heading' : 'paragraph'
      const level = kind === 'heading' ? (hasText ? 2 : 1) : kind === 'item' ? depthOf(first.start) : 0
      const span = { start: first.start, end: last.end }
      blocks.push({ kind, level, ...built, number: null, span, furniture: why })
      hasText ||= why === null
    }
    open = []
  }

  for (const line of lines) {
    const why = furniture.get(line)
    if (line.text === '') gap = gap === 'none' ? 'blank' : gap
    else if (why !== undefined) {
      const before = open
      open = [line]
      flush(why)
      open = before
      gap = 'page'
    } else {
      const last = open.at(-1)
      // A paragraph may run over the edge of a page.
      const runsOn =
        gap === 'page' && last !== undefined && !/[.;:!?]["”’)]?$/.test(last.text) && /^\p{Ll}/u.test(line.text)
      if (gap !== 'none' && !runsOn) flush()
      if (!runsOn && (marks.begins(line, open.at(-1), width) || endsBlock(open, line, width, isWrapped))) flush()
      open.push(line)
      gap = 'none'
    }
  }
  flush()
  return blocks.toSorted((a, b) => a.span.start - b.span.start)
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  let begin = 0
  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    const line = text.slice(begin, match.index)
    lines.push({
      start: begin,
      end: match.index,
      text: line.trim(),
      beginsPage: line.includes('\f'),
      isIndented: /^[ \t]/.test(line),
    })
    begin = match.index + match[0].length
    if (match[0] === '') break
  }
  return lines
}

const linesLookedAt = 6

/** Numbers of pages, and lines that stand at the head or foot of more than one. */
function pageFurniture(lines: readonly Line[]): ReadonlyMap<Line, Furniture> {
  const found = new Map<Line, Furniture>()
  const filled = lines.filter(({ text, beginsPage }) => text !== '' || beginsPage)
  const heads: Line[] = []
  const feet: Line[] = []
  const isNumber = ({ text }: Line): boolean => /^\W*(?:page|seite|página|p\.|[-–—])/i.test(text) && isPageNumber(text)
  const isText = (line: Line | undefined): boolean => line !== undefined && line.text !== '' && !found.has(line)
  const breaks: number[] = []
  filled.forEach((line, index) => {
    if (isNumber(line)) found.set(line, 'page number')
    if (line.beginsPage || (index > 0 && isNumber(filled[index - 1] ?? line))) breaks.push(index)
  })
  if (breaks.length === 0) return found
  for (const at of [0, ...breaks]) {
    const head = filled.slice(at, at + 2).find(({ text }) => text !== '')
    let before = at - 1
    while (before >= 0 && at - before < linesLookedAt && !isText(filled[before])) before--
    const foot = isText(filled[before]) ? filled[before] : undefined
    if (head !== undefined && !found.has(head)) heads.push(head)
    if (foot !== undefined) feet.push(foot)
    for (const line of [head, foot])
      if (line !== undefined && /^\d{1,4}$/.test(line.text) && at > 0) found.set(line, 'page number')
  }
  const key = ({ text }: Line): string => text.replace(/\d+/g, '#').replace(/\s+/g, ' ')
  for (const [edge, why] of [
    [heads, 'page header'],
    [feet, 'page footer'],
  ] as const) {
    const counts = new Map<string, number>()
    for (const line of new Set(edge)) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1)
    for (const line of edge) if ((counts.get(key(line)) ?? 0) > 1 && !found.has(line)) found.set(line, why)
  }
  return found
}

/** A line longer than any that is wrapped is a paragraph; a line in capitals a heading. */
const longestWrapped = 200
const narrowest = 50

/** As long as lines get before they are broken; 0: they are not. */
function widthOfWrapped(lines: readonly Line[]): number {
  const lengths = lines.flatMap(({ text }) => (text === '' || text.length > longestWrapped ? [] : [text.length]))
  const sorted = lengths.toSorted((a, b) => a - b)
  const width = sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0
  return width < narrowest || lengths.length < lines.filter(({ text }) => text !== '').length / 2 ? 0 : width
}

const longLine = 40

/** Sentences run over the ends of lines; else each line is a paragraph. */
function wraps(lines: readonly Line[]): boolean {
  const followed = lines.filter(({ text }, index) => text.length > longLine && (lines[index + 1]?.text ?? '') !== '')
  const ending = followed.filter(({ text }) => /[.;:!?]["”’)]?$/.test(text))
  return ending.length < followed.length * 0.6 || followed.length === 0
}

const endsClause = /(?:[.;:,!?]["”’)]?|\b(?:and|or|und|oder|et|ou|y|o))$/i
const firstWord = (text: string): string => /^\S+/.exec(text)?.[0] ?? ''

function endsBlock(open: readonly Line[], line: Line, width: number, isWrapped: boolean): boolean {
  const last = open.at(-1)
  if (last === undefined) return false
  if (!isWrapped) return true
  const before = last.text
  const isShout =
    open.length === 1 &&
    before === before.toUpperCase() &&
    /\p{Lu}{3}/u.test(before) &&
    line.text !== line.text.toUpperCase()
  const hadRoom =
    width > 0 && /^["“„(]?[\p{Lu}\d]/u.test(line.text) && before.length + 1 + firstWord(line.text).length < width * 0.7
  return line.text.length > longestWrapped || before.length > longestWrapped || isShout || hadRoom
}

/** “as said in Section”, and the number on the next line. */
const spokenOf =
  /(?:\b(?:sections?|clauses?|paragraphs?|articles?|items?|ziffer|absatz|abschnitt|artikel|alinéa|artículo|apartado)|§)$/i

/** Tells marks of items from figures and letters of a sentence that was broken before them. */
function markReader(lines: readonly Line[]): {
  readonly isItem: (line: Line) => boolean
  readonly begins: (line: Line, last: Line | undefined, width: number) => boolean
} {
  const seen = new Set<string>()
  // A letter that serves as a bullet does so more than once, and indented.
  const round = lines.filter(({ text, isIndented }) => isIndented && /^o\s+\S/.test(text))
  const rounds = new Set(round.length > 1 ? round : [])
  const isNext = (number: string): boolean => {
    const [, above = '', own = ''] = /^(.*?)(\d+|[a-z]+)$/i.exec(number) ?? []
    if (/^\d+$/.test(own)) {
      const isFirst = Number(own) <= 1
      return isFirst
        ? above === '' || seen.has(above.replace(/\.$/, ''))
        : seen.has(`${above}${String(Number(own) - 1)}`)
    }
    if (own.length !== 1 || /^[ivx]$/i.test(own)) return true
    return /a/i.test(own) || seen.has(String.fromCharCode(own.charCodeAt(0) - 1))
  }
  const isMarked = (line: Line): boolean => isItem(line.text) || rounds.has(line)
  return {
    isItem: isMarked,
    begins(line, last, width) {
      if (isMarked(line)) return true
      const isLettered = /^(?:[a-z]\)\s+\S|[A-Z]\.\s+\p{Lu})/u.test(line.text)
      if (!isLettered && !isNumbered(line.text)) return false
      const [number = ''] = /[\d.]*\d|[a-z]+/i.exec(line.text) ?? []
      const isBroken =
        last !== undefined &&
        !endsClause.test(last.text) &&
        last.text.length + 1 + firstWord(line.text).length > width * 0.85
      if (last !== undefined && spokenOf.test(last.text)) return false
      if (!isNext(number) && (isLettered || isBroken)) return false
      seen.add(number)
      return true
    },
  }
}

const widthOf = (blanks: string): number => blanks.replaceAll('\t', '    ').length
const isItem = (text: string): boolean => /^[•◦▪‣·*–-]\s+\S/.test(text)
const isNumbered = (text: string): boolean =>
  /^(?:\d{1,2}\.){1,4}\d{0,2}\s+\S|^\d{1,2}[.)]\s+\S|^\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+\S/.test(text) &&
  beginsNumbered(text)

function looksLikeHeading(text: string): boolean {
  return text.length <= 80 && !/[.;:,!?]$/.test(text) && /\p{Lu}/u.test(text.charAt(0).toUpperCase()) && !isItem(text)
}
