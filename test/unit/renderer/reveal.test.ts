import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { revealInvisible } from '../../../src-renderer/src/ui/reveal.ts'

function shown(text: string): string {
  return revealInvisible(text)
    .map((piece) => (piece.kind === 'plain' ? piece.text : `[${piece.code}]`))
    .join('')
}

describe('revealInvisible', () => {
  test.each([
    ['plain text', 'Spring offer', 'Spring offer'],
    ['right-to-left override', 'invoice\u202efdp.exe', 'invoice[U+202E]fdp.exe'],
    ['zero width space', 'Pay\u200bPal', 'Pay[U+200B]Pal'],
    ['soft hyphen', 'free\u00adspins', 'free[U+00AD]spins'],
    ['tag character', 'a\u{e0041}b', 'a[U+E0041]b'],
    ['control character', 'a\u0007b', 'a[U+0007]b'],
    ['Hangul filler', 'a\u3164b', 'a[U+3164]b'],
    ['white space stays', 'a\tb\r\nc', 'a\tb\r\nc'],
    ['joined emoji stay whole', '👩‍👩‍👧 sale', '👩‍👩‍👧 sale'],
    ['joined emoji with skin tone', '👩🏽‍💻', '👩🏽‍💻'],
    ['a joiner between letters', 'a\u200db', 'a[U+200D]b'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  test('pieces cover the text without gap or overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let at = 0
        for (const piece of revealInvisible(text)) {
          expect(piece.start).toBe(at)
          if (piece.kind === 'plain') expect(piece.text).toBe(text.slice(piece.start, piece.end))
          at = piece.end
        }
        expect(at).toBe(text.length)
      }),
    )
  })
})
