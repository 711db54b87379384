import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-main/contract/report.ts'
import type { ByteSpan } from '../../../src-main/contract/span.ts'
import { sourceView as viewRange } from '../../../src-main/review/source-view.ts'
import { aFinding } from '../../support/report-parts.ts'

const megabyte = 1024 * 1024
const whole = (bytes: Uint8Array): ByteSpan => ({ start: 0, end: bytes.length })
const sourceView = (bytes: Uint8Array, findings: readonly Finding[], maxBytes: number) =>
  viewRange(bytes, whole(bytes), findings, maxBytes)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const at = (start: number, end: number, number = 1) => aFinding({ number, source: { start, end } })

describe('sourceView', () => {
  it.each([
    ['ASCII', 'abc', [1, 2], 'b'],
    ['after two-byte characters', 'äöü', [2, 4], 'ö'],
    ['after a character outside the basic plane', '😀 spin', [5, 9], 'spin'],
    ['a surrogate pair', 'a😀b', [1, 5], '😀'],
    ['after a byte order mark', '\ufeffHi', [3, 5], 'Hi'],
    ['carriage returns kept', 'a\r\nb', [3, 4], 'b'],
  ] as const)('marks the characters of the bytes: %s', (_, text, [start, end], marked) => {
    const view = sourceView(utf8(text), [at(start, end)], megabyte)
    expect(view).toMatchObject({ text, shownAs: 'utf-8', omittedBytes: 0 })
    const [mark] = view.marks
    expect(view.text.slice(mark?.span.start, mark?.span.end)).toBe(marked)
  })

  it('shows bytes that are no UTF-8 as windows-1252, one character a byte', () => {
    const bytes = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0x80, 0x81, 0x35)
    const view = sourceView(bytes, [at(5, 8)], megabyte)
    expect(view).toMatchObject({ text: 'café €\u00815', shownAs: 'windows-1252', omittedBytes: 0 })
    expect(view.marks.map(({ span }) => view.text.slice(span.start, span.end))).toEqual(['€\u00815'])
  })

  it('never cuts a character at the end and drops marks beyond it', () => {
    const bytes = utf8('ab😀cd')
    const view = sourceView(bytes, [at(0, 2, 1), at(2, 6, 2), at(6, 7, 3)], 4)
    expect(view).toMatchObject({ text: 'ab', shownAs: 'utf-8', omittedBytes: 6 })
    expect(view.marks.map(({ number }) => number)).toEqual([1])
  })

  it('leaves findings without a place in the bytes unmarked', () => {
    expect(sourceView(utf8('abc'), [aFinding({ source: null })], megabyte).marks).toEqual([])
  })

  it('shows one message of a mailbox alone, its marks counted from its start', () => {
    const bytes = utf8('Sübject: a\n\nFrom x\nSubject: 😀 spin\n\nFrom y\n')
    const start = utf8('Sübject: a\n\nFrom x\n').length
    const range = { start, end: start + utf8('Subject: 😀 spin\n').length }
    const view = viewRange(bytes, range, [at(0, 8, 1), at(start + 14, start + 18, 2)], megabyte)
    expect(view).toMatchObject({ text: 'Subject: 😀 spin\n', omittedBytes: 0 })
    expect(view.marks.map(({ number, span }) => [number, view.text.slice(span.start, span.end)])).toEqual([[2, 'spin']])
  })

  it('has every character of any text where its bytes are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), (pieces) => {
        let start = 0
        const findings = pieces.map((piece, index) => {
          const end = start + utf8(piece).length
          const finding = at(start, end, index + 1)
          start = end
          return finding
        })
        const view = sourceView(utf8(pieces.join('')), findings, megabyte)
        expect(view.marks.map(({ span }) => view.text.slice(span.start, span.end))).toEqual(pieces)
      }),
    )
  })
})
