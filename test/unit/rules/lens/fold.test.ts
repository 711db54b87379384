import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldCase, type LineBreak } from '../../../../src-main/rules/lens/fold.ts'

describe('fold', () => {
  it.each([
    ['Free SPINS', 'free spins'],
    ['free  \t spins', 'free spins'],
    ['free\r\nspins', 'free spins'],
    ['free\u00a0spins', 'free spins'],
    ['ｆｒｅｅ', 'free'],
    ['𝐟𝐫𝐞𝐞', 'free'],
    ['ﬁne', 'fine'],
    ['café', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['STRASSE straße', 'strasse strasse'],
    ['İstanbul', 'istanbul'],
    ['cas\u00adino', 'casino'],
    ['ca\u200bsi\u200dno\ufeff', 'casino'],
    ['саsinо', 'casino'],
    ['Вitcoin', 'bitcoin'],
    ['рауреа', 'paypea'],
    ['новости', 'новости'],
    ['НОВОСТИ', 'новости'],
    ['“don’t” – ‘it’', "\"don't\" - 'it'"],
    ['٤٢', '42'],
    ['１２３', '123'],
    ['a \u200b b', 'a b'],
    ['ΑΒΓ αβγ', 'αβγ αβγ'],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text, 'soft').text).toBe(folded)
  })

  it.each<[string, LineBreak, string]>([
    ['one\ntwo', 'soft', 'one two'],
    ['one\n\ntwo', 'soft', 'one\ntwo'],
    ['one\r\n \r\ntwo', 'soft', 'one\ntwo'],
    ['one\ntwo', 'hard', 'one\ntwo'],
    ['one \n \n two', 'hard', 'one\ntwo'],
  ])('a paragraph ends in %j (%s)', (text, lineBreak, folded) => {
    expect(fold(text, lineBreak).text).toBe(folded)
  })

  const pieces = fc.constantFrom(
    'free',
    'SPINS',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\u200b',
    '\u00ad',
    'é',
    'e\u0301',
    'ﬁ',
    'ß',
    'с',
    'а',
    'В',
    '𝐟',
    '😀',
    '٣',
    '’',
    '–',
    '中',
    '가',
    'ऀ',
    '\u00a0',
    '\ud800',
  )
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  it('changes nothing in a folded text', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<LineBreak>('soft', 'hard'), (text, lineBreak) => {
        const once = fold(text, lineBreak).text
        expect(fold(once, 'hard').text).toBe(once)
      }),
    )
  })

  it('does not depend on letter case', () => {
    const words = fc
      .array(fc.constantFrom('casino', 'Вitcoin', 'новости', 'café', 'straße', 'ελλάδα', 'ﬁx', 'саsіnо'), {
        maxLength: 5,
      })
      .map((list) => list.join(' '))
    fc.assert(
      fc.property(words, (text) => {
        expect(fold(text.toUpperCase(), 'soft').text).toBe(fold(text.toLowerCase(), 'soft').text)
      }),
    )
  })

  it('maps each folded unit to what it was folded from, in order, and all of the text is either mapped or shows nothing', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<LineBreak>('soft', 'hard'), (text, lineBreak) => {
        const { text: folded, toView } = fold(text, lineBreak)
        expect(toView.length).toBe(folded.length)
        let reached = 0
        for (let at = 0; at < folded.length; at++) {
          const origin = toView.toOrigin({ start: at, end: at + 1 })
          expect(origin.end).toBeGreaterThan(origin.start)
          expect(origin.start).toBeGreaterThanOrEqual(Math.min(reached, origin.start))
          // A look-alike is decided by its word, so a single letter is compared by its case-folded self.
          const alone = fold(text.slice(origin.start, origin.end), 'hard').text
          const unit = folded.charAt(at)
          if (unit === ' ' || unit === '\n')
            expect(text.slice(origin.start, origin.end).normalize('NFKD')).toMatch(/^\s/u)
          else if (unit <= '\x7f' && alone <= '\x7f') expect(alone).toContain(unit)
          reached = Math.max(reached, origin.end)
        }
        // Nothing that shows is lost: what no folded unit stems from folds to nothing or to white space.
        const seen = new Set<number>()
        for (let at = 0; at < folded.length; at++) {
          const origin = toView.toOrigin({ start: at, end: at + 1 })
          for (let unit = origin.start; unit < origin.end; unit++) seen.add(unit)
        }
        const rest = Array.from(text).reduce<{ at: number; lost: string }>(
          (sum, character) => ({
            at: sum.at + character.length,
            lost: seen.has(sum.at) ? sum.lost : sum.lost + character,
          }),
          { at: 0, lost: '' },
        )
        expect(fold(rest.lost, 'soft').text.trim()).toBe('')
      }),
    )
  })

  it('takes time in proportion to the text', () => {
    const start = performance.now()
    fold(`${' \u200b'.repeat(100_000)}${'é '.repeat(100_000)}`, 'soft')
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})

describe('foldCase', () => {
  it('keeps look-alikes, width and accents apart', () => {
    expect(foldCase('Сafé  ＡB', 'soft').text).toBe('сafé ａb')
  })
})
