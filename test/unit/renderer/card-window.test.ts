import { describe, expect, test } from 'vitest'
import { firstCards, grown, stepOfCards, windowAround } from '../../../src-renderer/src/features/review/card-window.ts'

const count = 1000
const first = firstCards(count)

test('a short list is built whole', () => {
  expect(firstCards(7)).toEqual({ start: 0, end: 7 })
  expect(windowAround(firstCards(7), 6, 7)).toEqual({ start: 0, end: 7 })
})

describe('the card that is chosen', () => {
  test.each([
    ['is there already', 40, first],
    ['is none', -1, first],
    ['stands right behind', stepOfCards, { start: 0, end: 2 * stepOfCards }],
    ['stands far away', 999, { start: 959, end: 1000 }],
  ])('%s', (_what, at, window) => {
    expect(windowAround(first, at, count)).toEqual(window)
  })

  test('is always built, wherever it stands', () => {
    let window = first
    for (const at of [0, 999, 500, 420, 419, 0, 79, 80, 160, 400]) {
      window = windowAround(window, at, count)
      expect([at, window.start <= at && at < window.end]).toEqual([at, true])
    }
  })
})

test('going on lets go of what is far behind, and comes back to it', () => {
  let window = first
  for (let step = 0; step < 20; step++) window = grown(window, 1, count)
  expect(window).toEqual({ start: count - 3 * stepOfCards, end: count })
  for (let step = 0; step < 20; step++) window = grown(window, -1, count)
  expect(window).toEqual({ start: 0, end: 3 * stepOfCards })
})
