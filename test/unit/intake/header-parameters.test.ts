import { describe, expect, it } from 'vitest'
import { windows1252 } from '../../../src-main/intake/charset.ts'
import { readParameters } from '../../../src-main/intake/header-parameters.ts'

function read(text: string) {
  const bytes = Buffer.from(text, 'latin1')
  const { value, parameters } = readParameters(bytes, { start: 0, end: bytes.length }, windows1252)
  return { value, parameters: Object.fromEntries([...parameters].map(([name, { value: found }]) => [name, found])) }
}

describe('readParameters', () => {
  it.each([
    [' Text/HTML; Charset="UTF-8"', 'text/html', { charset: 'UTF-8' }],
    ['text/plain;\r\n charset=utf-8;\r\n\tformat=flowed', 'text/plain', { charset: 'utf-8', format: 'flowed' }],
    ['text/plain (really); charset=us-ascii (Plain text)', 'text/plain', { charset: 'us-ascii' }],
    ['attachment; filename=my file.doc; size=3', 'attachment', { filename: 'my file.doc', size: '3' }],
    ['attachment; filename="a;b=c.txt"', 'attachment', { filename: 'a;b=c.txt' }],
    ['attachment; filename="a\\"b\\\\c\\d"', 'attachment', { filename: 'a"b\\c\\d' }],
    ['attachment; filename="unclosed; size=3', 'attachment', { filename: 'unclosed', size: '3' }],
    ['attachment; filename="=?utf-8?q?caf=C3=A9.txt?="', 'attachment', { filename: 'café.txt' }],
    ["attachment; filename*=UTF-8''caf%C3%A9.txt", 'attachment', { filename: 'café.txt' }],
    ["attachment; filename=plain.txt; filename*=utf-8''%E2%82%AC.txt", 'attachment', { filename: '€.txt' }],
    ['attachment; filename*0="long "; filename*1="name.txt"', 'attachment', { filename: 'long name.txt' }],
    ["attachment; filename*1*=%A9; filename*0*=utf-8''caf%C3; filename*2=.txt", 'attachment', { filename: 'café.txt' }],
    ['attachment; filename="caf\xc3\xa9.txt"', 'attachment', { filename: 'café.txt' }],
    ['text/plain (a (b (c)) d); charset=utf-8 (e (f))', 'text/plain', { charset: 'utf-8' }],
    ['attachment; filename*0="=?utf-8?q?caf"; filename*1="=C3=A9.txt?="', 'attachment', { filename: 'café.txt' }],
    [
      `attachment; filename*0="inv"; filename*1*=oice%20; filename*2="1.pdf"`,
      'attachment',
      { filename: 'invoice 1.pdf' },
    ],
    [`attachment; filename=no; filename*0=a; filename*1*=%C3%A9`, 'attachment', { filename: 'aé' }],
    ['attachment; filename*0=a; filename*0=b; filename*1=c', 'attachment', { filename: 'ac' }],
    ["attachment; filename*=koi8-r'ru'%D0%CF.txt", 'attachment', { filename: 'по.txt' }],
    ["attachment; filename*=x-unknown''%D0%CF.txt", 'attachment', { filename: 'ÐÏ.txt' }],
    ['multipart/mixed; boundary="=_a b"', 'multipart/mixed', { boundary: '=_a b' }],
    ['; =x; y', '', {}],
    ['', '', {}],
  ])('%j', (text, value, parameters) => {
    expect(read(text)).toEqual({ value, parameters })
  })

  it('tells where a value stands, without quotes', () => {
    const text = 'attachment; filename="a.txt"'
    const bytes = Buffer.from(text)
    const { parameters } = readParameters(bytes, { start: 0, end: bytes.length }, windows1252)
    expect(parameters.get('filename')?.range).toEqual({ start: 22, end: 27 })
  })
})
