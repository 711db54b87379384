import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { base64, charsetLabels, concatBytes, encodeText, quotedPrintable, textIn } from '../../support/mail/encode.ts'
import { naiveText, naiveTransfer } from '../../support/mail/naive-decode.ts'
import { messagesOf, partOf, read, readOne, sourceOf } from '../../support/mail/read-one.ts'

function lines(...all: string[]): string {
  return all.join('\r\n')
}

function texts(message: Message): [string, string][] {
  return message.texts.map((part) => [part.part, part.text])
}

const head = ['From: Acme <news@acme.example>', 'To: reader@mail.example', 'Subject: Spring', 'MIME-Version: 1.0']

describe('a simple mail', () => {
  const mail = lines(
    'From: =?utf-8?q?Ac=C3=A9me?= <news@acme.example>',
    'Subject: Spring',
    ' sale',
    'Date: Fri, 20 Nov 2026 10:00:00 -0500',
    'Received: from a.example',
    'Received: from b.example',
    '',
    'Hello',
    'there',
  )
  const message = readOne(mail)

  it('has its texts in reading order, line ends kept', () => {
    expect(texts(message)).toEqual([
      ['subject', 'Spring sale'],
      ['from', 'Acéme <news@acme.example>'],
      ['text', 'Hello\r\nthere'],
    ])
    expect(message).toMatchObject({
      form: 'rfc5322',
      channel: 'email',
      date: '2026-11-20T10:00:00-05:00',
      problem: null,
    })
  })

  it('keeps headers in order, twice where they stand twice, with their bytes', () => {
    expect(message.headers.map(({ name, value }) => [name, value]).slice(3)).toEqual([
      ['Received', 'from a.example'],
      ['Received', 'from b.example'],
    ])
    const [from, subject] = message.headers
    expect(mail.slice(from?.range.start, from?.range.end)).toBe('From: =?utf-8?q?Ac=C3=A9me?= <news@acme.example>')
    expect(mail.slice(subject?.range.start, subject?.range.end)).toBe('Subject: Spring\r\n sale')
  })

  it('maps characters', () => {
    expect(sourceOf(mail, partOf(message, 'from'), 2, 3)).toBe('=C3=A9')
    expect(sourceOf(mail, partOf(message, 'text'), 0, 12)).toBe('Hello\r\nthere')
    expect(sourceOf(mail, partOf(message, 'subject'), 0, 11)).toBe('Spring\r\n sale')
  })
})

