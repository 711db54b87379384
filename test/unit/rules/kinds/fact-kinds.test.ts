import { describe, expect, it } from 'vitest'
import { judge } from '../../../../src-main/rules/judge.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { asOf, compiled, judged, marks, messageOf, rule, type MessageParts } from '../pack-fixture.ts'

const values = {
  'values/shorteners.yaml': 'title: s\nvalues:\n  - bit.ly\n  - { value: old.ly, until: "2020-01-01" }\n',
  'values/click-trackers.yaml': 'title: t\nvalues: [click.tracker.com]\n',
}
const anchor = (href: string, text: string): string => `<p>Hello <a href="${href}">${text}</a></p>`

describe('link', () => {
  it.each<[string, string, boolean]>([
    ['mismatch', anchor('https://evil.com/x', 'https://www.bank.com'), true],
    ['mismatch', anchor('https://www.bank.com/x', 'bank.com'), false],
    ['mismatch', anchor('https://click.tracker.com/x', 'www.bank.com'), false],
    ['mismatch', anchor('https://shop.acme.com/x', 'www.bank.com'), false],
    ['mismatch', anchor('https://evil.com/x', 'our bank'), false],
    ['ip-host', anchor('http://203.0.113.9/x', 'Look'), true],
    ['ip-host', anchor('http://1-2-3.com/x', 'Look'), false],
    ['credentials', anchor('https://www.bank.com@evil.com/', 'Look'), true],
    ['credentials', anchor('mailto:a@evil.com', 'Look'), false],
    ['punycode', anchor('https://xn--pypal-4ve.com/', 'Look'), true],
    ['punycode', anchor('https://münchen.com/', 'Look'), false],
    ['mixed-script', anchor('https://pаypal.com/', 'Look'), true],
    ['confusable', anchor('https://pаypal.com/', 'Look'), true],
    ['confusable', anchor('https://münchen.com/', 'Look'), false],
    ['script', anchor('javascript:alert(1)', 'Look'), true],
    ['data', anchor('data:text/html,hi', 'Look'), true],
    ['shortener', anchor('https://bit.ly/x', 'Look'), true],
    ['shortener', anchor('https://old.ly/x', 'Look'), false],
    ['shortener', anchor('https://notbit.ly/x', 'Look'), false],
    ['shortener', anchor('https://go.acme.com/c?url=https%3A%2F%2Fbit.ly%2Fx', 'Look'), true],
    ['ip-host', anchor('https://go.acme.com/c?u=http://203.0.113.9/', 'Look'), true],
    ['confusable', anchor('https://go.acme.com/c?u=https://pаypal.com/', 'Look'), true],
    ['ip-host', anchor('https://go.acme.com/c?u=http://shop.com/', 'Look'), false],
    ['port', anchor('https://go.acme.com/c?u=http://shop.com:8443/', 'Look'), false],
    ['placeholder', anchor('#', 'Look'), true],
    ['placeholder', anchor('https://example.com/', 'Look'), true],
    ['placeholder', anchor('https://acme.com/', 'Look'), false],
    ['port', anchor('https://acme.com:8443/', 'Look'), true],
    ['port', anchor('https://acme.com:443/', 'Look'), false],
    ['insecure', anchor('http://acme.com/', 'https://acme.com/'), true],
  ])('%s in %s: %s', async (find, html, hit) => {
    const rules = await compiled(rule(`{ kind: link, find: [${find}] }`), values)
    const { findings } = judged(rules, { from: 'Acme <news@acme.com>', html })
    expect(findings.map(({ part }) => part)).toEqual(hit ? ['link:1'] : [])
  })

  it('marks the address, and takes hosts under a listed one, by the day of sending', async () => {
    const rules = await compiled(
      rule('{ kind: link, domains: [acme.com], except: { domains: [ok.acme.com] }, parameters: [aff] }'),
      values,
    )
    expect(
      marks(rules, {
        html: `${anchor('https://a.acme.com/1', 'x')}${anchor('https://ok.acme.com/', 'x')}${anchor('https://b.com/?aff=1', 'x')}${anchor('https://b.com/', 'x')}`,
      }),
    ).toEqual(['https://a.acme.com/1', 'https://b.com/?aff=1'])
    const dated = await compiled(rule('{ kind: link, find: [shortener] }'), values)
    expect(marks(dated, { html: anchor('https://old.ly/1', 'x'), sendAt: '2019-05-01T10:00:00Z' })).toEqual([
      'https://old.ly/1',
    ])
  })

  it('is less sure of a redirector that names the other address, and of another ending', async () => {
    const rules = await compiled(rule('{ kind: link, find: [mismatch] }'), values)
    const certainties = (html: string): unknown => judged(rules, { html }).findings.map(({ certainty }) => certainty)
    expect(certainties(anchor('https://go.com/?u=https%3A%2F%2Fwww.bank.com', 'www.bank.com'))).toEqual(['likely'])
    expect(certainties(anchor('https://bank.de/', 'www.bank.com'))).toEqual(['likely'])
  })
})

