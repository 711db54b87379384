import { expect, test } from 'vitest'
import { markedPieces } from '../../../src-renderer/src/features/review/marked-text.ts'
import { aFinding as finding } from '../../support/report-parts.ts'

function pieces(text: string, spans: readonly (readonly [number, number] | null)[]): string {
  const findings = spans.map((span, index) =>
    finding({ number: index + 1, part: 'subject', span: span === null ? null : { start: span[0], end: span[1] } }),
  )
  return markedPieces(text, 'subject', findings)
    .map((piece) => (piece.mark === null ? piece.text : `[${piece.mark.number}:${piece.text}]`))
    .join('')
}

test.each([
  ['in the middle', 'get free spins now', [[4, 14]], 'get [1:free spins] now'],
  [
    'at both ends',
    'ab',
    [
      [0, 1],
      [1, 2],
    ],
    '[1:a][2:b]',
  ],
  [
    'overlapping: the first has the characters',
    'abcdef',
    [
      [0, 4],
      [2, 6],
    ],
    '[1:abcd][2:ef]',
  ],
  [
    'one within another',
    'abcdef',
    [
      [0, 6],
      [2, 4],
    ],
    '[1:abcdef]',
  ],
  ['past the end: left out', 'ab', [[1, 9]], 'ab'],
  ['without a place', 'ab', [null], 'ab'],
  [
    'in no order',
    'abc',
    [
      [2, 3],
      [0, 1],
    ],
    '[2:a]b[1:c]',
  ],
] as const)('%s', (_, text, spans, expected) => {
  expect(pieces(text, spans)).toBe(expected)
})

test('findings of other parts mark nothing', () => {
  expect(markedPieces('ab', 'subject', [finding({ number: 1, part: 'text', span: { start: 0, end: 1 } })])).toEqual([
    { text: 'ab', start: 0, mark: null },
  ])
})
