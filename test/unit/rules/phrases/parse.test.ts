import { describe, expect, it } from 'vitest'
import { inflections } from '../../../../src-main/rules/phrases/inflect.ts'
import { parsePhrase, type PhraseForm } from '../../../../src-main/rules/phrases/parse.ts'

const classes = (name: string): readonly PhraseForm[] | null =>
  name === 'drugs' ? [{ segments: [['opium', 'hash']], gaps: [] }] : null

function forms(phrase: string): unknown {
  const parsed = parsePhrase(phrase, classes)
  return parsed.ok ? parsed.forms : parsed.problem
}

describe('parsePhrase', () => {
  it.each<[string, unknown]>([
    ['place your bets', [{ segments: [['place your bets']], gaps: [] }]],
    ['{online|mobile} casino', [{ segments: [['online casino', 'mobile casino']], gaps: [] }]],
    ['sports{book|betting}', [{ segments: [['sportsbook', 'sportsbetting']], gaps: [] }]],
    ['{very|} cheap', [{ segments: [['very cheap', 'cheap']], gaps: [] }]],
    ['a {b {c|d}|e}', [{ segments: [['a b c', 'a b d', 'a e']], gaps: [] }]],
    ['buy [3] followers', [{ segments: [['buy'], ['followers']], gaps: [3] }]],
    ['{buy|get} [1] {fans|likes} [2] now', [{ segments: [['buy', 'get'], ['fans', 'likes'], ['now']], gaps: [1, 2] }]],
    ['buy @drugs', [{ segments: [['buy opium', 'buy hash']], gaps: [] }]],
    ['50\\% \\{off\\}', [{ segments: [['50% {off}']], gaps: [] }]],
    ['save \\[now\\]', [{ segments: [['save [now]']], gaps: [] }]],
    ['100% free!', [{ segments: [['100% free!']], gaps: [] }]],
    [
      '{a [2] b|c} d',
      [
        { segments: [['a'], ['b d']], gaps: [2] },
        { segments: [['c d']], gaps: [] },
      ],
    ],
  ])('%s', (phrase, expected) => {
    expect(forms(phrase)).toEqual(expected)
  })

  it('inflects the word before ~, with its alternatives', () => {
    expect(forms('{bet|spin}~')).toEqual([
      { segments: [[...new Set([...inflections('bet'), ...inflections('spin')])]], gaps: [] },
    ])
  })

  it.each([
    ['{a|b', 'a `{` has no `}`'],
    ['a|b', 'outside'],
    ['a}', 'outside'],
    ['a]', 'without `[`'],
    ['a [x] b', 'a gap is written'],
    ['a [0] b', 'a gap is written'],
    ['[2] a', 'gap stands at its edge'],
    ['a [2]', 'gap stands at its edge'],
    ['{a|}', 'empty'],
    ['~', 'must follow a word'],
    ['a @', 'word class is written'],
    ['a @herbs', 'no file words/herbs.txt'],
    ['a\\', 'ends with'],
    ['{{{{{{{{{{a}}}}}}}}}}', 'nested'],
    ['{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}{a|b}', 'ways'],
  ])('refuses %s: %s', (phrase, problem) => {
    expect(forms(phrase)).toContain(problem)
  })
})

describe('inflections', () => {
  it.each<[string, string[]]>([
    ['offer', ['offer', 'offers', 'offered', 'offering', "offer's", "offers'"]],
    ['try', ['try', 'tries', 'tried', 'trying']],
    ['bet', ['bet', 'bets', 'betting']],
    ['die', ['die', 'dies', 'died', 'dying']],
    ['agree', ['agree', 'agrees', 'agreed', 'agreeing']],
    ['make', ['make', 'makes', 'making', 'made']],
    ['watch', ['watch', 'watches', 'watched', 'watching']],
    ['play', ['play', 'plays', 'played', 'playing']],
    ['free spin', ['free spin', 'free spins', 'free spinning', 'free spun']],
  ])('%s', (word, expected) => {
    expect(inflections(word)).toEqual(expect.arrayContaining(expected))
  })

  it('makes no comparatives of verbs', () => {
    expect(inflections('bet')).not.toContain('better')
  })
})
