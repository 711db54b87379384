import { describe, expect, it } from 'vitest'
import { readInput } from '../../../src-main/intake/read.ts'
import { noDefaults, partOf, read, readOne, sourceOf } from '../../support/mail/read-one.ts'

describe('recognition: content first, then name', () => {
  const mail = 'From: a@b.example\r\nSubject: x\r\n\r\nbody'

  it.each([
    ['a mail of any name', mail, 'saved.bin', 'rfc5322', 'email'],
    ['a mail named text', mail, 'mail.txt', 'rfc5322', 'email'],
    ['anything named .eml', 'hello', 'x.EML', 'rfc5322', 'email'],
    ['a page of any name', '<!DOCTYPE html><p>x', 'page', 'html', 'email'],
    ['a page after a comment', '<!-- saved --><html>', 'page.txt', 'html', 'email'],
    ['a fragment named .html', '<p>x', 'x.html', 'html', 'email'],
    ['a text', 'hello', 'x.txt', 'text', 'email'],
    ['markdown', '# hello', 'x.md', 'text', 'email'],
    ['an SMS', 'hello', 'folder/x.sms.txt', 'text', 'sms'],
    ['an MMS', 'hello', 'x.MMS.txt', 'text', 'mms'],
    ['a push text', 'hello', 'x.push.txt', 'text', 'push'],
    ['a text with a stray NUL', 'hello\0 and welcome back', 'x.txt', 'text', 'email'],
    ['a mail whose lines end with CR alone', mail.replaceAll('\n', ''), 'saved', 'rfc5322', 'email'],
    ['a text with a merge tag in front', '{{ first_name }}, hi', 'x.txt', 'text', 'email'],
    ['a text that quotes one field', 'Subject: lines matter\n\nindeed', 'x.txt', 'text', 'email'],
  ])('%s', (_, bytes, name, form, channel) => {
    expect(readOne(bytes, name)).toMatchObject({ form, channel, id: name, input: name })
  })

  it('lets a manifest choose the channel of a text', () => {
    const outcome = read('hello', 'x.push.txt', {
      ...noDefaults,
      channel: 'sms',
      kind: 'transactional',
      client: 'Acme',
    })
    expect(outcome).toMatchObject({ messages: [{ channel: 'sms', kind: 'transactional', client: 'Acme' }] })
  })

  it.each([
    ['', 'x.eml', 'empty'],
    ['\xef\xbb\xbf', 'x.txt', 'empty'],
    ['\xff\xfe', 'x.html', 'empty'],
    [' \r\n\t', 'x.eml', 'empty'],
    ['%PDF-1.7', 'x.pdf', 'unknown-kind'],
    ['PK\x03\x04\x14\0', 'x.txt', 'unknown-kind'],
    ['no idea', 'README', 'unknown-kind'],
    ['a\0b', 'x.txt', 'unknown-kind'],
  ])('%j named %s is not read', (bytes, name, code) => {
    const source = { input: name, defaults: noDefaults }
    const buffer = Buffer.from(bytes, 'latin1')
    expect(readInput(buffer, { ...source, named: true })).toMatchObject({ status: 'unreadable', problem: { code } })
    const expected = code === 'empty' ? 'unreadable' : 'ignored'
    expect(readInput(buffer, { ...source, named: false })).toMatchObject({ status: expected, problem: { code } })
  })
})

describe('line ends of CR alone', () => {
  it('are line ends of a mail, in place', () => {
    const bytes = 'From: a@b.example\rSubject: Hi\r\rfirst\rsecond\r'
    const message = readOne(bytes)
    expect(partOf(message, 'subject').text).toBe('Hi')
    const part = partOf(message, 'text')
    expect(part.text).toBe('first\nsecond\n')
    expect(sourceOf(bytes, part, 6, 12)).toBe('second')
  })
})

describe('UTF-16 without a byte order mark', () => {
  it.each(['x.txt', 'x.html', 'x.csv', 'x.json'])('%s', (name) => {
    const texts: Record<string, string> = {
      'x.txt': 'Grüße an alle',
      'x.html': '<html><p>Grüße an alle',
      'x.csv': 'channel,text\nsms,Grüße an alle\n',
      'x.json': '{"text": "Grüße an alle"}',
    }
    const bytes = Buffer.from(texts[name] ?? '', 'utf16le')
    for (const given of [bytes, Buffer.from(bytes).swap16()]) {
      const part = readOne(given, name).texts.find(({ kind }) => kind === 'text' || kind === 'html')
      const at = part?.text.indexOf('ß') ?? -1
      expect(at).toBeGreaterThan(0)
      expect(part && sourceOf(given, part, at, at + 1)).toMatch(/^(?:\xdf\0|\0\xdf)$/)
    }
  })
})

describe('HTML files', () => {
  it.each([
    ['UTF-8', '<p>caf\xc3\xa9', 'café', '\xc3\xa9'],
    ['windows-1252', '<p>caf\xe9', 'café', '\xe9'],
    ['what a meta element says', '<meta charset="koi8-r"><p>\xc1', 'а', '\xc1'],
    [
      'an old meta element',
      '<meta http-equiv=Content-Type content="text/html; charset=shift_jis"><p>\x83\x5c',
      'ソ',
      '\x83\x5c',
    ],
    ['a byte order mark', '\xff\xfe<\0p\0>\0\xe9\0', 'é', '\xe9\0'],
  ])('%s', (_, bytes, end, source) => {
    const part = partOf(readOne(bytes, 'x.html'), 'html')
    expect(part.text.endsWith(end)).toBe(true)
    expect(sourceOf(bytes, part, part.text.length - 1, part.text.length)).toBe(source)
  })

  it('cuts at the limit', () => {
    const outcome = read(Buffer.alloc(9 * 1024 * 1024, 'x'), 'x.html')
    expect(outcome).toMatchObject({ status: 'partial', problem: { code: 'too-large' } })
  })
})

it('reads no file past the limit', () => {
  expect(read(Buffer.alloc(51 * 1024 * 1024, 'x'), 'x.eml')).toMatchObject({
    status: 'unreadable',
    problem: { code: 'too-large' },
  })
})