describe('part trees', () => {
  it('takes alternatives, related images, named files and nested multiparts apart', () => {
    const mail = lines(
      ...head,
      'Content-Type: multipart/mixed; boundary=out',
      '',
      'preamble',
      '--out',
      'Content-Type: multipart/alternative; boundary="in"',
      '',
      '--in',
      'Content-Type: text/plain',
      '',
      'plain',
      '--in',
      'Content-Type: multipart/related; boundary=rel',
      '',
      '--rel',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<img src="cid:logo@x">',
      '--rel',
      'Content-Type: image/png; name=logo.png',
      'Content-ID: <logo@x>',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw==',
      '--rel--',
      '--in--',
      '--out \t',
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="price.pdf"',
      '',
      '%PDF',
      '--out',
      'Content-Type: text/x-diff; name=a.patch',
      '',
      '+1',
      '--out--',
      'epilogue',
      '--out',
      '',
      'never shown',
    )
    const message = readOne(mail)
    expect(texts(message).slice(2)).toEqual([
      ['text', 'plain'],
      ['html', '<img src="cid:logo@x">'],
    ])
    expect(message.attachments.map(({ part, mediaType, inline, name }) => [part, mediaType, inline, name])).toEqual([
      ['attachment:logo.png', 'image/png', true, 'logo.png'],
      ['attachment:price.pdf', 'application/pdf', false, 'price.pdf'],
      ['attachment:a.patch', 'text/x-diff', false, 'a.patch'],
    ])
    const [logo, price] = message.attachments
    expect(mail.slice(logo?.range.start, logo?.range.end)).toBe('iVBORw==')
    expect(Buffer.from(logo?.content() ?? []).toString('latin1')).toBe('\x89PNG')
    expect(mail.slice(price?.nameRange?.start, price?.nameRange?.end)).toBe('price.pdf')
    expect(message.problem).toBeNull()
  })

  it('reads an attached message as further parts, encoded or not', () => {
    const inner = lines('From: b@b.example', 'Subject: Inner', '', 'inner body')
    for (const encoding of ['7bit', 'base64']) {
      const mail = lines(
        ...head,
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'outer body',
        '--b',
        'Content-Type: message/rfc822',
        `Content-Transfer-Encoding: ${encoding}`,
        '',
        encoding === 'base64' ? base64(Buffer.from(inner), 37) : inner,
        '--b--',
      )
      const message = readOne(mail)
      expect(texts(message)).toEqual([
        ['subject', 'Spring'],
        ['subject:2', 'Inner'],
        ['from', 'Acme <news@acme.example>'],
        ['from:2', 'b@b.example'],
        ['text', 'outer body'],
        ['text:2', 'inner body'],
      ])
      expect(message.headers).toHaveLength(5)
      const mapped = Buffer.from(sourceOf(mail, partOf(message, 'text:2'), 0, 10), 'latin1')
      expect(Buffer.from(naiveTransfer(encoding === 'base64' ? 'base64' : 'identity', mapped)).toString()).toContain(
        'inner body',
      )
    }
  })

  it('ends inner parts at an outer boundary, and knows boundaries that begin alike', () => {
    const mail = lines(
      ...head,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/mixed; boundary=bb',
      '',
      '--bb',
      '',
      'one',
      '--b',
      '',
      'two',
      '--b--',
    )
    const message = readOne(mail)
    expect(texts(message).slice(2)).toEqual([
      ['text', 'one'],
      ['text:2', 'two'],
    ])
    expect(message.problem?.code).toBe('truncated')
  })

  it.each([
    [
      'missing final boundary',
      ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'text'],
      'text',
      'truncated',
    ],
    ['no boundary at all', ['Content-Type: multipart/mixed; boundary=b', '', 'text'], 'text', 'bad-mime'],
    ['no boundary named', ['Content-Type: multipart/mixed', '', 'text'], 'text', 'bad-mime'],
    ['unknown encoding', ['Content-Transfer-Encoding: x-odd', '', 'text'], 'text', 'bad-mime'],
    ['unknown charset', ['Content-Type: text/plain; charset=x-odd', '', 'caf\xc3\xa9'], 'café', 'bad-encoding'],
    ['wrong charset', ['Content-Type: text/plain; charset=utf-8', '', 'caf\xe9'], 'caf\uFFFD', 'bad-encoding'],
    ['damaged base64', ['Content-Transfer-Encoding: base64', '', 'SGVs!bG8='], 'Hello', 'bad-encoding'],
    ['a line that is no field', ['no field', 'X-A: b', '', 'text'], 'text', 'bad-mime'],
    ['an oversized field', [`X-Long: ${'x'.repeat(70_000)}`, '', 'text'], 'text', 'header-too-large'],
  ])('is partial: %s', (_, rest, text, code) => {
    const outcome = read(lines(...head, ...rest))
    expect(outcome).toMatchObject({ status: 'partial', problem: { code } })
    expect(partOf(messagesOf(outcome)[0] ?? readOne(''), 'text').text).toBe(text)
  })

  it.each([
    ['header without body', lines(...head), ''],
    ['header without the last line end', `${lines(...head)}\r\n`, ''],
    ['empty body', lines(...head, '', ''), ''],
    ['LF line ends', [...head, '', 'a', 'b'].join('\n'), 'a\nb'],
    ['a lone CR', lines(...head, '', 'a\rb'), 'a\rb'],
    ['NUL bytes', lines(...head, '', 'a\0b'), 'a\0b'],
    ['an mbox line in front', lines('From news@acme.example Fri Nov 20 10:00:00 2026', ...head, '', 'text'), 'text'],
    ['body without header', 'just text\r\nmore', 'just text\r\nmore'],
    ['a spelt U+FFFD', lines(...head, 'Content-Type: text/plain; charset=utf-8', '', '\xef\xbf\xbd'), '\uFFFD'],
    ['us-ascii that is UTF-8', lines(...head, 'Content-Type: text/plain; charset=us-ascii', '', 'caf\xc3\xa9'), 'café'],
    ['8-bit without charset', lines(...head, '', '\x93caf\xe9\x94'), '“café”'],
    [
      'iso-8859-1 that is windows-1252',
      lines(...head, 'Content-Type: text/plain; charset=iso-8859-1', '', '\x80'),
      '€',
    ],
  ])('is reviewed: %s', (_, mail, text) => {
    const outcome = read(mail)
    expect(outcome).toMatchObject({ status: 'reviewed', problem: null })
    expect(partOf(messagesOf(outcome)[0] ?? readOne(''), 'text').text).toBe(text)
  })

  it('stops at depth, part and size limits and says so', () => {
    const deep = (level: number): string =>
      level === 0
        ? '\r\ndeep'
        : `Content-Type: multipart/mixed; boundary=b${String(level)}x\r\n\r\n--b${String(level)}x\r\n${deep(level - 1)}\r\n--b${String(level)}x--`
    expect(read(lines(...head, deep(25)))).toMatchObject({ status: 'partial', problem: { code: 'too-deep' } })
    const many = lines(
      ...head,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from({ length: 1200 }, () => '--b\r\n\r\nx'),
      '--b--',
    )
    const outcome = read(many)
    expect(outcome).toMatchObject({ status: 'partial', problem: { code: 'too-many-parts' } })
    expect(messagesOf(outcome)[0]?.texts.length).toBeLessThan(1_010)
    const long = `${lines(...head, 'Content-Type: text/html', '', '')}${'x'.repeat(9 * 1024 * 1024)}`
    const cut = readOne(long)
    expect(partOf(cut, 'html').text).toHaveLength(8 * 1024 * 1024)
    expect(cut.problem?.code).toBe('too-large')
    expect(cut.gaps.map(({ code, material }) => [code, material])).toEqual([['past-limit', true]])
  })
})

