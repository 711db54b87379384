import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js'
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'

/**
 * `node scripts/mail-fixtures.ts`: writes the samples of `test/fixtures/mail` anew, each by a program that such files come
 * from: nodemailer, OpenSSL, GnuPG, Perl (`pack 'u'`), Python (`mailbox`), iconv, and a writer of compound files. Only
 * made-up people and brands.
 */

const folder = join(import.meta.dirname, '..', 'test', 'fixtures', 'mail')
const work = mkdtempSync(join(tmpdir(), 'clausebench-fixtures-'))

const from = 'Acmé Gärten <news@acme.example>'
const date = new Date('2026-11-20T10:00:00Z')
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

function save(name: string, bytes: Uint8Array | string): void {
  writeFileSync(join(folder, name), bytes)
}

async function composed(options: Record<string, unknown>): Promise<Buffer> {
  const mail = new MailComposer({
    from,
    to: 'Reader <reader@mail.example>',
    subject: 'Frühling — spring sale',
    date,
    messageId: '<1@acme.example>',
    ...options,
  })
  return mail.compile().build()
}

function tool(command: string, args: readonly string[], input?: string | Uint8Array): Buffer {
  return execFileSync(command, args, { cwd: work, input, stdio: ['pipe', 'pipe', 'ignore'] })
}

async function mime(): Promise<void> {
  save('flowed.eml', flowed())
  save(
    'alternative-related-mixed.eml',
    await composed({
      text: 'Grüße aus dem Garten',
      html: '<p>Grüße aus dem <b>Garten</b></p><img src="cid:pixel@acme.example" alt="Logo">',
      attachments: [
        { filename: 'pixel.png', content: pixel, cid: 'pixel@acme.example' },
        { filename: 'Preisliste für den Frühling mit sehr langem Namen 2026.txt', content: 'Rosen 3 €' },
      ],
    }),
  )
  const inner = await composed({ subject: 'Inner', text: 'The inner text: täglich' })
  save(
    'nested.eml',
    await composed({ text: 'See below', attachments: [{ contentType: 'message/rfc822', content: inner }] }),
  )
  save('report.eml', report())
}

/** Soft line breaks as mail programs write them (RFC 3676); no library at hand does. */
function flowed(): string {
  return [
    'From: news@acme.example',
    'Subject: Flowed',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Dear reader, this line is longer than seventy-eight characters and therefore ',
    'flows over its end.',
    '',
    ' From the garden',
    '> You wrote that roses ',
    '> are red.',
    '-- ',
    'Acme',
    '',
  ].join('\r\n')
}

/** A bounce, as mail servers write it (RFC 3462, RFC 3464). */
function report(): string {
  return [
    'From: MAILER-DAEMON@mail.example',
    'To: news@acme.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    '',
    '--r',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    'Final-Recipient: rfc822; nobody@mail.example',
    'Action: failed',
    '',
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    'From: news@acme.example',
    'Subject: Spring sale',
    '',
    '--r--',
    '',
  ].join('\r\n')
}

async function smime(): Promise<void> {
  const subject = '/CN=news@acme.example/O=Acme'
  tool('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    subject,
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
    '-days',
    '3650',
  ])
  const body =
    'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSigned words: Grüße\r\n'
  const header = ['-from', 'news@acme.example', '-to', 'reader@mail.example', '-subject', 'Signed']
  const signer = ['-signer', 'cert.pem', '-inkey', 'key.pem']
  save('smime-signed.eml', tool('openssl', ['cms', '-sign', ...signer, ...header, '-binary'], body))
  save('smime-opaque.eml', tool('openssl', ['cms', '-sign', '-nodetach', '-binary', ...signer, ...header], body))
  save(
    'smime-opaque-stream.eml',
    tool('openssl', ['cms', '-sign', '-nodetach', '-stream', '-binary', ...signer, ...header], body),
  )
  save('smime-encrypted.eml', tool('openssl', ['cms', '-encrypt', '-aes256', ...header, 'cert.pem'], body))
  return Promise.resolve()
}

async function openpgp(): Promise<void> {
  const home = join(work, 'gnupg')
  mkdirSync(home, { mode: 0o700 })
  const gpg = (args: readonly string[], input?: string): Buffer =>
    tool('gpg', ['--homedir', home, '--batch', '--yes', '--trust-model', 'always', '--passphrase', '', ...args], input)
  gpg(['--quick-generate-key', 'news@acme.example', 'default', 'default', 'never'])
  const text = 'Signed words: Grüße\n- a list\n- of two\nFrom Acme\n'
  save('pgp-clearsigned.eml', await composed({ subject: 'Signed', text: gpg(['--clearsign'], text).toString('utf8') }))
  const sealed = gpg(['--armor', '--encrypt', '-r', 'news@acme.example'], text).toString('utf8')
  save('pgp-encrypted.eml', await composed({ subject: 'Sealed', text: `Please open:\n\n${sealed}` }))
  const packed = gpg(['--armor', '--sign'], text).toString('utf8')
  save('pgp-packed.eml', await composed({ subject: 'Packed', text: packed }))
  tool('gpgconf', ['--homedir', home, '--kill', 'all'])
}

