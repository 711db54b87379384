import { describe, expect, it } from 'vitest'
import { limits } from '../../../src-main/intake/limits.ts'
import { readTable } from '../../../src-main/intake/table-rows.ts'
import { isDateFormat, spreadsheetDate } from '../../../src-main/intake/spreadsheet-date.ts'
import { inputsOf, messagesIn, told } from '../../support/read-inputs.ts'
import { workbookOf } from '../../support/workbook.ts'
import { zipOf } from '../../support/zip.ts'

/** A workbook of hand-made sheets. */
function rawWorkbook(sheet: string, strings = '', styles = ''): Buffer {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
  })
}

const header = '<row><c t="inlineStr"><is><t>channel</t></is></c><c t="inlineStr"><is><t>text</t></is></c></row>'

describe('XLSX lists of recipients', () => {
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const list = (count: number, prefix = ''): string => {
    const rows = Array.from(
      { length: count },
      (_, at) => `<row>${cell(`u${String(at)}@r.example`)}${cell('Web')}</row>`,
    )
    return [`<row>${cell('Email')}${cell('Source')}</row>`, ...rows].join('').replaceAll('row>', `${prefix}row>`)
  }

  async function rowsOf(
    bytes: Buffer,
  ): Promise<{ readonly count: number; readonly last: readonly string[]; readonly problem: string | null }> {
    const [message] = messagesIn(await inputsOf(bytes, 'd.xlsx'))
    const table = message?.recipients
    if (table === undefined) throw new Error('no list')
    let last: readonly string[] = []
    let count = 0
    const problem = await readTable(
      table,
      () => undefined,
      (row) => {
        count++
        last = row
      },
    )
    return { count, last, problem: problem?.code ?? null }
  }

  it.each(['', 'x:'])('reads more rows than are kept, with names that begin “%s”', async (prefix) => {
    const count = limits.maxMessages + 5_000
    expect(await rowsOf(rawWorkbook(list(count, prefix)))).toEqual({
      count,
      last: [`u${String(count - 1)}@r.example`, 'Web'],
      problem: null,
    })
  })

  it('keeps the rows before damage', async () => {
    const { count, problem } = await rowsOf(rawWorkbook(`${list(5_000)}<row><c></row>${list(10)}`))
    expect(problem).toBe('bad-document')
    expect(count).toBeGreaterThan(0)
  })
})

