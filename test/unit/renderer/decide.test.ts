import { describe, expect, test } from 'vitest'
import { nextOpen } from '../../../src-renderer/src/features/decide/next-open.ts'
import { placeInSections, placeOfQuote } from '../../../src-renderer/src/features/decide/selection.ts'
import { groupFindings } from '../../../src-renderer/src/features/review/groups.ts'
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
