import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windows1252 } from '../../../src-main/intake/charset.ts'
import { decodeHeaderValue } from '../../../src-main/intake/header-value.ts'
import { base64, charsetLabels, encodeText, textIn } from '../../support/mail/encode.ts'
import { naiveText, naiveTransfer } from '../../support/mail/naive-decode.ts'

function decode(text: string) {
  const bytes = Buffer.from(text, 'latin1')
  const decoded = decodeHeaderValue(bytes, { start: 0, end: bytes.length }, windows1252)
  const source = (start: number, end: number): string => {
    const span = decoded.toSource({ start, end })
    return text.slice(span.start, span.end)
  }
  return { ...decoded, source }
}

describe('decodeHeaderValue', () => {
  it.each([
    [' plain ', 'plain'],
    ['folded\r\n over\r\n\tlines', 'folded over\tlines'],
    ['=?utf-8?Q?caf=C3=A9_au_lait?=', 'café au lait'],
    ['=?UTF-8?B?Y2Fmw6k=?=', 'café'],
    ['=?iso-8859-1?q?=93quoted=94?=', '“quoted”'],
    ['a =?utf-8?q?b?= c', 'a b c'],
    ['=?utf-8?q?a?= =?utf-8?q?b?=', 'ab'],
    ['=?utf-8?q?a?=\r\n =?utf-8?q?b?=', 'ab'],
    ['=?utf-8?q?a?= =?iso-8859-1?q?=E9?=', 'aé'],
    ['=?utf-8?q?=F0=9F?=\r\n =?utf-8?q?=98=80?=', '😀'],
    ['=?utf-8?b?8J8=?= =?utf-8?b?mIA=?=', '😀'],
    ['=?utf-8*en?q?hi?=', 'hi'],
    ['"=?utf-8?q?Ac=20me?=" <a@b.example>', '"Ac me" <a@b.example>'],
    ['=?utf-8?q?=zz?= =?broken', '=zz =?broken'],
    ['=?utf-8?q??=', ''],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?gb2312?B?xOO6ww==?=', '你好'],
    ['8-bit \xc3\xa9', '8-bit é'],
    ['8-bit \x93\xe9\x94', '8-bit “é”'],
    ['', ''],
  ])('%j is %j', (written, expected) => {
    expect(decode(written).value).toBe(expected)
  })

  it('keeps encoded words in raw and unfolds it', () => {
    expect(decode('=?utf-8?q?a?=\r\n =?utf-8?q?b?=').raw).toBe('=?utf-8?q?a?= =?utf-8?q?b?=')
  })

  it('tells an unknown charset', () => {
    expect(decode('=?x-none?q?a?=')).toMatchObject({ value: 'a', unknownCharset: 'x-none' })
  })

  it('maps characters to their escapes, groups and literal bytes', () => {
    const q = decode('on =?utf-8?q?=C3=A9_x?=')
    expect([q.source(0, 2), q.source(3, 4), q.source(4, 5), q.source(5, 6)]).toEqual(['on', '=C3=A9', '_', 'x'])
    const split = decode('=?utf-8?q?=F0=9F?=\r\n =?utf-8?q?=98=80?=!')
    expect(split.source(0, 2)).toBe('=F0=9F?=\r\n =?utf-8?q?=98=80')
    expect(split.source(2, 3)).toBe('!')
    expect(decode('a\r\n b').source(0, 3)).toBe('a\r\n b')
    expect(decode('=?utf-8?b?Y2Fmw6k=?=').source(3, 4)).toBe('w6k=')
  })

  it.each(charsetLabels.filter((label) => !label.startsWith('utf-16')))(
    '%s: the bytes of a character give it',
    (label) => {
      fc.assert(
        fc.property(textIn(label), fc.boolean(), (text, isQ) => {
          const bytes = encodeText(label, text)
          const word = isQ
            ? [...bytes]
                .map((byte) =>
                  byte === 0x20
                    ? '_'
                    : /[a-z0-9]/i.test(String.fromCharCode(byte))
                      ? String.fromCharCode(byte)
                      : `=${byte.toString(16).padStart(2, '0')}`,
                )
                .join('')
            : base64(bytes, 1000)
          const written = `x =?${label}?${isQ ? 'Q' : 'B'}?${word}?= y`
          const { value, source } = decode(written)
          expect(value).toBe(`x ${text} y`)
          let offset = 2
          for (const character of text) {
            const slice = source(offset, offset + character.length)
            offset += character.length
            const decoded = naiveTransfer(
              isQ ? 'quoted-printable' : 'base64',
              Buffer.from(slice.replaceAll('_', ' '), 'latin1'),
            )
            const state = label === 'iso-2022-jp' && character > '\x7f' && decoded[0] !== 0x1b ? '\x1b$B' : ''
            const meanings = [0, 1, 2].map((skip) =>
              naiveText(label, Buffer.concat([Buffer.from(state, 'latin1'), decoded.subarray(isQ ? 0 : skip)])),
            )
            if (isQ) expect(meanings[0]).toBe(character)
            else if (state === '') expect(meanings.some((meaning) => meaning?.includes(character))).toBe(true)
          }
        }),
        { numRuns: 40 },
      )
    },
  )
})
