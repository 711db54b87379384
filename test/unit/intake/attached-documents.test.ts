import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { buildViews } from '../../../src-main/views/build.ts'
import { addLink, pdfOf } from '../../support/pdf.ts'
import { inputsOf, messagesIn } from '../../support/read-inputs.ts'
import { zipOf } from '../../support/zip.ts'

async function mailWith(name: string, content: Buffer): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true })
  const from = 'news@acme.example'
  const { message } = await transport.sendMail({
    from,
    subject: 'x',
    text: 'hello',
    attachments: [{ filename: name, content }],
  })
  return Buffer.isBuffer(message) ? message : Buffer.alloc(0)
}

const docx = (body: string): Buffer =>
  zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': `<document><body>${body}</body></document>` })

describe('a document attached to a mail', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, readonly string[], readonly string[]]>([
    [
      'menu.docx',
      () => docx('<p><r><t>menu</t></r><r><rPr><vanish/></rPr><t>secret</t></r></p>'),
      ['attachment-text menu\n', 'hidden secret\n'],
      [],
    ],
    ['menu.pdf', () => pdfOf(({ write }) => write('menu', 300)), ['attachment-text menu\n'], []],
    ['menu.pdf', () => Buffer.from('%PDF-1.7 nothing'), [], ['attachment-unread true']],
    ['menu.docx', () => Buffer.from('no document'), [], ['attachment-unread true']],
  ])('%s is read', async (name, make, texts, gaps) => {
    const [message] = messagesIn(await inputsOf(await mailWith(name, await make()), 'a.eml'))
    if (message === undefined) throw new Error('no message')
    const views = buildViews(message)
    const part = `attachment:${name}`
    expect(
      views.texts
        .filter((view) => view.part === part && view.look !== 'attachment-name')
        .map(({ look, text }) => `${look} ${text}`),
    ).toEqual(texts)
    expect((views.gaps ?? []).map(({ code, material }) => `${code} ${String(material)}`)).toEqual(gaps)
  })

  it('is one of at most 50 that are read', async () => {
    const transport = createTransport({ streamTransport: true, buffer: true })
    const content = docx('<p><r><t>menu</t></r></p>')
    const attachments = Array.from({ length: 51 }, (_, at) => ({ filename: `${String(at)}.docx`, content }))
    const { message } = await transport.sendMail({ from: 'news@acme.example', text: 'hello', attachments })
    const [mail] = messagesIn(await inputsOf(Buffer.isBuffer(message) ? message : Buffer.alloc(0), 'a.eml'))
    if (mail === undefined) throw new Error('no message')
    expect(buildViews(mail).gaps).toEqual([
      { code: 'attachment-unread', reason: 'attachment 50.docx was not read', material: true },
    ])
  })

  it('has links', async () => {
    const pdf = await pdfOf((sheet) => {
      sheet.write('our shop', 300)
      addLink(sheet, 'https://acme.example/shop', [50, 296, 200, 312])
    })
    const [message] = messagesIn(await inputsOf(await mailWith('menu.pdf', pdf), 'a.eml'))
    if (message === undefined) throw new Error('no message')
    expect(buildViews(message).links.map(({ href, text, source }) => [href, text, source.part])).toEqual([
      ['https://acme.example/shop', 'our shop', 'attachment:menu.pdf'],
    ])
  })
})
