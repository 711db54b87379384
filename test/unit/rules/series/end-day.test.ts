import { describe, expect, it } from 'vitest'
import { endDayIn } from '../../../../src-main/rules/series/end-day.ts'

// A Tuesday.
const day = '2026-03-03'

describe('endDayIn', () => {
  it.each([
    ['Sale ends tonight', '2026-03-03'],
    ['Today only', '2026-03-03'],
    ['Ends tomorrow at midnight', '2026-03-04'],
    ['Ends Sunday!', '2026-03-08'],
    ['20% off until 5 March', '2026-03-05'],
    ['through March 8th', '2026-03-08'],
    ['Only 2 days left: save 20%', '2026-03-05'],
    ['expires 03/05/2026', '2026-03-05'],
    ['from Tuesday until Sunday, March 8', '2026-03-08'],
  ])('reads “%s” as %s', (sentence, ends) => {
    expect(endDayIn(sentence, day, 'en', false)).toBe(ends)
  })

  it.each([
    ['de', 'nur noch bis Sonntag', '2026-03-08'],
    ['de', 'bis zum 5. März', '2026-03-05'],
    ['fr', "jusqu'au 5 mars", '2026-03-05'],
    ['es', 'hasta el 5 de marzo', '2026-03-05'],
  ])('reads %s “%s”', (language, sentence, ends) => {
    expect(endDayIn(sentence, day, language, false)).toBe(ends)
  })

  it('reads 3/5 in the order of the place', () => {
    expect(endDayIn('ends 3/5', day, 'en', false)).toBe('2026-03-05')
    expect(endDayIn('ends 3/5', day, 'en', true)).toBe('2026-05-03')
  })

  it.each(['Last chance', 'May I offer 20% off?', 'since 2019', 'in March 2019', 'ends on 5 March 2031', ''])(
    'finds no day in “%s”',
    (sentence) => {
      expect(endDayIn(sentence, day, 'en', false)).toBe(null)
    },
  )

  it('reads no more than the beginning of what is no sentence', () => {
    expect(endDayIn(`${'x '.repeat(300)}ends tonight`, day, 'en', false)).toBe(null)
  })
})
