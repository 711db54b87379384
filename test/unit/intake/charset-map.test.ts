import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charsetMap } from '../../../src-main/intake/charset-map.ts'
import type { Charset } from '../../../src-main/intake/charset.ts'
import { charsetOfLabel, decodeText } from '../../../src-main/intake/charset.ts'
import { charsetLabels, encodeText, textIn } from '../../support/mail/encode.ts'

function charsetOf(label: string): Charset {
  const charset = charsetOfLabel(label)
  if (charset === null) throw new Error(`no charset ${label}`)
  return charset
}

/** Where each code point lies. */
function pieces(bytes: Uint8Array, label: string): [string, string][] {
  const charset = charsetOf(label)
  const text = decodeText(bytes, charset)
  const map = charsetMap(bytes, charset, text)
  let offset = 0
  return Array.from(text).map((character) => {
    const span = map.toOrigin({ start: offset, end: offset + character.length })
    offset += character.length
    return [character, Buffer.from(bytes.subarray(span.start, span.end)).toString('hex')]
  })
}

describe('charsetOfLabel', () => {
  it.each([
    ['ISO-8859-1', 'windows-1252'],
    [' "UTF-8" ', 'utf-8'],
    ['cp932', 'multi-byte'],
    ['koi8-r', 'single-byte'],
    ['utf-16', 'utf-16'],
  ])('%j is %s', (label, kind) => {
    expect(charsetOfLabel(label)?.kind).toBe(kind)
  })

  it.each(['iso-2022-cn', 'x-nothing', '', 'constructor', '__proto__'])('knows no %j', (label) => {
    expect(charsetOfLabel(label)).toBeNull()
  })
})

describe('windows-1252', () => {
  it('decodes all 256 bytes as the Encoding Standard says', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const text = decodeText(bytes, charsetOf('windows-1252'))
    expect(text.slice(0x7f, 0xa1)).toBe('\x7f€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ\xa0')
    expect(text).toHaveLength(256)
  })
})

describe('charsetMap', () => {
  it.each([
    [
      'utf-8',
      'a\xc3\xa9\xf0\x9f\x98\x80',
      [
        ['a', '61'],
        ['é', 'c3a9'],
        ['😀', 'f09f9880'],
      ],
    ],
    [
      'utf-8',
      '\xef\xbb\xbfab',
      [
        ['a', '61'],
        ['b', '62'],
      ],
    ],
    [
      'utf-8',
      '\xe2\x82a',
      [
        ['\uFFFD', 'e282'],
        ['a', '61'],
      ],
    ],
    ['utf-8', '\xf0\x9f\x98', [['\uFFFD', 'f09f98']]],
    [
      'utf-8',
      '\xed\xa0\x80',
      [
        ['\uFFFD', 'ed'],
        ['\uFFFD', 'a0'],
        ['\uFFFD', '80'],
      ],
    ],
    [
      'utf-16le',
      '\xff\xfea\0=\xd8\0\xde',
      [
        ['a', '6100'],
        ['😀', '3dd800de'],
      ],
    ],
    [
      'gb18030',
      'a\x81\x30\x81\x30\xb0\xa1',
      [
        ['a', '61'],
        ['\x80', '81308130'],
        ['啊', 'b0a1'],
      ],
    ],
    [
      'shift_jis',
      '\x83\x5c=',
      [
        ['ソ', '835c'],
        ['=', '3d'],
      ],
    ],
    [
      'iso-2022-jp',
      '\x1b$B$"$$\x1b(Ba',
      [
        ['あ', '1b24422422'],
        ['い', '2424'],
        ['a', '1b284261'],
      ],
    ],
  ])('%s: %j', (label, bytes, expected) => {
    expect(pieces(Uint8Array.from(Buffer.from(bytes, 'latin1')), label)).toEqual(expected)
  })

  it.each(charsetLabels)('%s: the bytes of a character mean the character', (label) => {
    fc.assert(
      fc.property(textIn(label), (text) => {
        const found = pieces(encodeText(label, text), label)
        expect(found.map(([character]) => character).join('')).toBe(text)
        for (const [character, hex] of found) {
          const state = label === 'iso-2022-jp' && character > '\x7f' && !hex.startsWith('1b') ? '\x1b$B' : ''
          const bytes = Buffer.concat([Buffer.from(state, 'latin1'), Buffer.from(hex, 'hex')])
          expect(new TextDecoder(label, { ignoreBOM: true }).decode(bytes)).toBe(character)
        }
      }),
      { numRuns: 60 },
    )
  })

  it.each([...charsetLabels, 'x-mac-cyrillic'])(
    '%s: any bytes are covered in order, the text is the decoder’s',
    (label) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          const charset = charsetOf(label)
          const text = decodeText(bytes, charset)
          const map = charsetMap(bytes, charset, text)
          expect(map.length).toBe(text.length)
          let last = { start: 0, end: 0 }
          for (let unit = 0; unit < text.length; unit++) {
            const span = map.toOrigin({ start: unit, end: unit + 1 })
            expect(span.start).toBeGreaterThanOrEqual(last.start)
            expect(span.end).toBeGreaterThanOrEqual(last.end)
            expect(span.end).toBeGreaterThan(span.start)
            expect(span.end).toBeLessThanOrEqual(bytes.length)
            last = span
          }
        }),
        { numRuns: 150 },
      )
    },
  )
})
