import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, wrap } from '../../../src-main/report/lines.ts'

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
  })

  it('lets a long word stand alone', () => {
    expect(wrap('see https://acme.example/a/long/address now', 10)).toEqual([
      'see',
      'https://acme.example/a/long/address',
      'now',
    ])
  })

  it('keeps every word in its order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        (words, width) => {
          const lines = wrap(words.join(' '), width)
          expect(lines.join(' ')).toBe(words.join(' '))
          for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true)
        },
      ),
    )
  })
})

describe('counted', () => {
  it.each([
    [0, '0 messages'],
    [1, '1 message'],
    [1204, '1,204 messages'],
  ])('%d', (count, words) => {
    expect(counted(count, 'message')).toBe(words)
  })
})
