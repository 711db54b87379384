import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyDiffSchema, type PolicyDiff } from '../../../src-main/contract/policy-document.ts'
import { bestAssignment } from '../../../src-main/policy/assignment.ts'
import { unitsOf } from '../../../src-main/policy/clauses.ts'
import { diffPolicies, hasSubstance } from '../../../src-main/policy/diff-policies.ts'
import { markdownBlocks } from '../../../src-main/policy/markdown-blocks.ts'
import { noiseless, retypeset } from '../../../src-main/policy/normalise.ts'
import { dutyChanges, wordChanges } from '../../../src-main/policy/word-changes.ts'

function diff(older: string, newer: string): PolicyDiff {
  const side = (version: string, text: string) => ({ version, units: unitsOf(markdownBlocks(text)) })
  const result = diffPolicies(side('1', older), side('2', newer))
  policyDiffSchema.parse(result)
  return result
}

const clauses = [
  'Senders must have the consent of everybody on their list before the first mail goes out.',
  'Each mail shows an address of the sender in the open, and a way to leave the list with one click.',
  'Texts are sent between nine in the morning and eight in the evening where the reader lives.',
  'Programs, scripts and archives with a password are not attached to any message of a campaign.',
  'Accounts that break these rules may be closed within 30 days after a warning in writing.',
]
const policy = (items: readonly string[], more = '') =>
  `# Rules for senders\n\n## What is asked\n\n${items.map((item) => `* ${item}`).join('\n')}\n\n## What else\n\nQuestions go to the desk that answers mails about these rules.\n${more}`
const original = policy(clauses)

const kinds = ({ changes }: PolicyDiff) => changes.map(({ kind }) => kind)

