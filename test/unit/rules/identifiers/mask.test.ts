import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMasker, maskIdentifier } from '../../../../src-main/rules/identifiers/mask.ts'

describe('maskIdentifier', () => {
  it.each([
    ['536-90-4399', '•••-••-4399'],
    ['4539 1488 0343 6467', '•••• •••• •••• 6467'],
    ['AB12', '•••2'],
    ['12', '••'],
  ])('%s', (identifier, masked) => {
    expect(maskIdentifier(identifier)).toBe(masked)
  })

  it('leaves nothing in mode all', () => {
    expect(maskIdentifier('536-90-4399', 'all')).toBe('•••-••-••••')
  })

  it('keeps the length and shows at most four letters or digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const masked = maskIdentifier(text)
        expect(masked).toHaveLength(text.length)
        expect(Array.from(masked).filter((character) => /[\p{L}\p{N}]/u.test(character)).length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('createMasker', () => {
  it('hides known values wherever they stand, and numbers known by themselves', () => {
    const masker = createMasker(new Set(['MB-12345678']))
    expect(masker.mask('no. MB-12345678, card x=4539148803436467', 'last4')).toBe(
      'no. ••-•••••678, card x=••••••••••••6467'.replace('••-•••••678', maskIdentifier('MB-12345678')),
    )
  })

  it('leaves texts with few digits alone', () => {
    expect(createMasker(new Set()).mask('20% off until 12 May', 'last4')).toBe('20% off until 12 May')
  })
})
