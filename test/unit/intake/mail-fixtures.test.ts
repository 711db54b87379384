import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { checkMaps } from '../../corpus/map-check.ts'
import { messagesOf, partOf, read, sourceOf } from '../../support/mail/read-one.ts'

/** Made by `scripts/mail-fixtures.ts` with the programs that such files come from. */
const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'mail')

function fixture(name: string): { readonly bytes: Buffer; readonly messages: readonly Message[] } {
  const bytes = readFileSync(join(folder, name))
  return { bytes, messages: messagesOf(read(bytes, name)) }
}

/** A stretch of a part and the bytes it stands on, as latin1; `null`: it has no place. */
interface Place {
  readonly part: string
  readonly text: string
  readonly bytes: string | null
}

function place(part: string, text: string, bytes: string | null): Place {
  return { part, text, bytes }
}

const wide = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1')
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const rows: readonly (readonly [name: string, message: number, places: readonly Place[]])[] = [
  [
    'flowed.eml',
    0,
    [
      place('text', 'therefore flows', 'therefore \r\nflows'),
      place('text', 'roses are red', 'roses \r\n> are red'),
      place('text', '\r\nFrom', '\r\n From'),
    ],
  ],
  [
    'alternative-related-mixed.eml',
    0,
    [
      place('subject', 'ühl', '=C3=BChl'),
      place('from', 'é G', '=C3=A9_G'),
      place('text', 'Grüße', 'Gr=C3=BC=C3=9Fe'),
      place('html', '<b>Garten', '<b>Garten'),
    ],
  ],
  ['nested.eml', 0, [place('subject:2', 'Inner', 'Inner'), place('text:2', 'täglich', 't=C3=A4glich')]],
  [
    'report.eml',
    0,
    [
      place('text', 'delivered', 'delivered'),
      place('text:2', 'failed', 'failed'),
      place('text:3', 'Spring sale', 'Spring sale'),
    ],
  ],
  ['smime-signed.eml', 0, [place('text', 'Grüße', utf8('Grüße'))]],
  [
    'pgp-clearsigned.eml',
    0,
    [
      place('text', 'Grüße', 'Gr=C3=BC=C3=9Fe'),
      place('text', '- a list', '- a list'),
      place('text', 'From Acme', 'From Acme'),
    ],
  ],
  ['charset-cp1252-as-latin1.eml', 0, [place('text', '“today”', '\x93today\x94'), place('text', '€', '\x80')]],
  ['charset-gb_2312.eml', 0, [place('text', '花园', '\xbb\xa8\xd4\xb0')]],
  ['charset-ks_c_5601.eml', 0, [place('text', '봄', '\xba\xbd')]],
  ['charset-iso-8859-8-i.eml', 0, [place('text', 'גינה', '\xe2\xe9\xf0\xe4')]],
  ['charset-utf-7.eml', 0, [place('text', 'ü', '+APw'), place('text', 'aus', 'aus'), place('text', '€', '+IKw')]],
  ['charset-iso-2022-kr.eml', 0, [place('text', '봄', ':='), place('text', 'spring', 'spring')]],
  ['charset-unknown-8bit.eml', 0, [place('text', 'ü', '\xc3\xbc')]],
  ['charset-x-unknown.eml', 0, [place('text', 'ü', '\xfc')]],
  ['charset-cp850.eml', 0, [place('text', 'üß', '\x81\xe1')]],
  ['uuencode.eml', 0, [place('text', 'prices:\n\n\nBye', 'prices:\n\nbegin 644 prices.txt\n')]],
  [
    'headers-8bit.eml',
    0,
    [place('subject', 'Grüße', 'Gr\xfc\xdfe'), place('subject:2', 'twice', 'twice'), place('from', 'é', '\xe9')],
  ],
  ['mailbox.mbox', 1, [place('text', 'Text 2', 'Text 2'), place('text', '\nFrom', '\n>From')]],
  [
    'mailbox-counted.mbox',
    1,
    [place('text', '\n\nFrom news', '\n\nFrom news'), place('text', 'quoted whole', 'quoted whole')],
  ],
  [
    'outlook.msg',
    0,
    [
      place('subject', 'ühl', wide('=C3=BChl')),
      place('text', 'Garten 🌷', wide('Garten 🌷')),
      place('html', 'Grüße', utf8('Grüße')),
      place('subject:2', 'Inner', wide('Inner')),
      place('text:2', 'täglich', wide('täglich')),
    ],
  ],
  [
    'outlook-draft-rtf.msg',
    0,
    [
      place('subject', 'ühl', '\xfchl'),
      place('from', 'Acmé <news@acme.example>', null),
      place('html', '<p>Only “today” <b>5 €</b>Да&nbsp;</p>', null),
    ],
  ],
]

