import { describe, expect, it } from 'vitest'
import type { PolicyCorrection, PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import { withImportedTexts, type KnownPolicy } from '../../../src-main/policy/match-clauses.ts'
import { readPolicy, rereadPolicy, type ReadPolicy } from '../../../src-main/policy/read-policy.ts'

const items = [
  'Lists that were bought or rented must not be uploaded to any account.',
  'Every message names the sender and shows an address in the open.',
  'Text messages go out between nine in the morning and eight in the evening.',
  'Offers must not mislead: (a) no false discounts; (b) no invented reviews; and (c) no hidden fees.',
]
const markdown = (clauses: readonly string[]): string =>
  `# Acme Sending Policy\n\nUpdated: March 4, 2024\n\n## Sending rules\n\n${clauses.map((text) => `* ${text}`).join('\n')}\n\n## House rules\n\n* Be polite to the people at the desk.\n* Pay the invoice within thirty days.\n`
const known: KnownPolicy = {
  id: 'acme',
  title: 'Acme',
  clauses: [
    { id: 'S1', parent: null, section: 'Sending rules', heading: 'Lists', summary: 'No bought lists.' },
    { id: 'S2', parent: null, section: 'Sending rules', heading: 'Sender', summary: 'Who sends is shown.' },
    { id: 'S3', parent: null, section: 'Sending rules', heading: 'Hours', summary: 'Texts by day only.' },
    { id: 'S4', parent: null, section: 'Sending rules', heading: 'Honesty', summary: 'No misleading offers.' },
    { id: 'H1', parent: null, section: 'House rules', heading: 'Manners', summary: 'Be polite.' },
    { id: 'H2', parent: null, section: 'House rules', heading: 'Money', summary: 'Invoices are paid.' },
  ],
}

async function read(text: string, corrections: readonly PolicyCorrection[] = [], policy = known): Promise<ReadPolicy> {
  const result = await readPolicy(Buffer.from(text), {
    path: 'acme.md',
    policy: null,
    date: null,
    url: null,
    basis: 'primary',
    known: [policy],
    corrections: new Map([['acme', corrections]]),
  })
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

const tops = ({ clauses }: PolicyDocument) => clauses.filter(({ parent }) => parent === null).map(({ id }) => id)

describe('corrections of matches', () => {
  it('come first, and hold for the same words and for words that are nearly the same', async () => {
    expect(tops((await read(markdown(items))).document)).toEqual(['S1', 'S2', 'S3', 'S4', 'H1', 'H2'])
    const said = [
      { text: items[0] ?? '', to: 'S2' },
      { text: items[1] ?? '', to: null },
    ]
    const { document, ids, units } = await read(markdown(items), said)
    expect(tops(document)).toEqual(['S2', 'u.2', 'S3', 'S4', 'H1', 'H2'])
    expect(document.clauses[0]?.match).toEqual({ to: 'acme:S2', confidence: 1, byHand: true })
    expect(document.clauses[1]?.match).toBeNull()
    expect(units.flatMap((unit) => ids.get(unit) ?? [])).toEqual(tops(document))
    const later = markdown([(items[0] ?? '').replace('any account', 'an account'), ...items.slice(1)])
    expect(tops((await read(later, said)).document)[0]).toBe('S2')
  })

  it('take the clauses within along', async () => {
    const { document } = await read(markdown(items), [{ text: items[3] ?? '', to: 'S9' }])
    expect(document.clauses.filter(({ parent }) => parent === 'S9').map(({ number }) => number)).toEqual([
      '4(a)',
      '4(b)',
      '4(c)',
    ])
  })
})

describe('the words of an imported version', () => {
  it('find a clause again that stands elsewhere', async () => {
    const [first = '', second = '', ...rest] = items
    const { document } = await read(markdown(items))
    const moved = markdown([...rest, second, first])
    const matched = (await read(moved, [], withImportedTexts(known, document))).document
    expect(tops(matched)).toEqual(['S3', 'S4', 'S2', 'S1', 'H1', 'H2'])
  })
})

describe('the ids of clauses', () => {
  it('are the same when a version is read again from what was kept', async () => {
    const bytes = Buffer.from(markdown(items))
    const first = await read(markdown(items))
    const again = await rereadPolicy(first.document, bytes)
    if (!again.ok) throw new Error(again.problem.message)
    expect([...again.value.ids.values()]).toEqual([...first.ids.values()])
  })
})
