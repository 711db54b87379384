import { describe, expect, it } from 'vitest'
import { compilePattern, type PatternMatch } from '../../../../src-main/rules/patterns/pattern.ts'
import { requiredPieces } from '../../../../src-main/rules/patterns/required-pieces.ts'
import { judgePattern, openVerdictCache } from '../../../../src-main/rules/patterns/safety.ts'
import { isPlainlySafe, patternProblem } from '../../../../src-main/rules/patterns/syntax.ts'

describe('judgePattern', () => {
  it.each([
    ['casino', 'native'],
    ['\\b\\d{3}-\\d{2}-\\d{4}\\b', 'native'],
    ['(a+)+$', 'linear'],
    ['(x+x+)+y', 'linear'],
    ['(?:a|a)*b', 'linear'],
    ['(a+)+\\1$', 'unsafe'],
    ['(?=(a+)+$)b', 'unsafe'],
  ])('%s: %s', async (source, verdict) => {
    expect(await judgePattern(source, await openVerdictCache(null))).toBe(verdict)
  })
})

describe('isPlainlySafe', () => {
  it.each(['casino', 'a{2,4}b', 'colou?r', '(?:a|b)c', '\\p{Lu}\\d{3}', '[a-z]?x'])('%s is', (source) => {
    expect(isPlainlySafe(source)).toBe(true)
  })

  it.each(['a+', 'a*', 'a{2,}', '(a?){30}a', 'a?a?a?a?a?a?a?a?a?a?a?a?a?aaaa', '(a)\\1', '(?:a|b|c){2,9}{3}'])(
    '%s is not plainly so',
    (source) => {
      expect(isPlainlySafe(source)).toBe(false)
    },
  )
})

describe('patternProblem', () => {
  it.each(['a', '(?<match>a)', '(?:a)', '(?=a)', '(?<!a)b', '[(?i:]', '\\(?i:'])('%s is fine', (source) => {
    expect(patternProblem(source)).toBeNull()
  })

  it.each(['(', '(?i:a)', '(?-i:a)', '(?<a>x)|(?<a>y)', '\\p{Nope}', '[b-a]'])('%s is refused', (source) => {
    expect(patternProblem(source)).not.toBeNull()
  })
})

describe('requiredPieces', () => {
  it.each<[string, readonly string[] | null]>([
    ['casino', ['casino']],
    ['(?<match>Casino)s?', ['casino']],
    ['online\\s+(?:casino|poker)', ['online']],
    ['(?:casino|poker)\\s+x', ['casino', 'poker']],
    ['casinos?', ['casino']],
    ['cas(?:ino)?', ['cas']],
    ['\\d+ dollars', ['dollars']],
    ['free.{0,5}money', ['money']],
    ['a|casino', null],
    ['(?:casino)?x', null],
    ['(?!casino)x', null],
    ['(?<=casino )x', null],
    ['[casino]+', null],
    ['\\d{3}', null],
    ['(?:casino|\\d+)', null],
    ['caf\\u00e9 latte', ['latte']],
    ['x(?:free){2}', ['free']],
    ['abc{0}defg', ['defg']],
    ['abc{2}', ['abc']],
  ])('%s needs %j', (source, pieces) => {
    expect(requiredPieces(source)).toEqual(pieces)
  })
})

describe('compilePattern', () => {
  const texts = ['the  CASINO, casino\u00a0now', 'x ſ K é É', 'a😀b aaa', '']

  it.each([
    'casino\\s',
    '(?<match>cas)ino',
    '\\bcasino\\b',
    'é',
    '[\\s,]+',
    '😀',
    'a{2}',
    '(?<=the\\s{1,3})casino',
    '\\p{Script=Latin}+',
    '[^a-z\\s]+',
  ])('%s gives the same on both engines', (source) => {
    const run = (engine: 'native' | 'linear', text: string): PatternMatch[] => {
      const found: PatternMatch[] = []
      expect(compilePattern(source, engine).findAll(text, Infinity, (match) => found.push({ ...match }))).toBe(false)
      return found
    }
    for (const text of texts) expect(run('linear', text)).toEqual(run('native', text))
  })

  it('stops at its deadline', () => {
    let found = 0
    expect(compilePattern('a', 'native').findAll('a'.repeat(1_000), performance.now() - 1, () => found++)).toBe(true)
    expect(found).toBe(1)
  })
})
