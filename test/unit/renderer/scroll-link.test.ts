import { describe, expect, test } from 'vitest'
import { createScrollLink, linkedTop, type ScrollPort } from '../../../src-renderer/src/features/review/scroll-link.ts'

function port(
  range: number,
  anchors: Readonly<Record<number, number>> = {},
): ScrollPort & { put: (top: number) => void } {
  let top = 0
  return {
    top: () => top,
    range: () => range,
    scrollTo: (next) => (top = next),
    anchors: () => new Map(Object.entries(anchors).map(([number, at]) => [Number(number), at])),
    put: (next) => (top = next),
  }
}

describe('linkedTop', () => {
  test.each([
    ['the beginning', 0, {}, {}, 0],
    ['the end', 1000, {}, {}, 400],
    ['without marks by share', 500, {}, {}, 200],
    ['a mark that both have', 250, { 1: 250 }, { 1: 100 }, 100],
    ['half way to a mark', 125, { 1: 250 }, { 1: 100 }, 50],
    ['between two marks', 500, { 1: 250, 2: 750 }, { 1: 100, 2: 300 }, 200],
    ['after the last mark', 875, { 1: 750 }, { 1: 300 }, 350],
    ['marks in another order are left out', 500, { 1: 250, 2: 500 }, { 1: 300, 2: 100 }, 333],
    ['a mark that one view lacks', 250, { 1: 250 }, { 2: 100 }, 100],
  ])('%s', (_, top, from, to, expected) => {
    const here = port(1000, from)
    here.put(top)
    expect(linkedTop(here, port(400, to))).toBe(expected)
  })
})

test('what was moved along does not move the first one back', () => {
  const [a, b] = [port(1000), port(400)]
  const link = createScrollLink(() => true)
  link.add(a)
  link.add(b)
  a.put(333)
  link.scrolled(a)
  expect(b.top()).toBe(133)
  link.scrolled(b)
  expect(a.top()).toBe(333)
  b.put(200)
  link.scrolled(b)
  expect(a.top()).toBe(500)
})

test('a view that is alone, hidden or gone is left where it is', () => {
  const [a, b, hidden] = [port(1000), port(400), port(0)]
  let on = false
  const link = createScrollLink(() => on)
  link.add(a)
  const leave = link.add(b)
  link.add(hidden)
  a.put(500)
  link.scrolled(a)
  expect(b.top()).toBe(0)
  on = true
  leave()
  link.scrolled(a)
  expect([b.top(), hidden.top()]).toEqual([0, 0])
})
