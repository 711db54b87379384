import { describe, expect, it } from 'vitest'
import { testExamples } from '../../../src-main/rules/examples.ts'
import type { CompiledRules } from '../../../src-main/rules/compile.ts'
import { compiled, judged, rule } from './pack-fixture.ts'

const two = (first: string, second: string): string =>
  rule(first, 'clauses: [T1]').replace('  clauses: [T1]\n', '').replace('test/rule', 'test/one') +
  rule(second, 'clauses: [T2]').replace('  clauses: [T1]\n', '').replace('test/rule', 'test/two')

describe('judge', () => {
  it('tells a finding in full', async () => {
    const rules = await compiled(
      rule(
        '{ kind: phrases, any: ["free spins"] }',
        'severity: error\n  certainty: certain\n  title: Spins\n  why: w {clause}\n  fix: f\n  source: { id: law, from: "2020-01-01" }',
      ),
    )
    const { findings, verdict } = judged(rules, { text: 'Claim your free spins at once.' })
    expect(verdict).toBe('errors')
    expect(findings).toEqual([
      {
        rule: 'test/rule',
        origin: { kind: 'rule' },
        pack: 'house@1',
        clauses: ['house:T1'],
        severity: 'error',
        certainty: 'certain',
        title: 'Spins',
        message: '“free spins” against clause T1',
        why: 'w clause T1',
        fix: 'f',
        sources: [{ id: 'law', value: null, from: '2020-01-01', until: null, verify: false }],
        number: 1,
        group: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        part: 'text',
        span: { start: 11, end: 21 },
        source: { start: 4011, end: 4021 },
        rows: null,
        excerpt: 'Claim your free spins at once.',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        related: [],
        edit: null,
        decision: null,
        explain: ['phrase “free spins”: certain'],
      },
    ])
  })

  it('numbers by place: subject, texts in their order, what has no place last', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino", "poker"] }'))
    const { findings } = judged(rules, { html: '<p>poker casino</p>', text: 'a casino', subject: 'casino' })
    expect(findings.map(({ number, part, excerpt }) => [number, part, excerpt])).toEqual([
      [1, 'subject', 'casino'],
      [2, 'text', 'a casino'],
      [3, 'html', 'poker casino'],
      [4, 'html', 'poker casino'],
    ])
  })

  it('groups the same match in text, html and preheader, and parts other matches', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["free spins", "casino"] }'))
    const { findings } = judged(rules, {
      text: 'Free spins',
      preheader: 'free  spins',
      html: '<p><b>FREE</b> spins</p><p>See you at the casino</p>',
    })
    const groups = findings.map(({ group }) => group)
    expect(new Set(groups.slice(0, 3)).size).toBe(1)
    expect(new Set(groups).size).toBe(2)
  })

  it('groups what stands under the same clauses in one sentence, but for numbers of persons', async () => {
    const words = await compiled(rule('{ kind: phrases, any: ["free spins", "casino", "poker"] }'))
    const groups = (rules: CompiledRules, text: string): number =>
      new Set(judged(rules, { text, html: `<p>${text}</p>` }).findings.map(({ group }) => group)).size
    expect(groups(words, 'Free spins at the casino. Poker too.')).toBe(2)
    expect(groups(words, 'Free spins at the casino. The casino has poker.')).toBe(1)
    const numbers = await compiled(rule('{ kind: identifier, type: us-ssn }'))
    expect(groups(numbers, 'SSN 536-22-4399 and SSN 531-24-4387 are on file.')).toBe(2)
    expect(
      groups(
        await compiled(two('{ kind: phrases, any: [casino] }', '{ kind: phrases, any: [poker] }')),
        'casino and poker',
      ),
    ).toBe(2)
  })

  it('makes overlapping findings of one clause one, the surest first', async () => {
    const one = '{ kind: phrases, any: ["free spins"] }'
    const other = '{ kind: phrases, any: ["spins now"], near: { any: ["claim"] } }'
    const same = await compiled(two(one, other).replace('[T2]', '[T1]'))
    const { findings } = judged(same, { text: 'claim free spins now' })
    expect(findings.map(({ rule: id, certainty, related }) => [id, certainty, related])).toEqual([
      ['test/two', 'certain', [{ message: '“free spins” against clause T1', id: 'm', span: { start: 6, end: 16 } }]],
    ])
    expect(judged(await compiled(two(one, other)), { text: 'claim free spins now' }).findings).toHaveLength(2)
  })

  it('groups twin clauses', async () => {
    const clauses =
      'policy: shop\nversion: "2024-01-01"\nbasis: primary\ntitle: t\ntwins: [[T1, T2]]\nclauses:\n  - { id: T1, section: a, heading: h, summary: s }\n  - { id: T2, section: a, heading: h, summary: s }\n'
    const rules = await compiled(two('{ kind: phrases, any: ["casino"] }', '{ kind: phrases, any: ["casino"] }'), {
      'own/pack.yaml': 'id: shop\ntitle: t\npolicy: shop\n',
      'own/clauses/2024-01-01.yaml': clauses,
    })
    const { findings } = judged(rules, { text: 'casino' })
    expect(findings).toHaveLength(2)
    expect(findings[0]?.group).toBe(findings[1]?.group)
  })

  it('keeps a fingerprint when the text around changes, and changes it with the sentence', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino"] }'))
    const print = (text: string): string | undefined => judged(rules, { text }).findings[0]?.fingerprint
    expect(print('Our casino opens. Come!')).toBe(print('Hello there. Our  CASINO opens. Bye.'))
    expect(print('Our casino opens.')).not.toBe(print('Our casino closes.'))
    expect(print('Our casino https://a.example/c/1234567890abc?u=1 opens.')).toBe(
      print('Our casino https://a.example/c/abc1234567890?u=2 opens.'),
    )
  })

  it('never puts digits of an identifier into a fingerprint, and tells two apart by their order', async () => {
    const rules = await compiled(rule('{ kind: identifier, type: us-ssn }'))
    const prints = (text: string): string[] => judged(rules, { text }).findings.map(({ fingerprint }) => fingerprint)
    expect(prints('His SSN is 536-90-4399.')).toEqual(prints('His SSN is 536-90-4388.'))
    expect(new Set(prints('SSN 536-90-4399 SSN 536-90-4388')).size).toBe(2)
  })

  it('masks an identifier in every other finding of the message', async () => {
    const rules = await compiled(
      rule('{ kind: phrases, any: ["casino [3] today"] }') +
        rule("{ kind: identifier, pattern: 'MB-[A-Z]{8}', checksum: none }").replace('test/rule', 'test/id'),
    )
    const told = JSON.stringify(
      judged(rules, {
        text: 'casino 536-90-4399 today MB-ABCDEFGH x',
        html: '<p>casino MB-ABCDEFGH today 4539148803436467</p>',
      }),
    )
    expect(told).not.toMatch(/536-90|ABCDEF|45391488/)
    expect(told).toContain('•••-••-4399')
  })

  it('gives the same bytes again', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino", "free spins"] }'))
    const parts = { text: 'casino free spins casino', html: '<p>free spins</p>' }
    expect(JSON.stringify(judged(rules, parts))).toBe(JSON.stringify(judged(rules, parts)))
  })

  it('lists a bounded number of places, and says how many more there are', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino"] }'))
    const { findings } = judged(rules, { text: 'casino. '.repeat(300) })
    expect(findings).toHaveLength(50)
    expect(findings.at(-1)?.explain).toContain('250 more places like this in this part')
  })

  it.each(['a', '1 ', 'casino deposit ', ' \u200b', '12 main ', '{{ ', 'rue ', '"', 'A. '])(
    'ends soon on a text of %j again and again',
    async (piece) => {
      const rules = await compiled(
        rule(
          '{ kind: phrases, any: ["casino"], near: { any: ["deposit"], within: 40 }, unless: [{ quoted: true }, { negated: true }] }',
        ) +
          rule('{ kind: identifier, type: [us-ssn, iban] }').replace('test/rule', 'test/id') +
          rule(
            '{ kind: required, any: [{ merge-tag: [x] }, { postal-address: true }, { sender-name: true }] }',
          ).replace('test/rule', 'test/there'),
      )
      const start = performance.now()
      judged(rules, { kind: 'marketing', text: piece.repeat(400_000 / piece.length) })
      expect(performance.now() - start).toBeLessThan(5_000)
    },
  )

  it('does not call an unread message clean', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino"] }'))
    expect(judged(rules, { text: 'hello' }).verdict).toBe('nothing-found')
    expect(judged(rules, { text: '', gaps: [{ code: 'body-encrypted', reason: 'r', material: true }] })).toMatchObject({
      verdict: 'not-fully-checked',
      notChecked: [{ clause: 'house:T1', code: 'body-encrypted', reason: 'r', material: true }],
    })
    expect(
      judged(rules, { html: '<img src="https://a.example/a.png" width="600" height="800">' }).notChecked.map(
        ({ code }) => code,
      ),
    ).toEqual(['image-only'])
  })

  it('says of a mail that is a picture that nobody read it, and reads attached texts', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino"] }'))
    const picture = { name: 'offer.gif', type: 'image/gif', bytes: 'GIF89a\x05\0\x07\0' }
    const codes = (text: string): string[] =>
      judged(rules, { text, attachments: [picture] }).notChecked.flatMap(({ code, material }) =>
        material ? [code] : [],
      )
    expect([codes(''), codes('The pictures of our walk on Sunday')]).toEqual([['image-only'], []])
    const file = { name: 'terms.txt', type: 'text/plain', bytes: 'our casino' }
    expect(judged(rules, { text: 'hello', attachments: [file] }).findings).toMatchObject([
      { part: 'attachment:terms.txt', span: { start: 4, end: 10 } },
    ])
  })
})

