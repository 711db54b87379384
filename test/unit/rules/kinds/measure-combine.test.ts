import { describe, expect, it } from 'vitest'
import { countSegments } from '../../../../src-main/rules/sms-segments.ts'
import { compiled, judged, load, marks, packYaml, rule, type MessageParts } from '../pack-fixture.ts'

describe('countSegments', () => {
  it.each<[string, string, number]>([
    ['', 'gsm-7', 0],
    ['a'.repeat(160), 'gsm-7', 1],
    ['a'.repeat(161), 'gsm-7', 2],
    ['a'.repeat(306), 'gsm-7', 2],
    ['a'.repeat(307), 'gsm-7', 3],
    ['€'.repeat(80), 'gsm-7', 1],
    ['€'.repeat(81), 'gsm-7', 2],
    ['’', 'ucs-2', 1],
    [`${'a'.repeat(69)}’`, 'ucs-2', 1],
    [`${'a'.repeat(70)}’`, 'ucs-2', 2],
    ['😀'.repeat(35), 'ucs-2', 1],
    ['😀'.repeat(66), 'ucs-2', 2],
    ['😀'.repeat(67), 'ucs-2', 3],
  ])('%s', (text, encoding, segments) => {
    expect(countSegments(text)).toMatchObject({ encoding, segments })
  })
})

describe('measure', () => {
  it.each<[string, MessageParts, string | null]>([
    ['{ of: characters, above: 5, kind: measure }', { subject: 'Hello!' }, '6'],
    ['{ of: characters, above: 6, kind: measure }', { subject: 'Hello!' }, null],
    ['{ of: characters, above: 5, kind: measure }', { subject: '😀😀😀' }, null],
    ['{ of: words, below: 3, kind: measure }', { subject: 'Hello you' }, '2'],
    ['{ of: capitals, above: 70, kind: measure }', { subject: 'BUY NOW and' }, null],
    ['{ of: capitals, above: 60, kind: measure }', { subject: 'BUY THINGS now' }, '75'],
    ['{ of: capitals, above: 60, kind: measure }', { subject: 'SALE' }, null],
    ['{ of: punctuation, above: 2, kind: measure }', { subject: 'Now!!! Yes?' }, '3'],
    ['{ of: emoji, above: 1, kind: measure }', { subject: 'Now 😀😀' }, '2'],
    ['{ of: segments, above: 1, kind: measure }', { text: 'a'.repeat(161), channel: 'sms' }, '2'],
    [
      '{ of: links, above: 1, kind: measure }',
      { html: '<a href="https://a.example">a</a><a href="https://b.example">b</a>' },
      '2',
    ],
    ['{ of: images, above: 0, kind: measure }', { html: '<img src="a.png" alt="a" width="50" height="50">' }, '1'],
    ['{ of: bytes, above: 3, kind: measure }', { html: 'éé' }, '4'],
    ['{ of: visible-characters, below: 3, kind: measure }', { text: 'ab' }, '2'],
    ['{ of: attachments, above: 0, kind: measure }', { text: 'a' }, null],
  ])('%s', async (check, parts, value) => {
    const { findings } = judged(await compiled(rule(check)), parts)
    expect(findings.map(({ message }) => message)).toEqual(value === null ? [] : [`“${value}” against clause T1`])
  })

  it('marks the text measured, and another value is another finding', async () => {
    const rules = await compiled(rule('{ kind: measure, of: words, above: 1 }', 'look: [subject, text]'))
    expect(marks(rules, { subject: 'One two', text: 'a' })).toEqual(['One two'])
    const fingerprint = (subject: string): string | undefined => judged(rules, { subject }).findings[0]?.fingerprint
    expect(fingerprint('one two')).toBe(fingerprint('three four'))
    expect(fingerprint('one two')).not.toBe(fingerprint('one two three'))
  })
})

