import { describe, expect, test } from 'vitest'
import {
  clauseOfPermalink,
  clauseRefText,
  parseClauseRef,
  permalink,
} from '../../../src-renderer/src/features/clauses/clause-ref.ts'
import { clauseText } from '../../../src-renderer/src/features/clauses/clause-text.ts'
import { lineageLayout } from '../../../src-renderer/src/features/clauses/lineage-layout.ts'
import {
  changeOf,
  changePlace,
  shownChanges,
  sideWords,
  type Change,
} from '../../../src-renderer/src/features/clauses/redline-rows.ts'

describe('names of clauses', () => {
  test.each([
    ['klaviyo-aup:C3.9', { policy: 'klaviyo-aup', version: null, clause: 'C3.9' }],
    ['acme@2024-05-28.2:2.1', { policy: 'acme', version: '2024-05-28.2', clause: '2.1' }],
    ['acme@2024:1.5(a):b', { policy: 'acme', version: '2024', clause: '1.5(a):b' }],
    ['acme', null],
    ['acme@2024', null],
    [':C1', null],
    ['acme:', null],
  ])('%s', (written, ref) => {
    expect(parseClauseRef(written)).toEqual(ref)
    if (ref !== null) expect(clauseRefText(ref)).toBe(written)
    if (ref !== null) expect(clauseOfPermalink(` ${permalink(ref)}\n`)).toBe(written)
  })

  test.each(['', 'gambling', 'clausebench:', 'clausebench:nothing', 'https://acme.example/#C3'])(
    '“%s” is no permalink',
    (text) => expect(clauseOfPermalink(text)).toBeNull(),
  )
})

const at = (number: string, heading: string | null = 'Conduct') => ({ number, heading, clause: `1.${number}` })
const change = (kind: Change['kind'], old: Change['old'], news: Change['new']): Change => ({
  kind,
  old,
  new: news,
  words: [
    { op: 'equal', text: 'You ' },
    { op: 'delete', text: 'may' },
    { op: 'insert', text: 'must' },
  ],
  duty: [],
})
const changes = [
  change('reworded', [at('1')], [at('1')]),
  change('cosmetic', [at('2')], [at('2')]),
  change('moved', [at('3')], [at('4', 'Content')]),
  change('removed', [at('5')], []),
]

describe('a redline', () => {
  test('hides what is typography, and says how much', () => {
    expect(shownChanges(changes, true)).toMatchObject({ hidden: 1, shown: [{}, {}, {}] })
    expect(shownChanges(changes, false)).toMatchObject({ hidden: 0 })
  })

  test('says where a change stands', () => {
    expect(changes.map(changePlace)).toEqual(['Conduct 1', 'Conduct 2', 'Conduct 3 → Content 4', 'Conduct 5'])
  })

  test('shows each side its own words', () => {
    const words = changes[0]?.words ?? []
    expect(sideWords(words, 'older').map(({ text }) => text)).toEqual(['You ', 'may'])
    expect(sideWords(words, 'newer').map(({ text }) => text)).toEqual(['You ', 'must'])
  })

  test('begins at the clause a person came from', () => {
    expect([null, '1.3', '1.5', '1.3.b', 'nowhere'].map((clause) => changeOf(changes, clause))).toEqual([0, 2, 3, 2, 0])
  })
})

test('a lineage stands in columns from where it begins', () => {
  const node = (version: string, clause: string) => ({ version, clause, number: clause, section: '', text: '' })
  const layout = lineageLayout({
    versions: ['1', '2', '3'],
    nodes: [node('2', 'a'), node('3', 'a'), node('3', 'b')],
    edges: [
      { kind: 'split', from: { version: '2', clause: 'a' }, to: { version: '3', clause: 'a' } },
      { kind: 'split', from: { version: '2', clause: 'a' }, to: { version: '3', clause: 'b' } },
    ],
    removedIn: null,
  })
  expect(layout.columns).toEqual(['2', '3'])
  expect(layout.rows).toBe(2)
  expect(layout.nodes.map(({ column, row }) => [column, row])).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
  ])
  expect(layout.edges).toHaveLength(2)
})

test('a copy without the policy’s words says whose words these are', () => {
  const page = { number: 'C3', heading: 'Industries', summary: 'No gambling.' }
  // What a copy takes of a page.
  const copied = clauseText(page as Parameters<typeof clauseText>[0], null, 'Our summary.', 'clausebench:a:C3')
  expect(copied).toBe('C3 Industries\nNo gambling.\n(Our summary.)\nclausebench:a:C3')
})
