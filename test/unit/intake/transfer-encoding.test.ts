import { describe, expect, it } from 'vitest'
import { decodeTransfer, transferEncoding } from '../../../src-main/intake/transfer-encoding.ts'

function decode(encoding: 'quoted-printable' | 'base64' | 'identity', text: string) {
  const bytes = Buffer.from(text, 'latin1')
  return decodeTransfer(encoding, bytes, { start: 0, end: bytes.length })
}

describe('transferEncoding', () => {
  it.each([
    ['', 'identity'],
    ['8BIT', 'identity'],
    [' Quoted-Printable ', 'quoted-printable'],
    ['base64 (as always)', 'base64'],
    ['x-uuencode', 'uuencode'],
    ['quoted printable;', 'quoted-printable'],
    ['base-64', 'base64'],
    ['utf-8', 'identity'],
    ['x-binhex40', null],
  ] as const)('%j is %s', (name, expected) => {
    expect(transferEncoding(name)).toBe(expected)
  })
})

describe('quoted-printable', () => {
  it.each([
    ['a=3Db', 'a=b'],
    ['caf=c3=A9', 'caf\xc3\xa9'],
    ['one=\r\ntwo', 'onetwo'],
    ['one= \t\ntwo', 'onetwo'],
    ['ends=', 'ends'],
    ['trailing  \t\r\nnext', 'trailing\r\nnext'],
    ['kept=20\r\nnext', 'kept \r\nnext'],
    ['lone\rcr', 'lone\rcr'],
    ['a=ZZb', 'a=ZZb'],
    ['a=4', 'a=4'],
    ['split=3=\nD', 'split=3D'],
    ['href=3D"x?a=b"', 'href="x?a=b"'],
    ['nul\0 byte', 'nul\0 byte'],
    ['\xe9 as it is', '\xe9 as it is'],
  ])('%j is %j', (encoded, expected) => {
    expect(decode('quoted-printable', encoded).bytes.toString('latin1')).toBe(expected)
  })

  it('maps each byte to its escape, and a span over a soft break to the whole', () => {
    const { toEncoded } = decode('quoted-printable', 'a=C3=\r\n=A9b=zz')
    expect(toEncoded({ start: 0, end: 1 })).toEqual({ start: 0, end: 1 })
    expect(toEncoded({ start: 1, end: 2 })).toEqual({ start: 1, end: 4 })
    expect(toEncoded({ start: 2, end: 3 })).toEqual({ start: 7, end: 10 })
    expect(toEncoded({ start: 1, end: 3 })).toEqual({ start: 1, end: 10 })
    expect(toEncoded({ start: 4, end: 5 })).toEqual({ start: 11, end: 12 })
    expect(toEncoded({ start: 7, end: 7 })).toEqual({ start: 14, end: 14 })
  })
})

describe('base64', () => {
  it.each([
    ['SGVsbG8=', 'Hello', null],
    ['SGVs\r\nbG8=\r\n', 'Hello', null],
    ['SGVsbG8', 'Hello', null],
    ['SGVsb', 'Hel', 'cut-off'],
    ['SG!Vs*bG8=', 'Hello', 'stray-bytes'],
    ['SGVsbG8=\r\n-- \r\nfooter', 'Hello', 'after-end'],
    ['', '', null],
    ['====', '', null],
  ] as const)('%j is %j', (encoded, expected, damage) => {
    const decoded = decode('base64', encoded)
    expect(decoded.bytes.toString('latin1')).toBe(expected)
    expect(decoded.damage).toBe(damage)
  })

  it('maps a byte to its group of four, line breaks inside it included', () => {
    const { toEncoded } = decode('base64', 'SGVs\r\nbG\r\n8=')
    expect(toEncoded({ start: 0, end: 1 })).toEqual({ start: 0, end: 4 })
    expect(toEncoded({ start: 2, end: 4 })).toEqual({ start: 0, end: 12 })
    expect(toEncoded({ start: 4, end: 5 })).toEqual({ start: 6, end: 12 })
  })
})
