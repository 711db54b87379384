import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import {
  PDFName,
  PDFString,
  TextRenderingMode,
  degrees,
  rgb,
  setTextRenderingMode,
  type PDFDocument,
  type PDFPage,
} from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { cpuTimeMs } from '../../support/cpu-time.ts'
import {
  addAnnotation,
  addLink,
  pdfObject,
  pdfOf,
  rawPdf,
  rawStream,
  setCatalog,
  type PdfSheet,
} from '../../support/pdf.ts'
import { inputsOf, messagesIn, told } from '../../support/read-inputs.ts'

const white = rgb(1, 1, 1)

async function pdf(draw: (sheet: PdfSheet) => void | Promise<void>, packed = false): Promise<Message> {
  return only(await pdfOf(draw, { packed }))
}

async function only(bytes: Buffer, status = 'reviewed'): Promise<Message> {
  const reads = await inputsOf(bytes, 'offer.pdf')
  expect(told(reads)).toEqual([`offer.pdf ${status}`])
  const [message] = messagesIn(reads)
  if (message === undefined) throw new Error('no message')
  return message
}

function texts(message: Message): readonly (readonly [string, string])[] {
  return message.texts.map(({ text, unseenBy }) => [unseenBy ?? 'seen', text])
}

/** Encrypted with pdfkit; see the folder's README. */
function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '../../fixtures/intake/pdf', `${name}.pdf`))
}