describe('samples of every form of mail', () => {
  it.each(rows)('%s #%i: words stand on their bytes', (name, index, places) => {
    const { bytes, messages } = fixture(name)
    const message = messages[index]
    if (message === undefined) throw new Error('no such message')
    for (const { part, text, bytes: expected } of places) {
      const found = partOf(message, part)
      const start = found.text.indexOf(text)
      expect(start, `${part} has ${JSON.stringify(text)}: ${JSON.stringify(found.text)}`).toBeGreaterThanOrEqual(0)
      if (expected === null) expect(found.toSource).toBeNull()
      else if (name === 'uuencode.eml')
        expect(sourceOf(bytes, found, start, start + text.length).startsWith(expected)).toBe(true)
      else expect(sourceOf(bytes, found, start, start + text.length)).toBe(expected)
    }
  })

  it.each(readdirSync(folder).filter((name) => name.endsWith('.eml') && !/utf-7|2022-kr|cp850/.test(name)))(
    '%s: every map is exact',
    (name) => {
      const { bytes, messages } = fixture(name)
      expect(messages.flatMap((message) => (name.includes('opaque') ? [] : checkMaps(bytes, message).faults))).toEqual(
        [],
      )
    },
  )

  it.each([
    ['smime-encrypted.eml', 'body-encrypted', 'the body is encrypted (S/MIME)'],
    ['pgp-encrypted.eml', 'body-encrypted', 'a piece of part text is encrypted (OpenPGP)'],
    ['pgp-packed.eml', 'undecodable', 'a piece of part text is packed as an OpenPGP message and was not opened'],
  ])('%s says that it was not read', (name, code, reason) => {
    expect(fixture(name).messages.flatMap(({ gaps }) => gaps)).toEqual([{ code, reason, material: true }])
  })

  it.each(['smime-opaque.eml', 'smime-opaque-stream.eml'])('%s: what is signed inside is read', (name) => {
    const { bytes, messages } = fixture(name)
    const [message] = messages
    if (message === undefined) throw new Error('no message')
    const text = partOf(message, 'text')
    expect([text.text, message.gaps, message.attachments]).toEqual(['Signed words: Grüße\r\n', [], []])
    const start = text.text.indexOf('ü')
    const quanta = Buffer.from(sourceOf(bytes, text, start, start + 1), 'base64')
    expect(quanta.includes(Buffer.from('ü'))).toBe(true)
    expect(quanta.length).toBeLessThanOrEqual(6)
  })

  it.each([
    [
      'alternative-related-mixed.eml',
      [
        ['pixel.png', true, 70],
        ['Preisliste für den Frühling mit sehr langem Namen 2026.txt', false, 11],
      ],
    ],
    ['smime-signed.eml', [['smime.p7s', false, null]]],
    ['uuencode.eml', [['prices.txt', false, 67]]],
    ['outlook.msg', [['prices für 2026.txt', false, 11]]],
  ] as const)('%s carries its files', (name, files) => {
    const found = fixture(name).messages.flatMap(({ attachments }) => attachments)
    expect(found.map((file) => [file.name, file.inline])).toEqual(files.map(([file, inline]) => [file, inline]))
    files.forEach(([, , bytes], index) => {
      if (bytes !== null) expect(found[index]?.content()).toHaveLength(bytes)
    })
  })

  it('outlook.msg has the header it came with, the draft what Outlook knows', () => {
    const headersOf = (name: string): [string, string][] =>
      (fixture(name).messages[0]?.headers ?? []).map((field) => [field.name, field.value])
    expect(fixture('outlook.msg').messages[0]).toMatchObject({ form: 'rfc5322', date: '2026-11-20T10:00:00Z' })
    expect(headersOf('outlook.msg')).toEqual([
      ['From', 'Acmé <news@acme.example>'],
      ['To', 'reader@mail.example'],
      ['Subject', 'Frühling'],
      ['Date', 'Fri, 20 Nov 2026 10:00:00 +0000'],
      ['Received', 'from a.example'],
    ])
    expect(fixture('outlook-draft-rtf.msg').messages[0]).toMatchObject({ form: 'draft', date: null })
    expect(headersOf('outlook-draft-rtf.msg')).toEqual([
      ['From', 'Acmé <news@acme.example>'],
      ['To', 'Reader <reader@mail.example>'],
      ['Cc', 'Other <other@mail.example>'],
      ['Subject', 'Frühling'],
    ])
  })
})