describe('a change of a policy', () => {
  it('is none between equal texts', () => {
    const same = diff(original, original)
    expect(same.changes).toEqual([])
    expect(same.stats.kept).toBe(6)
  })

  it.each([
    ['quotes', 'a “list” of one’s own', 'a "list" of one\'s own'],
    ['dashes', 'rules — all of them', 'rules – all of them'],
    ['white space', 'all  of them', 'all of\nthem'],
    ['a soft hyphen', 'cam\u00adpaign', 'campaign'],
    ['hyphenation', 'opt-out', 'opt\u2011out'],
    ['an icon word', 'terms open_in_new apply', 'terms apply'],
    ['Unicode forms', 'cafe\u0301 ﬁnder', 'café finder'],
    ['an ellipsis', 'and so on…', 'and so on...'],
  ])('is cosmetic for %s', (_, before, after) => {
    const older = policy([...clauses, `The sender reads this and heeds it: ${before}.`])
    const newer = policy([...clauses, `The sender reads this and heeds it: ${after}.`])
    expect(hasSubstance(diff(older, newer))).toBe(false)
  })

  it.each([
    ['and/or', 'text and picture', 'text or picture'],
    ['a comma', 'shops, cafés and bars', 'shops, cafés, and bars'],
    ['a scope', 'including mails', 'including without limitation mails'],
    ['a number', 'within 30 days', 'within 14 days'],
    ['a capital', 'the service', 'the Service'],
    ['quotes around a term', 'the service', 'the “service”'],
    ['a date', 'from March 1', 'from April 1'],
    ['a link’s target', '[terms](https://a.example/1)', '[terms](https://a.example/2)'],
  ])('is substance for %s', (_, before, after) => {
    const older = policy([...clauses, `The sender reads this and heeds it: ${before}.`])
    const newer = policy([...clauses, `The sender reads this and heeds it: ${after}.`])
    expect(kinds(diff(older, newer))).toEqual(['reworded'])
  })

  it('is an addition or a removal, alone', () => {
    const extra = 'Pictures carry a text for those who do not see them.'
    const added = diff(original, policy([...clauses.slice(0, 2), extra, ...clauses.slice(2)]))
    expect(added.changes).toMatchObject([
      { kind: 'added', old: [], new: [{ clause: '3', heading: 'What is asked', text: extra }] },
    ])
    const removed = diff(original, policy(clauses.slice(1)))
    expect(removed.changes).toMatchObject([{ kind: 'removed', old: [{ clause: '1', text: clauses[0] }], new: [] }])
  })

  it('is a move within a section or to another', () => {
    const [first = '', ...rest] = clauses
    expect(diff(original, policy([...rest, first])).changes).toMatchObject([
      { kind: 'moved', old: [{ text: first }], new: [{ clause: '5' }] },
    ])
    const away = diff(original, policy(rest, `\n* ${first}\n`))
    expect(away.changes).toMatchObject([{ kind: 'moved', new: [{ heading: 'What else' }] }])
    const next = diff(
      original,
      policy(clauses.slice(0, 4)).replace('Questions go', `${clauses[4] ?? ''}\n\nQuestions go`),
    )
    expect(next.changes).toMatchObject([
      { kind: 'moved', old: [{ text: clauses[4] }], new: [{ heading: 'What else' }] },
    ])
  })

  it('is a rewording that says so where the clause was also moved, within its section or to another', () => {
    const [first = '', second = '', ...rest] = clauses
    const changed = second.replace('one click', 'two clicks')
    const within = diff(original, policy([first, ...rest, changed]))
    expect(within.changes).toMatchObject([{ kind: 'reworded', moved: true, new: [{ text: changed }] }])
    const away = diff(original, policy([first, ...rest], `\n* ${changed}\n`))
    expect(away.changes).toMatchObject([{ kind: 'reworded', moved: true, new: [{ heading: 'What else' }] }])
    const much =
      'Each mail shows a postal address of the sender in the open, and an easy way to leave the list at once.'
    const far = diff(original, policy([first, ...rest], `\n* ${much}\n`))
    expect(far.changes).toMatchObject([
      { kind: 'reworded', moved: true, old: [{ text: second }], new: [{ text: much }] },
    ])
    const inPlace = diff(original, policy([first, changed, ...rest]))
    expect(inPlace.changes.map(({ kind, moved }) => [kind, moved])).toEqual([['reworded', undefined]])
  })

  it('is cosmetic for the letters of a list in a sentence, and a split where it becomes a list of its own', () => {
    const list = 'Nobody sends: (a) offers for bets; (b) offers for loans; or (c) offers for weapons of war.'
    const figures = list.replace('(a)', '1)').replace('(b)', '2)').replace('(c)', '3)')
    const older = policy([...clauses, list])
    expect(kinds(diff(older, policy([...clauses, figures])))).toEqual(['cosmetic'])
    const apart = 'Nobody sends:\n  * offers for bets;\n  * offers for loans; or\n  * offers for weapons of war.'
    expect(kinds(diff(older, policy([...clauses, apart])))).toEqual(['split'])
  })

  it('is a split or a merger', () => {
    const [, both = ''] = clauses
    const parts = [
      'Each mail shows an address of the sender in the open.',
      'Each mail has a way to leave the list with one click.',
    ]
    const apart = policy([clauses[0] ?? '', ...parts, ...clauses.slice(2)])
    expect(diff(original, apart).changes).toMatchObject([
      { kind: 'split', old: [{ text: both }], new: parts.map((text) => ({ text })) },
    ])
    expect(diff(apart, original).changes).toMatchObject([
      { kind: 'merged', old: parts.map((text) => ({ text })), new: [{ text: both }] },
    ])
  })

  it('is cosmetic when only numbers shift', () => {
    const numbered = (items: readonly string[]) =>
      `# Rules\n\n${items.map((item, index) => `${String(index + 1)}. ${item}`).join('\n\n')}`
    const dotted = (items: readonly string[]) => numbered(items).replace(/^(\d+)\. /gm, '$1\\. ')
    const { changes } = diff(dotted(clauses), dotted(['Everything below holds for every account.', ...clauses]))
    expect(changes.filter(({ kind }) => kind !== 'cosmetic').map(({ kind }) => kind)).toEqual(['added'])
  })

  it.each([
    ['(a) casinos; (b) bets; and (c) draws', '(a) casinos; (b) bets; (c) draws; and (d) pools', []],
    ['We may act with notice.', 'We may act without notice.', ['→without']],
    ['You may not sell. We will act.', 'You may sell. We will not act.', ['not→', '→not']],
  ])('the “and” of a list moves with its last item, a “not” does not: %s', (older, newer, duty) => {
    expect(dutyChanges(wordChanges(older, newer))).toEqual(duty)
  })

  it('shows the words that changed, and the duty in them', () => {
    const newer = policy(
      clauses.map((text) => text.replace('may be closed within 30 days', 'shall be closed within 14 days')),
    )
    const [change] = diff(original, newer).changes
    expect(change?.words.filter(({ op }) => op !== 'equal')).toEqual([
      { op: 'delete', text: 'may' },
      { op: 'insert', text: 'shall' },
      { op: 'delete', text: '30' },
      { op: 'insert', text: '14' },
    ])
    expect(change?.duty).toEqual(['may→shall', '30→14'])
  })

  it('keeps the spans of both sides', () => {
    const newer = original.replace('one click', 'two clicks')
    const [change] = diff(original, newer).changes
    expect(original.slice(change?.old[0]?.span.start, change?.old[0]?.span.end)).toBe(clauses[1])
    expect(newer.slice(change?.new[0]?.span.start, change?.new[0]?.span.end)).toBe(change?.new[0]?.text)
  })
})