describe('combine', () => {
  const phrase = (id: string, word: string): string =>
    rule(`{ kind: phrases, any: [${word}] }`, 'severity: info').replace('test/rule', id)
  const base = phrase('a/casino', 'casino') + phrase('a/bonus', 'bonus') + phrase('a/licence', 'licensed')
  const hits = async (check: string, parts: MessageParts): Promise<number> => {
    const rules = await compiled(base + rule(check))
    return judged(rules, parts).findings.filter((one) => one.rule === 'test/rule' || one.related.length > 0).length
  }

  it.each<[string, string, number]>([
    ['{ kind: combine, all: [a/casino, a/bonus] }', 'casino bonus', 1],
    ['{ kind: combine, all: [a/casino, a/bonus] }', 'casino', 0],
    ['{ kind: combine, any: [a/casino, a/bonus], none: [a/licence] }', 'bonus', 1],
    ['{ kind: combine, any: [a/casino, a/bonus], none: [a/licence] }', 'bonus licensed', 0],
    ['{ kind: combine, any: [a/casino, a/bonus, a/licence], at-least: 2 }', 'bonus', 0],
    ['{ kind: combine, any: [a/casino, a/bonus, a/licence], at-least: 2 }', 'bonus licensed', 1],
    ['{ kind: combine, all: [a/casino], surer-than: possible }', 'casino', 1],
    ['{ kind: combine, all: [a/casino], surer-than: likely }', 'casino', 0],
  ])('%s in “%s”', async (check, text, count) => {
    expect(await hits(check, { text })).toBe(count)
  })

  it('within one part', async () => {
    const check = '{ kind: combine, all: [a/casino, a/bonus], within: part }'
    expect(await hits(check, { subject: 'casino', text: 'bonus' })).toBe(0)
    expect(await hits(check, { subject: 'hi', text: 'casino bonus' })).toBe(1)
  })

  it('stands wherever in the file, over itself ends, and builds on combinations', async () => {
    const rules = await compiled(
      rule('{ kind: combine, all: [test/two] }').replace('clauses: [T1]', 'clauses: [T2]') +
        rule('{ kind: combine, any: [a/casino, test/rule] }').replace('test/rule', 'test/two') +
        base,
    )
    expect(
      judged(rules, { text: 'casino' })
        .findings.map((one) => one.rule)
        .sort(),
    ).toContain('test/rule')
  })

  it('a rule that is not there leaves it out, and what builds on it', async () => {
    const loaded = await load({
      'own/pack.yaml': packYaml,
      'own/rules/a.yaml':
        base +
        rule('{ kind: combine, all: [a/casino, a/nothing] }') +
        rule('{ kind: combine, any: [test/rule] }').replace('test/rule', 'test/two'),
    })
    expect(loaded.packs[0]?.rules.map(({ id }) => id)).toEqual(['a/casino', 'a/bonus', 'a/licence'])
    expect(loaded.packs[0]?.problems).toMatchObject([
      {
        rule: 'test/rule',
        file: 'rules/a.yaml',

        message: 'there is no rule “a/nothing” in the loaded packs',
      },
      { rule: 'test/two', message: 'there is no rule “test/rule” in the loaded packs' },
    ])
  })

  it('follows renamed rules', async () => {
    const rules = await compiled(base + rule('{ kind: combine, all: [a/old] }'), {
      'own/pack.yaml': `${packYaml}aliases: { a/old: a/casino }\n`,
    })
    expect(judged(rules, { text: 'casino' }).findings).toHaveLength(1)
  })
})

describe('dated values', () => {
  const values = `title: Shorteners\nsource: A list\nvalues:\n  - { value: sho.rt, from: '2026-01-01', until: '2026-06-01' }\n`
  const files = { 'values/shorteners.yaml': values, 'values/click-trackers.yaml': 'title: T\nvalues: []\n' }

  it('are chosen by the send time, else the day, and told among the sources', async () => {
    const rules = await compiled(rule('{ kind: link, find: [shortener] }'), files)
    const sources = (sendAt?: string) =>
      judged(rules, { text: 'See https://a.sho.rt/x', ...(sendAt === undefined ? {} : { sendAt }) }).findings.map(
        (one) => one.sources.at(-1),
      )
    expect(sources('2026-03-01T09:00:00Z')).toEqual([
      { id: 'A list', value: 'sho.rt', from: '2026-01-01', until: '2026-06-01', verify: false },
    ])
    expect(sources('2026-06-01T09:00:00Z')).toEqual([])
    expect(sources()).toEqual([])
  })
})