describe('header', () => {
  const fakeReply =
    "{ kind: header, all: [{ name: Subject, matches: '^(?<match>re:)' }, { name: In-Reply-To, is: missing }] }"

  it.each<[string, MessageParts, string[]]>([
    [fakeReply, { subject: 'Re: you', headers: [['Subject', 'Re: you']] }, ['Re:']],
    [
      fakeReply,
      {
        subject: 'Re: you',
        headers: [
          ['Subject', 'Re: you'],
          ['In-Reply-To', '<1>'],
        ],
      },
      [],
    ],
    [
      '{ kind: header, all: [{ name: From, is: repeated }] }',
      {
        headers: [
          ['From', 'a'],
          ['From', 'b'],
        ],
      },
      ['header:From:2'],
    ],
    ['{ kind: header, all: [{ name: X-A, is: empty }] }', { headers: [['X-A', '']] }, ['header:X-A']],
    ['{ kind: header, all: [{ name: X-A, not-matches: "^b" }] }', { headers: [['x-a', 'a']] }, ['header:x-a']],
    [
      '{ kind: header, all: [{ name: Reply-To, domain-differs: From }] }',
      {
        headers: [
          ['From', 'A <a@x.acme.com>'],
          ['Reply-To', 'b@other.org'],
        ],
      },
      ['header:Reply-To'],
    ],
    [
      '{ kind: header, all: [{ name: Reply-To, domain-differs: From }] }',
      {
        headers: [
          ['From', 'A <a@x.acme.com>'],
          ['Reply-To', 'b@y.acme.com'],
        ],
      },
      [],
    ],
    [
      '{ kind: header, all: [{ name: X-A, any: ["bad word"] }] }',
      { headers: [['X-A', 'a BAD  word']] },
      ['header:X-A'],
    ],
  ])('%s', async (check, parts, expected) => {
    const { findings } = judged(await compiled(rule(check)), parts)
    expect(
      findings.map(({ part, span }) =>
        part === 'subject' && span !== null ? parts.subject?.slice(span.start, span.end) : part,
      ),
    ).toEqual(expected)
  })

  it('tells where it cannot look', async () => {
    const rules = await compiled(rule(fakeReply))
    expect(judged(rules, { form: 'draft', subject: 'Re: you' }).notChecked).toEqual([
      { clause: 'house:T1', code: 'draft', reason: 'a draft has no headers yet', material: false },
    ])
    expect(judged(rules, { form: 'html', html: '<p>x</p>' }).notChecked.map(({ code }) => code)).toEqual(['no-headers'])
    const judging = await compiled(rule(fakeReply.replace('all:', 'headerless: judge, all:')))
    expect(marks(judging, { form: 'draft', subject: 'Re: you' })).toEqual(['Re:'])
  })

  it('finds the header in the input', async () => {
    const [finding] = judged(await compiled(rule("{ kind: header, all: [{ name: X-B, matches: 'l+' }] }")), {
      headers: [
        ['X-A', 'a'],
        ['X-B', 'hello'],
      ],
    }).findings
    expect([finding?.span, finding?.source]).toEqual([
      { start: 2, end: 4 },
      { start: 102, end: 104 },
    ])
  })
})

describe('visibility', () => {
  const hidden = '<p>Hello, and thank you for reading.</p><p style="display:none">one two klaviyo four</p>'

  it.each<[string, string, string[]]>([
    ['{ kind: visibility }', hidden, ['one two klaviyo four']],
    ['{ kind: visibility, min-words: 5 }', hidden, []],
    ['{ kind: visibility, any: ["klaviyo"] }', hidden, ['klaviyo']],
    ['{ kind: visibility, by: [font-size] }', hidden, []],
    ['{ kind: visibility }', '<p>Hello</p><!-- a comment -->', []],
  ])('%s in %s', async (check, html, expected) => {
    expect(marks(await compiled(rule(check)), { html })).toEqual(expected)
  })
})

