import { describe, expect, it } from 'vitest'
import { cmsContent } from '../../../src-main/intake/email-cms.ts'
import { partOf, readOne, sourceOf } from '../../support/mail/read-one.ts'

type Bytes = readonly number[]

function element(tag: number, ...content: Bytes[]): number[] {
  const all = content.flat()
  const length =
    all.length < 0x80 ? [all.length] : [0x83, all.length >> 16, (all.length >> 8) & 0xff, all.length & 0xff]
  return [tag, ...length, ...all]
}

function indefinite(tag: number, ...content: Bytes[]): number[] {
  return [tag, 0x80, ...content.flat(), 0, 0]
}

const pkcs7 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]
const type = (last: number): number[] => element(6, [...pkcs7, last])
const text = (content: string): number[] => [...Buffer.from(content, 'latin1')]

function signed(inner: Bytes, wrap = element): number[] {
  const info = wrap(0x30, type(1), inner)
  const data = wrap(0x30, element(2, [1]), element(0x31), info, element(0x31))
  return wrap(0x30, type(2), wrap(0xa0, data))
}

function contentOf(bytes: Bytes): string | null {
  const buffer = Buffer.from(bytes)
  const found = cmsContent(buffer)
  return found.kind === 'signed'
    ? found.pieces.map(({ start, end }) => buffer.toString('latin1', start, end)).join('|')
    : null
}

describe('cmsContent', () => {
  const pieces = [element(4, text('one ')), element(4, text('two'))]
  it.each([
    ['definite lengths', signed(element(0xa0, element(4, text('hello')))), 'hello'],
    ['indefinite lengths', signed(indefinite(0xa0, indefinite(0x24, ...pieces)), indefinite), 'one |two'],
    ['a long content', signed(element(0xa0, element(4, text('x'.repeat(70_000))))), 'x'.repeat(70_000)],
    ['a content that is cut off', signed(element(0xa0, element(4, text('hello')))).slice(0, -4), 'hel'],
  ])('finds what is signed: %s', (_, bytes, expected) => {
    expect(contentOf(bytes)).toBe(expected)
  })

  it.each([
    ['enveloped', element(0x30, type(3), element(0xa0, [1])), 'encrypted'],
    ['an encrypted mail inside a signature', signedType(3), 'encrypted'],
    ['certificates alone', signed([]), 'detached'],
    ['empty', [], 'unreadable'],
    ['no sequence', text('hello'), 'unreadable'],
    ['an unknown type', element(0x30, type(9)), 'unreadable'],
    ['a length beyond everything', [0x30, 0x86, 255, 255, 255, 255, 255, 255, 6], 'unreadable'],
    ['more pieces than are joined', manyPieces(100_001), 'unreadable'],
    ['as many as are joined', manyPieces(100_000), 'signed'],
    ['deep nesting', [...Array.from({ length: 4000 }, () => [0x30, 0x80])].flat(), 'unreadable'],
  ])('says what else it is: %s', (_, bytes, kind) => {
    expect(cmsContent(Buffer.from(bytes)).kind).toBe(kind)
  })
})

function manyPieces(count: number): Bytes {
  const pieces = Array.from({ length: count }, () => [4, 1, 0x61]).flat()
  return signed(indefinite(0xa0, indefinite(0x24, pieces)), indefinite)
}

function signedType(last: number): number[] {
  const info = element(0x30, type(last), element(0xa0, element(4, [1])))
  const data = element(0x30, element(2, [1]), element(0x31), info)
  return element(0x30, type(2), element(0xa0, data))
}

function smime(bytes: Bytes, parameters = ''): string {
  return [
    'From: Acme <news@acme.example>',
    'Subject: Spring',
    `Content-Type: application/pkcs7-mime; name=smime.p7m${parameters}`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []),
  ].join('\r\n')
}

describe('S/MIME', () => {
  const inner = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>caf\xc3\xa9</p>'

  it('reads what is signed inside, each character on its base64', () => {
    const half = 60
    const bytes = signed(
      indefinite(0xa0, indefinite(0x24, element(4, text(inner.slice(0, half))), element(4, text(inner.slice(half))))),
      indefinite,
    )
    const mail = smime(bytes, '; smime-type=signed-data')
    const message = readOne(mail)
    expect(message.texts.map(({ part, text: found }) => [part, found])).toEqual([
      ['subject', 'Spring'],
      ['from', 'Acme <news@acme.example>'],
      ['html', '<p>café</p>'],
    ])
    expect([message.gaps, message.attachments, message.problem]).toEqual([[], [], null])
    const html = partOf(message, 'html')
    const found = sourceOf(mail, html, 3, 7)
    expect(Buffer.from(found, 'base64').toString('latin1')).toContain('caf')
    expect(found.replace(/\s/g, '').length).toBeLessThanOrEqual(16)
  })

  it.each([
    ['encrypted', element(0x30, type(3), element(0xa0, [1])), 'body-encrypted', 'the body is encrypted (S/MIME)'],
    [
      'damaged',
      text('nothing of the kind'),
      'body-encrypted',
      'the body is in an S/MIME part that could not be opened',
    ],
  ])('says that it is %s', (_, bytes, code, reason) => {
    expect(readOne(smime(bytes)).gaps).toEqual([{ code, reason, material: true }])
  })

  it('keeps certificates as an attachment', () => {
    const message = readOne(smime(signed([])))
    expect([message.gaps, message.attachments.map(({ name }) => name)]).toEqual([[], ['smime.p7m']])
  })
})
