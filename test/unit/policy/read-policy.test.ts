import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policyDocumentSchema, type PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import { markdownBlocks } from '../../../src-main/policy/markdown-blocks.ts'
import type { KnownPolicy } from '../../../src-main/policy/match-clauses.ts'
import { readPolicy } from '../../../src-main/policy/read-policy.ts'

const markdown = readFileSync(join(import.meta.dirname, '../../fixtures/policies/acceptable-use.md'), 'utf8')
const call = { path: 'acme.md', policy: null, date: null, url: null, basis: 'primary', known: [] } as const

async function read(
  text: string | Uint8Array,
  more: Partial<Parameters<typeof readPolicy>[1]> = {},
): Promise<PolicyDocument> {
  const result = await readPolicy(typeof text === 'string' ? Buffer.from(text) : text, { ...call, ...more })
  if (!result.ok) throw new Error(result.problem.message)
  policyDocumentSchema.parse(result.value.document)
  return result.value.document
}

const document = markdown.slice(markdown.indexOf('Acceptable Use Policy\n==='), markdown.indexOf('* Company'))

/** The same document as a page would hold it. */
const page = `<!doctype html><html><head><title>Acceptable Use Policy | Acme</title><style>p{}</style></head><body>
<header><nav><a href="/">Home</a></nav></header>
<div class="cookie-banner"><p>We use cookies on this site. Accept all, or choose your preferences below, as you like it.</p></div>
<main>${document
  .split(/\n\n+/)
  .map((block) => {
    const text = block
      .replace(/\n=+/, '')
      .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>')
      .replace(/\*\*/g, '')
    if (block.includes('====')) return `<h1>${text}</h1>`
    if (text.startsWith('#')) return `<h4>${text.replace(/^#+ /, '')}</h4>`
    return text.startsWith('•') ? `<ul><li>${text.slice(2)}</li></ul>` : `<p>${text}</p>`
  })
  .join('\n')}</main>
