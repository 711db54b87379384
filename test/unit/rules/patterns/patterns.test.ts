import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compilePattern,
  patternInPieces,
  type CompiledPattern,
  type PatternEngine,
  type PatternMatch,
} from '../../../../src-main/rules/patterns/pattern.ts'
import { requiredPieces } from '../../../../src-main/rules/patterns/required-pieces.ts'
import { leastOf } from '../../../../src-main/rules/patterns/required-signs.ts'
import { judgePattern, openVerdictCache } from '../../../../src-main/rules/patterns/safety.ts'
import { longestWithin, stepsPerUnit } from '../../../../src-main/rules/patterns/cost.ts'
import { patternProblem } from '../../../../src-main/rules/patterns/syntax.ts'

describe('judgePattern', () => {
  it.each([
    ['casino', 'native'],
    ['\\b\\d{3}-\\d{2}-\\d{4}\\b', 'native'],
    ['(a+)+$', 'linear'],
    ['[a-z]+ x', 'short'],
    ['\\d+\\s*\\d+\\s*\\d+x', 'linear'],
    ['[\\w-]{1,40}\\.(?:exe|apk|scr)\\b', 'native'],
    ['(x+x+)+y', 'linear'],
    ['(?:a|a)*b', 'linear'],
    ['(a+)+\\1$', 'unsafe'],
    ['(?=(a+)+$)b', 'unsafe'],
  ])('%s: %s', async (source, verdict) => {
    expect(await judgePattern(source, await openVerdictCache(null))).toBe(verdict)
  })
})

describe('stepsPerUnit', () => {
  it.each([
    'casino',
    'a{2,4}b',
    'colou?r',
    '(?:a|b)c',
    '\\p{Lu}\\d{3}',
    '[a-z]?x',
    '(?:casino|casual|cash){1,3} now',
    '[\\w-]{1,40}\\.(?:exe|apk|scr)\\b',
    '<iframe[^>]{0,400}(?:player|video|maps?)',
    '(?: [a-z]{1,20}){0,4} contacts',
    '(?<match>\\b(?:turn|flip) [$£€]\\d{1,6} into)',
  ])('%s is bounded', (source) => {
    expect(stepsPerUnit(source, Infinity)).toBeLessThan(2_000)
  })

  it.each([
    'a+',
    'a*',
    'a{2,}',
    '(a?){30}a',
    'a?a?a?a?a?a?a?a?a?a?a?a?a?aaaa',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '(?:a{1,9}){1,9}b',
    '(?:a|b|ab){20}c',
    '(?:[a-k]{1,30}[k-z]{1,30}){1,5}!',
    '(?:k|\\u212a){20}x',
    '(?=(?:a|a){20}b)',
  ])('%s is not', (source) => {
    expect(stepsPerUnit(source, Infinity)).toBeGreaterThan(2_000)
  })

  it.each<[string, number]>([
    ['casino', 1e6],
    ['[a-z]+ x', 4_000],
  ])('%s may be given texts of at least %i units', (source, units) => {
    expect(longestWithin(source, 5e7)).toBeGreaterThanOrEqual(units)
  })

  it('counts a repeat without bound by the length of the text', () => {
    expect(stepsPerUnit('[a-z]+ x', 4_000)).toBeGreaterThan(4_000)
    expect(stepsPerUnit('[a-z]+ x', 4_000)).toBeLessThan(20_000)
    expect(stepsPerUnit('(?:[a-z]+ )+x', 4_000)).toBeGreaterThan(50_000)
  })
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
    ['x(?:free){2}', ['xfree']],
    ['abc{0}defg', ['defg']],
    ['abc{2}', ['abc']],
    ['\\d\\.(?:exe|bat)\\b', ['.exe', '.bat']],
    ['\\d\\.(?:exe|bat)?', null],
    ['\\p{L}(?:born|b\\.|nee le)', ['born', 'b.', 'nee le']],
    ['\\d ?\\.', null],
    ['free (?:spins|s?)', ['free']],
    ['x(?:y|z)casino', ['casino']],
    ['bet (?:now|to day)+', ['bet now', 'bet to day']],
  ])('%s needs %j', (source, pieces) => {
    expect(requiredPieces(source)).toEqual(pieces)
  })
})

describe('leastOf', () => {
  it.each<[string, number]>([
    ['a@b', 1],
    ['@{3}', 3],
    ['@+x@*', 1],
    ['(?:@|b)@', 1],
    ['(?:a@b){4}@?', 4],
    ['(?<match>@(?:[^@]{1,60}@x){4})', 5],
    ['(?=@)(?<!@)[@a]\\[@', 1],
    ['(?:@@|@b)', 1],
    ['[\\]@]@', 1],
    ['', 0],
  ])('%s holds @ %i times at the least', (source, least) => {
    expect(leastOf('@', source)).toBe(least)
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
    const run = (engine: PatternEngine, text: string): PatternMatch[] => {
      const found: PatternMatch[] = []
      expect(compilePattern(source, engine).findAll(text, Infinity, (match) => found.push({ ...match }))).toBe(false)
      return found
    }
    for (const text of texts) {
      expect(run('linear', text)).toEqual(run('native', text))
      expect(run('short', text)).toEqual(run('native', text))
    }
  })

  it.each([
    '\\b(?<match>\\d[\\d., ]{0,14}k?(?: [a-z0-9]{1,24}){0,4} (?:contacts?|names|leads))\\b',
    '(?:\\[\\[|\\{\\{)[ab|]{0,40}(?:ab|ba|bb)[ab|]{0,60}(?:\\]\\]|\\}\\})',
    '(?:x|xy|[x-z]{1,9}){1,3}!',
    'a{0,30}😀?b{0,30}(?=c|d)',
  ])('%s finds the same in pieces of a text', (source) => {
    const word = fc.constantFrom(
      '1',
      '20 ',
      'k ',
      'contacts',
      'leads, ',
      '[[',
      'ab',
      'b|',
      '}}',
      'x',
      'xy',
      '!',
      '😀',
      'c',
      'd',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join('')
        const all = (pattern: Pick<CompiledPattern, 'findAll'>): PatternMatch[] => {
          const found: PatternMatch[] = []
          pattern.findAll(text, Infinity, (match) => found.push(match))
          return found
        }
        const whole = all(compilePattern(source, 'native'))
        for (const units of [1, 2, 7, 64]) expect(all(patternInPieces(source, units))).toEqual(whole)
      }),
    )
  })

  it('stops at its deadline', () => {
    let found = 0
    expect(compilePattern('a', 'native').findAll('a'.repeat(1_000), performance.now() - 1, () => found++)).toBe(true)
    expect(found).toBe(1)
  })
})
