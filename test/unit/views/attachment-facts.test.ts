import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { PDFString } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { attachmentFact, extensionsOf } from '../../../src-main/views/attachment-facts.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { sniffType } from '../../../src-main/views/file-type.ts'
import type { AttachmentFact } from '../../../src-main/views/view.ts'
import { cpuTimeMs } from '../../support/cpu-time.ts'
import { damaged } from '../../support/damage.ts'
import { binaryRuns, fuzzTimeoutMs } from '../../support/fuzz-runs.ts'
import { oleOf, olePackage } from '../../support/ole.ts'
import { addAnnotation, pdfOf, rawPdf, rawStream, setCatalog } from '../../support/pdf.ts'
import { tarOf } from '../../support/tar.ts'
import { withField, zipOf } from '../../support/zip.ts'
import { attachmentOf, messageOf } from './message.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Array.from(text, (character) => character.charCodeAt(0)))

describe('sniffType', () => {
  it.each<[string, string, string | null]>([
    ['program', 'MZ\x90\0', 'application/x-dosexec'],
    ['ELF', '\x7fELF\x02', 'application/x-elf'],
    ['Mach-O', '\xcf\xfa\xed\xfe', 'application/x-mach-binary'],
    ['zip', 'PK\x03\x04', 'application/zip'],
    ['old Office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
    ['PDF', '%PDF-1.7', 'application/pdf'],
    ['PDF after rubbish', '\n\n%PDF-1.7', 'application/pdf'],
    ['rar', 'Rar!\x1a\x07\x01\0', 'application/vnd.rar'],
    ['7z', '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
    ['gzip', '\x1f\x8b\x08', 'application/gzip'],
    ['PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF', 'GIF89a', 'image/gif'],
    ['WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['shortcut', 'L\0\0\0\x01\x14\x02\0', 'application/x-ms-shortcut'],
    ['ISO', '\0'.repeat(32769) + 'CD001', 'application/x-iso9660-image'],
    ['HTML', '  <!-- x --> <!DOCTYPE html><p>', 'text/html'],
    ['HTML after its mark', '\xef\xbb\xbf<html >', 'text/html'],
    ['SVG', '<?xml version="1.0"?><svg xmlns="x">', 'image/svg+xml'],
    ['script', '#!/bin/sh', 'text/x-shellscript'],
    ['text', 'MZ is not all: hello', 'application/x-dosexec'],
    ['prose', 'Dear reader', null],
    ['nothing', '', null],
  ])('%s', (_, content, type) => {
    expect(sniffType(bytes(content))).toBe(type)
  })
})

describe('extensionsOf', () => {
  it.each<[string, string[]]>([
    ['invoice.pdf.exe', ['pdf', 'exe']],
    ['Photo.JPG', ['jpg']],
    ['noname', []],
    ['v1.2 final.docx', ['docx']],
    ['trick.exe. ', ['exe']],
    ['gpj.\u202eexe', []],
    ['.bashrc', ['bashrc']],
    ['', []],
  ])('%s', (name, extensions) => {
    expect(extensionsOf(name)).toEqual(extensions)
  })
})

it('says what an attachment is, whatever it calls itself', () => {
  const attachment = attachmentOf('report.pdf', bytes('MZ\0\0'), 'application/pdf')
  expect(attachmentFact(attachment)).toEqual({
    attachment,
    extensions: ['pdf'],
    trueType: 'application/x-dosexec',
    members: [],
    acts: [],
    isEncrypted: false,
    isCut: false,
  })
})

function factOf(name: string, content: Uint8Array | string): AttachmentFact {
  return attachmentFact(
    attachmentOf(name, typeof content === 'string' ? bytes(content) : content, 'application/octet-stream'),
  )
}

function members(fact: AttachmentFact): readonly string[] {
  return fact.members.map(
    ({ path, trueType, isEncrypted }) => `${path} ${isEncrypted ? 'encrypted' : (trueType ?? '?')}`,
  )
}

/** The least that Windows takes for a program. */
const program = Buffer.concat([
  Buffer.from('MZ'),
  Buffer.alloc(58),
  Buffer.from([64, 0, 0, 0]),
  Buffer.from('PE\0\0'),
  Buffer.alloc(20),
])
const exe = 'application/x-dosexec'
const zip = 'application/zip'

const rar4 = Buffer.concat([
  Buffer.from('Rar!\x1a\x07\0', 'latin1'),
  Buffer.from([
    0, 0, 0x74, 0x00, 0x80, 41, 0, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 29, 0x30, 9, 0, 0, 0, 0, 0,
  ]),
  Buffer.from('setup.exexxx'),
])
const rar5 = Buffer.concat([
  Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'),
  Buffer.from([0, 0, 0, 0, 17, 2, 2, 3, 0, 3, 0, 0, 0, 9]),
  Buffer.from('setup.exexxx'),
])
const tnef = Buffer.concat([
  Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
  ...(
    [
      [0x00069002, Buffer.alloc(14)],
      [0x00018010, Buffer.from('setup.exe\0')],
      [0x0006800f, program],
    ] as const
  ).map(([id, value]) => {
    const head = Buffer.alloc(9, 2)
    head.writeUInt32LE(id, 1)
    head.writeUInt32LE(value.length, 5)
    return Buffer.concat([head, value, Buffer.alloc(2)])
  }),
])

describe('a file in an attachment is seen', () => {
  it.each<[string, string, Uint8Array | string, readonly string[]]>([
    [
      'of an archive',
      'a.zip',
      zipOf({ 'x/setup.exe': program, 'note.txt': 'hello' }),
      [`x/setup.exe ${exe}`, 'note.txt ?'],
    ],
    [
      'of archives in archives',
      'a.zip',
      zipOf({ 'b.zip': zipOf({ 'c.zip': zipOf({ 'setup.dat': program }) }) }),
      [`b.zip ${zip}`, `b.zip/c.zip ${zip}`, `b.zip/c.zip/setup.dat ${exe}`],
    ],
    [
      'of an encrypted archive',
      'a.zip',
      withField(zipOf({ 'setup.exe': program }), 0, 'flags', 1),
      ['setup.exe encrypted'],
    ],
    [
      'packed in a way that is not unpacked',
      'a.zip',
      withField(zipOf({ 'setup.exe': program }), 0, 'method', 12),
      ['setup.exe ?'],
    ],
    ['of an archive without its list', 'a.zip', zipOf({ 'setup.exe': program }).subarray(0, -40), [`setup.exe ${exe}`]],
    [
      'of an archive behind other bytes',
      'a.zip',
      Buffer.concat([Buffer.from('PK\x03\x04 no'), zipOf({ 'setup.exe': program })]),
      [`setup.exe ${exe}`],
    ],
    ['of tar', 'a.tar', tarOf({ 'x/setup.exe': program, b: '' }), [`x/setup.exe ${exe}`, 'b ?']],
    ['of packed tar', 'a.tgz', gzipSync(tarOf({ 'setup.exe': program })), [`setup.exe ${exe}`]],
    ['packed with gzip', 'setup.exe.gz', gzipSync(program), [`setup.exe ${exe}`]],
    ['packed with bzip2', 'setup.exe.bz2', 'BZh91AY', ['setup.exe ?']],
    ['of RAR 4', 'a.rar', rar4, ['setup.exe ?']],
    ['of RAR 5', 'a.rar', rar5, ['setup.exe ?']],
    ['of winmail.dat', 'winmail.dat', tnef, [`setup.exe ${exe}`]],
    ['in uuencode', 'a.txt', `hi\nbegin 644 setup.exe\n${uuencoded(program)}\`\nend\n`, [`setup.exe ${exe}`]],
    [
      'in an address',
      'a.html',
      `<html ><a href="data:application/x-a;base64,${program.toString('base64')}">`,
      [`data:application/x-a ${exe}`],
    ],
    [
      'put into an old document',
      'a.doc',
      oleOf({ ObjectPool: { _1: { '\u0001Ole10Native': olePackage('setup.exe', program) } } }),
      [`setup.exe ${exe}`],
    ],
    [
      'put into a new document',
      'a.docx',
      zipOf({
        '[Content_Types].xml': '<Types/>',
        'word/embeddings/o.bin': oleOf({ '\u0001Ole10Native': olePackage('setup.exe', program) }),
      }),
      ['word/embeddings/o.bin application/x-ole-storage', `word/embeddings/o.bin/setup.exe ${exe}`],
    ],
    [
      'put into RTF',
      'a.rtf',
      `{\\rtf1{\\object\\objemb{\\*\\objdata ${rtfObject(olePackage('setup.exe', program))}}}}`,
      [`setup.exe ${exe}`],
    ],
    [
      'somewhere in an old document',
      'a.doc',
      Buffer.concat([Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'), Buffer.alloc(600), program]),
      [`program at byte 608 ${exe}`],
    ],
  ])('%s', (_, name, content, expected) => {
    expect(members(factOf(name, content))).toEqual(expected)
  })

  it('of a PDF document', async () => {
    const pdf = await pdfOf(({ document }) => document.attach(program, 'setup.exe'))
    expect(members(factOf('a.pdf', pdf))).toEqual([`setup.exe ${exe}`])
  })
})

function rtfObject(data: Buffer): string {
  const head = Buffer.from('\x01\x05\0\0\x02\0\0\0\x08\0\0\0Package\0\0\0\0\0\0\0\0\0', 'latin1')
  return Buffer.concat([head, data])
    .toString('hex')
    .replace(/(.{60})/g, '$1\n')
}

function uuencoded(content: Buffer): string {
  const letter = (value: number): string => String.fromCharCode(value === 0 ? 96 : value + 32)
  const lines: string[] = []
  for (let at = 0; at < content.length; at += 45) {
    const line = content.subarray(at, at + 45)
    let text = letter(line.length)
    for (let group = 0; group < line.length; group += 3) {
      const value = ((line[group] ?? 0) << 16) | ((line[group + 1] ?? 0) << 8) | (line[group + 2] ?? 0)
      text += [18, 12, 6, 0].map((shift) => letter((value >> shift) & 63)).join('')
    }
    lines.push(text)
  }
  return `${lines.join('\n')}\n`
}

const office = (files: Readonly<Record<string, string>>): Buffer =>
  zipOf({ '[Content_Types].xml': '<Types/>', ...files })
const relation = (type: string, target: string): string =>
  `<Relationships><Relationship Id="r" Type="http://x/${type}" TargetMode="External" Target="${target}"/></Relationships>`
const boundSheet = (type: number): Buffer => Buffer.from([0x85, 0, 8, 0, 0, 0, 0, 0, 0, type, 0, 0, 0x0a, 0, 0, 0])

describe('what an attachment does', () => {
  it.each<[string, string, Uint8Array | (() => Promise<Buffer>), readonly string[]]>([
    ['macros of Word', 'a.docm', office({ 'word/vbaProject.bin': 'x' }), ['macro: word/vbaProject.bin']],
    [
      'macros of Excel 4',
      'a.xlsx',
      office({ 'xl/macrosheets/sheet1.xml': '<x/>' }),
      ['macro: xl/macrosheets/sheet1.xml'],
    ],
    ['macros of an old document', 'a.doc', oleOf({ Macros: { VBA: { dir: 'x' } } }), ['macro: Macros']],
    ['macros of an old workbook', 'a.xls', oleOf({ Workbook: boundSheet(1) }), ['macro: Excel 4.0']],
    ['none of an old workbook', 'a.xls', oleOf({ Workbook: boundSheet(0) }), []],
    [
      'macros of OpenDocument',
      'a.odt',
      zipOf({ mimetype: 'x', 'content.xml': '<x/>', 'Basic/Standard/Module1.xml': '<x/>' }),
      ['macro: Basic/Standard/Module1.xml'],
    ],
    [
      'a template from elsewhere',
      'a.docx',
      office({ 'word/_rels/settings.xml.rels': relation('attachedTemplate', 'https://evil.example/t.dotm') }),
      ['external: https://evil.example/t.dotm'],
    ],
    [
      'a link',
      'a.docx',
      office({ 'word/_rels/document.xml.rels': relation('hyperlink', 'https://acme.example/') }),
      [],
    ],
    [
      'DDE of Word',
      'a.docx',
      office({
        'word/document.xml':
          '<d><p><r><instrText>DDE</instrText></r><r><instrText>AUTO c:\\cmd.exe</instrText></r></p></d>',
      }),
      ['dde: DDEAUTO c:\\cmd.exe'],
    ],
    [
      'DDE of Excel',
      'a.xlsx',
      office({
        'xl/externalLinks/externalLink1.xml':
          '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
      }),
      ['dde: cmd /c calc'],
    ],
    ['a control', 'a.docx', office({ 'word/activeX/activeX1.bin': 'x' }), ['active-x: word/activeX/activeX1.bin']],
    [
      'a script of PDF',
      'a.pdf',
      () => pdfOf(({ document }) => document.addJavaScript('main', 'app.alert(1)')),
      ['javascript: app.alert(1)'],
    ],
    [
      'a program that PDF starts',
      'a.pdf',
      () => pdfOf(({ document }) => setCatalog(document, 'OpenAction', { S: 'Launch', F: PDFString.of('cmd.exe') })),
      ['launch: cmd.exe'],
    ],
    [
      'a form that PDF sends',
      'a.pdf',
      () =>
        pdfOf(({ document, page }) =>
          addAnnotation(document, page, {
            Subtype: 'Widget',
            A: { S: 'SubmitForm', F: PDFString.of('https://evil.example/') },
          }),
        ),
      ['submit-form: https://evil.example/'],
    ],
    [
      'a page that PDF goes to',
      'a.pdf',
      () => pdfOf(({ document }) => setCatalog(document, 'OpenAction', { S: 'Named', N: 'NextPage' })),
      [],
    ],
  ])('%s', async (_, name, content, expected) => {
    const { acts } = factOf(name, content instanceof Uint8Array ? content : await content())
    expect(acts.map(({ kind, what }) => `${kind}: ${what}`)).toEqual(expected)
  })

  it.each<[string, Uint8Array]>([
    ['an archive', withField(zipOf({ 'a.txt': 'x' }), 0, 'flags', 1)],
    ['a new Office document', oleOf({ EncryptedPackage: 'x', EncryptionInfo: 'x' })],
    ['an old workbook', oleOf({ Workbook: Buffer.from([0x2f, 0, 0, 0, 0x0a, 0, 0, 0]) })],
    [
      'OpenDocument',
      zipOf({ mimetype: 'x', 'content.xml': 'x', 'META-INF/manifest.xml': '<m><encryption-data/></m>' }),
    ],
    [
      'a PDF document',
      rawPdf({ 1: '<< /Type /Catalog >>', 2: '<< /Filter /Standard >>' }, '/Root 1 0 R /Encrypt 2 0 R'),
    ],
  ])('is told to be encrypted: %s', (_, content) => {
    expect(factOf('a.bin', content).isEncrypted).toBe(true)
  })
})

describe('a hostile attachment', () => {
  const nested = [1, 2, 3, 4, 5].reduce<Buffer>(
    (inner, level) => zipOf({ [`${String(level)}.zip`]: inner }),
    zipOf({ a: 'x' }),
  )
  const circle = oleOf({ a: Buffer.alloc(5000) })
  it.each<[string, Buffer]>([
    ['archives without end', nested],
    ['an archive that unpacks without end', zipOf({ a: Buffer.alloc(60 * 1024 * 1024) })],
    ['gzip that unpacks without end', gzipSync(Buffer.alloc(60 * 1024 * 1024))],
    ['very many files', zipOf(Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`f${String(at)}`, 'x'])))],
    [
      'PDF that unpacks without end',
      rawPdf({
        1: rawStream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(Buffer.alloc(201 * 1024 * 1024))),
      }),
    ],
  ])('%s is told to hold more', (_, content) => {
    const startMs = cpuTimeMs()
    expect(factOf('a.bin', content).isCut).toBe(true)
    expect(cpuTimeMs() - startMs).toBeLessThan(2000)
  })

  it('whose sectors run in a circle ends', () => {
    for (let at = 512; at + 4 <= circle.length; at += 4) circle.writeUInt32LE(1, at)
    expect(factOf('a.doc', circle).members.length).toBeLessThan(100)
  })

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['zip', () => zipOf({ 'b.zip': zipOf({ a: program }), c: 'x' })],
    [
      'ole',
      () =>
        oleOf({
          Macros: { VBA: { dir: 'x' } },
          Workbook: boundSheet(1),
          '\u0001Ole10Native': olePackage('a.exe', program),
        }),
    ],
    ['tar', () => tarOf({ a: program, b: 'x' })],
    ['rar4', () => rar4],
    ['rar5', () => rar5],
    ['tnef', () => tnef],
    ['pdf', () => pdfOf(({ document }) => document.attach(program, 'a.exe'))],
    [
      '7z',
      () =>
        Buffer.from(
          '377abcaf271c000400000000000000000000000018000000000000000000000001040600010980f800070b010001230301110b006100' +
            '2e00650078000000',
          'hex',
        ),
    ],
    [
      'cab',
      () =>
        Buffer.concat([
          Buffer.from('MSCF'),
          Buffer.alloc(12),
          Buffer.from([36, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
          Buffer.alloc(16),
          Buffer.from('a.exe\0'),
        ]),
    ],
    [
      'cpio',
      () => Buffer.from('070701' + '0'.repeat(48) + '00000003' + '0'.repeat(32) + '00000002' + '00000000' + 'a\0MZx'),
    ],
    ['rtf', () => Buffer.from(`{\\rtf1{\\*\\objdata ${rtfObject(olePackage('a.exe', program))}}}`)],
  ])(
    'damaged %s never throws',
    async (_, make) => {
      fc.assert(
        fc.property(damaged(await make()), (content) => {
          const fact = factOf('a.bin', content)
          expect(fact.members.length).toBeLessThanOrEqual(2000)
        }),
        { numRuns: binaryRuns },
      )
    },
    fuzzTimeoutMs,
  )
})

describe('what of attachments was not read', () => {
  it.each<[string, string, string, Uint8Array | string, readonly string[]]>([
    ['text', 'a.txt', 'text/plain', 'hello', []],
    ['a signature', 'smime.p7s', 'application/pkcs7-signature', 'x', []],
    ['nothing', 'a.bin', 'application/octet-stream', '', []],
    ['a picture', 'a.png', 'image/png', '\x89PNG\r\n\x1a\n', ['attachment-unread false picture a.png was not read']],
    [
      'an archive',
      'a.zip',
      'application/zip',
      zipOf({ a: 'x' }),
      ['attachment-unread true what is in attachment a.zip was not read'],
    ],
    [
      'an encrypted archive',
      'a.zip',
      'application/zip',
      withField(zipOf({ a: 'x' }), 0, 'flags', 1),
      ['attachment-encrypted true attachment a.zip is encrypted'],
    ],
    [
      'a document',
      'a.odt',
      'application/x',
      zipOf({ mimetype: 'x', 'content.xml': 'x' }),
      ['attachment-unread true attachment a.odt was not read'],
    ],
  ])('%s', (_, name, type, content, expected) => {
    const given = attachmentOf(name, typeof content === 'string' ? bytes(content) : content, type)
    const { gaps = [] } = buildViews(messageOf({ attachments: [given] }))
    expect(gaps.map(({ code, material, reason }) => `${code} ${String(material)} ${reason}`)).toEqual(expected)
  })
})
