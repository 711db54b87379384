import {
  CommentReference,
  DeletedTextRun,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  InsertedTextRun,
  Packer,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  type ISectionOptions,
} from 'docx'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { cpuTimeMs } from '../../support/cpu-time.ts'
import { oleOf } from '../../support/ole.ts'
import { inputsOf, messagesIn, told } from '../../support/read-inputs.ts'
import { zipOf } from '../../support/zip.ts'

async function docx(
  children: ISectionOptions['children'],
  more: Omit<ISectionOptions, 'children'> = {},
  options: Partial<ConstructorParameters<typeof Document>[0]> = {},
): Promise<Message> {
  const packed = await Packer.toBuffer(new Document({ ...options, sections: [{ ...more, children }] }))
  const reads = await inputsOf(packed, 'letter.docx')
  expect(told(reads)).toEqual(['letter.docx reviewed'])
  const [message] = messagesIn(reads)
  if (message === undefined) throw new Error('no message')
  return message
}

const paragraph = (...runs: ConstructorParameters<typeof TextRun>[0][]): Paragraph =>
  new Paragraph({ children: runs.map((run) => new TextRun(run as string)) })

function texts(message: Message): readonly (readonly [string, string])[] {
  return message.texts.map(({ text, unseenBy }) => [unseenBy ?? 'seen', text])
}

const relationships = (inner = ''): string => `<Relationships>${inner}</Relationships>`

