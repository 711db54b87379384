import { describe, expect, it } from 'vitest'
import { readPolicy, type ReadPolicy } from '../../../src-main/policy/read-policy.ts'
import { pdfOf } from '../../support/pdf.ts'

async function read(bytes: Uint8Array, path: string): Promise<ReadPolicy> {
  const result = await readPolicy(bytes, { path, policy: null, date: null, url: null, basis: 'primary', known: [] })
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

const lead =
  'These rules hold for every account, and for everybody who sends a message with it to anybody else at any time. They are read together with the terms of the house, and go before them where both say something of one thing.'
const clausesOf = async (text: string, path: string): Promise<readonly (readonly string[])[]> =>
  (await read(Buffer.from(text), path)).document.clauses.map(({ id, text: says }) => [id, says])

describe('the structure of a document', () => {
  it.each([
    [
      'letters and Roman figures below a number',
      'p.txt',
      `1. DUTIES\n\n1.1 ${lead}\n\n1.2 Customer must:\n    (a) ask first;\n    (b) keep on file\n        (i) the date; and\n        (ii) the words; and\n    (c) heed every refusal.\n\n1.3 Nobody else may.`,
      [
        ['1.1', lead],
        ['1.2', 'Customer must:'],
        ['1.2.a', 'ask first;'],
        ['1.2.b', 'keep on file'],
        ['1.2.b.i', 'the date; and'],
        ['1.2.b.ii', 'the words; and'],
        ['1.2.c', 'heed every refusal.'],
        ['1.3', 'Nobody else may.'],
      ],
    ],
    [
      'numbers that begin anew in each section',
      'p.md',
      `# Regeln\n\n## § 1 Geltung\n\n(1) ${lead}\n\n(2) Sie gilt auch für Beauftragte.\n\n## § 2 Pflichten\n\n(1) Wer sendet, fragt vorher.\n\n(2) Wer gefragt wird, darf ablehnen.\n\n(3) Niemand drängt.`,
      [
        ['1.1', lead],
        ['1.2', 'Sie gilt auch für Beauftragte.'],
        ['2.1', 'Wer sendet, fragt vorher.'],
        ['2.2', 'Wer gefragt wird, darf ablehnen.'],
        ['2.3', 'Niemand drängt.'],
      ],
    ],
    [
      'a preamble before sections with numbers',
      'p.md',
      `# Rules\n\n${lead}\n\n## 1. Duties\n\nSenders ask.\n\nReaders answer.`,
      [
        ['0.1', lead],
        ['1.1', 'Senders ask.'],
        ['1.2', 'Readers answer.'],
      ],
    ],
    [
      'figures and references at the beginning of a line',
      'p.txt',
      `House Rules\n\n1. Acme tells its customers of every change to these rules by mail at least thirty\n(30) days before it takes effect. What happens to those who object is told in Section\n2. Customers may object within ten days.\n\n2. Customers who object leave.\n\n3. ${lead.slice(0, 78)}\n${lead.slice(79)}`,
      [
        [
          '1',
          'Acme tells its customers of every change to these rules by mail at least thirty (30) days before it takes effect. What happens to those who object is told in Section 2. Customers may object within ten days.',
        ],
        ['2', 'Customers who object leave.'],
        ['3', lead],
      ],
    ],
    [
      'terms and what is said of them',
      'p.html',
      `<h1>Rules</h1><p>${lead}</p><dl><dt>Message</dt><dd>any <b>mail</b> or text;</dd><div><dt>Reader</dt><dd>who gets one.</dd></div><dt>Duties</dt><dd><p>Ask first.</p><p>Then write.</p></dd></dl>`,
      [
        ['1.1', lead],
        ['1.2', 'Message any mail or text;'],
        ['1.3', 'Reader who gets one.'],
        ['1.4', 'Duties'],
        ['1.5', 'Ask first.'],
        ['1.6', 'Then write.'],
      ],
    ],
    [
      'lists between semicolons behind a heading in the line, and none in a sentence',
      'p.md',
      `# Rules\n\n${lead}\n\n- Spam. Sending without consent; using bought lists; hiding the sender.\n- See https://acme.example/a;b;c for more.\n- We may act; we need not; and we owe no reasons.`,
      [
        ['1.1', lead],
        ['1.2', 'Spam. Sending without consent; using bought lists; hiding the sender.'],
        ['1.2.1', 'Sending without consent'],
        ['1.2.2', 'using bought lists'],
        ['1.2.3', 'hiding the sender'],
        ['1.3', 'See https://acme.example/a;b;c for more.'],
        ['1.4', 'We may act; we need not; and we owe no reasons.'],
      ],
    ],
    [
      'panels that open on a click',
      'p.html',
      `<h1>Rules</h1><p>${lead}</p><h3><button aria-expanded="false">Duties</button></h3><div class="accordion-panel" hidden><p>Ask first.</p></div><div hidden>Loading…</div><h3>Rights</h3><div role="region" style="display:none"><p>Say no.</p></div>`,
      [
        ['1.1', lead],
        ['2.1', 'Ask first.'],
        ['3.1', 'Say no.'],
      ],
    ],
  ])('%s', async (_, path, text, expected) => {
    expect(await clausesOf(text, path)).toEqual(expected)
  })

  it.each([
    ['(c) a clause with a letter is no line of copyright.', 1],
    ['Copyright © 2024 Acme, Inc. All rights reserved.', 0],
    ['(c) 2024 Acme, Inc.', 0],
    ['Copyright infringement is reported to the desk.', 1],
  ])('%s: %i clause', async (line, count) => {
    const clauses = await clausesOf(`# Rules\n\n${lead}\n\nSenders ask.\n\nReaders answer.\n\n${line}`, 'p.md')
    expect(clauses).toHaveLength(3 + count)
  })

  it('has the title and the day of the notes above it, which are no text of it', async () => {
    const { document } = await read(
      Buffer.from(
        `---\ntitle: "Mail rules"\ndate: 2023-11-02\ntags:\n  - legal\n---\n\n## Duties\n\n${lead}\n\nSenders ask.\n\n## Rights\n\nReaders answer.\n`,
      ),
      'p.md',
    )
    expect([document.title, document.date, document.cut.map(({ why }) => why)]).toEqual([
      'Mail rules',
      '2023-11-02',
      ['hidden text'],
    ])
    expect(document.clauses.map(({ section }) => section)).toEqual(['Duties', 'Duties', 'Rights'])
  })

  it('leaves out heads and numbers of pages in a text, and the signs of links to headings', async () => {
    const pages = `Acme        Rules\n\nHouse Rules\n\n${lead.slice(0, 81)}\n\n                         Page 1 of 2\n\fAcme        Rules\n\n${lead.slice(82)}\n\nSenders ask.\n\nReaders answer.\n\n                         Page 2 of 2\n`
    const { document } = await read(Buffer.from(pages), 'p.txt')
    expect(document.title).toBe('House Rules')
    expect(document.clauses.map(({ text }) => text)).toEqual([lead, 'Senders ask.', 'Readers answer.'])
    const page = `<h1>Rules<a class="headerlink" href="#rules">¶</a></h1><p>Updated 1 May 2024 · 4 min read</p><p>${lead}</p><h2>Duties <a href="#d">#</a></h2><p>Ask.</p><p>Wait.</p>`
    const { document: linked } = await read(Buffer.from(page), 'p.html')
    expect([linked.title, linked.clauses.map(({ section }) => section)]).toEqual(['Rules', ['', 'Duties', 'Duties']])
    expect(linked.cut.map(({ text }) => text)).toContain('· 4 min read')
  })
})

describe('a web archive (.mhtml)', () => {
  const page = `<html><head><title>Rules</title></head><body><h1>Hausregeln für Sender</h1><p>Stand: 3. März 2024</p><p>${lead}</p><p>Wer sendet, fragt.</p><p>Wer liest, antwortet.</p></body></html>`
  const body = Buffer.from(page).toString('base64').replace(/.{76}/g, '$&\r\n')
  const archive = (head: string): Buffer =>
    Buffer.from(
      `${head}Date: Tue, 5 Mar 2024 10:11:12 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b--1"\r\n\r\n\r\n--b--1\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://acme.example/regeln\r\n\r\n${body}\r\n--b--1\r\nContent-Type: text/css\r\nContent-Location: cid:css\r\n\r\np { color: red }\r\n--b--1--\r\n`,
    )

  it.each([
    ['From: <Saved by Blink>\r\nSnapshot-Content-Location: https://acme.example/regeln\r\nSubject: Regeln\r\n'],
    ['From: "Saved by Windows Internet Explorer 11"\r\nSubject: Regeln\r\n'],
  ])('is the page in it: %s', async (head) => {
    const { document, text } = await read(archive(head), 'rules.mhtml')
    expect(document).toMatchObject({
      title: 'Hausregeln für Sender',
      date: '2024-03-03',
      captured: '2024-03-05',
      url: 'https://acme.example/regeln',
      source: { mediaType: 'multipart/related' },
    })
    expect(text).toBe(page)
    for (const clause of document.clauses) expect(page.slice(clause.span.start, clause.span.end)).toBe(clause.text)
  })

  it('is none when somebody sent it, and Safari’s is refused', async () => {
    const call = { policy: null, date: null, url: null, basis: 'primary', known: [] } as const
    const mail = await readPolicy(archive('From: a@acme.example\r\nTo: b@acme.example\r\n'), { ...call, path: 'p.eml' })
    expect(mail).toMatchObject({ ok: false, problem: { code: 'unknown-kind' } })
    const safari = await readPolicy(Buffer.from(`bplist00${'\u0001'.repeat(99)}`), { ...call, path: 'p.webarchive' })
    expect(safari.ok ? '' : safari.problem.message).toMatch(/Safari.*\.html/)
  })
})

describe('a printed PDF', () => {
  it('has items whose bullets are drawn, and paragraphs of one line each', async () => {
    const bytes = await pdfOf(({ page, write }) => {
      write('House Rules for those who send', 370, { size: 18 })
      write('These rules hold for every account, and for everybody', 340)
      write('who sends a message with it to anybody else, be it', 326)
      write('once or often, by mail or by text, here or elsewhere.', 312)
      const items = ['lists that were bought or rented from somebody', 'messages to those who have not asked for them']
      for (const [index, item] of [...items, 'goods that are stolen, forged or both of these'].entries()) {
        page.drawCircle({ x: 42, y: 288 - index * 14, size: 2 })
        write(item, 284 - index * 14)
      }
      write('Senders answer within two days, whatever is asked', 228)
      write('Readers need not answer at all, whoever has asked it', 200)
    })
    const { units } = await read(bytes, 'p.pdf')
    expect(units.map(({ kind, text }) => [kind, text.slice(0, 13)])).toEqual([
      ['clause', 'These rules h'],
      ['clause', 'lists that we'],
      ['clause', 'messages to t'],
      ['clause', 'goods that ar'],
      ['clause', 'Senders answe'],
      ['clause', 'Readers need '],
    ])
  })
})
