import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineIndex } from '../../../src-renderer/src/editor/line-index.ts'

describe('lineIndex', () => {
  test.each([
    ['the beginning', 'ab', 0, 1, 1],
    ['the end', 'ab', 2, 1, 3],
    ['after LF', 'a\nb', 2, 2, 1],
    ['after CR LF', 'a\r\nb', 3, 2, 1],
    ['after a lone CR', 'a\rb', 2, 2, 1],
    ['mixed line ends', 'a\r\nb\nc\rd', 7, 4, 1],
    ['within CR LF: at the line’s end', 'a\r\nb', 2, 1, 2],
    ['line separator U+2028 ends no line', 'a\u2028b', 2, 1, 3],
    ['after a surrogate pair', '😀x', 2, 1, 3],
    ['an empty last line', 'a\n', 2, 2, 1],
    ['after a byte order mark, which the model drops', '\ufeffab', 2, 1, 2],
    ['second line of a text with a byte order mark', '\ufeffa\nb', 3, 2, 1],
  ])('%s', (_, text, offset, lineNumber, column) => {
    expect(lineIndex(text).positionAt(offset)).toEqual({ lineNumber, column })
  })

  test('leads back to the same offset wherever that is not within a line break', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '😀', '\u2028'), { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const index = lineIndex(text)
        for (let offset = 0; offset <= text.length; offset += 1) {
          const within = text[offset - 1] === '\r' && text[offset] === '\n'
          expect(index.offsetAt(index.positionAt(offset))).toBe(within ? offset - 1 : offset)
        }
      }),
    )
  })
})
