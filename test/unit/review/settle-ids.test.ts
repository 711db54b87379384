import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settleIds } from '../../../src-main/review/settle-ids.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

const ids = (pairs: readonly (readonly [input: string, id: string])[]): string[] =>
  settleIds(pairs.map(([input, id]) => aMessage({ input, id }))).map(({ id }) => id)

describe('settleIds', () => {
  it.each([
    [
      'ids of their own',
      [
        ['a.csv', 'one'],
        ['b.csv', 'two'],
      ],
      ['one', 'two'],
    ],
    [
      'two drafts with one id',
      [
        ['a.csv', 'one'],
        ['b.csv', 'one'],
      ],
      ['a.csv#one', 'b.csv#one'],
    ],
    [
      'two in the same file',
      [
        ['a.csv', 'one'],
        ['a.csv', 'one'],
      ],
      ['a.csv#one', 'a.csv#one:2'],
    ],
    [
      'a draft called like a file',
      [
        ['a.eml', 'a.eml'],
        ['b.csv', 'a.eml'],
      ],
      ['a.eml', 'b.csv#a.eml'],
    ],
    [
      'numbered members of a container',
      [
        ['x.mbox', 'x.mbox#1'],
        ['x.mbox', 'x.mbox#2'],
      ],
      ['x.mbox#1', 'x.mbox#2'],
    ],
    [
      'a draft that takes a settled name',
      [
        ['a.csv', 'one'],
        ['b.csv', 'one'],
        ['c.csv', 'a.csv#one'],
      ],
      ['a.csv#one:2', 'b.csv#one', 'a.csv#one'],
    ],
  ] as const)('%s', (_, pairs, expected) => {
    expect(ids(pairs)).toEqual(expected)
  })

  it('never leaves two messages with one id', () => {
    const name = fc.constantFrom('a', 'b', 'a#b', 'a#a', 'a#1', 'b#a', 'a#b:2')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 12 }), (pairs) => {
        const settled = ids(pairs)
        expect(new Set(settled).size).toBe(settled.length)
      }),
    )
  })

  it('lets findings that refer to their own message follow', () => {
    const related = [{ message: 'the same offer', id: 'one', span: null }]
    const [first] = settleIds([
      aMessage({ input: 'a.csv', id: 'one', findings: [aFinding({ related })] }),
      aMessage({ input: 'b.csv', id: 'one' }),
    ])
    expect(first?.findings[0]?.related[0]?.id).toBe('a.csv#one')
  })

  it('keeps the facts of one draft apart from those of its namesake', () => {
    const findings = [aFinding({ group: 'g'.repeat(16), number: 1 }), aFinding({ group: 'g'.repeat(16), number: 2 })]
    const settled = settleIds([
      aMessage({ input: 'a.csv', id: 'one', findings }),
      aMessage({ input: 'b.csv', id: 'one', findings }),
      aMessage({ input: 'c.csv', id: 'two', findings }),
    ])
    const groups = settled.map((message) => new Set(message.findings.map(({ group }) => group)))
    expect(groups.map(({ size }) => size)).toEqual([1, 1, 1])
    expect(new Set(groups.flatMap((group) => [...group])).size).toBe(3)
    expect(groups[2]).toEqual(new Set(['g'.repeat(16)]))
  })
})
