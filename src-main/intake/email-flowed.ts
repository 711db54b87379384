import type { Utf16Span } from '../contract/span.ts'

interface Line {
  readonly start: number
  /** Without its line break. */
  readonly end: number
  /** After its line break. */
  readonly next: number
  readonly quoteDepth: number
  /** After quote marks and the space that was stuffed in. */
  readonly contentStart: number
  readonly isSignature: boolean
  /** Goes on in the next line. */
  readonly isFlowed: boolean
}

/**
 * What `format=flowed` put into a text (RFC 3676): soft line breaks with the quote marks of the lines after them, stuffed
 * spaces, with `DelSp=yes` the space before a soft break. Ascending; what is left is the text as it was written. The quote
 * marks of a paragraph's first line stay.
 */
export function flowedCuts(text: string, deletesSpace: boolean): readonly Utf16Span[] {
  const cuts: Utf16Span[] = []
  let before: Line | null = null
  for (let position = 0; position < text.length;) {
    const line = lineAt(text, position)
    const isJoined: boolean =
      before !== null && before.isFlowed && before.quoteDepth === line.quoteDepth && !line.isSignature
    if (before !== null && isJoined) {
      cuts.push({ start: deletesSpace ? before.end - 1 : before.end, end: line.contentStart })
    } else if (line.quoteDepth === 0 && line.contentStart > line.start) {
      cuts.push({ start: line.start, end: line.contentStart })
    }
    before = line
    position = line.next
  }
  return cuts
}

function lineAt(text: string, start: number): Line {
  const feed = text.indexOf('\n', start)
  const next = feed < 0 ? text.length : feed + 1
  const end = feed < 0 ? text.length : feed > start && text[feed - 1] === '\r' ? feed - 1 : feed
  let position = start
  while (position < end && text[position] === '>') position++
  const contentStart = text[position] === ' ' && position < end ? position + 1 : position
  const content = end - contentStart <= 3 ? text.slice(contentStart, end) : ''
  // The separator is not stuffed by most programs, although its own space would ask for it nowhere.
  const isSignature = content === '-- ' || (end - position === 3 && text.startsWith('-- ', position))
  return {
    start,
    end,
    next,
    quoteDepth: position - start,
    contentStart,
    isSignature,
    isFlowed: !isSignature && end > contentStart && text[end - 1] === ' ' && feed >= 0,
  }
}
