import { blockText, type Block } from './block.ts'

/**
 * Blocks of a plain text: paragraphs stand apart by empty lines, and a line that begins with a bullet or a number begins a new one.
 * A short line without a full stop between empty lines is a heading.
 */
export function textBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let begin = 0
  let lines: { readonly start: number; readonly end: number }[] = []

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
      const level = kind === 'heading' ? (blocks.length === 0 ? 1 : 2) : kind === 'item' ? 1 : 0
      blocks.push({ kind, level, ...built, span: { start: first.start, end: last.end }, furniture: null })
    }
    lines = []
  }

  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    const line = text.slice(begin, match.index)
    if (line.trim() === '') flush()
    else {
      if (isItem(line.trim()) || isNumbered(line.trim())) flush()
      lines.push({ start: begin, end: match.index })
    }
    begin = match.index + match[0].length
    if (match[0] === '') break
  }
  flush()
  return blocks
}

const isItem = (text: string): boolean => /^[•◦▪‣·*–-]\s+\S/.test(text)
const isNumbered = (text: string): boolean => /^(?:\d{1,2}\.){1,4}\d{0,2}\s+\S|^\d{1,2}[.)]\s+\S/.test(text)

function looksLikeHeading(text: string): boolean {
  return text.length <= 80 && !/[.;:,!?]$/.test(text) && /\p{Lu}/u.test(text.charAt(0).toUpperCase()) && !isItem(text)
}