describe('testExamples', () => {
  it('runs marks, silence for the whole pack, and gaps', async () => {
    const rules = await compiled(
      rule(
        '{ kind: phrases, any: ["casino"] }',
        'examples: { violates: ["a {{casino}}", "{{a}} casino", "none"], fine: ["x", "poker"], gap: ["c4sino", "casino"] }',
      ) +
        rule(
          '{ kind: phrases, any: ["poker"] }',
          'examples: { violates: [{ html: "<p>{{poker}}</p>" }, { eml: "From: a@b.example\\nSubject: x\\n\\npoker" }], fine: ["\\\\{{poke}}"] }',
        ).replace('test/rule', 'test/poker'),
    )
    expect(
      testExamples(rules).map(({ rule: id, expects, number, ok, note }) => [id, expects, number, ok, note]),
    ).toEqual([
      ['test/rule', 'violates', 1, true, null],
      ['test/rule', 'violates', 2, false, 'expected text “a”; hit text “casino”'],
      ['test/rule', 'violates', 3, false, 'expected a hit, found nothing'],
      ['test/rule', 'fine', 1, true, null],
      ['test/rule', 'fine', 2, false, 'expected nothing; test/poker hit text “poker”'],
      ['test/rule', 'gap', 1, true, 'still missed'],
      ['test/rule', 'gap', 2, true, 'no longer missed; it may become a “violates”'],
      ['test/poker', 'violates', 1, true, null],
      ['test/poker', 'violates', 2, true, null],
      ['test/poker', 'fine', 1, true, null],
    ])
  })
})
