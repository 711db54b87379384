import { expect, test } from 'vitest'
import { clauseTree, flatten, type TreeNode } from '../../../src-renderer/src/features/clauses/clause-tree.ts'

const clause = (number: string, parent: string | null, section: string, heading: string) => ({
  id: `test:${number}`,
  number,
  parent: parent === null ? null : `test:${parent}`,
  section,
  heading,
  rules: 0,
  counts: { error: 0, warning: 0, info: 0 },
})

const pack = {
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

const version = (name: string) => ({
  version: name,
  title: null,
  basis: 'primary' as const,
  date: null,
  effective: null,
  captured: null,
  importedAt: '2026-11-23T10:00:00Z',
  file: 'a.md',
  mediaType: 'text/markdown',
  sha256: name,
  clauses: 1,
  unmatched: 1,
  notices: [],
})
const imported = [
  { policy: 'test', title: 'Policy', hasPack: true, versions: [version('0'), version('1')] },
  { policy: 'other', title: null, hasPack: false, versions: [version('2024')] },
]
const texts = new Map([
  [
    'other@2024',
    [
      {
        id: '1.1',
        parent: null,
        section: '',
        number: '1',
        text: 'No gambling at all.',
        to: null,
        confidence: null,
        byHand: false,
      },
    ],
  ],
])

const lines = (
  filter: string,
  { closed = [], parts = {} }: { closed?: readonly string[]; parts?: Partial<Parameters<typeof clauseTree>[0]> } = {},
) =>
  flatten(
    clauseTree({ pack, imported: [], texts: new Map(), ...parts }, filter),
    (node: TreeNode) => !closed.includes(node.id),
  ).map(({ node, level }) => `${String(level)} ${node.id}`)

const conduct = 'section version test@1 Conduct'
const content = 'section version test@1 Content'

test('policy, version, sections, clauses, sub-clauses', () => {
  expect(lines('')).toEqual([
    '1 policy test',
    '2 version test@1',
    `3 ${conduct}`,
    '4 test:C1',
    '4 test:C3',
    '5 test:C3.9',
    `3 ${content}`,
    '4 test:P7',
  ])
})

test.each([
  ['gambling', ['1 policy test', '2 version test@1', `3 ${conduct}`, '4 test:C3', '5 test:C3.9']],
  ['p7', ['1 policy test', '2 version test@1', `3 ${content}`, '4 test:P7']],
  ['nowhere', []],
])('the filter “%s” keeps what stands above a hit', (filter, expected) => {
  expect(lines(filter)).toEqual(expected)
})

test('closed nodes hide what is in them', () => {
  expect(lines('', { closed: ['test:C3', content] })).toEqual([
    '1 policy test',
    '2 version test@1',
    `3 ${conduct}`,
    '4 test:C1',
    '4 test:C3',
    `3 ${content}`,
  ])
})

test('imported versions stand beside the pack’s, the newest first; the pack’s own only once', () => {
  const closed = ['version test@1', 'version test@0']
  expect(lines('', { closed, parts: { imported, texts } })).toEqual([
    '1 policy test',
    '2 version test@1',
    '2 version test@0',
    '1 policy other',
    '2 version other@2024',
    '3 other@2024:1.1',
  ])
  const nodes = clauseTree({ pack, imported, texts }, '')
  expect(flatten(nodes, () => false).map(({ canOpen }) => canOpen)).toEqual([true, true])
  expect(lines('gambling', { closed, parts: { imported, texts } })).toEqual([
    '1 policy test',
    '2 version test@1',
    '1 policy other',
    '2 version other@2024',
    '3 other@2024:1.1',
  ])
})
