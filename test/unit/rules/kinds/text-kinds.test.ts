import { describe, expect, it } from 'vitest'
import { compiled, judged, marks, rule } from '../pack-fixture.ts'

describe('phrases', () => {
  it.each<[string, string, string[]]>([
    ['{ kind: phrases, any: ["free spins"] }', 'Get 50 FREE  spins now', ['FREE  spins']],
    ['{ kind: phrases, any: ["free spins", "50 free spins now"] }', 'Get 50 free spins now', ['50 free spins now']],
    ['{ kind: phrases, any: ["casino"] }', 'сasinо саsіno', ['сasinо', 'саsіno']],
    ['{ kind: phrases, any: ["casino"], lenses: [plain] }', 'Casino caſino сasino', ['Casino']],
    [
      '{ kind: phrases, any: ["casino"], lenses: [folded, deobfuscated] }',
      'our c-a-s-i-n-o and our casino',
      ['c-a-s-i-n-o', 'casino'],
    ],
    [
      '{ kind: phrases, any: ["casino"], lenses: [deobfuscated] }',
      'our c-a-s-i-n-o, c4sino and casino',
      ['c-a-s-i-n-o', 'c4sino'],
    ],
    [
      '{ kind: phrases, any: ["casino"], unless: { any: ["casino royale"], within: match } }',
      'Casino Royale and a casino',
      ['casino'],
    ],
    [
      '{ kind: phrases, any: ["casino"], unless: { any: ["film"], within: sentence } }',
      'A casino film. A casino. A film.',
      ['casino'],
    ],
    [
      '{ kind: phrases, any: ["casino"], unless: { any: ["film"], within: paragraph } }',
      'A casino. A film.\n\nA casino.',
      ['casino'],
    ],
    ['{ kind: phrases, any: ["casino"], unless: { any: ["film"], within: part } }', 'A casino.\n\nA film.', []],
    [
      '{ kind: phrases, any: ["casino"], unless: { any: ["film"], within: 2 } }',
      'film of the casino. film of our big casino',
      ['casino'],
    ],
    [
      '{ kind: phrases, any: ["casino"], unless: { quoted: true } }',
      'He said “go to the casino now”. The casino',
      ['casino'],
    ],
    ['{ kind: phrases, any: ["casino"], unless: { quoted: true } }', '> the casino\nthe casino', ['casino']],
    [
      '{ kind: phrases, any: ["ask for your password"], unless: { negated: true } }',
      'We never ask for your password. We ask for your password.',
      ['ask for your password'],
    ],
    ['{ kind: phrases, any: ["casino"], unless: { negated: true } }', "Don't miss our casino", ['casino']],
    [
      '{ kind: phrases, any: ["confirm your account"], unless: { negated: true } }',
      "If you don't confirm your account it is closed",
      ['confirm your account'],
    ],
    [
      '{ kind: phrases, any: ["casino"], near: { any: ["deposit"], required: true } }',
      'A casino. A deposit at the casino.',
      ['casino'],
    ],
  ])('%s in %j', async (check, text, expected) => {
    expect(marks(await compiled(rule(check)), { text })).toEqual(expected)
  })

  it.each<[string, string, string, string]>([
    ['{ kind: phrases, any: ["casino"] }', 'the casino', 'likely', 'warning'],
    ['{ kind: phrases, any: ["casino"], near: { any: ["deposit"] } }', 'deposit at the casino', 'certain', 'error'],
    [
      '{ kind: phrases, any: ["casino"], near: { any: ["film"], certainty: -1 } }',
      'a film in the casino',
      'possible',
      'info',
    ],
    [
      '{ kind: phrases, any: ["casino"], near: [{ any: ["deposit"] }, { any: ["film"], certainty: -1 }] }',
      'film deposit casino',
      'likely',
      'warning',
    ],
    [
      '{ kind: phrases, any: ["casino"], unless: { any: ["film"], certainty: -1 } }',
      'a film in the casino',
      'possible',
      'info',
    ],
    ['{ kind: phrases, any: ["casino"], lenses: [deobfuscated] }', 'c a s i n o', 'certain', 'error'],
  ])('%s in %j is %s, so %s', async (check, text, certainty, severity) => {
    const [finding] = judged(await compiled(rule(check)), { text }).findings
    expect([finding?.certainty, finding?.severity]).toEqual([certainty, severity])
  })

  it('takes the sureness of a list', async () => {
    const rules = await compiled(rule('{ kind: phrases, words: games }'), {
      'own/words/games.txt': '# games\nroulette = certain\nbingo = possible\npoker\n',
    })
    expect(judged(rules, { text: 'roulette, bingo, poker' }).findings.map(({ certainty }) => certainty)).toEqual([
      'certain',
      'possible',
      'likely',
    ])
  })

  it('looks where the rule says, and in its channels alone', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["casino"] }', 'look: [subject]\n  channels: [email]'))
    expect(marks(rules, { subject: 'casino', text: 'casino' })).toEqual(['casino'])
    expect(marks(rules, { subject: 'casino', channel: 'sms' })).toEqual([])
    expect(marks(rules, { subject: 'casino', channel: null })).toEqual([])
  })

  it('spans count in the markup of HTML', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: ["free spins"] }'))
    expect(marks(rules, { html: '<p class="free spins">Get <b>free</b> <i>sp&#105;ns</i></p>' })).toEqual([
      'free</b> <i>sp&#105;ns',
    ])
  })
})

