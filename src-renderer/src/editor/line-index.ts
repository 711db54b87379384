/** 1-based, as Monaco counts. */
export interface TextPosition {
  readonly lineNumber: number
  readonly column: number
}

/** From offsets of a text to positions of the Monaco model made of it, and back. */
export interface LineIndex {
  readonly positionAt: (offset: number) => TextPosition
  readonly offsetAt: (position: TextPosition) => number
}

/**
 * The model replaces mixed line ends by one kind and drops a leading byte order mark, so its own offsets are not the text's.
 * Lines and columns are: a line ends at CR LF, CR or LF, and columns count UTF-16 units.
 */
export function lineIndex(text: string): LineIndex {
  const starts = [0]
  const ends: number[] = []
  for (const lineBreak of text.matchAll(/\r\n|\r|\n/g)) {
    ends.push(lineBreak.index)
    starts.push(lineBreak.index + lineBreak[0].length)
  }
  ends.push(text.length)
  const markLength = text.startsWith('\ufeff') ? 1 : 0

  function lineOf(offset: number): number {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  const dropped = (line: number) => (line === 0 ? markLength : 0)

  return {
    positionAt(offset) {
      const line = lineOf(offset)
      const start = (starts[line] ?? 0) + dropped(line)
      // An offset within a line break stands at the line's end.
      const inLine = Math.max(0, Math.min(offset, ends[line] ?? offset) - start)
      return { lineNumber: line + 1, column: inLine + 1 }
    },
    offsetAt({ lineNumber, column }) {
      const line = Math.min(lineNumber, starts.length) - 1
      return Math.min((starts[line] ?? 0) + dropped(line) + column - 1, ends[line] ?? text.length)
    },
  }
}