/** A document of hand-made XML. */
function rawDocx(body: string, files: Readonly<Record<string, string>> = {}): Buffer {
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`,
    ...files,
  })
}

const white = '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>w</w:t></w:r></w:p>'
const textBox = (properties: string, style = ''): string =>
  `<w:p><w:r><w:drawing><wps:wsp><wps:spPr>${properties}</wps:spPr>${style}<wps:txbx><w:txbxContent>${white}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r></w:p>`

describe('a Word document', () => {
  it('tells where its pages begin, a break by hand and Word’s own at one place once', async () => {
    const text = (words: string): string => `<w:r><w:t>${words}</w:t></w:r>`
    const file = rawDocx(
      [
        '<w:p><w:pPr><w:pageBreakBefore/></w:pPr>' + text('one') + '</w:p>',
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        '<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r><w:r><w:br/></w:r>' + text('more') + '</w:p>',
        '<w:p><w:pPr><w:pageBreakBefore w:val="0"/></w:pPr>' + text('still two') + '</w:p>',
        '<w:p><w:pPr><w:pageBreakBefore/></w:pPr>' + text('three') + '</w:p>',
      ].join(''),
    )
    const [message] = messagesIn(await inputsOf(file, 'letter.docx'))
    const [shown] = message?.texts ?? []
    expect(shown?.text).toBe('one\n\n\ntwo\nmore\nstill two\nthree\n')
    expect(shown?.pages?.map(({ page, at }) => [page, shown.text.slice(at).trimStart().split('\n')[0]])).toEqual([
      [2, 'two'],
      [3, 'three'],
    ])
  })

  it('is one text: paragraphs, cells, header and footer', async () => {
    const cell = (text: string): TableCell => new TableCell({ children: [new Paragraph(text)] })
    const message = await docx(
      [
        new Paragraph('Dear é 😀 <reader> & all,'),
        paragraph('split ', 'over', ' runs'),
        new Table({ rows: [new TableRow({ children: [cell('a'), cell('b')] })] }),
      ],
      {
        headers: { default: new Header({ children: [new Paragraph('Acme')] }) },
        footers: { default: new Footer({ children: [new Paragraph('1 Main St')] }) },
      },
    )
    expect(message).toMatchObject({
      id: 'letter.docx',
      form: 'text',
      channel: 'email',
      campaign: 'file',
      problem: null,
    })
    expect(texts(message)).toEqual([['seen', 'Dear é 😀 <reader> & all,\nsplit over runs\na\nb\nAcme\n1 Main St\n']])
    expect(message.texts[0]?.toSource).toBeNull()
  })

  it.each([
    ['vanished', { text: 'secret', vanish: true }, 'display-none'],
    ['white', { text: 'secret', color: 'FFFFFF' }, 'contrast'],
    ['nearly white', { text: 'secret', color: 'fefefe' }, 'contrast'],
    [
      'as its shading',
      { text: 'secret', color: '000000', shading: { type: ShadingType.CLEAR, fill: '050505' } },
      'contrast',
    ],
    ['as its highlight', { text: 'secret', color: 'FFFF00', highlight: 'yellow' as const }, 'contrast'],
    ['of one half point', { text: 'secret', size: 1 }, 'font-size'],
  ])('has hidden text: %s', async (_, run, by) => {
    const message = await docx([paragraph('seen ', run, ' seen')])
    expect(texts(message)).toEqual([
      ['seen', 'seen  seen\n'],
      [by, 'secret\n'],
    ])
    const hidden = buildViews(message).texts.filter(({ look }) => look === 'hidden')
    expect(hidden.map(({ part, text, hiddenBy }) => ({ part, text, hiddenBy }))).toEqual([
      { part: 'text:2', text: 'secret\n', hiddenBy: by },
    ])
  })

  it.each([
    ['white on black', { text: 'seen', color: 'FFFFFF', shading: { type: ShadingType.CLEAR, fill: '000000' } }],
    ['grey', { text: 'seen', color: '999999' }],
    ['vanish switched off', { text: 'seen', vanish: false }],
  ])('has seen text: %s', async (_, run) => {
    expect(texts(await docx([paragraph(run)]))).toEqual([['seen', 'seen\n']])
  })

  it('knows cells, pages and styles', async () => {
    const white = { text: 'white', color: 'FFFFFF' }
    const cell = new TableCell({ shading: { type: ShadingType.CLEAR, fill: '102030' }, children: [paragraph(white)] })
    const inCell = await docx([new Table({ rows: [new TableRow({ children: [cell] })] }), paragraph('x')])
    expect(texts(inCell)).toEqual([['seen', 'white\nx\n']])
    const dark = await docx([paragraph(white)], {}, { background: { color: '000000' } })
    expect(texts(dark)).toEqual([['seen', 'white\n']])
    const styles = {
      paragraphStyles: [
        { id: 'Base', name: 'Base', run: { vanish: true } },
        { id: 'Own', name: 'Own', basedOn: 'Base', run: { bold: true } },
      ],
    }
    const styled = await docx([new Paragraph({ style: 'Own', text: 'styled' }), paragraph('x')], {}, { styles })
    expect(texts(styled)).toEqual([
      ['seen', 'x\n'],
      ['display-none', 'styled\n'],
    ])
  })

  it('takes insertions as text, deletions and comments as what readers do not see', async () => {
    const by = { author: 'A', date: '2026-11-20T10:00:00Z' }
    const children = [
      new InsertedTextRun({ text: 'new', id: 1, ...by }),
      new DeletedTextRun({ text: 'old', id: 2, ...by }),
      new TextRun({ children: [new CommentReference(0)] }),
    ]
    const comments = { children: [{ id: 0, author: 'A', children: [new Paragraph('note')] }] }
    expect(texts(await docx([new Paragraph({ children })], {}, { comments }))).toEqual([
      ['seen', 'new\n'],
      ['comment', 'old\nnote\n'],
    ])
    const moved = rawDocx(
      '<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo></w:p>',
    )
    expect(messagesIn(await inputsOf(moved, 'a.docx')).map(texts)).toEqual([
      [
        ['seen', 'b\n'],
        ['comment', 'a\n'],
      ],
    ])
  })

  it.each<[string, string, string]>([
    [
      'the end of a paragraph that was deleted',
      '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>new</w:t></w:r></w:p>',
      'seen: new | comment: old',
    ],
    [
      'properties as they were before a change',
      '<w:p><w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:vanish/><w:color w:val="FFFFFF"/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>',
      'seen: a',
    ],
    [
      'page numbers that no web page needs',
      '<w:p><w:r><w:rPr><w:webHidden/></w:rPr><w:t>7</w:t></w:r></w:p>',
      'seen: 7',
    ],
    [
      'letters without ink',
      '<w:p><w:r><w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr><w:t>a</w:t></w:r></w:p>',
      'transparent: a',
    ],
    [
      'letters without a border',
      '<w:p><w:r><w:rPr><w14:textOutline><w14:noFill/></w14:textOutline></w:rPr><w:t>a</w:t></w:r></w:p>',
      'seen: a',
    ],
    [
      'white in a shaded table',
      `<w:tbl><w:tblPr><w:shd w:fill="203040"/></w:tblPr><w:tr><w:tc>${white}</w:tc></w:tr></w:tbl>`,
      'seen: w',
    ],
    [
      'white in a table whose style shades rows',
      `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>${white}</w:tc></w:tr></w:tbl>`,
      'seen: w',
    ],
    [
      'white in a table whose style does not',
      `<w:tbl><w:tblPr><w:tblStyle w:val="Plain"/></w:tblPr><w:tr><w:tc>${white}</w:tc></w:tr></w:tbl>`,
      'contrast: w',
    ],
    ['white after a table', `<w:tbl><w:tblPr><w:shd w:fill="203040"/></w:tblPr></w:tbl>${white}`, 'contrast: w'],
    [
      'white in a dark text box',
      textBox(
        '<a:ln><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln><a:solidFill><a:srgbClr val="203040"/></a:solidFill>',
      ),
      'seen: w',
    ],
    ['white in a box of the theme', textBox('', '<wps:style><a:fillRef idx="1"/></wps:style>'), 'seen: w'],
    ['white in a clear text box', textBox('<a:noFill/>', '<wps:style><a:fillRef idx="1"/></wps:style>'), 'contrast: w'],
    [
      'white in a dark box of old documents',
      `<w:p><w:r><w:pict><v:shape fillcolor="#203040 [1]"><v:textbox><w:txbxContent>${white}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`,
      'seen: w',
    ],
    [
      'what follows a text box in its paragraph',
      `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent><w:t>after</w:t></w:r></w:p>`,
      'seen: box | display-none: after',
    ],
  ])('tells %s', async (_, body, expected) => {
    const styles =
      '<w:styles><w:style w:type="table" w:styleId="Base"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>' +
      '<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="Base"/></w:style><w:style w:type="table" w:styleId="Plain"/></w:styles>'
    const [message] = messagesIn(await inputsOf(rawDocx(body, { 'word/styles.xml': styles }), 'a.docx'))
    const told =
      message === undefined ? [] : texts(message).map(([by, text]) => `${by}: ${text.trim().replace('\n', ' ')}`)
    expect(told.join(' | ')).toBe(expected)
  })

  it('has links that pictures bear', async () => {
    const links = relationships(
      '<Relationship Id="r1" Type="x/hyperlink" TargetMode="External" Target="https://a.example/"/>',
    )
    const body =
      '<w:p><w:r><w:t>See</w:t><w:drawing><wp:docPr id="1"><a:hlinkClick r:id="r1"/></wp:docPr></w:drawing></w:r></w:p>' +
      '<w:p><w:hyperlink r:id="r1"><w:r><w:drawing/></w:r></w:hyperlink><w:r><w:pict><v:shape href="https://b.example/"/></w:pict></w:r></w:p>' +
      '<w:p><w:fldSimple w:instr="HYPERLINK https://c.example/ "><w:r><w:t>c</w:t></w:r></w:fldSimple></w:p>'
    const [message] = messagesIn(await inputsOf(rawDocx(body, { 'word/_rels/document.xml.rels': links }), 'a.docx'))
    expect(message?.texts[0]).toMatchObject({
      text: 'See\nc\n',
      links: [
        { href: 'https://a.example/', span: { start: 3, end: 3 } },
        { href: 'https://a.example/', span: { start: 4, end: 4 } },
        { href: 'https://b.example/', span: { start: 4, end: 4 } },
        { href: 'https://c.example/', span: { start: 4, end: 5 } },
      ],
    })
  })

  it('that does more than show is itself looked at as an attachment', async () => {
    const bytes = rawDocx('<w:p><w:r><w:t>x</w:t></w:r></w:p>', { 'word/vbaProject.bin': 'x' })
    const [message] = messagesIn(await inputsOf(bytes, 'in/a.docx'))
    if (message === undefined) throw new Error('no message')
    const { attachments, gaps } = buildViews(message)
    expect(attachments.map(({ attachment, acts }) => [attachment.part, acts])).toEqual([
      ['attachment:a.docx', [{ kind: 'macro', what: 'word/vbaProject.bin' }]],
    ])
    expect(gaps).toEqual([])
  })

  it('that is encrypted is refused', async () => {
    const bytes = oleOf({ EncryptionInfo: 'x', EncryptedPackage: Buffer.alloc(5000) })
    expect(told(await inputsOf(bytes, 'a.docx'))).toEqual(['a.docx unreadable document-encrypted'])
  })

  it('has links, by relation and by field', async () => {
    const message = await docx([
      new Paragraph({
        children: [
          new TextRun('See '),
          new ExternalHyperlink({
            link: 'https://acme.example/a?b=1&c=2',
            children: [new TextRun('our'), new TextRun(' shop')],
          }),
          new TextRun(' or https://bare.example/x now'),
        ],
      }),
    ])
    const { links, texts: views } = buildViews(message)
    expect(links.map(({ href, text, element }) => ({ href, text, element }))).toEqual([
      { href: 'https://acme.example/a?b=1&c=2', text: 'our shop', element: 'a' },
      { href: 'https://bare.example/x', text: 'https://bare.example/x', element: 'bare' },
    ])
    const href = views.find(({ look }) => look === 'link-href')
    expect(href?.text).toBe('https://acme.example/a?b=1&c=2')
    expect(href?.toPart.toOrigin({ start: 8, end: 12 })).toEqual({ start: 4, end: 12 })

    const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
    const fields = await inputsOf(
      rawDocx(
        `<w:p>${field('begin')}<w:r><w:instrText> HYPERLINK "https://a.example/" </w:instrText></w:r>${field('separate')}<w:r><w:t>one</w:t></w:r>${field('end')}` +
          '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>' +
          '<w:fldSimple w:instr=\' HYPERLINK "https://b.example/" \\o "x"\'><w:r><w:t>two</w:t></w:r></w:fldSimple></w:p>',
      ),
      'letter.docx',
    )
    expect(messagesIn(fields)[0]?.texts[0]).toMatchObject({
      text: 'one7two\n',
      links: [
        { href: 'https://a.example/', span: { start: 0, end: 3 } },
        { href: 'https://b.example/', span: { start: 4, end: 7 } },
      ],
    })
  })

  it.each([
    ['macros', { 'word/vbaProject.bin': 'x' }, 'attachment-unread', true],
    ['embedded files', { 'word/embeddings/a.bin': 'x' }, 'attachment-unread', true],
    ['pictures', { 'word/media/a.png': 'x' }, 'attachment-unread', false],
    [
      'a template from elsewhere',
      {
        'word/_rels/settings.xml.rels': relationships(
          '<Relationship Id="t" Type="x/attachedTemplate" TargetMode="External" Target="https://evil.example/t.dotm"/>',
        ),
      },
      'remote-content',
      true,
    ],
  ])('says what of it was not read: %s', async (_, files, code, material) => {
    const [message] = messagesIn(await inputsOf(rawDocx('<w:p><w:r><w:t>x</w:t></w:r></w:p>', files), 'a.docx'))
    expect(message?.gaps.map((gap) => [gap.code, gap.material])).toEqual([[code, material]])
  })

  it('that is one picture is not checked', async () => {
    const [message] = messagesIn(await inputsOf(rawDocx('<w:p/>', { 'word/media/a.png': 'x' }), 'a.sms.docx'))
    expect(message).toMatchObject({ channel: 'sms', gaps: [{ code: 'image-only', material: true }] })
  })

  it('reads what a text box says once', async () => {
    const box = (name: string): string => `<mc:${name}><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:${name}>`
    const body = `<w:p><w:r><mc:AlternateContent>${box('Choice')}${box('Fallback')}</mc:AlternateContent></w:r></w:p>`
    expect(messagesIn(await inputsOf(rawDocx(body), 'a.docx'))[0]?.texts[0]?.text.trim()).toBe('box')
  })

  it.each([
    ['empty', rawDocx('<w:p/>'), 'empty'],
    ['broken XML', rawDocx('<w:p><w:r>'), 'bad-document'],
    ['entities', rawDocx('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:p/>'), 'bad-document'],
    ['nested without end', rawDocx('<w:tbl>'.repeat(100_000)), 'bad-document'],
    [
      'styles in a circle',
      rawDocx('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>', {
        'word/styles.xml': '<w:styles><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>',
      }),
      'empty',
    ],
  ])('%s', async (_, bytes, code) => {
    const startMs = cpuTimeMs()
    expect(told(await inputsOf(bytes, 'a.docx'))).toEqual([`a.docx unreadable ${code}`])
    expect(cpuTimeMs() - startMs).toBeLessThan(2000)
  })
})