describe('pattern', () => {
  it.each<[string, string, string[]]>([
    ["{ kind: pattern, pattern: '\\$\\d+' }", 'win $500 or $20', ['$500', '$20']],
    ["{ kind: pattern, pattern: 'save (?<match>\\d+%)' }", 'Save 20% today', ['20%']],
    ["{ kind: pattern, pattern: 'CASINO' }", 'the casino', ['casino']],
    ["{ kind: pattern, pattern: 'a*' }", 'baab', ['aa']],
    ["{ kind: pattern, pattern: 'casino' }", 'саsinо', []],
    ["{ kind: pattern, pattern: 'casino', lenses: [folded] }", 'cаs\u00adino', ['cаs\u00adino']],
    [
      "{ kind: pattern, pattern: 'win', unless: { any: ['lottery'], within: sentence } }",
      'win the lottery. win it',
      ['win'],
    ],
    ["{ kind: pattern, pattern: '(?<=total: )\\d+' }", 'total: 42', ['42']],
    ["{ kind: pattern, pattern: '😀+' }", 'x😀😀y', ['😀😀']],
  ])('%s in %j', async (check, text, expected) => {
    expect(marks(await compiled(rule(check)), { text })).toEqual(expected)
  })

  it('runs a catastrophic pattern on the linear engine, with the same marks', async () => {
    const rules = await compiled(rule("{ kind: pattern, pattern: '(?<match>(a+)+)b\\s' }"))
    expect([...rules.loaded.patterns.values()]).toEqual(['linear'])
    const start = performance.now()
    expect(marks(rules, { text: `${'a'.repeat(5_000)}! aab \u00a0 aab\u00a0` })).toEqual(['aa', 'aa'])
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('identifier', () => {
  it('needs its word for certainty, and is masked everywhere', async () => {
    const rules = await compiled(rule('{ kind: identifier, type: us-ssn }'))
    const { findings } = judged(rules, { subject: 'SSN 536-90-4399', text: 'it reads 536-90-4399' })
    expect(findings.map(({ certainty, severity, excerpt }) => [certainty, severity, excerpt])).toEqual([
      ['certain', 'error', 'SSN •••-••-4399'],
      ['likely', 'warning', 'it reads •••-••-4399'],
    ])
    expect(findings[0]?.group).toBe(findings[1]?.group)
    expect(JSON.stringify(findings)).not.toMatch(/536|90-4399/)
  })

  it.each<[string, string, string[]]>([
    ["{ kind: identifier, pattern: '\\bMB-\\d{8}\\b', checksum: luhn }", 'MB-12345674 MB-12345675', ['MB-12345674']],
    ["{ kind: identifier, pattern: '\\bMB-\\d{8}\\b', checksum: none }", 'MB-12345675', ['MB-12345675']],
    [
      '{ kind: identifier, type: [us-ssn, payment-card] }',
      'SSN 536-90-4399, card 4539 1488 0343 6467',
      ['536-90-4399', '4539 1488 0343 6467'],
    ],
    ['{ kind: identifier, type: payment-card }', 'Order number 4539148803436467', []],
  ])('%s in %j', async (check, text, expected) => {
    expect(marks(await compiled(rule(check)), { text })).toEqual(expected)
  })
})
