import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charsetMap } from '../../../src-main/intake/charset-map.ts'
import { charsetOfLabel, decodeText } from '../../../src-main/intake/charset.ts'
import { hidesTextInAscii, saysNothing } from '../../../src-main/intake/charset-label.ts'

/** Names of the Encoding Standard, section 4.2, without the two that stand for no text (`replacement`, `x-user-defined`). */
const standardLabels =
  `unicode-1-1-utf-8 utf-8 utf8 866 cp866 csibm866 ibm866 csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2
iso_8859-2:1987 l2 latin2 csisolatin3 iso-8859-3 iso-ir-109 l3 latin3 iso-8859-4 iso-ir-110 latin4 cyrillic iso-8859-5
iso-ir-144 arabic asmo-708 ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 ecma-118 elot_928 greek greek8 iso-8859-7
sun_eu_greek csiso88598e hebrew iso-8859-8 iso-8859-8-e visual csiso88598i iso-8859-8-i logical iso-8859-10 l6 latin6
iso-8859-13 iso-8859-14 csisolatin9 iso-8859-15 l9 iso-8859-16 cskoi8r koi koi8 koi8-r koi8_r koi8-ru koi8-u csmacintosh mac
macintosh x-mac-roman dos-874 iso-8859-11 iso8859-11 tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251 windows-1251
x-cp1251 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1
iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 windows-1253 cp1254 csisolatin5 iso-8859-9 latin5 windows-1254
windows-1255 windows-1256 windows-1257 windows-1258 x-mac-cyrillic x-mac-ukrainian chinese csgb2312 csiso58gb231280 gb2312
gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp
csiso2022jp iso-2022-jp csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cseuckr csksc56011987 euc-kr
iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode
unicodefeff utf-16 utf-16le`.split(/\s+/)

describe('labels of the Encoding Standard', () => {
  it.each(standardLabels)('%s means what the platform says', (label) => {
    const charset = charsetOfLabel(` "${label.toUpperCase()}"`)
    const bytes = Uint8Array.from({ length: 48 }, (_, index) => 0xc1 + index)
    if (charset === null) throw new Error('not known')
    expect(decodeText(bytes, charset)).toBe(new TextDecoder(label).decode(bytes))
  })
})

describe('labels that mailers write', () => {
  it.each([
    ['utf8', 'utf-8'],
    ['UTF_8', 'utf-8'],
    ['utf-8;', 'utf-8'],
    ['utf8mb4', 'utf-8'],
    ['cp-1252', 'windows-1252'],
    ['win-1251', 'windows-1251'],
    ['Windows1251', 'windows-1251'],
    ['CP 1250', 'windows-1250'],
    ['microsoft-cp1251', 'windows-1251'],
    ['iso8859_15', 'iso-8859-15'],
    ['ISO 8859-2', 'iso-8859-2'],
    ['8859-1', 'windows-1252'],
    ['is0-8859-1', 'windows-1252'],
    ['iso-8859-1:1987', 'windows-1252'],
    ['latin-1', 'windows-1252'],
    ['Latin-2', 'iso-8859-2'],
    ['iso-8859-8-i', 'iso-8859-8-i'],
    ['iso_8859-8-i', 'iso-8859-8-i'],
    ['gb_2312', 'gbk'],
    ['GB-2312', 'gbk'],
    ['cp936', 'gbk'],
    ['gb18030-2000', 'gb18030'],
    ['ks_c', 'euc-kr'],
    ['ks_c_5601', 'euc-kr'],
    ['KSC', 'euc-kr'],
    ['cp949', 'euc-kr'],
    ['_iso-2022-jp$ESC', 'iso-2022-jp'],
    ['iso2022-jp', 'iso-2022-jp'],
    ['x-ms-cp932', 'shift_jis'],
    ['big5-eten', 'big5'],
    ['x-utf-7', 'utf-7'],
    ['unicode-1-1-utf-7', 'utf-7'],
    ['HZ', 'hz-gb-2312'],
    ['cp437', 'ibm437'],
    ['IBM850', 'ibm850'],
    ['macroman', 'macintosh'],
    ['koi8r', 'koi8-r'],
    ['tis620', 'windows-874'],
  ])('%j is %j', (label, meant) => {
    const charset = charsetOfLabel(label)
    const named = charset === null ? null : 'label' in charset ? charset.label : charset.kind
    expect(named).toBe(meant)
  })

  it.each([
    'unknown-8bit',
    'x-unknown',
    '"UNKNOWN"',
    'ansi',
    'us-ascii',
    'default_charset',
    '8bit',
    '%CHARSET%',
    'x-user-defined',
  ])('%j says nothing', (label) => {
    expect(saysNothing(label)).toBe(true)
  })

  it.each(['iso-8859-1', 'utf-8', 'x-johab'])('%j says something', (label) => {
    expect(saysNothing(label)).toBe(false)
  })

  it.each(['iso-2022-cn', 'x-johab', 'ebcdic-us'])('ASCII bytes labelled %j may be other text', (label) => {
    expect([hidesTextInAscii(label), charsetOfLabel(label)]).toEqual([true, null])
  })
})

