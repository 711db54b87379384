import { describe, expect, it } from 'vitest'
import { inflections } from '../../../../src-main/rules/phrases/inflect.ts'
import { parsePhrase, type PhraseForm, type Segment } from '../../../../src-main/rules/phrases/parse.ts'

const drugs: Segment = [{ kind: 'literals', literals: ['opium', 'hash'] }]
const classes = (name: string): readonly PhraseForm[] | null =>
  name === 'drugs' ? [{ segments: [drugs], gaps: [] }] : null

/** Each form on its own: wordings with a space between them, in braces where there are several ways. */
function forms(phrase: string): readonly string[] | string {
  const parsed = parsePhrase(phrase, classes)
  return parsed.ok ? parsed.forms.map(shownForm) : parsed.problem
}

function shownForm({ segments, gaps }: PhraseForm): string {
  return segments
    .map((segment, at) => (at === 0 ? shown(segment) : `[${gaps[at - 1] ?? 0}] ${shown(segment)}`))
    .join(' ')
}

function shown(segment: Segment): string {
  return segment
    .map((wording) => {
      const ways = wording.kind === 'literals' ? wording.literals : wording.branches.map(shown)
      return ways.length === 1 && wording.kind === 'literals' ? (ways[0] ?? '') : `{${ways.join('|')}}`
    })
    .join(' ')
}

describe('parsePhrase', () => {
  it.each<[string, string[]]>([
    ['place your bets', ['place your bets']],
    ['{online|mobile} casino', ['{online|mobile} casino']],
    ['sports{book|betting}', ['{sportsbook|sportsbetting}']],
    ['{very|} cheap', ['{very|} cheap']],
    ['{very |}cheap', ['{very cheap|cheap}']],
    ['a {b {c|d}|e}', ['a {e|b {c|d}}']],
    ['a {b|{c|d}|e f}', ['a {b|c|d|e f}']],
    ['buy [3] followers', ['buy [3] followers']],
    ['{buy|get} [1] {fans|likes} [2] now', ['{buy|get} [1] {fans|likes} [2] now']],
    ['buy @drugs', ['buy {opium|hash}']],
    ['{pre|}@drugs', ['{preopium|prehash|opium|hash}']],
    ['50\\% \\{off\\}', ['50% {off}']],
    ['save \\[now\\]', ['save [now]']],
    ['100% free!', ['100% free!']],
    ['{a [2] b|c} d', ['c d', 'a [2] b d']],
  ])('%s', (phrase, expected) => {
    expect(forms(phrase)).toEqual(expected)
  })

  it('inflects the word before ~, with its alternatives', () => {
    expect(forms('{bet|spin}~')).toEqual([
      `{${[...new Set([...inflections('bet'), ...inflections('spin')])].join('|')}}`,
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