describe('properties', () => {
  const item = fc.array(
    fc.constantFrom('mail', 'list', 'reader', 'must', 'not', 'sender', 'text', 'shop', 'link', 'data', 'terms'),
    { minLength: 5, maxLength: 14 },
  )
  const items = fc.array(
    item.map((words) => `${words.join(' ')}.`),
    { minLength: 1, maxLength: 12 },
  )

  it('every clause of either side is kept or stands in exactly one change', () => {
    fc.assert(
      fc.property(items, items, (older, newer) => {
        const { changes, stats } = diff(policy(older), policy(newer))
        const count = (side: 'old' | 'new') => changes.reduce((sum, change) => sum + change[side].length, 0)
        expect(stats.kept + count('old')).toBe(older.length + 1)
        expect(stats.kept + count('new')).toBe(newer.length + 1)
      }),
    )
  })

  it('words put together are both texts again', () => {
    fc.assert(
      fc.property(items, items, (older, newer) => {
        const [a, b] = [older.join(' '), newer.join(' ')]
        const words = wordChanges(a, b)
        const side = (left: 'delete' | 'insert') =>
          words
            .filter(({ op }) => op !== left)
            .map(({ text }) => text)
            .join('')
        expect(side('insert')).toBe(retypeset(a))
        expect(side('delete')).toBe(retypeset(b))
        expect(dutyChanges(words)).toEqual([...new Set(dutyChanges(words))])
      }),
    )
  })

  it('taking noise out twice is taking it out once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(noiseless(noiseless(text))).toBe(noiseless(text))
      }),
    )
  })

  it('no assignment has a higher sum', () => {
    const matrix = fc.integer({ min: 1, max: 5 }).chain((size) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size }), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    const best = (gains: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number => {
      const [row, ...rest] = gains
      if (row === undefined) return 0
      const without = best(rest, taken)
      return Math.max(
        without,
        ...row.map((gain, column) => (taken.has(column) ? 0 : gain + best(rest, new Set([...taken, column])))),
      )
    }
    fc.assert(
      fc.property(matrix, (gains) => {
        const pairs = bestAssignment(gains)
        const columns = pairs.filter((column) => column !== null)
        expect(new Set(columns).size).toBe(columns.length)
        expect(
          pairs.reduce((sum: number, column, row) => sum + (column === null ? 0 : (gains[row]?.[column] ?? 0)), 0),
        ).toBe(best(gains))
      }),
    )
  })
})