/** The same mail in a charset and under a name that mailers give it. */
function inCharset(name: string, encoding: string, label: string, text: string): void {
  const body = tool('iconv', ['-f', 'UTF-8', '-t', encoding], text)
  const head = [
    'From: news@acme.example',
    `Subject: ${label}`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${label}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    '',
  ].join('\r\n')
  save(name, Buffer.concat([Buffer.from(head), body]))
}

function charsets(): void {
  inCharset('charset-cp1252-as-latin1.eml', 'CP1252', 'iso-8859-1', 'Only “today” – 5 €')
  inCharset('charset-gb_2312.eml', 'GB2312', 'gb_2312', '春天的花园 spring')
  inCharset('charset-ks_c_5601.eml', 'EUC-KR', 'ks_c_5601-1987', '봄 정원 spring')
  inCharset('charset-iso-8859-8-i.eml', 'ISO-8859-8', 'iso-8859-8-i', 'גינה spring')
  inCharset('charset-utf-7.eml', 'UTF-7', 'utf-7', 'Grüße aus dem Garten – 5 €')
  inCharset('charset-iso-2022-kr.eml', 'ISO-2022-KR', 'iso-2022-kr', '봄 정원 spring')
  inCharset('charset-unknown-8bit.eml', 'UTF-8', 'unknown-8bit', 'Grüße aus dem Garten')
  inCharset('charset-x-unknown.eml', 'CP1252', 'x-unknown', 'Grüße aus dem Garten')
  inCharset('charset-cp850.eml', 'CP850', 'cp850', 'Grüße aus dem Garten')
}

function oldWays(): void {
  const encoded = tool('perl', [
    '-e',
    'print pack("u", "Rosen 3 EUR, Tulpen 2 EUR, and a longer line so that there are two.")',
  ])
  const head = 'From: news@acme.example\nSubject: Prices\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\n'
  save('uuencode.eml', `${head}The prices:\n\nbegin 644 prices.txt\n${encoded.toString('latin1')}\`\nend\n\nBye\n`)
  save(
    'headers-8bit.eml',
    Buffer.from(
      'From: Acm\xe9 <news@acme.example>\nSubject: Gr\xfc\xdfe\nSubject: twice\nReceived: from a.example\nReceived: from b.example\n\nHello\n',
      'latin1',
    ),
  )
}

function mailboxes(): void {
  const write = [
    'import mailbox, sys',
    'box = mailbox.mbox("box.mbox")',
    'for n in (1, 2, 3):',
    '    m = mailbox.mboxMessage("From: news@acme.example\\nSubject: Mail %d\\n\\nText %d\\n\\nFrom the garden\\n" % (n, n))',
    '    m.set_from("news@acme.example Fri Nov 20 10:00:00 2026")',
    '    box.add(m)',
    'box.flush()',
  ].join('\n')
  tool('python3', ['-'], write)
  const box = readFileSync(join(work, 'box.mbox'))
  save('mailbox.mbox', box)
  // No library writes this variant: lengths are counted, nothing is quoted.
  const mails = [1, 2].map((n) => {
    const body = `Text ${String(n)}\n\nFrom news@acme.example Fri Nov 20 10:00:00 2026\nSubject: quoted whole\n\nFrom the garden\n`
    return `From news@acme.example Fri Nov 20 10:00:00 2026\nFrom: news@acme.example\nSubject: Mail ${String(n)}\nContent-Length: ${String(body.length)}\n\n${body}\n`
  })
  save('mailbox-counted.mbox', mails.join(''))
}

/** Streams and storages of a compound file. */
interface Tree {
  readonly [name: string]: Uint8Array | Tree
}

function compoundFile(tree: Tree): Uint8Array {
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, children: [], length: 0 }]
  const fill = (parent: Entry, content: Tree): void => {
    for (const [name, value] of Object.entries(content)) {
      const isStream = value instanceof Uint8Array
      const entry: Entry = isStream
        ? { name, type: TypeEnum.DOCUMENT, length: value.length, binaryProvider: () => Uint8Array.from(value) }
        : { name, type: TypeEnum.DIRECTORY, length: 0, children: [] }
      parent.children?.push(entries.length)
      entries.push(entry)
      if (!isStream) fill(entry, value)
    }
  }
  const [root] = entries
  if (root !== undefined) fill(root, tree)
  return burn(entries)
}

const wide = (text: string): Uint8Array => Buffer.from(text, 'utf16le')

