import { parse, type CssNode, type ParseOptions } from 'css-tree'

/** Longest stylesheet or attribute that is read; longer ones have no say. */
const maxLength = 1_000_000

/** Parses CSS of a stranger: null when it is too long, or nested deeper than any author nests. */
export function parseCss(css: string, options: ParseOptions): CssNode | null {
  if (css.length > maxLength) return null
  return withinStack(() => parse(css, { ...options, onParseError: () => undefined }), null)
}

/** css-tree recurses on nested blocks and brackets: `otherwise` for what is nested deeper than the stack is high. */
export function withinStack<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return otherwise
    throw error
  }
}
