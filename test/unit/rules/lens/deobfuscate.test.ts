import { describe, expect, it } from 'vitest'
import { deobfuscate } from '../../../../src-main/rules/lens/deobfuscate.ts'

describe('deobfuscate', () => {
  it.each([
    ['play c a s i n o now', 'play casino now'],
    ['c.a.s.i.n.o', 'casino'],
    ['c-a-s-i-n-o', 'casino'],
    ['c r e d i t   r e p a i r', 'credit repair'],
    ['c.r.e.d.i.t r.e.p.a.i.r', 'credit repair'],
    ['c a s - i n o', 'casino'],
    ['c4sin0 and fr3e', 'casino and free'],
    ['v1agra', 'viagra'],
    ['m0ney 0nline', 'money online'],
  ])('%j is read as %j', (text, read) => {
    expect(deobfuscate(text, 'soft')?.text).toBe(read)
  })

  it.each([
    'plain words',
    'it is 10am on the 5th',
    'a b c',
    'U.S. and U.K. law',
    'write to me@acme.example',
    'order A12345678Z',
    'wait 0ms, lift 0lbs',
  ])('%j has nothing disguised', (text) => {
    const lens = deobfuscate(text, 'soft')
    if (lens !== null) expect(lens.text).toBe(text.toLowerCase())
  })

  it('maps back to all characters of the disguise', () => {
    const text = 'play c a s i n o now'
    const lens = deobfuscate(text, 'soft')
    const at = lens?.text.indexOf('casino') ?? -1
    const origin = lens?.toView.toOrigin({ start: at, end: at + 6 })
    expect(text.slice(origin?.start, origin?.end)).toBe('c a s i n o')
  })
})
