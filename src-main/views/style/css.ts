import { parse, type CssNode, type ParseOptions } from 'css-tree'

/** Longest stylesheet or attribute that is read; longer ones have no say. */
const maxLength = 1_000_000

/** Parses CSS of a stranger: null when it is too long, or nested deeper than any author nests. */
export function parseCss(css: string, options: ParseOptions): CssNode | null {
  if (css.length > maxLength) return null
  try {
    return parse(css, { ...options, onParseError: () => undefined })
  } catch (error) {
    // css-tree recurses on nested blocks and brackets
    if (error instanceof RangeError) return null
    throw error
  }
}
