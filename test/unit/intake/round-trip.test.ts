import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeletedTextRun, Document, Footer, Header, InsertedTextRun, Packer, Paragraph, TextRun } from 'docx'
import fc from 'fast-check'
import { rgb } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { TextPart } from '../../../src-main/intake/message.ts'
import { oleOf } from '../../support/ole.ts'
import { pdfOf } from '../../support/pdf.ts'
import { inputsOf, messagesIn } from '../../support/read-inputs.ts'
import { workbookOf } from '../../support/workbook.ts'
import { zipOf } from '../../support/zip.ts'

/**
 * For each format: the bytes that a stretch of a text leads back to decode to that stretch, by the format's own rules and
 * nothing of ours. Charsets and the corpus have tests of their own (`charset-map.test.ts`, `npm run test:corpus`).
 */

/** What people write, and what formats treat in their own way. */
const words = fc
  .string({
    unit: fc.constantFrom(
      ...'abcXYZ019 .,:;!?\'"\\/&<>{}[]()=_-+#*|%~',
      'é',
      'ß',
      'Ж',
      '中',
      '\u00a0',
      '€',
      '😀',
      '👩\u200d💻',
    ),
    minLength: 1,
    maxLength: 40,
  })
  .map((text) => `x${text}x`)

interface Format {
  readonly name: string
  readonly write: (text: string) => Buffer | Promise<Buffer>
  /** What the bytes of a stretch say. */
  readonly read: (bytes: Buffer) => string
  /** Bytes come in groups that hold neighbours too: what they say contains the stretch. */
  readonly isGrouped?: true
  readonly part?: string
  /** The input that holds it, where that is not the file. */
  readonly member?: string
}

const utf8 = (bytes: Buffer): string => bytes.toString('utf8')
const head = 'From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
const mail = (charset: string, encoding: string, body: string): string =>
  `${head}Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`
const quoted = (bytes: Buffer): string =>
  Array.from(bytes, (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/(.{72})(?=.)/g, '$1=\r\n')
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')
const unwide = (bytes: Buffer): string => bytes.toString('utf16le')
const unquoted = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/=\r\n/g, '').replace(/=/g, ''), 'hex')
const wrapped = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})(?=.)/g, '$1\r\n')
/** The groups of four characters that the bytes lie in. */
const ungrouped = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replace(/\s/g, ''), 'base64')
const fromJson = (bytes: Buffer): string => String(JSON.parse(`"${utf8(bytes)}"`))
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
const uncelled = (bytes: Buffer): string => utf8(bytes).replaceAll('""', '"')
const envelope = 'From a@b.example Fri Nov 20 10:00:00 2026\n'

/** An Outlook draft ([MS-OXMSG]) of these streams; its HTML is in UTF-8. */
function outlook(streams: Readonly<Record<string, Buffer>>): Buffer {
  const properties = Buffer.alloc(32 + 16)
  properties.writeUInt32LE(0x3fde0003, 32)
  properties.writeUInt32LE(65_001, 32 + 8)
  return oleOf({ '__properties_version1.0': properties, ...streams })
}