describe('attachment', () => {
  const pdf = { name: 'a.pdf', type: 'application/pdf', bytes: '%PDF-1.4' }

  it.each<[string, { name: string; type: string; bytes: string }, boolean]>([
    ['{ kind: attachment, extensions: [exe] }', { name: 'A.EXE', type: 'x/y', bytes: 'x' }, true],
    ['{ kind: attachment, extensions: [exe] }', pdf, false],
    ['{ kind: attachment, words: bad }', { name: 'a.scr', type: 'x/y', bytes: 'x' }, true],
    ['{ kind: attachment, find: [double-extension] }', { name: 'a.pdf.exe', type: 'x/y', bytes: 'x' }, true],
    ['{ kind: attachment, find: [double-extension] }', { name: 'a.1.pdf', type: 'x/y', bytes: 'x' }, false],
    ['{ kind: attachment, find: [double-extension] }', { name: 'a.tar.gz', type: 'x/y', bytes: 'x' }, false],
    ['{ kind: attachment, find: [bidi-name] }', { name: 'a\u202efdp.exe', type: 'x/y', bytes: 'x' }, true],
    ['{ kind: attachment, find: [type-mismatch] }', { name: 'a.png', type: 'image/png', bytes: '%PDF-1.4' }, true],
    ['{ kind: attachment, find: [type-mismatch] }', pdf, false],
    ['{ kind: attachment, find: [program] }', { name: 'a.pdf', type: 'application/pdf', bytes: 'MZ\x90' }, true],
    ['{ kind: attachment, find: [program] }', pdf, false],
  ])('%s: %j', async (check, attachment, hit) => {
    const { findings } = judged(await compiled(rule(check), { 'own/words/bad.txt': 'scr\n' }), {
      text: 'x',
      attachments: [attachment],
    })
    expect(findings.map(({ part }) => part)).toEqual(hit ? [`attachment:${attachment.name}`] : [])
  })

  it('finds active content in the HTML', async () => {
    const html = '<p onclick="x()">Hi</p><script>y()</script>'
    expect(marks(await compiled(rule('{ kind: attachment, active: [script, event-handler] }')), { html })).toEqual([
      'onclick="x()"',
      '<script>',
    ])
  })

  it.each([
    ['<iframe src="https://docs.vendor.example/a"></iframe>', true],
    ['<iframe src="//vendor.example"></iframe>', true],
    ['<iframe src="https&#58;//vendor&#46;example/a"></iframe>', true],
    ['<iframe srcdoc="&lt;iframe src=https://vendor.example/&gt;"></iframe>', true],
    ['<iframe src="https://vendor.example.other.example/"></iframe>', false],
    ['<iframe src="https://notvendor.example/"></iframe>', false],
    ['<a href="https://vendor.example/">Vendor</a><iframe src="https://shop.example/"></iframe>', false],
  ])('finds active content of a host: %s', async (html, hit) => {
    const found = marks(await compiled(rule('{ kind: attachment, active: [iframe], hosts: [vendor.example] }')), {
      html,
    })
    expect(found).toHaveLength(hit ? 1 : 0)
  })
})

