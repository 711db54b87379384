import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged } from '../../support/damage.ts'
import { binaryRuns, fuzzTimeoutMs } from '../../support/fuzz-runs.ts'
import { addLink, pdfOf } from '../../support/pdf.ts'
import { inputsOf } from '../../support/read-inputs.ts'
import { workbookOf } from '../../support/workbook.ts'
import { zipOf } from '../../support/zip.ts'

/** One well-formed file of each format that is read as a whole, to be damaged. */
const seeds: readonly (readonly [name: string, bytes: () => Promise<Buffer> | Buffer])[] = [
  [
    'files.zip',
    () =>
      zipOf({
        'campaign.yaml': 'schema: clausebench-campaign/1\nname: x\n',
        'a/launch.eml': 'From: a@b.example\nSubject: x\n\nbody\n',
        'in.zip': zipOf({ 'note.sms.txt': 'Hello' }),
      }),
  ],
  [
    'plan.xlsx',
    () =>
      workbookOf([
        ['id', 'channel', 'text', 'send_at'],
        ['a', 'sms', 'Sale', new Date(Date.UTC(2026, 2, 1))],
      ]),
  ],
  ['offer.pdf', () => pdfSeed(false)],
  ['packed.pdf', () => pdfSeed(true)],
  ['protected.pdf', () => readFileSync(join(import.meta.dirname, '../../fixtures/intake/pdf/protected-aes-256.pdf'))],
]

function pdfSeed(packed: boolean): Promise<Buffer> {
  return pdfOf(
    async (sheet) => {
      sheet.write('Hello', 300)
      sheet.write('small', 280, { size: 1 })
      addLink(sheet, 'https://acme.example/', [50, 300, 80, 312])
      sheet.page.drawRectangle({ x: 0, y: 0, width: 50, height: 50 })
      sheet.document.addJavaScript('open', 'app.alert(1)')
      await sheet.document.attach(Buffer.from('hello'), 'a.txt')
    },
    { packed },
  )
}

/** Parts of documents as they lie in their ZIP file, which guards them with check sums: damaged inside of it. */
const parts: readonly (readonly [name: string, part: string, files: Readonly<Record<string, string>>])[] = [
  [
    'letter.docx',
    'word/document.xml',
    {
      '[Content_Types].xml': '<Types/>',
      'word/document.xml':
        '<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:hyperlink r:id="r1"><w:r><w:rPr><w:vanish/>' +
        '<w:color w:val="FFFFFF"/></w:rPr><w:t>a &amp; b</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>c</w:delText></w:r></w:del>' +
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://a.example"</w:instrText><w:fldChar w:fldCharType="separate"/>' +
        '<w:t>d</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr></w:tc></w:tr></w:tbl></w:body></w:document>',
      'word/styles.xml':
        '<w:styles><w:style w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:sz w:val="2"/></w:rPr></w:style></w:styles>',
    },
  ],
  [
    'plan.xlsx',
    'xl/worksheets/sheet1.xml',
    {
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row><row r="2"><c r="A2" t="str"><f>x</f><v>&#65;&lt;</v></c></row></sheetData></worksheet>',
    },
  ],
]

async function holds(bytes: Buffer, name: string): Promise<void> {
  const reads = await inputsOf(bytes, name)
  expect(reads.length).toBeGreaterThan(0)
  for (const { outcome, bytes: own } of reads) {
    if (!('messages' in outcome)) {
      expect(outcome.problem.message).not.toBe('')
      continue
    }
    expect(outcome.status === 'partial').toBe(outcome.problem !== null)
    for (const { texts } of outcome.messages) {
      for (const { text, toSource } of texts) {
        const span = toSource?.({ start: 0, end: text.length })
        if (span !== undefined) expect(span.end).toBeLessThanOrEqual(own?.length ?? 0)
      }
    }
  }
}

describe('damaged documents and archives', () => {
  it.each(parts)(
    '%s with its %s damaged',
    async (name, part, files) => {
      await fc.assert(
        fc.asyncProperty(damaged(Buffer.from(files[part] ?? '')), (bytes) =>
          holds(zipOf({ ...files, [part]: bytes }), name),
        ),
        { numRuns: binaryRuns },
      )
    },
    fuzzTimeoutMs,
  )

  it.each(seeds)(
    '%s: never throws, ends in time',
    async (name, make) => {
      await fc.assert(
        fc.asyncProperty(damaged(await make()), (bytes) => holds(bytes, name)),
        { numRuns: binaryRuns },
      )
    },
    fuzzTimeoutMs,
  )
})