const formats: readonly Format[] = [
  { name: 'a.eml', write: (text) => Buffer.from(mail('utf-8', '8bit', text)), read: utf8 },
  {
    name: 'quoted.eml',
    write: (text) => Buffer.from(mail('utf-8', 'quoted-printable', quoted(Buffer.from(text)))),
    read: (bytes) => utf8(unquoted(bytes)),
  },
  {
    name: 'base64.eml',
    write: (text) => Buffer.from(mail('utf-8', 'base64', wrapped(Buffer.from(text)))),
    read: (bytes) => utf8(ungrouped(bytes)),
    isGrouped: true,
  },
  {
    name: 'wide.eml',
    write: (text) => Buffer.from(mail('utf-16le', 'quoted-printable', quoted(Buffer.from(text, 'utf16le')))),
    read: (bytes) => unquoted(bytes).toString('utf16le'),
  },
  {
    name: 'b.mbox',
    write: (text) =>
      Buffer.from(
        `${envelope}Subject: 1\n\nfirst\n\n${envelope}${mail('utf-8', '8bit', text).replaceAll('\r\n', '\n')}\n`,
      ),
    read: utf8,
  },
  {
    name: 'c.html',
    write: (text) => Buffer.from(`<!doctype html><meta charset="utf-8"><p>${text}</p>`),
    read: utf8,
    part: 'html',
  },
  { name: 'd.txt', write: (text) => Buffer.from(text), read: utf8 },
  {
    name: 'wide.txt',
    write: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    read: unwide,
  },
  { name: 'e.csv', write: (text) => Buffer.from(`channel,text\r\nsms,${cell(text)}\r\n`), read: uncelled },
  { name: 'f.tsv', write: (text) => Buffer.from(`channel\ttext\nsms\t${cell(text)}\n`), read: uncelled },
  {
    name: 'wide.csv',
    write: (text) => Buffer.from(`\ufeffchannel,text\r\nsms,${cell(text)}\r\n`, 'utf16le'),
    read: (bytes) => bytes.toString('utf16le').replaceAll('""', '"'),
  },
  {
    name: 'g.json',
    write: (text) => Buffer.from(`[{"channel":"sms","text":${JSON.stringify(text)}}]`),
    read: fromJson,
  },
  { name: 'h.json', write: (text) => Buffer.from(`{"channel":"sms","text":${escaped(text)}}`), read: fromJson },
  {
    name: 'i.jsonl',
    write: (text) => Buffer.from(`{"subject":"a"}\n{"channel":"sms","text":${escaped(text)}}\n`),
    read: fromJson,
  },
  {
    name: 'j.yaml',
    write: (text) => Buffer.from(`- channel: sms\n  text: ${JSON.stringify(text)}\n`),
    read: fromJson,
  },
  {
    name: 'plain.yaml',
    write: (text) =>
      Buffer.from(stringify([{ channel: 'sms', text }], { lineWidth: 0, defaultStringType: 'BLOCK_LITERAL' })),
    read: utf8,
  },
  {
    name: 'subject.msg',
    write: (text) => outlook({ '__substg1.0_0037001F': wide(text), '__substg1.0_1000001F': wide('x') }),
    read: unwide,
    part: 'subject',
  },
  {
    // Larger than a sector, so that the stream lies outside of the small ones.
    name: 'body.msg',
    write: (text) => outlook({ '__substg1.0_1000001F': wide(`${'.'.repeat(4_000)}${text}`) }),
    read: unwide,
  },
  {
    name: 'narrow.msg',
    write: (text) => outlook({ '__substg1.0_10130102': Buffer.from(`<p>${text}</p>`) }),
    read: utf8,
    part: 'html',
  },
  {
    name: 'k.zip',
    write: (text) => zipOf({ 'in/note.txt': text }),
    read: utf8,
    member: 'k.zip/in/note.txt',
  },
]

async function stretchIn(
  format: Format,
  text: string,
): Promise<{ readonly part: TextPart; readonly bytes: Buffer; readonly at: number }> {
  const reads = await inputsOf(Buffer.from(await format.write(text)), format.name)
  const read = reads.find(({ input }) => input === (format.member ?? format.name))
  const part = messagesIn(read === undefined ? [] : [read])
    .flatMap(({ texts }) => texts)
    .find((one) => one.kind === (format.part ?? 'text') && one.text.includes(text))
  if (part === undefined || read?.bytes === undefined || read.bytes === null)
    throw new Error(`${format.name}: the text is not there`)
  return { part, bytes: Buffer.from(read.bytes), at: part.text.indexOf(text) }
}