/** A grey picture of one dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function drawPicture({ document, page }: PdfSheet, x: number, y: number, size: number): Promise<void> {
  page.drawImage(await document.embedPng(png), { x, y, width: size, height: size })
}

describe('a PDF document', () => {
  it.each([false, true])('is one text, its objects packed: %s', async (packed) => {
    const message = await pdf(({ document, write, font }) => {
      write('Dear reader,', 350)
      write('a line', 330)
      write('its other half', 330, { x: 120 })
      document.addPage([400, 400]).drawText('second page é', { x: 50, y: 300, size: 12, font })
    }, packed)
    expect(message).toMatchObject({ id: 'offer.pdf', form: 'text', channel: 'email', campaign: 'file', problem: null })
    expect(texts(message)).toEqual([['seen', 'Dear reader,\na line its other half\nsecond page é\n']])
    expect(message.texts[0]?.toSource).toBeNull()
    expect(message.texts[0]?.pages).toEqual([{ page: 2, at: 'Dear reader,\na line its other half\n'.length }])
    expect(message.gaps).toEqual([])
    expect(message.attachments).toEqual([])
  })

  it.each<[string, (sheet: PdfSheet) => void | Promise<void>, string]>([
    [
      'drawn without ink',
      ({ page, write }) => {
        page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible))
        write('secret', 300)
      },
      'transparent',
    ],
    ['transparent', ({ write }) => write('secret', 300, { opacity: 0.02 }), 'transparent'],
    ['white', ({ write }) => write('secret', 300, { color: white }), 'contrast'],
    ['nearly white', ({ write }) => write('secret', 300, { color: rgb(0.99, 0.98, 0.99) }), 'contrast'],
    [
      'of the colour of its box',
      ({ page, write }) => {
        page.drawRectangle({ x: 40, y: 290, width: 200, height: 40, color: rgb(0, 0, 0.4) })
        write('secret', 300, { color: rgb(0, 0, 0.42) })
      },
      'contrast',
    ],
    ['tiny', ({ write }) => write('secret', 300, { size: 0.8 }), 'font-size'],
    ['beside the page', ({ write }) => write('secret', 300, { x: 900 }), 'off-screen'],
    ['below the page', ({ write }) => write('secret', -200), 'off-screen'],
  ])('has hidden text: %s', async (_, draw, by) => {
    const message = await pdf(async (sheet) => {
      sheet.write('seen', 370)
      await draw(sheet)
    })
    expect(texts(message)).toEqual([
      ['seen', 'seen\n'],
      [by, 'secret\n'],
    ])
    const hidden = buildViews(message).texts.filter(({ look }) => look === 'hidden')
    expect(hidden.map(({ part, text, hiddenBy }) => ({ part, text, hiddenBy }))).toEqual([
      { part: 'text:2', text: 'secret\n', hiddenBy: by },
    ])
  })

  it.each<[string, (sheet: PdfSheet) => void | Promise<void>]>([
    [
      'white on a dark box',
      ({ page, write }) => {
        page.drawRectangle({ x: 40, y: 290, width: 200, height: 40, color: rgb(0, 0, 0.4) })
        write('seen', 300, { color: white })
      },
    ],
    [
      'white on a round button',
      ({ page, write }) => {
        page.drawEllipse({ x: 80, y: 300, xScale: 60, yScale: 30, color: rgb(0.6, 0, 0) })
        write('seen', 300, { color: white })
      },
    ],
    [
      'white on a picture',
      async (sheet) => {
        await drawPicture(sheet, 0, 200, 300)
        sheet.write('seen', 300, { color: white })
      },
    ],
    [
      'white on a dark page with very many drawings',
      ({ page, write }) => {
        page.drawRectangle({ x: 0, y: 0, width: 400, height: 400, color: rgb(0, 0, 0.4) })
        const dots = 'q 1 0 0 rg 10 10 2 2 re f Q '.repeat(5000)
        page.node.addContentStream(page.doc.context.register(page.doc.context.stream(dots)))
        page.resetPosition()
        write('seen', 300, { color: white })
      },
    ],
    ['grey', ({ write }) => write('seen', 300, { color: rgb(0.6, 0.6, 0.6) })],
    ['turned', ({ write }) => write('seen', 200, { rotate: degrees(35) })],
    [
      'drawn twice to be bold',
      ({ write }) => {
        write('seen', 300)
        write('seen', 300, { x: 50.2 })
      },
    ],
    ['half transparent', ({ write }) => write('seen', 300, { opacity: 0.5 })],
  ])('has seen text: %s', async (_, draw) => {
    expect(texts(await pdf(draw))).toEqual([['seen', 'seen\n']])
  })

  it('knows layers that are off', async () => {
    const message = await pdf(({ document, page, font, write }) => {
      write('seen', 370)
      const layer = document.context.register(pdfObject(document, { Type: 'OCG', Name: PDFString.of('notes') }))
      setCatalog(document, 'OCProperties', { OCGs: [layer], D: { OFF: [layer], Order: [layer] } })
      const form = document.context.register(
        document.context.stream('BT /F1 12 Tf 50 300 Td (secret) Tj ET', {
          Type: 'XObject',
          Subtype: 'Form',
          BBox: [0, 0, 400, 400],
          OC: layer,
          Resources: { Font: { F1: font.ref } },
        }),
      )
      page.node.setXObject(PDFName.of('Layer'), form)
      page.node.addContentStream(document.context.register(document.context.stream('/Layer Do')))
    })
    expect(texts(message)).toEqual([
      ['seen', 'seen\n'],
      ['display-none', 'secret\n'],
    ])
  })

  it('knows groups that are transparent as a whole', async () => {
    const message = await pdf(({ document, page, font, write }) => {
      write('seen', 370)
      const group = { Type: 'Group', S: 'Transparency' }
      const full = document.context.register(pdfObject(document, { Type: 'ExtGState', ca: 1 }))
      const form = document.context.stream('/Full gs BT /F1 12 Tf 50 300 Td (secret) Tj ET', {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, 400, 400],
        Group: group,
        Resources: { Font: { F1: font.ref }, ExtGState: { Full: full } },
      })
      page.node.setXObject(PDFName.of('Group'), document.context.register(form))
      page.node.setExtGState(PDFName.of('Faint'), document.context.register(pdfObject(document, { ca: 0.03 })))
      page.node.addContentStream(document.context.register(document.context.stream('/Faint gs /Group Do')))
    })
    expect(texts(message)).toEqual([
      ['seen', 'seen\n'],
      ['transparent', 'secret\n'],
    ])
  })

  it('has the values of its form', async () => {
    const message = await pdf(({ document, page, write }) => {
      write('Name:', 300)
      const field = document.getForm().createTextField('name')
      field.setText('Jane Roe')
      field.addToPage(page, { x: 100, y: 295, width: 150, height: 20 })
    })
    expect(texts(message)).toEqual([['seen', 'Name: Jane Roe\n']])
  })

  it('reads words of scripts that are written from right to left as they are spoken', async () => {
    // As programs draw them: letter after letter from left to right, what is spoken last first.
    const cmap =
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange ' +
      '4 beginbfchar <41> <05E9> <42> <05DC> <43> <05D5> <44> <05DD> endbfchar endcmap end'
    const bytes = rawPdf({
      ...simple,
      4: rawStream('', 'BT /F1 12 Tf 50 300 Td (hi DCBA 12 DCBA) Tj ET'),
      5: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 32 /LastChar 122 /ToUnicode 9 0 R >>',
      9: rawStream('', cmap),
    })
    expect(texts(await only(bytes))[0]?.[1]).toContain('שלום 12 שלום')
  })

  it('has links on their words, and those over pictures', async () => {
    const message = await pdf(async (sheet) => {
      sheet.write('See our shop or https://bare.example/x now', 300)
      const before = sheet.font.widthOfTextAtSize('See ', 12)
      const width = sheet.font.widthOfTextAtSize('our shop', 12)
      addLink(sheet, 'https://acme.example/a?b=1', [50 + before, 296, 50 + before + width, 312])
      await drawPicture(sheet, 100, 100, 50)
      addLink(sheet, 'javascript:alert(1)', [100, 100, 150, 150])
    })
    expect(message.texts[0]?.links).toEqual([
      { href: 'https://acme.example/a?b=1', span: { start: 4, end: 12 } },
      { href: 'javascript:alert(1)', span: { start: 42, end: 42 } },
    ])
    expect(buildViews(message).links.map(({ href, text }) => [href, text])).toEqual([
      ['https://acme.example/a?b=1', 'our shop'],
      ['https://bare.example/x', 'https://bare.example/x'],
      ['javascript:alert(1)', ''],
    ])
  })

  it('has notes that readers of the page do not see', async () => {
    const message = await pdf(({ document, page, write }) => {
      write('seen', 300)
      addAnnotation(document, page, {
        Type: 'Annot',
        Subtype: 'Text',
        Rect: [0, 0, 20, 20],
        Contents: PDFString.of('a note'),
      })
    })
    expect(texts(message)).toEqual([
      ['seen', 'seen\n'],
      ['comment', 'a note\n'],
    ])
  })

  it('that is a picture is not checked', async () => {
    const picture = await pdf((sheet) => drawPicture(sheet, 0, 0, 400))
    expect(picture).toMatchObject({ texts: [], gaps: [{ code: 'image-only', material: true }] })
    const drawing = await pdf(({ page }) => page.drawCircle({ x: 100, y: 100, size: 50, color: rgb(1, 0, 0) }))
    expect(drawing.gaps).toMatchObject([{ code: 'image-only', material: true }])
    const beside = await pdf(async (sheet) => {
      sheet.write('seen', 300)
      await drawPicture(sheet, 0, 0, 100)
    })
    expect(beside.gaps).toMatchObject([{ code: 'attachment-unread', material: false }])
  })

  it('that was scanned has the text that was recognised in it', async () => {
    const message = await pdf(async (sheet) => {
      await drawPicture(sheet, 0, 0, 400)
      sheet.page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible))
      sheet.write('recognised', 300)
    })
    expect(texts(message)).toEqual([['seen', 'recognised\n']])
    expect(message.gaps).toMatchObject([{ code: 'image-only', material: true }])
  })

  it.each<[string, (document: PDFDocument, page: PDFPage) => void | Promise<void>]>([
    [
      'a script',
      (document) => setCatalog(document, 'OpenAction', { S: 'JavaScript', JS: PDFString.of('app.alert(1)') }),
    ],
    [
      'a program to start',
      (document) => setCatalog(document, 'OpenAction', { S: 'Launch', F: PDFString.of('cmd.exe') }),
    ],
    ['a file', (document) => document.attach(Buffer.from('MZ'), 'setup.exe', { mimeType: 'application/octet-stream' })],
    [
      'a film',
      (document, page) => addAnnotation(document, page, { Type: 'Annot', Subtype: 'RichMedia', Rect: [0, 0, 9, 9] }),
    ],
  ])('that does more than show is itself looked at as an attachment: %s', async (_, add) => {
    const bytes = await pdfOf(async ({ document, page, write }) => {
      write('seen', 300)
      await add(document, page)
    })
    const message = await only(bytes)
    expect(message.attachments.map(({ name, part, range }) => ({ name, part, range }))).toEqual([
      { name: 'offer.pdf', part: 'attachment:offer.pdf', range: { start: 0, end: bytes.length } },
    ])
    expect(texts(message)).toEqual([['seen', 'seen\n']])
  })

  it.each(['rc4-40', 'rc4-128', 'aes-128', 'aes-256'])('that forbids to copy is read: %s', async (method) => {
    const message = await only(fixture(`protected-${method}`))
    expect(texts(message)).toEqual([
      ['seen', 'Hello reader\n'],
      ['contrast', 'secret\n'],
    ])
    const { attachments } = buildViews(message)
    expect(attachments.flatMap(({ members }) => members.map(({ trueType, bytes }) => ({ trueType, bytes })))).toEqual([
      { trueType: 'application/x-dosexec', bytes: 10 },
    ])
  })

  it.each(['aes-128', 'aes-256'])('that asks for a password is refused: %s', async (method) => {
    expect(told(await inputsOf(fixture(`locked-${method}`), 'offer.pdf'))).toEqual([
      'offer.pdf unreadable document-encrypted',
    ])
  })

  it('is found behind other bytes when it is named so', async () => {
    const bytes = await pdfOf(({ write }) => write('seen', 300))
    expect(texts(await only(Buffer.concat([Buffer.from('\n\njunk\n'), bytes])))).toEqual([['seen', 'seen\n']])
  })

  it('reads 500 pages', async () => {
    const numbers = Array.from({ length: 503 }, (_, at) => at + 100)
    const pages = numbers.map((number) => [number, page.replace('4 0 R', `${String(number + 1000)} 0 R`)] as const)
    const contents = numbers.map((number, at) => {
      return [number + 1000, rawStream('', `BT /F1 12 Tf 50 300 Td (page ${String(at + 1)}) Tj ET`)] as const
    })
    const kids = numbers.map((number) => `${String(number)} 0 R`).join(' ')
    const bytes = rawPdf({
      ...simple,
      2: `<< /Type /Pages /Kids [${kids}] /Count 503 >>`,
      ...Object.fromEntries([...pages, ...contents]),
    })
    const reads = await inputsOf(bytes, 'offer.pdf')
    expect(told(reads)).toEqual(['offer.pdf partial too-many-parts'])
    const [message] = messagesIn(reads)
    expect(message?.texts[0]?.text.trim().split('\n').pop()).toBe('page 500')
    expect(message?.gaps).toMatchObject([{ code: 'past-limit', material: true }])
  })
})

const page =
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>'
const simple: Readonly<Record<number, string>> = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: page,
  4: rawStream('', 'BT /F1 12 Tf 50 300 Td (seen) Tj ET'),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
}
const flate = (content: string | Buffer, dict = ''): string =>
  rawStream(`${dict} /Filter /FlateDecode`, deflateSync(content))
const form = '/Type /XObject /Subtype /Form /BBox [0 0 400 400]'

/** Each form draws the next ten times; the last of twenty would be drawn 10^20 times. */
function laughs(): Record<number, string> {
  const forms: Record<number, string> = {}
  for (let number = 6; number < 26; number++) {
    const next = `/Resources << /XObject << /X1 ${String(number + 1)} 0 R >> >>`
    forms[number] = rawStream(`${form} ${next}`, '/X1 Do '.repeat(10))
  }
  return { ...forms, 26: rawStream(form, '0 0 1 1 re f ') }
}

