import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPolicy, type ReadPolicy } from '../../../src-main/policy/read-policy.ts'

async function read(bytes: Uint8Array, path: string): Promise<ReadPolicy> {
  const result = await readPolicy(bytes, { path, policy: null, date: null, url: null, basis: 'primary', known: [] })
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

const lead =
  'These rules hold for every account, and for everybody who sends a message with it to anybody else at any time. They are read together with the terms of the house, and go before them where both say something of one thing.'
const word = fc.constantFrom(
  'sender',
  'list',
  'café',
  'A&B',
  '“term”',
  'must',
  'not',
  '3.5',
  'e-mail',
  'naïve',
  '👍🏽',
  'x<y',
)
const sentence = fc.array(word, { minLength: 4, maxLength: 14 }).map((words) => `Rule ${words.join(' ')}.`)
const rules = fc.array(sentence, { minLength: 3, maxLength: 12 })
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** What a slice of a page says without its markup. */
const shown = (markup: string): string =>
  plain(
    markup
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&nbsp;', ' ')
      .replaceAll('&amp;', '&'),
  )

function expectPlaces({ document, text }: ReadPolicy, says: (slice: string) => string): void {
  for (const clause of document.clauses) {
    expect(says(text.slice(clause.span.start, clause.span.end))).toBe(clause.text)
    for (const link of clause.links ?? []) expect(says(text.slice(link.span.start, link.span.end))).toBe(link.text)
  }
  for (const { term, span } of document.terms ?? []) expect(says(text.slice(span.start, span.end))).toBe(term)
  const starts = document.clauses.filter(({ parent }) => parent === null).map(({ span }) => span.start)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
}

describe('the places of clauses', () => {
  it('are those of their words in a page', async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (texts) => {
        const items = texts.map(
          (text) =>
            `<li><b>${escaped(text.slice(0, 6))}</b>${escaped(text.slice(6)).replaceAll(' ', '&nbsp;\n ')}</li>`,
        )
        const page = `<h1>House Rules</h1><p>${lead} (the “Rules”)</p><ul>${items.join('')}</ul>`
        const whole = `<nav><a href="/">Home &amp; more</a></nav>${page}<footer>© 2024 Acme &amp; Sons</footer>`
        const policy = await read(Buffer.from(whole), 'p.html')
        expectPlaces(policy, shown)
        expect(policy.document.cut.map(({ span }) => shown(whole.slice(span.start, span.end)))).toEqual([
          'Home & more',
          '© 2024 Acme & Sons',
        ])
      }),
      { numRuns: 40 },
    )
  })

  it('are those of their words in a text', async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (texts) => {
        const text = `House Rules\n\n${lead}\n\n${texts.map((one) => `• ${one.replace(' ', '\n  ')}`).join('\n\n')}\n`
        expectPlaces(await read(Buffer.from(text), 'p.txt'), plain)
      }),
      { numRuns: 40 },
    )
  })

  it('are those of their words in Markdown', async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (texts) => {
        const items = texts.map(
          (text) => `* **${text.slice(0, 4)}**${text.slice(4).replaceAll('&', '&amp;').replaceAll('<', '\\<')}`,
        )
        const markdown = `# House Rules\n\n${lead}\n\n${items.join('\n')}\n\nSee our [terms of use](https://acme.example/terms) for more.\n`
        const says = (slice: string): string =>
          plain(slice.replace(/\*\*|\\|\[|\]\([^)]*\)/g, '').replaceAll('&amp;', '&'))
        expectPlaces(await read(Buffer.from(markdown), 'p.md'), says)
      }),
      { numRuns: 40 },
    )
  })

  it('are those of their words in what is read of a Word document, numbers of lists and rows of tables included', async () => {
    const clause = (text: string): Paragraph => new Paragraph({ text, numbering: { reference: 'rules', level: 0 } })
    const within = (text: string): Paragraph => new Paragraph({ text, numbering: { reference: 'rules', level: 1 } })
    const cell = (text: string): TableCell => new TableCell({ children: [new Paragraph(text)] })
    const bytes = await Packer.toBuffer(
      new Document({
        numbering: {
          config: [
            {
              reference: 'rules',
              levels: [
                { level: 0, format: 'decimal', text: '%1.' },
                { level: 1, format: 'lowerLetter', text: '(%2)' },
              ],
            },
          ],
        },
        sections: [
          {
            children: [
              new Paragraph({ text: 'House Rules', heading: HeadingLevel.TITLE }),
              new Paragraph(lead),
              new Paragraph({ text: 'What is asked', heading: HeadingLevel.HEADING_1 }),
              clause('Senders ask before they write to anybody.'),
              clause('Nobody sends any of the following:'),
              within('raffles for money'),
              within('loans until payday'),
              clause('Complaints are answered within a week.'),
              new Paragraph({ text: 'What it costs', heading: HeadingLevel.HEADING_1 }),
              new Table({
                rows: [
                  ['Deed', 'Price'],
                  ['A late answer', 'Ten euros'],
                ].map((row) => new TableRow({ children: row.map(cell) })),
              }),
            ],
          },
        ],
      }),
    )
    const policy = await read(bytes, 'rules.docx')
    expectPlaces(policy, plain)
    expect(policy.document.title).toBe('House Rules')
    expect(policy.document.clauses.map(({ id, parent, number, text }) => [id, parent, number, text]).slice(1)).toEqual([
      ['1', null, '1', 'Senders ask before they write to anybody.'],
      ['2', null, '2', 'Nobody sends any of the following:'],
      ['2.a', '2', '2(a)', 'raffles for money'],
      ['2.b', '2', '2(b)', 'loans until payday'],
      ['3', null, '3', 'Complaints are answered within a week.'],
      ['3.1', null, '1', 'Deed Price'],
      ['3.2', null, '2', 'A late answer Ten euros'],
    ])
  })
})
