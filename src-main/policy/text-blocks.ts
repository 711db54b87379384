import { beginsNumbered } from './clause-number.ts'
import { blockText, type Block } from './block.ts'

/**
 * Blocks of a plain text: paragraphs stand apart by empty lines, and a line that begins with a bullet or a number begins a new one.
 * A short line without a full stop between empty lines is a heading.
 */
export function textBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let begin = 0
  let lines: { readonly start: number; readonly end: number }[] = []

  const indents = [
    ...new Set([...text.matchAll(/^([ \t]*)[•◦▪‣·*–-]\s+\S/gm)].map((match) => widthOf(match[1] ?? ''))),
  ].toSorted((a, b) => a - b)
  const depthOf = (lineStart: number): number =>
    indents.indexOf(widthOf(/[ \t]*/y.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? '')) + 1 || 1

  function flush(): void {
    const [first] = lines
    const last = lines.at(-1)
    if (first === undefined || last === undefined) return
    const content = blockText()
    for (const { start, end } of lines) {
      content.add(text.slice(start, end), (index) => ({ start: start + index, end: start + index + 1 }))
      content.add(' ', () => ({ start: end, end: Math.min(end + 1, text.length) }))
    }
    const built = content.build()
    if (built.text !== '') {
      const isHeading = lines.length === 1 && looksLikeHeading(built.text)
      const kind = isItem(built.text) ? 'item' : isHeading ? 'heading' : 'paragraph'
      const level = kind === 'heading' ? (blocks.length === 0 ? 1 : 2) : kind === 'item' ? depthOf(first.start) : 0
      blocks.push({
        kind,
        level,
        ...built,
        number: null,
        span: { start: first.start, end: last.end },
        furniture: null,
      })
    }
    lines = []
  }

  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    const line = text.slice(begin, match.index)
    if (line.trim() === '') flush()
    else {
      if (isItem(line.trim()) || isNumbered(line.trim()) || endsBlock(lines, line, text)) flush()
      lines.push({ start: begin, end: match.index })
    }
    begin = match.index + match[0].length
    if (match[0] === '') break
  }
  flush()
  return blocks
}

/** A line longer than any that is wrapped is a paragraph; a line in capitals a heading. */
const longestWrapped = 200

function endsBlock(
  lines: readonly { readonly start: number; readonly end: number }[],
  line: string,
  text: string,
): boolean {
  const last = lines.at(-1)
  if (last === undefined) return false
  const before = text.slice(last.start, last.end).trim()
  const isShout =
    lines.length === 1 &&
    before === before.toUpperCase() &&
    /\p{Lu}{3}/u.test(before) &&
    line.trim() !== line.trim().toUpperCase()
  return line.length > longestWrapped || before.length > longestWrapped || isShout
}

const widthOf = (blanks: string): number => blanks.replaceAll('\t', '    ').length
const isItem = (text: string): boolean => /^[•◦▪‣·*–-]\s+\S/.test(text)
const isNumbered = (text: string): boolean =>
  /^(?:\d{1,2}\.){1,4}\d{0,2}\s+\S|^\d{1,2}[.)]\s+\S|^\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+\S/.test(text) &&
  beginsNumbered(text)

function looksLikeHeading(text: string): boolean {
  return text.length <= 80 && !/[.;:,!?]$/.test(text) && /\p{Lu}/u.test(text.charAt(0).toUpperCase()) && !isItem(text)
}