describe('a hostile PDF document', () => {
  it.each<[string, Buffer, string]>([
    ['hand-made', rawPdf(simple), 'reviewed'],
    [
      'a tree of pages in a circle',
      rawPdf({ ...simple, 2: '<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>' }),
      'unreadable bad-document',
    ],
    [
      'nothing but a circle',
      rawPdf({ ...simple, 2: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' }),
      'unreadable bad-document',
    ],
    [
      'a false number of pages',
      rawPdf({ ...simple, 2: '<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>' }),
      'reviewed',
    ],
    [
      'a page that unpacks without end',
      rawPdf({ ...simple, 4: flate(Buffer.alloc(201 * 1024 * 1024, ' ')) }),
      'unreadable too-large',
    ],
    [
      'a font that unpacks without end',
      rawPdf({
        ...simple,
        5: '<< /Type /Font /Subtype /TrueType /FontDescriptor << /Type /FontDescriptor /FontFile2 7 0 R >> >>',
        7: flate(Buffer.alloc(201 * 1024 * 1024)),
      }),
      'unreadable too-large',
    ],
    [
      'packed twice',
      rawPdf({
        ...simple,
        4: rawStream('/Filter [/FlateDecode /FlateDecode]', deflateSync(deflateSync(Buffer.alloc(201 * 1024 * 1024)))),
      }),
      'unreadable too-large',
    ],
    [
      'a page of too much drawing',
      rawPdf({ ...simple, 4: flate('0 0 1 1 re f\n'.repeat(700_000)) }),
      'partial too-large',
    ],
    ['a billion forms', rawPdf({ ...simple, ...laughs(), 4: rawStream('', '/X1 Do') }), 'partial too-large'],
    [
      'a form that draws itself',
      rawPdf({
        ...simple,
        4: rawStream('', 'BT /F1 12 Tf 50 300 Td (seen) Tj ET /X1 Do'),
        6: rawStream(`${form} /Resources << /XObject << /X1 6 0 R >> >>`, '/X1 Do'),
      }),
      'reviewed',
    ],
    [
      'a picture of a billion dots',
      rawPdf({
        ...simple,
        4: rawStream('', 'BT /F1 12 Tf 50 300 Td (seen) Tj ET /X1 Do'),
        6: flate(
          Buffer.alloc(60 * 1024 * 1024),
          '/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /ColorSpace /DeviceRGB /BitsPerComponent 8',
        ),
      }),
      'reviewed',
    ],
    [
      'encrypted',
      rawPdf({ ...simple, 9: '<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -1 >>' }, '/Root 1 0 R /Encrypt 9 0 R'),
      'unreadable document-encrypted',
    ],
    ['cut off', rawPdf(simple).subarray(0, 60), 'unreadable bad-document'],
    ['no more than its name', Buffer.from('%PDF-1.7\n'), 'unreadable bad-document'],
    ['arrays in arrays', rawPdf({ ...simple, 7: '['.repeat(500_000) }), 'reviewed'],
    ['dictionaries without end', Buffer.from(`%PDF-1.7\n${'1 0 obj <<'.repeat(400_000)}`), 'unreadable bad-document'],
    ['strings without end', Buffer.from(`%PDF-1.7\n${'1 0 obj ('.repeat(400_000)}`), 'unreadable bad-document'],
    [
      'streams without end',
      Buffer.from(`%PDF-1.7\n${'1 0 obj << >> stream\n'.repeat(100_000)}`),
      'unreadable bad-document',
    ],
    ['an object that is itself', rawPdf({ ...simple, 4: '4 0 R', 7: '8 0 R', 8: '7 0 R' }), 'unreadable empty'],
    [
      'very many objects',
      rawPdf({
        ...simple,
        7: rawStream('/Type /ObjStm /N 205000 /First 5000000 /Filter /FlateDecode', deflateSync(manyObjects())),
      }),
      'unreadable too-many-parts',
    ],
    ['a page that shows nothing', rawPdf({ ...simple, 4: rawStream('', 'q Q') }), 'unreadable empty'],
  ])('%s', async (_, bytes, expected) => {
    const startMs = cpuTimeMs()
    expect(told(await inputsOf(bytes, 'offer.pdf'))).toEqual([`offer.pdf ${expected}`])
    expect(cpuTimeMs() - startMs).toBeLessThan(2000)
  })
})

function manyObjects(): string {
  const index = Array.from({ length: 205_000 }, (_, at) => `${String(at + 100)} ${String(at * 2)}`).join(' ')
  return index.padEnd(5_000_000) + '1 '.repeat(205_000)
}
