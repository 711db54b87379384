import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { partOf, readOne, sourceOf } from '../../support/mail/read-one.ts'

function lines(...all: string[]): string {
  return all.join('\r\n')
}

const head = ['From: Acme <news@acme.example>', 'Subject: Spring', 'MIME-Version: 1.0']

function plain(parameters: string, ...body: string[]): string {
  return lines(...head, `Content-Type: text/plain; charset=utf-8${parameters}`, '', ...body)
}

/** Each character of the text is the byte it came from (ASCII mails). */
function expectExact(mail: string, message: Message, part = 'text'): void {
  const found = partOf(message, part)
  for (let unit = 0; unit < found.text.length; unit++) {
    expect(sourceOf(mail, found, unit, unit + 1)).toBe(found.text[unit])
  }
}

describe('format=flowed (RFC 3676)', () => {
  it.each([
    ['joins soft breaks', '; format=flowed', ['one ', 'two', 'three'], 'one two\r\nthree'],
    ['is not asked for', '', ['one ', 'two'], 'one \r\ntwo'],
    ['deletes the space with DelSp', '; format=Flowed; DelSp="Yes"', ['wo ', 'rd ', 'end'], 'wordend'],
    [
      'undoes stuffing',
      '; format=flowed',
      [' From here', '  two', '', ' >no quote'],
      'From here\r\n two\r\n\r\n>no quote',
    ],
    ['keeps quote marks once a paragraph', '; format=flowed', ['> a ', '> b', '>> c ', '>>d'], '> a b\r\n>> c d'],
    ['does not join other depths', '; format=flowed', ['> a ', 'b ', '> c'], '> a \r\nb \r\n> c'],
    ['keeps a signature apart', '; format=flowed', ['bye ', '-- ', 'Acme'], 'bye \r\n-- \r\nAcme'],
    ['keeps a quoted signature apart', '; format=flowed', ['> -- ', '> Acme'], '> -- \r\n> Acme'],
    ['ends with a soft break', '; format=flowed', ['one '], 'one '],
    ['joins stuffed lines', '; format=flowed', ['one ', ' >two'], 'one >two'],
  ])('%s', (_, parameters, body, expected) => {
    const mail = plain(parameters, ...body)
    const message = readOne(mail)
    expect(partOf(message, 'text').text).toBe(expected)
    expectExact(mail, message)
  })

  it('is decoded after the transfer encoding and the charset', () => {
    const mail = lines(
      ...head,
      'Content-Type: text/plain; charset=utf-8; format=flowed',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'caf=C3=A9=20',
      'frapp=C3=A9',
    )
    const text = partOf(readOne(mail), 'text')
    expect(text.text).toBe('café frappé')
    expect(sourceOf(mail, text, 3, 4)).toBe('=C3=A9')
    expect(sourceOf(mail, text, 10, 11)).toBe('=C3=A9')
    expect(sourceOf(mail, text, 4, 6)).toBe('=20\r\nf')
  })

  it('gives any text back that was written by the rules, each character from its own byte', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '>', 'F'), minLength: 1, maxLength: 6 })
    const paragraph = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 6 }), fc.boolean(), (paragraphs, deletesSpace) => {
        const written = paragraphs.flatMap((text) => writeFlowed(text, deletesSpace))
        const mail = plain(`; format=flowed${deletesSpace ? '; delsp=yes' : ''}`, ...written)
        const message = readOne(mail)
        expect(partOf(message, 'text').text).toBe(paragraphs.join('\r\n'))
        expectExact(mail, message)
      }),
    )
  })
})

/** A paragraph in lines of one word each. */
function writeFlowed(text: string, deletesSpace: boolean): string[] {
  const words = text.split(' ')
  return words.map((word, index) => {
    const stuffed = /^[> F]/.test(word) ? ` ${word}` : word
    return index === words.length - 1 ? stuffed : `${stuffed}${deletesSpace ? '  ' : ' '}`
  })
}