describe('bytes of a stretch of text', () => {
  it.each(formats.map((format) => [format.name, format] as const))('%s: decode to it', async (_, format) => {
    await fc.assert(
      fc.asyncProperty(words, words, words, async (before, marked, after) => {
        const { part, bytes, at } = await stretchIn(format, `${before}${marked}${after}`)
        const start = at + before.length
        const source = part.toSource?.({ start, end: start + marked.length })
        if (source === undefined) throw new Error('no place')
        const said = format.read(bytes.subarray(source.start, source.end))
        if (format.isGrouped === true) expect(said).toContain(marked)
        else expect(said).toBe(marked)
      }),
      { numRuns: 60 },
    )
  })

  it('is none in workbooks, whose cells are packed', async () => {
    const reads = await inputsOf(
      await workbookOf([
        ['channel', 'text'],
        ['sms', 'hello'],
      ]),
      'l.xlsx',
    )
    expect(messagesIn(reads).flatMap(({ texts }) => texts.map(({ toSource }) => toSource))).toEqual([null])
  })

  it('is none in a Word document, whose parts are there as they were written, seen and unseen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(words, { minLength: 6, maxLength: 6 }), async (written) => {
        const [head = '', first = '', second = '', added = '', hidden = '', deleted = ''] = written
        const change = { id: 1, author: 'A', date: '2026-11-20T10:00:00Z' }
        const children = [
          new Paragraph({ children: [new TextRun(first), new TextRun({ text: second, color: '333333' })] }),
          new Paragraph({
            children: [
              new InsertedTextRun({ text: added, ...change }),
              new TextRun({ text: hidden, vanish: true }),
              new DeletedTextRun({ text: deleted, ...change }),
            ],
          }),
        ]
        const headers = { default: new Header({ children: [new Paragraph(head)] }) }
        const footers = { default: new Footer({ children: [] }) }
        const packed = await Packer.toBuffer(new Document({ sections: [{ headers, footers, children }] }))
        const parts = messagesIn(await inputsOf(packed, 'm.docx')).flatMap(({ texts }) => texts)
        expect(parts.map(({ unseenBy, text }) => [unseenBy ?? 'seen', text.trim().split(/\n+/)])).toEqual([
          ['seen', expect.arrayContaining([`${first}${second}`, added, head])],
          ['display-none', [hidden]],
          ['comment', [deleted]],
        ])
        expect(parts.map(({ toSource }) => toSource)).toEqual(parts.map(() => null))
      }),
      { numRuns: 15 },
    )
  })

  /** What the fonts that every reader has can write (WinAnsi). */
  const printed = fc
    .array(fc.string({ unit: fc.constantFrom(...'abcXYZ019.,:;!?()<>/\\%é€ß'), minLength: 1, maxLength: 9 }), {
      minLength: 2,
      maxLength: 6,
    })
    .map((all) => all.join(' '))

  it('is none in a PDF document, whose lines are there as they were drawn, seen and unseen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(printed, { minLength: 1, maxLength: 4 }), printed, async (lines, white) => {
        const packed = await pdfOf(({ write }) => {
          for (const [at, line] of lines.entries()) write(line, 380 - 20 * at)
          write(white, 40, { color: rgb(1, 1, 1) })
        })
        const parts = messagesIn(await inputsOf(packed, 'n.pdf')).flatMap(({ texts }) => texts)
        expect(parts.map(({ unseenBy, text }) => [unseenBy ?? 'seen', text.trim().split('\n')])).toEqual([
          ['seen', lines],
          ['contrast', [white]],
        ])
        expect(parts.map(({ toSource }) => toSource)).toEqual(parts.map(() => null))
      }),
      { numRuns: 15 },
    )
  })

  it.each(['outlook.msg', 'outlook-draft-rtf.msg'])('%s: decode to it, or there is none', async (name) => {
    const bytes = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'mail', name))
    const parts = messagesIn(await inputsOf(bytes, name)).flatMap(({ texts }) => texts)
    const placed = parts.filter(({ text, toSource }) => text !== '' && toSource !== null)
    expect(placed.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.constantFrom(...placed), fc.nat(), fc.nat(40), ({ text, toSource }, from, length) => {
        const start = from % text.length
        const marked = text.slice(start, start + 1 + length)
        const source = toSource?.({ start, end: start + marked.length }) ?? { start: 0, end: 0 }
        const said = bytes.subarray(source.start, source.end)
        // Properties are UTF-16, a header in them may hold encoded words, HTML bodies bytes of their charset, and of an RTF body a stretch has the bytes of all that it was made of.
        const wide = said.toString('utf16le')
        const ways = [wide, said.toString('utf8'), said.toString('latin1'), unquotedWord(wide)]
        expect(ways.some((way) => way === marked || isWithin(marked, way))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

/** RFC 2047, Q encoding of UTF-8. */
function unquotedWord(word: string): string {
  const bytes = word
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Whether the signs of one stand in the other in their order, whatever stands between. */
function isWithin(marked: string, said: string): boolean {
  let at = 0
  for (const sign of marked.replace(/\s+/g, '')) {
    const found = said.indexOf(sign, at)
    if (found < 0) return false
    at = found + 1
  }
  return true
}
