import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInput } from '../../../src-main/intake/read.ts'
import { damages } from '../../support/damage.ts'
import { noDefaults } from '../../support/mail/read-one.ts'

/** One well-formed file of each format, to be damaged. */
const seeds: readonly (readonly [name: string, content: string])[] = [
  [
    'mail.eml',
    [
      'From: =?utf-8?b?QWPDqW1l?= <a@b.example>',
      'Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=gb18030',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=C4=E3=\r\n=BA=C3 =94=39=DA=33',
      '--b',
      'Content-Type: text/html; charset=iso-2022-jp',
      'Content-Transfer-Encoding: base64',
      '',
      'GyRC\r\nRnxL\r\nXBsoQg==',
      '--b',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      '',
      'U3ViamVjdDogeA0KDQpib2R5',
      '--b',
      "Content-Disposition: attachment; filename*0*=utf-8''%e2; filename*1*=%82%ac",
      '',
      'x',
      '--b--',
    ].join('\r\n'),
  ],
  [
    'plain.eml',
    [
      'From: a@b.example',
      'Content-Type: text/plain; charset=utf-7; format=flowed; delsp=yes',
      '',
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'Hash: SHA256',
      '',
      '> a +AOk- ',
      '> b ',
      '- -- ',
      'begin 644 a.txt',
      '#0V%T',
      '`',
      'end',
      '-----BEGIN PGP SIGNATURE-----',
      '',
      'iQEzBAEBCAAd',
      '-----END PGP SIGNATURE-----',
    ].join('\r\n'),
  ],
  [
    'signed.eml',
    `Content-Type: application/pkcs7-mime\r\n\r\n\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80\x04\x08Subject:\x04\x05 x\n\ny\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00`,
  ],
  [
    'uu.eml',
    'Subject: x\nContent-Transfer-Encoding: x-uuencode\nContent-Type: text/plain; charset=hz\n\nbegin 644 a\n%?GO">WX\n`\nend\n',
  ],
  [
    'counted.mbox',
    'From a@b.example Fri Nov 20 10:00:00 2026\nContent-Length: 7\n\nFrom x\n\nFrom a@b.example Fri Nov 20 10:00:00 2026\nSubject: 2\n\n>From x\n',
  ],
  [
    'box.mbox',
    'From a@b.example Fri Nov 20 10:00:00 2026\nSubject: 1\nFrom: a@b.example\n\n>From x\n\nFrom a@b.example Fri Nov 20 10:00:00 2026\nSubject: 2\n\nx\n',
  ],
  ['page.html', '<!doctype html><meta charset="shift_jis"><p>\x83\x5c\x82\xa0</p>'],
  ['note.sms.txt', '\xef\xbb\xbfHello caf\xc3\xa9 \xf0\x9f\x98\x80'],
  ['drafts.csv', '\xef\xbb\xbfid,channel,text\r\n1,sms,"a ""b"" \xc3\xa9"\r\n2,email,<p>x\r\n'],
  ['drafts.json', '[{"id":"a","channel":"sms","text":"\\ud83d\\ude00 \\u00e9"},{"subject":"\xc3\xa9"}]'],
  [
    'drafts.yaml',
    "- channel: sms\n  text: \"a\\u00e9\n    b\"\n- {subject: 'it''s', body: \xc3\xa9}\n- text: |\n    one\n    two\n",
  ],
  ['drafts.tsv', 'sep=\t\nchannel\ttext\nsms\t"a ""b"""\n'],
  ['drafts.jsonl', '{"channel":"sms","text":"a"}\n{"channel":"push","title":"\\n"}\n'],
]

function holds(bytes: Buffer, name: string): void {
  const outcome = readInput(bytes, { input: name, named: true, defaults: noDefaults })
  if (!('messages' in outcome)) {
    expect(outcome.problem.message).not.toBe('')
    return
  }
  expect(outcome.status === 'partial').toBe(outcome.problem !== null)
  const ids = outcome.messages.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const message of outcome.messages) {
    for (const attachment of message.attachments) attachment.content()
    const places = [
      ...message.texts.map(({ text, toSource }) => ({ text, toSource })),
      ...message.headers.map(({ value, toSource }) => ({ text: value, toSource })),
    ]
    for (const { text, toSource } of places) {
      if (toSource === null) continue
      let last = 0
      for (let unit = 0; unit < text.length; unit++) {
        const span = toSource({ start: unit, end: unit + 1 })
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(bytes.length)
        expect(span.start).toBeGreaterThanOrEqual(last)
        last = span.start
      }
    }
  }
}

describe('damaged files', () => {
  it.each(seeds)('%s: never throws, every character keeps a place in the file', (name, content) => {
    fc.assert(
      fc.property(fc.array(damages, { minLength: 1, maxLength: 6 }), (chosen) => {
        holds(
          chosen.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(content, 'latin1')),
          name,
        )
      }),
      { numRuns: 200 },
    )
  })

  it.each(seeds)('%s: random bytes under that name', (name) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => holds(Buffer.from(bytes), name)),
      { numRuns: 200 },
    )
  })
})
