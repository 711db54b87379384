import { describe, expect, it } from 'vitest'
import { messagesOf, partOf, read, sourceOf } from '../../support/mail/read-one.ts'

const envelope = 'From news@acme.example Fri Nov 20 10:00:00 2026'

function mail(subject: string, ...body: string[]): string {
  return ['From: news@acme.example', `Subject: ${subject}`, '', ...body].join('\n')
}

describe('mbox', () => {
  const box = [
    envelope,
    mail('one', 'From here on', '>From the start', '>>From twice', 'a>From inside', ''),
    envelope,
    mail('two', 'body', '', 'From my desk it is no envelope', ''),
    'From - Fri Nov 20 10:00:00 2026',
    mail('three', 'last'),
  ].join('\n')

  it('splits at envelope lines and numbers the messages', () => {
    const messages = messagesOf(read(box, 'box'))
    expect(messages.map(({ id, input }) => [id, input])).toEqual([
      ['box#1', 'box'],
      ['box#2', 'box'],
      ['box#3', 'box'],
    ])
    expect(messages.map((message) => partOf(message, 'text').text)).toEqual([
      'From here on\nFrom the start\n>From twice\na>From inside\n',
      'body\n\nFrom my desk it is no envelope\n',
      'last',
    ])
  })

  it('maps unquoted lines to the file', () => {
    const [first, second] = messagesOf(read(box, 'box'))
    if (first === undefined || second === undefined) throw new Error('no messages')
    const text = partOf(first, 'text')
    expect(sourceOf(box, text, 13, 27)).toBe('From the start')
    expect(sourceOf(box, text, 28, 39)).toBe('>From twice')
    expect(sourceOf(box, text, 10, 17)).toBe('on\n>From')
    expect(sourceOf(box, partOf(second, 'subject'), 0, 3)).toBe('two')
    const [header] = first.headers
    expect(box.slice(header?.range.start, header?.range.end)).toBe('From: news@acme.example')
  })

  it.each([
    ['a single mail behind an envelope line', `${envelope}\n${mail('one', 'x')}`, 'x.eml', ['x.eml']],
    ['a mailbox of one mail', `${envelope}\n${mail('one', 'x')}`, 'x.mbox', ['x.mbox']],
    [
      'a mail that quotes an envelope line without an empty line',
      `${envelope}\n${mail('one', 'x', envelope, 'From: y')}`,
      'x',
      ['x'],
    ],
    [
      'CRLF',
      `${envelope}\n${mail('1', 'x', '')}\n${envelope}\n${mail('2', 'y')}`.replaceAll('\n', '\r\n'),
      'x.mbox',
      ['x.mbox#1', 'x.mbox#2'],
    ],
  ])('%s', (_, bytes, name, ids) => {
    expect(messagesOf(read(bytes, name)).map(({ id }) => id)).toEqual(ids)
  })
})
