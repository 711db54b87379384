import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../src-main/rules/lens/fold.ts'
import { deobfuscate } from '../../../src-main/rules/lens/deobfuscate.ts'
import { foldLong } from '../../../src-main/rules/lens/fold.ts'
import { stretchMemo } from '../../../src-main/rules/long-text/stretches.ts'
import { compiled, judged } from './pack-fixture.ts'

const words = [
  'Boots',
  'for',
  'cold',
  'days',
  'café',
  'ＦＲＥＥ',
  'c4sin0',
  'f r e e',
  'саsino',
  'pay 12 now',
  'of',
  'the',
]

/** A long text of sentences and paragraphs; the same seed, the same text. */
function longText(seed: number, sentences: number): string {
  let state = seed
  const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  return Array.from({ length: sentences }, () => {
    const said = Array.from({ length: 9 }, () => words[next(words.length)]).join(' ')
    return `${said}.${next(3) === 0 ? '\n\n' : ' '}`
  }).join('')
}

const text = longText(7, 1_600)
const pack = `
- id: a/words
  clauses: [C1]
  look: [text]
  message: x
  check: { kind: phrases, any: ["free [2] boots", "casino", "days for"], lenses: [folded, deobfuscated], unless: [{ any: [cold], within: 2 }] }
- id: a/pattern
  clauses: [C1]
  look: [text]
  message: x
  check: { kind: pattern, pattern: "pay [0-9]{1,3} (?<match>now)", near: { any: [casino], within: sentence } }
`

describe('a long text', () => {
  it('is cut at the same words wherever they stand', () => {
    const cuts = (given: string): string[] =>
      (stretchMemo().of(given) ?? []).slice(1).map(({ start }) => given.slice(start, start + 40))
    const before = cuts(text)
    expect(before.length).toBeGreaterThan(8)
    const after = new Set(cuts(`Something new in front. ${text}`))
    expect(before.filter((cut) => !after.has(cut)).length).toBeLessThanOrEqual(1)
  })

  it('is folded as in one piece, with the same places', () => {
    for (const lineBreak of ['soft', 'hard'] as const) {
      const memo = stretchMemo()
      const whole = fold(text, lineBreak)
      const cut = foldLong(text, lineBreak, memo.of)
      expect(cut.text).toBe(whole.text)
      fc.assert(
        fc.property(fc.nat(whole.text.length - 1), fc.integer({ min: 1, max: 12_000 }), (start, length) => {
          const span = { start, end: Math.min(whole.text.length, start + length) }
          expect(cut.toView.toOrigin(span)).toEqual(whole.toView.toOrigin(span))
          const origin = whole.toView.toOrigin(span)
          expect(cut.toView.fromOrigin(origin)).toEqual(whole.toView.fromOrigin(origin))
        }),
      )
    }
  })

  it('is read behind its disguises as in one piece', () => {
    const known = (word: string): boolean => word === 'casino'
    const whole = deobfuscate(text, 'soft', known)
    const cut = deobfuscate(text, 'soft', known, stretchMemo().of)
    expect(cut?.text).toBe(whole?.text)
  })

  it('has the same findings after many edits as when it is looked at for the first time', async () => {
    const edited = await compiled(pack)
    let now = text
    for (const [at, put] of [
      [20_000, 'casino '],
      [41_000, 'pay 77 now at the c4sino. '],
      [63, ''],
      [70_001, '\n\n'],
      [50_000, 'x'.repeat(9_000)],
    ] as const) {
      now = now.slice(0, at) + put + now.slice(at + (put === '' ? 5_000 : 0))
      const fresh = await compiled(pack)
      expect(judged(edited, { text: now }).findings).toEqual(judged(fresh, { text: now }).findings)
    }
    expect(judged(edited, { text: now }).findings.length).toBeGreaterThan(3)
  })
})
