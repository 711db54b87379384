import { describe, expect, it } from 'vitest'
import { visible } from '../../../src-main/report/visible.ts'

describe('visible', () => {
  it.each([
    ['a terminal escape', 'Hi\u001b[2Jthere', 'Hi⟨U+001B⟩[2Jthere'],
    ['an 8-bit control sequence', '\u009b31mred', '⟨U+009B⟩31mred'],
    ['a name that reads backwards', 'invoice\u202efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
    ['a zero-width space', 'f\u200bree', 'f⟨U+200B⟩ree'],
    ['line ends', 'one\r\ntwo\u2028three', 'one two three'],
    ['a family of one', '👩\u200d👧', '👩\u200d👧'],
    ['letters of any script', 'Ünïcödé 漢字', 'Ünïcödé 漢字'],
  ])('%s', (_, text, expected) => {
    expect(visible(text)).toBe(expected)
  })
})
