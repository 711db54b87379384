import { expect, test } from 'vitest'
import { clauseTree, flatten } from '../../../src-renderer/src/features/clauses/clause-tree.ts'

const clause = (number: string, parent: string | null, section: string, heading: string) => ({
  id: `test:${number}`,
  number,
  parent: parent === null ? null : `test:${parent}`,
  section,
  heading,
  rules: 0,
  counts: { error: 0, warning: 0, info: 0 },
})

const tree = {
  policy: 'test',
  title: 'Policy',
  version: '1',
  basis: 'primary' as const,
  clauses: [
    clause('C1', null, 'Conduct', 'Hate'),
    clause('C3', null, 'Conduct', 'Industries'),
    clause('C3.9', 'C3', 'Conduct', 'Gambling'),
    clause('P7', null, 'Content', 'Spam'),
  ],
}

const lines = (filter: string, closed: readonly string[] = []) =>
  flatten(clauseTree(tree, filter), new Set(closed)).map(({ node, level }) => `${level} ${node.id}`)

test('policy, sections, clauses, sub-clauses', () => {
  expect(lines('')).toEqual([
    '1 policy test',
    '2 section Conduct',
    '3 test:C1',
    '3 test:C3',
    '4 test:C3.9',
    '2 section Content',
    '3 test:P7',
  ])
})

test.each([
  ['gambling', ['1 policy test', '2 section Conduct', '3 test:C3', '4 test:C3.9']],
  ['p7', ['1 policy test', '2 section Content', '3 test:P7']],
  ['nowhere', []],
])('the filter “%s” keeps what stands above a hit', (filter, expected) => {
  expect(lines(filter)).toEqual(expected)
})

test('closed nodes hide what is in them', () => {
  expect(lines('', ['test:C3', 'section Content'])).toEqual([
    '1 policy test',
    '2 section Conduct',
    '3 test:C1',
    '3 test:C3',
    '2 section Content',
  ])
})