describe('encrypted bodies', () => {
  it.each([
    [
      'OpenPGP',
      'Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--b--',
    ],
    ['S/MIME', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx'],
    ['armour', '\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc'],
  ])('%s is a material gap', (_, rest) => {
    const { gaps } = readOne(`${lines(...head)}\r\n${rest}`)
    expect(gaps.map(({ code, material }) => [code, material])).toEqual([['body-encrypted', true]])
  })
})

describe('every character maps to its bytes', () => {
  const encodings = ['quoted-printable', 'base64', '8bit'] as const
  const cases = charsetLabels.flatMap((label) =>
    encodings
      .filter((encoding) => encoding !== '8bit' || !label.startsWith('utf-16'))
      .map((encoding) => [label, encoding] as const),
  )

  it.each(cases)('%s in %s', (label, encoding) => {
    fc.assert(
      fc.property(
        textIn(label),
        fc.integer({ min: 4, max: 80 }),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(),
        fc.nat(),
        (text, length, lineEnd, a, b) => {
          fc.pre(text !== '')
          const bytes = encodeText(label, text)
          const body =
            encoding === '8bit'
              ? bytes
              : encoding === 'base64'
                ? base64(bytes, length, lineEnd)
                : quotedPrintable(bytes, length, lineEnd)
          const header = [
            'Subject: x',
            'From: a@b.example',
            `Content-Type: text/plain; charset=${label}`,
            `Content-Transfer-Encoding: ${encoding}`,
          ]
          const mail = concatBytes([...header, '', ''].join(lineEnd), body)
          const part = partOf(readOne(mail), 'text')
          expect(part.text).toBe(text)
          const [from, to] = codePointSpan(text, a, b)
          const source = Buffer.from(sourceOf(mail, part, from, to), 'latin1')
          const expected = text.slice(from, to)
          const decoded = naiveTransfer(encoding === '8bit' ? 'identity' : encoding, source)
          const shifted =
            label === 'iso-2022-jp' && expected.charCodeAt(0) > 0x7f && decoded[0] !== 0x1b ? '\x1b$B' : ''
          if (encoding === 'base64') {
            const meanings = [0, 1, 2].map((skip) =>
              naiveText(label, Buffer.concat([Buffer.from(shifted, 'latin1'), decoded.subarray(skip)])),
            )
            if (label !== 'iso-2022-jp') expect(meanings.some((meaning) => meaning?.includes(expected))).toBe(true)
            const exact = encodeText(label, expected).length
            expect(decoded.length).toBeLessThanOrEqual(exact + 4 + (label === 'iso-2022-jp' ? 6 : 0))
          } else {
            expect(naiveText(label, Buffer.concat([Buffer.from(shifted, 'latin1'), decoded]))).toBe(expected)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** A stretch of whole characters, at least one. */
function codePointSpan(text: string, a: number, b: number): [number, number] {
  const offsets = [0]
  for (const character of text) offsets.push((offsets.at(-1) ?? 0) + character.length)
  const first = a % (offsets.length - 1)
  const last = first + 1 + (b % (offsets.length - 1 - first))
  return [offsets[first] ?? 0, offsets[last] ?? text.length]
}
