import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src-main/rules/lens/fold.ts'
import { buildAutomaton } from '../../../../src-main/rules/phrases/automaton.ts'
import { parsePhrase } from '../../../../src-main/rules/phrases/parse.ts'
import { phraseIndex, phraseIndexBuilder } from '../../../../src-main/rules/phrases/phrase-index.ts'

function find(phrases: readonly string[], text: string): string[] {
  const builder = phraseIndexBuilder()
  const set = builder.add(
    phrases.map((written) => {
      const parsed = parsePhrase(written)
      if (!parsed.ok) throw new Error(parsed.problem)
      return { written, forms: parsed.forms, certainty: null }
    }),
    'sought',
  )
  const folded = fold(text, 'soft').text
  return (phraseIndex(builder.build()).scan(folded).sought.get(set) ?? []).map(({ start, end }) =>
    folded.slice(start, end),
  )
}

describe('phraseIndex', () => {
  it.each<[string, string, string[]]>([
    ['free spins', 'Get FREE\n spins today', ['free spins']],
    ['free spins', 'risk-free spins', ['free spins']],
    ['free spins', 'free-spins', ['free-spins']],
    ['risk-free', 'it is risk free', ['risk free']],
    ['free spins', 'carefree spins', []],
    ['free spins', 'free spinsters', []],
    ['free spins', 'free_spins', []],
    ['casino', "the casino's best", ['casino']],
    ['casino', 'class="casino_btn" xcasino casinox', []],
    ['don', "I don't", []],
    ['100%', 'it is 100% sure', ['100%']],
    ['100%', '1100%', []],
    ['$$$', 'make $$$ now', ['$$$']],
    ['赌场', '在线赌场网站', ['赌场']],
    ['buy [3] followers', 'buy real cheap new followers', ['buy real cheap new followers']],
    ['buy [3] followers', 'buy followers', ['buy followers']],
    ['buy [3] followers', 'buy a b c d followers', []],
    ['buy [3] followers', 'Buy it. Followers said so', []],
    ['buy [2] {fans|likes}', 'buy fans and likes', ['buy fans and likes']],
    ['a [1] b [1] c', 'a x b y c', ['a x b y c']],
    ['a [1] b [1] c', 'a x b y z c', []],
    ['off [2] %', 'off 20 %', ['off 20 %']],
  ])('%s in %j', (phrase, text, expected) => {
    expect(find([phrase], text)).toEqual(expected)
  })

  it('finds overlapping phrases, in order of their places', () => {
    expect(find(['free spins now', 'spins now', 'free'], 'free spins now')).toEqual([
      'free spins now',
      'free',
      'spins now',
    ])
  })

  it('finds what a search for each way to say a phrase finds', () => {
    const word = fc.constantFrom('a', 'b', 'c d', 'e-f', '-a', '')
    const wording = fc.uniqueArray(word, { minLength: 1, maxLength: 3 })
    const said = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'x', '-', '.'), { maxLength: 14 })
    fc.assert(
      fc.property(fc.array(wording, { minLength: 1, maxLength: 4 }), said, (wordings, words) => {
        const ways = wordings
          .reduce<string[]>((before, one) => before.flatMap((left) => one.map((right) => `${left} ${right}`)), [''])
          .map((way) => way.replace(/\s+/g, ' ').trim())
        fc.pre(!ways.includes(''))
        const text = words.join(' ')
        const phrase = wordings.map((one) => `{${one.join('|')}}`).join(' ')
        expect(new Set(find([phrase], text))).toEqual(new Set(ways.flatMap((way) => find([way], text))))
      }),
    )
  })

  it('ends on text made to have many ways through its gaps', () => {
    const start = performance.now()
    find(['a [9] a [9] a [9] a [9] a [9] a [9] b'], 'a '.repeat(20_000))
    expect(performance.now() - start).toBeLessThan(4_000)
  })
})

describe('buildAutomaton', () => {
  it('finds what a search for each literal finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', 'x'), maxLength: 40 }),
        (literals, text) => {
          const found: string[] = []
          buildAutomaton(literals).scan(text, (literal, end) => found.push(`${literals[literal] ?? ''}@${end}`))
          const expected = literals.flatMap((literal) =>
            Array.from(text).flatMap((_, start) =>
              text.startsWith(literal, start) ? [`${literal}@${start + literal.length}`] : [],
            ),
          )
          expect(found.sort()).toEqual(expected.sort())
        },
      ),
    )
  })
})