/** The fixed-length properties: id, type, value. */
function fixed(headBytes: number, values: readonly (readonly [id: number, type: number, value: number])[]): Uint8Array {
  const bytes = Buffer.alloc(headBytes + 16 * values.length)
  values.forEach(([id, type, value], index) => {
    const at = headBytes + 16 * index
    bytes.writeUInt16LE(type, at)
    bytes.writeUInt16LE(id, at + 2)
    bytes.writeUInt32LE(6, at + 4)
    bytes.writeInt32LE(value, at + 8)
  })
  return bytes
}

function recipient(name: string, address: string, kind: number): Tree {
  return {
    '__substg1.0_3001001F': wide(name),
    '__substg1.0_39FE001F': wide(address),
    '__properties_version1.0': fixed(8, [[0x0c15, 3, kind]]),
  }
}

function file(name: string, content: Uint8Array, mediaType: string): Tree {
  return {
    '__substg1.0_37010102': content,
    '__substg1.0_3707001F': wide(name),
    '__substg1.0_370E001F': wide(mediaType),
    '__properties_version1.0': fixed(8, [[0x3705, 3, 1]]),
  }
}

/** RTF compressed with literals alone, which every reader takes ([MS-OXRTFCP]). */
function compressed(rtf: string): Uint8Array {
  const raw = Buffer.from(rtf, 'latin1')
  const pieces: Buffer[] = []
  for (let at = 0; at < raw.length; at += 8) pieces.push(Buffer.of(0), raw.subarray(at, at + 8))
  const data = Buffer.concat(pieces)
  const head = Buffer.alloc(16)
  head.writeUInt32LE(data.length + 12, 0)
  head.writeUInt32LE(raw.length, 4)
  head.write('LZFu', 8, 'latin1')
  return Buffer.concat([head, data])
}

function outlook(): void {
  const transport =
    'From: =?utf-8?q?Acm=C3=A9?= <news@acme.example>\r\nTo: reader@mail.example\r\nSubject: =?utf-8?q?Fr=C3=BChling?=\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nReceived: from a.example\r\n\r\n'
  const inner: Tree = {
    '__substg1.0_0037001F': wide('Inner'),
    '__substg1.0_1000001F': wide('The inner text: täglich'),
    '__properties_version1.0': fixed(24, []),
  }
  save(
    'outlook.msg',
    compoundFile({
      '__substg1.0_001A001F': wide('IPM.Note'),
      '__substg1.0_0037001F': wide('Frühling'),
      '__substg1.0_007D001F': wide(transport),
      '__substg1.0_1000001F': wide('Grüße aus dem Garten 🌷\r\n'),
      '__substg1.0_10130102': Buffer.from(
        `<html><body><p>Grüße aus dem <b>Garten</b></p>${'<p>Rosen</p>'.repeat(400)}</body></html>`,
      ),
      '__properties_version1.0': fixed(32, [[0x3fde, 3, 65001]]),
      '__recip_version1.0_#00000000': recipient('Reader', 'reader@mail.example', 1),
      '__attach_version1.0_#00000000': file('prices für 2026.txt', Buffer.from('Rosen 3 €'), 'text/plain'),
      '__attach_version1.0_#00000001': {
        '__substg1.0_3701000D': inner,
        '__properties_version1.0': fixed(8, [[0x3705, 3, 5]]),
      },
    }),
  )
  const rtf =
    '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fswiss\\fcharset204 Arial;}}\r\n' +
    "{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}\\htmlrtf {\\htmlrtf0 {\\*\\htmltag64 <p>}Only \\'93today\\'94 {\\*\\htmltag84 <b>}\\htmlrtf {\\b\\htmlrtf0 5 \\u8364 ?{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 " +
    "{\\f1 \\'c4\\'e0}{\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 {\\*\\htmltag72 </p>}\\htmlrtf \\par}\\htmlrtf0 {\\*\\htmltag58 </body>}{\\*\\htmltag27 </html>}}"
  save(
    'outlook-draft-rtf.msg',
    compoundFile({
      '__substg1.0_001A001E': Buffer.from('IPM.Note'),
      '__substg1.0_0037001E': Buffer.from('Fr\xfchling', 'latin1'),
      '__substg1.0_0C1A001E': Buffer.from('Acm\xe9', 'latin1'),
      '__substg1.0_5D01001E': Buffer.from('news@acme.example'),
      '__substg1.0_10090102': compressed(rtf),
      '__properties_version1.0': fixed(32, [[0x3ffd, 3, 1252]]),
      '__recip_version1.0_#00000000': recipient('Reader', 'reader@mail.example', 1),
      '__recip_version1.0_#00000001': recipient('Other', 'other@mail.example', 2),
    }),
  )
}

mkdirSync(folder, { recursive: true })
try {
  await mime()
  await smime()
  await openpgp()
  charsets()
  oldWays()
  mailboxes()
  outlook()
} finally {
  rmSync(work, { recursive: true, force: true })
}
