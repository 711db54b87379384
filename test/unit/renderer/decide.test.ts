import { describe, expect, test } from 'vitest'
import { nextOpen } from '../../../src-renderer/src/features/decide/next-open.ts'
import { placeInSections, placeOfQuote } from '../../../src-renderer/src/features/decide/selection.ts'
import { groupFindings } from '../../../src-renderer/src/features/review/groups.ts'
import { standing } from '../../../src-renderer/src/features/review/standing.ts'
import { aFinding } from '../../support/report-parts.ts'

const groups = groupFindings(['a', 'b', 'c'].map((group, index) => aFinding({ group, number: index + 1 })))

test.each([
  ['the one after it', 'a', ['b', 'c'], 'b'],
  ['past what is decided', 'a', ['c'], 'c'],
  ['around the end', 'c', ['b'], 'b'],
  ['none is left', 'a', [], undefined],
  ['never itself', 'a', ['a'], undefined],
])('the next open group: %s', (_, from, open, expected) => {
  expect(nextOpen(groups, from, (id) => open.includes(id))?.id).toBe(expected)
})

const sections = [
  { part: 'subject', text: 'Free spins', marks: [] },
  { part: 'html', text: 'Take free spins. And\nmore free spins.', marks: [] },
]
const heading = (part: string) => `# ${part}`

describe('a selection', () => {
  test.each([
    ['within a section', 'more', { part: 'html', start: 21, end: 25, text: 'more' }],
    ['in the heading', '# html', null],
  ])('in the Text view: %s', (_, words, expected) => {
    const joined = '# subject\nFree spins\n\n# html\nTake free spins. And\nmore free spins.'
    const start = joined.indexOf(words)
    expect(placeInSections(sections, heading, { start, end: start + words.length })).toEqual(expected)
  })

  test.each([
    ['the first', { words: 'free spins', before: 0 }, 5],
    ['the second', { words: 'free spins', before: 1 }, 26],
    ['over a line break', { words: 'And more', before: 0 }, 17],
    ['words of the subject alone', { words: 'Free spins', before: 0 }, 0],
    ['nowhere', { words: 'gift', before: 0 }, undefined],
  ])('in the rendered message: %s', (_, quote, expected) => {
    expect(placeOfQuote(sections, quote)?.start).toBe(expected)
  })
})

describe('how people left a message', () => {
  const nothing = { error: 0, warning: 0, info: 0 }
  const one = { ...nothing, error: 1 }
  const untouched = { open: nothing, decided: 1, asked: 0, comments: 0, outcome: null, changedSinceSigned: false }
  test.each([
    ['nobody looked at it', null, one, null],
    ['an error is open', { ...untouched, open: one }, one, null],
    ['all is decided', untouched, one, 'decided'],
    ['there was nothing to decide', untouched, nothing, null],
    ['somebody is asked', { ...untouched, asked: 1 }, one, 'waiting'],
    ['it is held, and somebody is asked', { ...untouched, asked: 1, outcome: 'held' as const }, one, 'held'],
    ['it was signed and changed', { ...untouched, changedSinceSigned: true }, one, 'changed'],
  ])('%s', (_, review, counts, expected) => {
    expect(standing({ review, counts })).toBe(expected)
  })
})