describe('XLSX drafts', () => {
  it('makes a message of each row with a text', async () => {
    const bytes = await workbookOf([
      [null, null, null, null],
      ['id', 'Channel', 'Body', 'Send At'],
      ['a', 'sms', 'Sale é 😀 & more', new Date(Date.UTC(2026, 2, 1, 9, 30))],
      [null, 'push', 'Tap', null],
      ['c', 'sms', null, null],
    ])
    const reads = await inputsOf(bytes, 'plan.xlsx')
    expect(told(reads)).toEqual(['plan.xlsx reviewed'])
    expect(messagesIn(reads).map(({ id, channel, sendAt, texts }) => ({ id, channel, sendAt, texts }))).toEqual([
      {
        id: 'a',
        channel: 'sms',
        sendAt: '2026-03-01T09:30:00',
        texts: [{ part: 'text', kind: 'text', text: 'Sale é 😀 & more', toSource: null }],
      },
      {
        id: 'plan.xlsx#2',
        channel: 'push',
        sendAt: null,
        texts: [{ part: 'text', kind: 'text', text: 'Tap', toSource: null }],
      },
    ])
  })

  it('joins a sender, which has no place either', async () => {
    const bytes = await workbookOf([
      ['from_name', 'from', 'text'],
      ['Acme', 'news@acme.example', 'x'],
    ])
    const [message] = messagesIn(await inputsOf(bytes, 'plan.xlsx'))
    expect(message?.texts[0]).toMatchObject({ part: 'from', text: 'Acme <news@acme.example>', toSource: null })
  })

  it('reads every sheet of drafts and passes over the others', async () => {
    const bytes = await workbookOf(
      [['Notes'], ['not a draft']],
      [
        ['channel', 'text'],
        ['sms', 'one'],
      ],
      [],
      [['text'], ['two']],
    )
    const texts = messagesIn(await inputsOf(bytes, 'plan.xlsx')).map((message) => message.texts[0]?.text)
    expect(texts).toEqual(['one', 'two'])
  })

  it('is found by content in an archive, under any name', async () => {
    const zip = zipOf({
      'plan.bin': await workbookOf([
        ['channel', 'text'],
        ['sms', 'one'],
      ]),
    })
    expect(told(await inputsOf(zip, 's.zip'))).toEqual(['s.zip reviewed', 's.zip/plan.bin reviewed'])
  })

  it.each([
    ['shared strings of several runs', header + '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', 'a b'],
    ['a result of a formula', header + '<row><c r="B2" t="str"><f>1+1</f><v>Hi _x0041_</v></c></row>', 'Hi A'],
    ['a number', header + '<row><c r="B2"><v>12.50</v></c></row>', '12.50'],
    ['a date', header + '<row><c r="B2" s="1"><v>46082</v></c></row>', '2026-03-01'],
    ['true', header + '<row><c r="B2" t="b"><v>1</v></c></row>', 'true'],
    [
      'CDATA and references',
      header + '<row><c r="B2" t="str"><v><![CDATA[<b>]]>&#x1F600;&amp;</v></c></row>',
      '<b>😀&',
    ],
  ])('reads %s', async (_, sheet, text) => {
    const strings =
      '<si><t>sms</t></si><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>x</t></rPh></si>'
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    const reads = await inputsOf(rawWorkbook(sheet, strings, styles), 'd.xlsx')
    expect(told(reads)).toEqual(['d.xlsx reviewed'])
    expect(messagesIn(reads)[0]?.texts.at(-1)?.text).toBe(text)
  })

  it.each([
    ['recipients', workbookOf([['Email'], ['a@b.example']]), 'reviewed'],
    ['another table', workbookOf([['x'], ['y']]), 'unreadable unknown-kind'],
    ['no rows', workbookOf([['channel', 'text']]), 'unreadable empty'],
    ['no text', rawWorkbook(header + '<row><c r="A2" t="str"><v>sms</v></c></row>'), 'unreadable empty'],
    ['broken XML', rawWorkbook(header + '<row><c>'), 'unreadable bad-document'],
    ['a document type', rawWorkbook('<!DOCTYPE x [<!ENTITY a "b">]>' + header), 'unreadable bad-document'],
    ['elements nested without end', rawWorkbook('<a>'.repeat(9999)), 'unreadable bad-document'],
    [
      'a formula without result',
      rawWorkbook(header + '<row><c r="A2"><f>1</f></c><c r="B2" t="str"><v>x</v></c></row>'),
      'partial bad-document',
    ],
    [
      'a column too far',
      rawWorkbook(header + '<row><c r="B2" t="str"><v>x</v></c><c r="XFD2"><v>1</v></c></row>'),
      'partial too-many-parts',
    ],
    [
      'another office document',
      zipOf({ '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '' }),
      'unreadable unknown-kind',
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(told(await inputsOf(await bytes, 'd.xlsx'))).toEqual([`d.xlsx ${expected}`])
  })

  it('reads no more rows than messages', async () => {
    const rows = '<row><c r="B2"><v>1</v></c></row>'.repeat(limits.maxMessages + 5)
    const reads = await inputsOf(rawWorkbook(header + rows), 'd.xlsx')
    expect(told(reads)).toEqual(['d.xlsx partial too-many-parts'])
    expect(messagesIn(reads)).toHaveLength(limits.maxMessages)
  })

  it('reads no more than 16 MB of text that cells share', async () => {
    const strings = `<si><t>${Array.from({ length: 100_000 }, (_, n) => n.toString(36)).join('')}</t></si>`
    const reads = await inputsOf(
      rawWorkbook(header + '<row><c r="B2" t="s"><v>0</v></c></row>'.repeat(9000), strings),
      'd.xlsx',
    )
    expect(told(reads)).toEqual(['d.xlsx partial too-large'])
    expect(messagesIn(reads).length).toBeLessThan(60)
  })
})

describe('dates of a workbook', () => {
  it.each([
    ['1', false, '1900-01-01'],
    ['59', false, '1900-02-28'],
    ['61', false, '1900-03-01'],
    ['46082.5', false, '2026-03-01T12:00:00'],
    ['44620', true, '2026-03-01'],
    ['0.5', false, '0.5'],
    ['-1', false, '-1'],
    ['x', false, 'x'],
  ])('%s, from 1904: %s', (serial, is1904, date) => {
    expect(spreadsheetDate(serial, is1904)).toBe(date)
  })

  it.each([
    ['yyyy-mm-dd', true],
    ['[h]:mm', true],
    ['General', false],
    ['0.00 "days"', false],
    ['[Red]0', false],
    ['[$-409]d-mmm', true],
  ])('%s', (code, expected) => {
    expect(isDateFormat(code)).toBe(expected)
  })
})
