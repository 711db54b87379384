import { describe, expect, it } from 'vitest'
import { serialise } from '../../../src-main/report/annotated/output-tree.ts'
import { readableText } from '../../../src-main/report/annotated/special-characters.ts'

const box = (label: string): string => `<span data-show="character">${label}</span>`

describe('readableText', () => {
  it.each([
    ['a\u200bb', `a${box('U+200B')}b`],
    ['a\x01\x01 \x02 b', `a${box('U+0001 ×2 U+0002')} b`],
    ['\x01\x02\x03\x04\x05', box('U+0001 U+0002 U+0003 U+0004 …')],
    ['👩\u200d💻', '👩\u200d💻'],
    ['pay \u202egnp.exe', `pay ${box('U+202E')}gnp.exe`],
  ])('%j', (text, html) => {
    expect(serialise(readableText(text))).toBe(html)
  })

  it('counts what is past a thousand boxes in one, and leaves it out', () => {
    const html = serialise(readableText(`${'a\u200b'.repeat(1_200)}b\u202e c👩\u200d💻`))
    expect(html.split(box('U+200B'))).toHaveLength(1_001)
    expect(html.endsWith(`${box('… ×201')}${'a'.repeat(200)}b c👩\u200d💻`)).toBe(true)
  })

  it('takes a megabyte of them in its stride', () => {
    const begun = performance.now()
    const nodes = readableText('\x01'.repeat(4_000_000)).length + readableText('\x01a'.repeat(2_000_000)).length
    expect(nodes).toBeLessThan(2_010)
    expect(performance.now() - begun).toBeLessThan(4_000)
  })
})