describe('required', () => {
  const check =
    '{ kind: required, signs: { any: ["20% off", "shop now", "free shipping"] }, any: [{ link-text: ["unsubscribe"] }, { link-href: ["unsubscribe"] }, { text: ["reply stop"] }, { merge-tag: [unsubscribe_link] }, { header: List-Unsubscribe }], draft: "A draft: {clause}" }'
  const mail = { headers: [['Precedence', 'bulk']] as const, html: '<p>Shop now: 20% off</p>' }
  const sale: MessageParts = { ...mail, form: 'rfc5322' }

  it.each<[string, MessageParts, string[]]>([
    ['commercial mail without it', sale, ['error']],
    ['said to be marketing', { form: 'rfc5322', kind: 'marketing', text: 'Hello' }, ['error']],
    ['a draft', { form: 'draft', kind: 'marketing', text: 'Hello' }, ['warning']],
    ['bare HTML', { form: 'html', html: `${anchor('https://a.com', 'x')}<p>20% off</p>` }, ['warning']],
    ['a visible link', { ...sale, html: `${mail.html}${anchor('https://a.com/u', 'Unsubscribe here')}` }, []],
    ['an address that says so', { ...sale, html: `${mail.html}${anchor('https://a.com/unsubscribe', 'here')}` }, []],
    ['a link to nowhere', { ...sale, html: `${mail.html}${anchor('#', 'Unsubscribe')}` }, ['error']],
    [
      'a hidden link',
      { ...sale, html: `${mail.html}<p style="display:none"><a href="https://a.com">unsubscribe</a></p>` },
      ['error'],
    ],
    ['words', { ...sale, html: `${mail.html}<p>Reply STOP.</p>` }, []],
    ['a header', { ...sale, headers: [...mail.headers, ['List-Unsubscribe', '<mailto:x@a.com>']] }, []],
    [
      'a newsletter that offers nothing by name',
      { ...sale, html: `<p>News of the week</p>${anchor('https://a.com/1', 'One').repeat(3)}` },
      ['warning'],
    ],
    [
      'offers beside a link, without any header of bulk mail',
      { form: 'rfc5322', html: `<p>Shop now: 20% off.</p>${anchor('https://a.com/1', 'See all')}` },
      ['error'],
    ],
    [
      'a friend who passes on an offer',
      { form: 'rfc5322', text: 'They have 20% off and free shipping: https://a.com/1' },
      [],
    ],
    ['a personal mail', { headers: [['From', 'a@b.com']], text: 'Shall we have lunch? 20% off there.' }, []],
    [
      'mailing-list talk',
      {
        headers: [
          ['Precedence', 'bulk'],
          ['List-Post', '<mailto:x@l.org>'],
        ],
        text: '20% off, shop now, free shipping',
      },
      [],
    ],
    ['a receipt', { ...sale, kind: 'transactional' }, []],
    ['an encrypted body', { ...sale, gaps: [{ code: 'body-encrypted', reason: 'r', material: true }] }, []],
  ])('%s', async (_, parts, severities) => {
    expect(judged(await compiled(rule(check)), parts).findings.map(({ severity }) => severity)).toEqual(severities)
  })

  it('tells a draft in its own words, without a place', async () => {
    const [finding] = judged(await compiled(rule(check)), { form: 'draft', kind: 'marketing', text: 'Hello' }).findings
    expect(finding).toMatchObject({
      message: 'A draft: clause T1',
      part: 'message',
      span: null,
      source: null,
      excerpt: '',
    })
  })

  it('is told by a merge tag, whose value nobody sees yet', async () => {
    const { findings, notChecked } = judged(await compiled(rule(check)), {
      form: 'draft',
      kind: 'marketing',
      text: 'Hello {% unsubscribe_link "x" %}',
    })
    expect(findings).toEqual([])
    expect(notChecked).toEqual([
      {
        clause: 'house:T1',
        code: 'merge-tag',
        reason: 'given by the merge tag {% unsubscribe_link "x" %}; its value is not in the file',
        material: false,
      },
    ])
  })

  it.each<[string, boolean]>([
    ['Acme: cups 2 for 1. Had enough? STOP', true],
    ['Acme: cups 2 for 1. STOP=end', true],
    ['Acme: tazas nuevas. Baja: PARAR', true],
    ["Acme: don't stop now, cups 2 for 1", false],
    ['ACME: NEVER STOP. CUPS 2 FOR 1', false],
    ['Acme: NONSTOP cups', false],
  ])('a word to answer with, in capitals: %s', async (text, there) => {
    const rules = await compiled(rule('{ kind: required, any: [{ keyword: [stop, parar] }] }'))
    expect(judged(rules, { form: 'draft', channel: 'sms', kind: 'marketing', text }).findings).toHaveLength(
      there ? 0 : 1,
    )
  })

  it.each([
    ['You are in! Msg rates apply', 0],
    ["You're in! Cups twice a week", 1],
    ['Cups twice a week', 0],
  ])('is asked only of messages that say so: %s', async (text, count) => {
    const rules = await compiled(
      rule("{ kind: required, of: every, when: { any: [\"you{'re| are} in\"] }, any: [{ text: ['rates apply'] }] }"),
    )
    const { findings } = judged(rules, { form: 'draft', channel: 'sms', text })
    expect(findings).toHaveLength(count)
    expect(findings.map(({ part, span }) => [part, span])).toEqual(count === 0 ? [] : [['text', { start: 0, end: 9 }]])
  })

  it('is one group for a sender’s campaign, and counts in each message for recipients in places that ask for it', async () => {
    const rules = await compiled(rule('{ kind: required, once: { except-in: [CA] }, any: [{ text: [stop] }] }'))
    const groups = (region: readonly string[]): number =>
      new Set(
        ['One', 'Two'].flatMap((text) => {
          const message = { ...messageOf({ form: 'draft', channel: 'sms', kind: 'marketing', text }), id: text }
          return judge(rules, buildViews(message), { asOf, region }).findings.map(({ group }) => group)
        }),
      ).size
    expect([groups([]), groups(['US']), groups(['US', 'CA'])]).toEqual([1, 1, 2])
  })

  it.each([
    ['Acme, 12 Main Street, Springfield, IL 62701', true],
    ['Acme · PO Box 12 · Springfield', true],
    ['Acme Ltd, 10 High Road, London SW1A 1AA', true],
    ['Muster GmbH, Musterstraße 12, 12345 Musterstadt', true],
    ['Acme, 12 rue des Lilas, 75011 Paris', true],
    ['Acme, 8 ruelle du Lac, CH-1006 Lausanne', true],
    ['Acme Inc., 100 Queen St W, Toronto ON M5H 2N2', true],
    ['Order 12 jugs today and save 20%', false],
    ['Call 415-555-0132 by 12 May 2026', false],
  ])('a postal address in %j: %s', async (text, there) => {
    const rules = await compiled(rule('{ kind: required, any: [{ postal-address: true }] }'))
    expect(judged(rules, { form: 'rfc5322', kind: 'marketing', text }).findings).toHaveLength(there ? 0 : 1)
  })
})