describe('uuencode in a text', () => {
  const data = ['#0V%T', '`']
  it('becomes an attachment', () => {
    const mail = plain(
      '',
      'Look:',
      'begin 644 my cat.txt',
      ...data,
      'end',
      'Bye',
      'begin 0755 b.bin',
      '!80  ',
      '`',
      'end',
    )
    const message = readOne(mail)
    expect(partOf(message, 'text').text).toBe('Look:\r\nBye\r\n')
    expectExact(mail, message)
    expect(
      message.attachments.map(({ part, name, content, range, nameRange }) => ({
        part,
        name,
        content: Buffer.from(content()).toString('latin1'),
        range: mail.slice(range.start, range.end),
        nameRange: mail.slice(nameRange?.start, nameRange?.end),
      })),
    ).toEqual([
      {
        part: 'attachment:my cat.txt',
        name: 'my cat.txt',
        content: 'Cat',
        range: '#0V%T\r\n`\r\n',
        nameRange: 'my cat.txt',
      },
      { part: 'attachment:b.bin', name: 'b.bin', content: 'a', range: '!80  \r\n`\r\n', nameRange: 'b.bin' },
    ])
    expect(message.gaps).toEqual([])
  })

  it.each([
    ['words that begin so', ['begin 644 reasons to buy', 'because they are good', 'end']],
    ['a mode that is none', ['begin now', ...data, 'end']],
    ['no data', ['begin 644 a.txt', 'end']],
    ['not at a line start', ['  begin 644 a.txt', ...data, 'end']],
  ])('is not seen in %s', (_, body) => {
    const message = readOne(plain('', ...body))
    expect(message.attachments).toEqual([])
    expect(partOf(message, 'text').text).toBe(body.join('\r\n'))
  })

  it('tells of one that is cut off', () => {
    const message = readOne(plain('', 'begin 644 a.txt', '#0V%T'))
    expect(message.attachments.map(({ name }) => name)).toEqual(['a.txt'])
    expect(message.problem?.code).toBe('truncated')
    expect(message.gaps).toEqual([
      { code: 'undecodable', reason: 'a uuencoded file in part text has no end', material: true },
    ])
  })

  it('is undone as a transfer encoding, each byte on its group', () => {
    const mail = lines(
      ...head,
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: x-uuencode',
      '',
      'begin 644 a.txt',
      '&0V%T<R$*',
      '`',
      'end',
    )
    const text = partOf(readOne(mail), 'text')
    expect(text.text).toBe('Cats!\n')
    expect(sourceOf(mail, text, 0, 3)).toBe('0V%T')
    expect(sourceOf(mail, text, 3, 4)).toBe('<R$*')
  })
})

describe('OpenPGP in a text (RFC 9580)', () => {
  const signed = [
    '-----BEGIN PGP SIGNED MESSAGE-----',
    'Hash: SHA256',
    '',
    'Hello',
    '- -- ',
    '- From Acme',
    '-----BEGIN PGP SIGNATURE-----',
    'Version: X 1',
    'Comment: https://acme.example',
    '',
    'iQEzBAEBCAAdFiEE0123456789abcdef',
    '=abcd',
    '-----END PGP SIGNATURE-----',
    'after',
  ]

  it('reads what is signed, and every word a reader would see', () => {
    const mail = plain('', ...signed)
    const message = readOne(mail)
    expect(partOf(message, 'text').text).toBe(
      lines('Hello', '-- ', 'From Acme', 'Comment: https://acme.example', 'after'),
    )
    expectExact(mail, message)
    expect([message.gaps, message.problem]).toEqual([[], null])
  })

  it('keeps words that stand where digits should', () => {
    const body = signed.with(10, 'Buy pills now')
    expect(partOf(readOne(plain('', ...body)), 'text').text).toContain('Buy pills now')
  })

  it.each([
    ['hQEMA9mX0123', 'body-encrypted', 'a piece of part text is encrypted (OpenPGP)'],
    ['wcBMA9mX0123', 'body-encrypted', 'a piece of part text is encrypted (OpenPGP)'],
    ['owEBbwGQ/Q0', 'undecodable', 'a piece of part text is packed as an OpenPGP message and was not opened'],
    ['', 'body-encrypted', 'a piece of part text is encrypted (OpenPGP)'],
  ])('says of a message that starts with %j: %s', (digits, code, reason) => {
    const body = ['see', '-----BEGIN PGP MESSAGE-----', 'Version: X', '', digits, '-----END PGP MESSAGE-----']
    expect(readOne(plain('', ...body)).gaps).toEqual([{ code, reason, material: true }])
  })
})

describe('a mail attached as a file of no kind', () => {
  const attached = (content: string, name = 'forwarded.eml'): string =>
    lines(
      ...head,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'See this',
      '--b',
      `Content-Type: application/octet-stream; name="${name}"`,
      'Content-Disposition: attachment',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(content).toString('base64'),
      '--b--',
    )

  it('is read as the mail it is', () => {
    const message = readOne(attached('From: other@acme.example\r\nSubject: Inner\r\n\r\nInner words'))
    expect(message.texts.map(({ part, text }) => [part, text])).toEqual([
      ['subject', 'Spring'],
      ['subject:2', 'Inner'],
      ['from', 'Acme <news@acme.example>'],
      ['from:2', 'other@acme.example'],
      ['text', 'See this'],
      ['text:2', 'Inner words'],
    ])
    expect(message.attachments).toEqual([])
  })

  it.each([
    ['has no header', 'MZ\0\0', 'forwarded.eml'],
    ['is called otherwise', 'Subject: Inner\r\n\r\nwords', 'forwarded.bin'],
  ])('stays a file when it %s', (_, content, name) => {
    const message = readOne(attached(content, name))
    expect(message.attachments.map((file) => file.name)).toEqual([name])
  })
})
