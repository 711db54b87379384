import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRows } from '../../../src-main/intake/csv-rows.ts'
import { readManifest } from '../../../src-main/intake/manifest.ts'
import { readInput } from '../../../src-main/intake/read.ts'
import { fetchCorpus } from '../../corpus/fetch.ts'
import { checkPlaces } from '../../support/check-places.ts'
import { damages } from '../../support/damage.ts'
import { fuzzTimeoutMs, textRuns } from '../../support/fuzz-runs.ts'
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
  ['profiles.csv', 'Email;First Name;Consent\r\na@b.example;"Ma\xefa; x";yes\r\nc@d.example;;no\r\n'],
  [
    'export.json',
    '{"data":{"type":"campaign","id":"c","attributes":{"name":"x","send_strategy":{"method":"static","datetime":"2026-03-01T09:00:00Z"}}},"included":[{"type":"campaign-message","id":"m","attributes":{"definition":{"channel":"email","content":{"subject":"a \\u00e9","body":"b"}}}}]}',
  ],
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
  for (const message of outcome.messages) checkPlaces(message, bytes.length)
}

const someDamage = fc.array(damages, { minLength: 1, maxLength: 6 })

describe('damaged files', () => {
  it.each(seeds)(
    '%s: never throws, every character keeps a place in the file',
    (name, content) => {
      fc.assert(
        fc.property(someDamage, (chosen) => {
          holds(
            chosen.reduce<Buffer>((bytes, damage) => damage(bytes), Buffer.from(content, 'latin1')),
            name,
          )
        }),
        { numRuns: textRuns },
      )
    },
    fuzzTimeoutMs,
  )

  it.each(seeds)(
    '%s: random bytes under that name',
    (name) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => holds(Buffer.from(bytes), name)),
        { numRuns: textRuns },
      )
    },
    fuzzTimeoutMs,
  )
})

/** The mails among the fixtures; with many cases also real ones, where they were fetched (`npm run corpus:fetch`). */
function wholeMails(): readonly string[] {
  const root = join(import.meta.dirname, '../../..')
  const fixtures = join(root, 'test/fixtures/mail')
  const own = readdirSync(fixtures)
    .filter((name) => name.endsWith('.eml') || name.endsWith('.mbox'))
    .map((name) => join(fixtures, name))
  const cache = join(root, '.cache')
  const hasCorpus = textRuns > 1_000 && existsSync(cache) && readdirSync(cache).some((name) => name.startsWith('spam-'))
  return hasCorpus ? [...own, ...fetchCorpus(cache)] : own
}

describe('damaged mails', () => {
  it(
    'never throw, and every character keeps a place in the file',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...wholeMails()), someDamage, (file, chosen) => {
          holds(
            chosen.reduce<Buffer>((bytes, damage) => damage(bytes), readFileSync(file)),
            file.endsWith('.mbox') ? 'box.mbox' : 'mail.eml',
          )
        }),
        { numRuns: textRuns },
      )
    },
    fuzzTimeoutMs,
  )
})

describe('damaged settings and lists', () => {
  it(
    'campaign.yaml: never throws, and says what is wrong',
    () => {
      const seed = Buffer.from(
        'schema: clausebench-campaign/1\nname: &a Spring\nclient: *a\naudience: [a.csv, { file: b.csv, as: send-list, columns: { email: E } }]\nregion: US\nsender: { brand: Acme, domains: [acme.example] }\nmessages:\n  - { file: a.eml, send_at: 2026-03-01T09:00:00-05:00, channel: email }\n',
      )
      fc.assert(
        fc.property(someDamage, (chosen) => {
          const bytes = chosen.reduce<Buffer>((all, damage) => damage(all), seed)
          const { manifest, problem } = readManifest(bytes, (place) => ({ path: `/c/${place}`, input: place }))
          expect(manifest !== null || (problem?.message ?? '') !== '').toBe(true)
          manifest?.defaultsOf('a.eml')
        }),
        { numRuns: textRuns },
      )
    },
    fuzzTimeoutMs,
  )

  it(
    'a list of recipients: never throws, and gives the same rows however it is cut',
    async () => {
      const seed = Buffer.from(
        'Email,First Name,Zip\r\na@b.example,"Ma""ra, x",97209\r\nc@d.example,\xc3\xa9,\r\n',
        'latin1',
      )
      const rowsOf = async (pieces: readonly Buffer[]): Promise<string> => {
        const rows: unknown[] = []
        for await (const event of csvRows(pieces)) rows.push(event.kind === 'rows' ? event.rows : event.problem.code)
        return JSON.stringify(rows.flat())
      }
      await fc.assert(
        fc.asyncProperty(someDamage, fc.nat(), async (chosen, at) => {
          const bytes = chosen.reduce<Buffer>((all, damage) => damage(all), seed)
          const cut = at % (bytes.length + 1)
          expect(await rowsOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(await rowsOf([bytes]))
        }),
        { numRuns: textRuns },
      )
    },
    fuzzTimeoutMs,
  )
})
