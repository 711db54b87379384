import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled, judged, rule } from './pack-fixture.ts'

describe('masking', () => {
  it('a pattern that cuts a number in two leaks neither half', async () => {
    const { findings } = judged(await compiled(rule("{ kind: pattern, pattern: 'card 4539 1488' }")), {
      text: 'Pay with card 4539 1488 0343 6467 today',
    })
    expect(findings[0]).toMatchObject({
      message: '“card •••• ••••” against clause T1',
      excerpt: 'Pay with card •••• •••• •••• 6467 today',
    })
  })

  it('two halves of one number give no fingerprint of their digits', async () => {
    const rules = await compiled(rule("{ kind: pattern, pattern: '\\b\\d{3}-\\d{2}' }"))
    const fingerprints = ['536-90-4399', '537-91-4398'].map(
      (number) => judged(rules, { text: `SSN ${number} on file` }).findings[0],
    )
    expect(fingerprints[0]?.fingerprint).toBe(fingerprints[1]?.fingerprint)
    expect(fingerprints[0]?.group).toBe(fingerprints[1]?.group)
  })

  it.each([
    '1234567890123456.exe',
    'card_4539148803436467.exe',
    '4539-1488-0343-6467.pdf.exe',
    '536-90-4399.exe',
    'ssn536904399.exe',
  ])('the name of the attachment %s', async (name) => {
    const attachments = [{ name, type: 'application/octet-stream', bytes: 'MZ' }]
    const { findings } = judged(await compiled(rule('{ kind: attachment, extensions: [exe] }')), {
      text: 'Hi',
      attachments,
    })
    expect(findings[0]?.excerpt).not.toMatch(/\d{3}\D?\d{2}\D?\d{4}/)
  })

  it('published test numbers are no finding and are masked in excerpts of others', async () => {
    const text = 'Casino card 4111 1111 1111 1111 now'
    expect(judged(await compiled(rule('{ kind: identifier, type: payment-card }')), { text }).findings).toEqual([])
    expect(judged(await compiled(rule('{ kind: phrases, any: [casino] }')), { text }).findings[0]?.excerpt).toBe(
      'Casino card •••• •••• •••• 1111 now',
    )
  })

  it('a card number with a slip in it is masked, times and amounts are not', async () => {
    const rules = await compiled(rule('{ kind: phrases, any: [casino] }'))
    const excerpt = (text: string): string | undefined => judged(rules, { text }).findings[0]?.excerpt
    expect(excerpt('Casino 4539 1488 0343 6468')).toBe('Casino •••• •••• •••• 6468')
    expect(excerpt('Casino opens 20261123 at 18:00')).toBe('Casino opens 20261123 at 18:00')
  })

  it('never leaks a card number, wherever it stands beside a match', async () => {
    const rules = await compiled(rule("{ kind: pattern, pattern: '(?:casino|\\d{4})' }"))
    const separator = fc.constantFrom('', ' ', '-')
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '.', '(', '/', ':', '\n', 'é'), maxLength: 40 })
    fc.assert(
      fc.property(around, separator, around, (before, between, after) => {
        const number = ['4539', '1488', '0343', '6467'].join(between)
        const { findings } = judged(rules, { text: `casino ${before} ${number} ${after}` })
        for (const { excerpt, message } of findings) expect(excerpt + message).not.toMatch(/4539|1488|0343/)
      }),
      { numRuns: 60 },
    )
  })

  it('a long hidden text is not masked as a whole', async () => {
    const html = `<p style="display:none">${'word 4539148803436467 '.repeat(20_000)}</p>`
    const started = performance.now()
    const { findings } = judged(await compiled(rule('{ kind: visibility, min-words: 3 }')), { html })
    expect(findings[0]?.excerpt).not.toContain('4539')
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('names of word lists', () => {
  it.each(['w', 'w.txt'])('%s', async (name) => {
    const rules = await compiled(rule(`{ kind: phrases, words: ${name} }`), { 'own/words/w.txt': 'casino\n' })
    expect(judged(rules, { text: 'A casino' }).findings).toHaveLength(1)
  })
})
