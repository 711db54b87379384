import { describe, expect, it } from 'vitest'
import type { HeaderField } from '../../../src-main/intake/message.ts'
import { sourceRange } from '../../../src-main/review/source-range.ts'
import { aMessageOf } from '../../support/views.ts'

const kilobyte = 1024

function headerAt(start: number): HeaderField {
  return {
    name: 'From',
    value: 'a',
    raw: 'a',
    range: { start, end: start + 7 },
    toSource: ({ start, end }) => ({ start, end }),
  }
}

const mailAt = (start: number) => aMessageOf([['text', 'Hello']], { headers: [headerAt(start)] })

function draftAt(start: number) {
  const draft = aMessageOf([['text', 'Hello']])
  const texts = draft.texts.map((part) => ({ ...part, toSource: () => ({ start, end: start + 5 }) }))
  return { ...draft, texts }
}

describe('sourceRange', () => {
  it.each([
    ['a mail', [mailAt(0)], 0, 500, { start: 0, end: 500 }],
    ['a mail behind an envelope line', [mailAt(40)], 0, 500, { start: 0, end: 500 }],
    ['the first of a mailbox', [mailAt(40), mailAt(240)], 0, 500, { start: 40, end: 240 }],
    ['the last of a mailbox', [mailAt(40), mailAt(240)], 1, 500, { start: 240, end: 500 }],
    ['a record of a table', [draftAt(10), draftAt(300)], 1, 500, { start: 0, end: 500 }],
    [
      'a record far into a large table',
      [draftAt(10), draftAt(900 * kilobyte)],
      1,
      2000 * kilobyte,
      { start: 836 * kilobyte, end: 2000 * kilobyte },
    ],
  ])('of %s', (_, messages, ordinal, inputBytes, expected) => {
    expect(sourceRange(messages, ordinal, inputBytes, 1000 * kilobyte)).toEqual(expected)
  })
})