/** Each code point with the bytes it came from. */
function pieces(label: string, bytes: Uint8Array): [string, string][] {
  const charset = charsetOfLabel(label)
  if (charset === null) throw new Error(`no charset ${label}`)
  const text = decodeText(bytes, charset)
  const map = charsetMap(bytes, charset, text)
  expect(map.length).toBe(text.length)
  let offset = 0
  return Array.from(text, (character) => {
    const span = map.toOrigin({ start: offset, end: offset + character.length })
    offset += character.length
    return [character, Buffer.from(bytes.subarray(span.start, span.end)).toString('latin1')]
  })
}

describe('charsets that no platform decodes', () => {
  const rows: readonly (readonly [label: string, bytes: string, expected: [string, string][]])[] = [
    // The examples of RFC 2152, section 2.
    [
      'utf-7',
      'A+ImIDkQ.',
      [
        ['A', 'A'],
        ['≢', '+ImI'],
        ['Α', 'IDkQ'],
        ['.', '.'],
      ],
    ],
    [
      'utf-7',
      'Hi+Jjo-!',
      [
        ['H', 'H'],
        ['i', 'i'],
        ['☺', '+Jjo'],
        ['!', '!'],
      ],
    ],
    [
      'utf-7',
      '1+-1',
      [
        ['1', '1'],
        ['+', '+-'],
        ['1', '1'],
      ],
    ],
    ['utf-7', '+2D3eAA-', [['😀', '+2D3eAA']]],
    [
      'utf-7',
      '+2D0-a',
      [
        ['\uFFFD', '+2D0'],
        ['a', 'a'],
      ],
    ],
    [
      'utf-7',
      'a+',
      [
        ['a', 'a'],
        ['+', '+'],
      ],
    ],
    [
      'hz-gb-2312',
      'a~{<:Ky2;~}b~~',
      [
        ['a', 'a'],
        ['己', '<:'],
        ['所', 'Ky'],
        ['不', '2;'],
        ['b', 'b'],
        ['~', '~~'],
      ],
    ],
    [
      'hz-gb-2312',
      '~{<:\nKy',
      [
        ['己', '<:'],
        ['\n', '\n'],
        ['K', 'K'],
        ['y', 'y'],
      ],
    ],
    [
      'iso-2022-kr',
      '\x1b$)C\x0e0!\x0fa',
      [
        ['가', '0!'],
        ['a', 'a'],
      ],
    ],
    [
      'utf-32be',
      '\0\0\0a\0\x01\xf6\0',
      [
        ['a', '\0\0\0a'],
        ['😀', '\0\x01\xf6\0'],
      ],
    ],
    [
      'utf-32',
      '\xff\xfe\0\0a\0\0\0x',
      [
        ['a', 'a\0\0\0'],
        ['\uFFFD', 'x'],
      ],
    ],
    [
      'ibm850',
      'a\x82\xe1',
      [
        ['a', 'a'],
        ['é', '\x82'],
        ['ß', '\xe1'],
      ],
    ],
  ]
  it.each(rows)('%s %j', (label, bytes, expected) => {
    expect(pieces(label, Buffer.from(bytes, 'latin1'))).toEqual(expected)
  })

  it('reads back any text as UTF-7, each character on its own digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const written = Array.from(text, (character) =>
          character === '+' ? '+-' : /[ -~]/.test(character) ? character : `+${base64Of(character)}-`,
        ).join('')
        expect(
          pieces('utf-7', Buffer.from(written, 'latin1'))
            .map(([character]) => character)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it.each(['utf-7', 'hz-gb-2312', 'iso-2022-kr', 'utf-32', 'cp437'])('%s: any bytes have places, in order', (label) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const charset = charsetOfLabel(label)
        if (charset === null) throw new Error('no charset')
        const text = decodeText(bytes, charset)
        const map = charsetMap(bytes, charset, text)
        let last = 0
        for (let unit = 0; unit < text.length; unit++) {
          const span = map.toOrigin({ start: unit, end: unit + 1 })
          expect(span.start).toBeGreaterThanOrEqual(last)
          expect(span.end).toBeGreaterThan(span.start)
          expect(span.end).toBeLessThanOrEqual(bytes.length)
          last = span.start
        }
      }),
    )
  })
})

function base64Of(character: string): string {
  return Buffer.from(character, 'utf16le').swap16().toString('base64').replace(/=+$/, '')
}
