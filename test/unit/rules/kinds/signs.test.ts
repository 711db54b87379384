import { describe, expect, it } from 'vitest'
import { compiled, judged, marks, rule, type MessageParts } from '../pack-fixture.ts'

const signs = (more: string): string =>
  rule(
    `{ kind: signs, signs: [{ name: film, any: [film, movie], points: 2 }, { name: copied, any: [copied], points: 2 }, { name: cheap, any: [cheap] }, { name: licensed, any: [licensed], points: -3 }], ${more} }`,
  )

describe('signs', () => {
  it.each<[string, string, MessageParts, readonly string[]]>([
    ['adds up', 'at-least: 4', { text: 'A film, copied.' }, ['film, copied']],
    ['counts each once', 'at-least: 4', { text: 'A film and a film and a movie.' }, []],
    ['needs enough', 'at-least: 5', { text: 'A film, copied.' }, []],
    ['takes signs of innocence away', 'at-least: 4', { text: 'A licensed film, copied. Cheap.' }, []],
    ['marks the strongest sentence', 'at-least: 5', { text: 'Cheap! A film, copied. Bye.' }, ['film, copied']],
    ['counts headings for the body', 'at-least: 4', { subject: 'Film night', text: 'All copied.' }, ['copied']],
    ['not headings alone for a body without a sign', 'at-least: 2', { subject: 'Film', text: 'Hello.' }, ['Film']],
    ['in a sentence', 'at-least: 4, within: sentence', { text: 'A film. It is copied.' }, []],
    ['in a paragraph', 'at-least: 4, within: paragraph', { text: 'A film. It is copied.' }, ['film']],
    ['in no other paragraph', 'at-least: 4, within: paragraph', { text: 'A film.\n\nIt is copied.' }, []],
    ['so many words apart', 'at-least: 4, within: 2', { text: 'film one two copied' }, ['film one two copied']],
    ['not further apart', 'at-least: 4, within: 2', { text: 'film one two three copied' }, []],
    ['in a later window', 'at-least: 4, within: 2', { text: 'film a b c film a copied' }, ['film a copied']],
    ['hears of innocence before', 'at-least: 4, within: 3', { text: 'licensed one film two copied' }, []],
    ['unless negated', 'at-least: 4, unless: { negated: true }', { text: 'A film, never copied.' }, []],
    [
      'seen through a disguise',
      'at-least: 4, lenses: [folded, deobfuscated]',
      { text: 'A f-i-l-m, c0pied.' },
      ['f-i-l-m, c0pied'],
    ],
  ])('%s', async (_, more, parts, marked) => {
    expect(marks(await compiled(signs(more)), parts)).toEqual(marked)
  })

  it('counts a word for one sign, the longer one', async () => {
    const rules = await compiled(
      rule(
        '{ kind: signs, at-least: 2, signs: [{ name: a, any: [insider] }, { name: b, any: [insider, tip] }, { name: c, any: [insider tip], points: -1 }] }',
      ),
    )
    expect(marks(rules, { text: 'From an insider.' })).toEqual([])
    expect(marks(rules, { text: 'From an insider, a tip.' })).toEqual(['insider, a tip'])
    expect(marks(rules, { text: 'An insider tip.' })).toEqual([])
  })

  it('has to hold one of each list that it needs', async () => {
    const rules = await compiled(signs('at-least: 2, needs: [[copied, cheap], [film]]'))
    expect(marks(rules, { text: 'Copied, cheap.' })).toEqual([])
    expect(marks(rules, { text: 'A film.' })).toEqual([])
    expect(marks(rules, { text: 'A cheap film.' })).toEqual(['cheap film'])
    await expect(compiled(signs('at-least: 2, needs: [[other]]'))).rejects.toThrow('not among signs')
  })

  it.each<[string, string, string, readonly string[]]>([
    ['before it', 'before', 'Get 5,000 plays or a play.', ['plays']],
    ['in words', 'before', 'Ten thousand real plays.', ['plays']],
    ['not too far before it', 'before', 'In 2024 we saw many more plays.', []],
    ['behind it', 'after', 'All plays from 9.', ['plays']],
    ['at either side', 'beside', 'All plays: 90.', []],
    ['with no sign between', 'beside', 'All plays 90.', ['plays']],
  ])('counts a word with a number %s', async (_, number, text, marked) => {
    const rules = await compiled(
      rule(
        `{ kind: signs, at-least: 2, signs: [{ name: a, any: [plays], points: 2, number: ${number} }, { name: b, any: [zebra] }] }`,
      ),
    )
    expect(marks(rules, { text })).toEqual(marked)
  })

  it('asks for more points in a long text', async () => {
    const rules = await compiled(signs('at-least: 4, at-length: 5'))
    expect(marks(rules, { text: 'A film, copied.' })).toEqual(['film, copied'])
    expect(marks(rules, { text: `A film, copied. ${'And so on. '.repeat(120)}` })).toEqual([])
  })

  it('has to hold what is required', async () => {
    const rules = await compiled(
      rule(
        '{ kind: signs, at-least: 2, signs: [{ name: a, any: [film], required: true }, { name: b, any: [cheap] }, { name: c, any: [copied] }] }',
      ),
    )
    expect(marks(rules, { text: 'Cheap and copied.' })).toEqual([])
    expect(marks(rules, { text: 'A cheap film.' })).toEqual(['cheap film'])
  })

  it('is a step surer with enough points', async () => {
    const rules = await compiled(
      signs('at-least: 4, surely: 5').replace('severity: error', 'severity: error\n  certainty: likely'),
    )
    expect(judged(rules, { text: 'A film, copied.' }).findings[0]?.severity).toBe('warning')
    expect(judged(rules, { text: 'A cheap film, copied.' }).findings[0]?.severity).toBe('error')
  })
})