<footer><ul><li><a href="/about">About Acme</a></li></ul><p>© 2024 Acme</p></footer></body></html>`

const plain = document
  .replace(/\n=+/, '')
  .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
  .replace(/\*\*|#### /g, '')

describe('a policy document', () => {
  it.each([
    ['Markdown', markdown, 'acme.md', 'text/markdown'],
    ['a saved page', page, 'acme.html', 'text/html'],
    ['a saved page without a name that says so', page, 'acme', 'text/html'],
    ['plain text', plain, 'acme.txt', 'text/plain'],
  ])('is the same from %s', async (_, text, path, mediaType) => {
    const { title, date, clauses, source } = await read(text, { path })
    expect({ title, date, mediaType: source.mediaType }).toEqual({
      title: 'Acceptable Use Policy',
      date: '2024-03-04',
      mediaType,
    })
    expect(clauses.map(({ id, parent, section, number }) => [id, parent, section, number])).toEqual([
      ['1.1', null, '', '1'],
      ['2.1', null, 'What you may not do', '1'],
      ['2.2', null, 'What you may not do', '2'],
      ['2.2.1', '2.2', 'What you may not do', '2(1)'],
      ['2.2.2', '2.2', 'What you may not do', '2(2)'],
      ['2.2.3', '2.2', 'What you may not do', '2(3)'],
      ['2.3', null, 'What you may not do', '3'],
      ['2.4', null, 'What you may not do', '4'],
      ['3.1', null, 'What you may not send', '1'],
      ['3.1.a', '3.1', 'What you may not send', '1(a)'],
      ['3.1.b', '3.1', 'What you may not send', '1(b)'],
      ['3.1.c', '3.1', 'What you may not send', '1(c)'],
      ['3.2', null, 'What you may not send', '2'],
      ['3.3', null, 'What you may not send', '3'],
    ])
  })

  it('has its sub-clauses without labels and joining words, each in its place', async () => {
    const { clauses } = await read(markdown)
    const parts = clauses.filter(({ parent }) => parent !== null)
    expect(parts.map(({ text }) => text)).toEqual([
      'raffles for money',
      'loans until payday',
      'lists of addresses',
      'health records, including those of animals',
      'numbers such as (i) those of cards or (ii) those of accounts',
      'data of children',
    ])
    for (const { text, span } of clauses.filter(({ id }) => id !== '3.3')) {
      expect(markdown.slice(span.start, span.end)).toBe(text)
    }
  })

  it('says what was cut, and why; nothing else is left out', async () => {
    const { cut, clauses } = await read(markdown)
    expect(cut.map(({ span, why }) => [why, markdown.slice(span.start, span.end).slice(0, 12)])).toEqual([
      ['navigation', '[Skip to mai'],
      ['footer', 'Company\n\n   '],
    ])
    const last = clauses.at(-1)
    expect(markdown.slice(last?.span.start, last?.span.end)).toBe(
      'We may look into how the service is used, and we may close an account that breaks this policy. See our [terms](https://acme.example/terms).',
    )
    expect((await read(page, { path: 'p.html' })).cut.map(({ why }) => why)).toEqual([
      'navigation',
      'cookie notice',
      'footer',
    ])
  })

  it.each([
    ['Updated: September 24, 2021', '2021-09-24', null],
    ['Last updated 24 September 2021', '2021-09-24', null],
    ['Effective as of March 14, 2025 | Posted: March 17, 2025', '2025-03-17', '2025-03-14'],
    ['Effective: 2025-09-29', '2025-09-29', '2025-09-29'],
    ['Last revised: Jan. 2nd, 2023', '2023-01-02', null],
    ['Last updated: January 2023', '2023-01', null],
    ['Updated: February 30, 2023', null, null],
  ])('has the dates that it prints: %s', async (line, date, effective) => {
    const text = markdown.replace('Updated: March 4, 2024', line)
    expect(await read(text)).toMatchObject({ date, effective, version: date ?? 'undated' })
  })

  it('takes its version from its name where it prints none, and says so where that has none', async () => {
    const undated = markdown.replace('Updated: March 4, 2024\n\n', '')
    expect(await read(undated, { path: 'acme/2024-05-28b.md' })).toMatchObject({
      policy: 'acme',
      version: '2024-05-28',
      date: null,
      captured: '2024-05-28',
    })
    expect((await read(undated)).notices).toEqual([
      'The document prints no date, and its name has none: say one with --date.',
    ])
    expect((await read(undated, { date: '2024-01-01' })).version).toBe('2024-01-01')
  })

  it.each([
    [
      'a login page',
      '<html><body><form><input type="password"></form><p>Sign in to Acme</p></body></html>',
      'bad-document',
    ],
    ['an empty file', '', 'empty'],
    ['a PDF file', '%PDF-1.7\n\u0001', 'bad-document'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'unknown-kind'],
    ['a menu', '<nav>'.concat('<li><a href="/a">a page of ours</a>'.repeat(100)), 'bad-document'],
    ['one that is too large', 'a '.repeat(11_000_000), 'too-large'],
  ])('is not %s', async (_, text, code) => {
    expect(
      await readPolicy(Buffer.from(text, 'latin1'), { ...call, path: text.startsWith('<') ? 'x.html' : 'x' }),
    ).toMatchObject({
      ok: false,
      problem: { code },
    })
  })
})

describe('clauses that are known', () => {
  const clause = (id: string, section: string, heading: string, summary: string, parent: string | null = null) => ({
    id,
    parent,
    section,
    heading,
    summary,
  })
  const known: KnownPolicy = {
    id: 'acme-aup',
    title: 'Acme',
    clauses: [
      clause('D1', 'What you may not do', 'Lists', 'No bought or rented lists.'),
      clause('D2', 'What you may not do', 'Trades', 'Some trades are not served.'),
      clause('D2.1', 'What you may not do', 'Raffles', 'Raffles are not served.', 'D2'),
      clause('D2.2', 'What you may not do', 'Loans', 'Payday loans are not served.', 'D2'),
      clause('D2.3', 'What you may not do', 'Addresses', 'Sellers of addresses are not served.', 'D2'),
      clause('D3', 'What you may not do', 'Impersonation', 'Nobody may pretend to be another.'),
      clause('D4', 'What you may not do', 'Help', 'Helping others is a breach too.'),
      clause('S1', 'What you may not send', 'Data', 'Some data must not be kept.'),
      clause('S1.a', 'What you may not send', 'Health', 'Health records.', 'S1'),
      clause('S1.b', 'What you may not send', 'Numbers', 'Numbers of cards and accounts.', 'S1'),
      clause('S1.c', 'What you may not send', 'Children', 'Data of children.', 'S1'),
      clause('S2', 'What you may not send', 'Code', 'No harmful code.'),
      clause('E1', 'Enforcement', 'Closing', 'Accounts that break the policy can be closed.'),
    ],
  }

  it('give the document its ids', async () => {
    const { policy, clauses, notices } = await read(markdown, { known: [known] })
    expect(policy).toBe('acme-aup')
    expect(clauses.map(({ id }) => id)).toEqual([
      '1.1',
      'D1',
      'D2',
      'D2.1',
      'D2.2',
      'D2.3',
      'D3',
      'D4',
      'S1',
      'S1.a',
      'S1.b',
      'S1.c',
      'S2',
      'E1',
    ])
    for (const { match, id } of clauses.slice(1)) {
      expect(match?.to).toBe(`acme-aup:${id}`)
      expect(match?.confidence).toBeGreaterThan(0.4)
    }
    expect(notices).toEqual(['Clauses that no known clause matches, so no rule serves them: 1.'])
  })

  it('keep their ids when one is put between them, which has none', async () => {
    const more = markdown.replace(
      '• Pretend',
      '• Send more than a thousand mails in one minute through the service;\n\n• Pretend',
    )
    const { clauses } = await read(more, { known: [known] })
    const tops = clauses.filter(({ parent, section }) => parent === null && section === 'What you may not do')
    expect(tops.map(({ id, match }) => [id, match === null])).toEqual([
      ['D1', false],
      ['D2', false],
      ['2.3', true],
      ['D3', false],
      ['D4', false],
    ])
  })

  it('are not found in the policy of somebody else', async () => {
    const other = markdown
      .replace('What you may not do', 'Our values')
      .replace('What you may not send', 'Rules of the house')
    expect((await read(other, { known: [known] })).policy).toBe('acceptable-use-policy')
  })
})

describe('a long Markdown file', () => {
  it('is cut for the parser where that changes nothing', () => {
    const part = (index: number): string =>
      `## Part ${String(index)}\n\nWords *of* the [part](https://acme.example/${String(index)}) of the house.\n\n* one item\n\n  that goes on\n  * within\n* two\n\nCapitals\n========\n\n${'More of it. '.repeat(40)}\n\n1. first\n2. second\n`
    const parts = Array.from({ length: 20 }, (_, index) => part(index))
    const whole = markdownBlocks(parts.join('\n'))
    let offset = 0
    const single = parts.flatMap((text) => {
      const blocks = markdownBlocks(text).map(({ kind, level, text: shown, number, span }) => ({
        ...{ kind, level, shown, number },
        ...{ start: span.start + offset, end: span.end + offset },
      }))
      offset += text.length + 1
      return blocks
    })
    expect(
      whole.map(({ kind, level, text, number, span }) => ({
        ...{ kind, level, shown: text, number },
        ...{ start: span.start, end: span.end },
      })),
    ).toEqual(single)
  })
})
