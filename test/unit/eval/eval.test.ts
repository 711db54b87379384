import { describe, expect, it } from 'vitest'
import { unlabelled } from '../../eval/labelled.ts'
import { wilson } from '../../eval/wilson.ts'

describe('unlabelled', () => {
  it.each([
    ['no label', 'no label', []],
    ['a {{b c}} d', 'a b c d', [{ start: 2, end: 5 }]],
    [
      '{{a}}{{b}}',
      'ab',
      [
        { start: 0, end: 1 },
        { start: 1, end: 2 },
      ],
    ],
    ['an {{open one', 'an open one', []],
  ])('%s', (text, plain, spans) => {
    expect(unlabelled(text)).toEqual({ text: plain, spans })
  })
})

describe('wilson', () => {
  it.each([
    [0, 10, 0, 0, 0.278],
    [5, 10, 0.5, 0.237, 0.763],
    [10, 10, 1, 0.722, 1],
  ])('%i of %i', (hits, count, share, low, high) => {
    const found = wilson(hits, count)
    expect(found?.share).toBe(share)
    expect(found?.low).toBeCloseTo(low, 3)
    expect(found?.high).toBeCloseTo(high, 3)
  })

  it('knows nothing of nothing', () => {
    expect(wilson(0, 0)).toBeNull()
  })
})
