import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileTask, ReviewedMessage, ShowTask } from '../../../src-main/review/job.ts'
import { reviewFile, sha256Of } from '../../../src-main/review/review-file.ts'
import {
  inspectLink,
  showFiles,
  showHeaders,
  showRendered,
  showSource,
  showText,
} from '../../../src-main/review/show-message.ts'
import { mail } from '../../support/mail.ts'
import { zipOf } from '../../support/zip.ts'

const rules = `
- id: test/spin
  clauses: [klaviyo-aup:C3.9]
  severity: error
  check: { kind: pattern, pattern: zzyzx spins }
  message: "“{match}” is not allowed by {clause}."
`

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-file-'))
  mkdirSync(join(folder, 'own', 'rules'), { recursive: true })
  writeFileSync(join(folder, 'own', 'pack.yaml'), 'id: own\nversion: "1"\ntitle: Own rules\npolicy: klaviyo-aup\n')
  writeFileSync(join(folder, 'own', 'rules', 'own.yaml'), rules)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function task(name: string, content?: string): FileTask {
  const path = join(folder, name)
  if (content !== undefined) writeFileSync(path, content)
  const shipped = join(import.meta.dirname, '../../../resources/packs')
  const packs = { shipped, own: [join(folder, 'own')], named: ['own'], asOf: '2026-11-23' }
  const defaults = { campaign: 'spring', client: null, channel: null, kind: null, sendAt: null }
  return { path, input: name, named: true, defaults, settings: { packs, asOf: '2026-11-23', region: [] } }
}

/** The task to show a message just reviewed. */
function showTask(file: FileTask, { report }: ReviewedMessage, ordinal = 0): ShowTask {
  const sha256 = sha256Of(readFileSync(file.path))
  return { file, sha256, input: report.input, ordinal, findings: report.findings }
}

async function reviewed(file: FileTask): Promise<readonly [ReviewedMessage, ...ReviewedMessage[]]> {
  const { messages } = await reviewFile(file)
  const [first, ...rest] = messages
  if (first === undefined) throw new Error('nothing was reviewed')
  return [first, ...rest]
}

/** What the marks of a text hold. */
function marked(
  texts: readonly {
    readonly text: string
    readonly marks: readonly { readonly span: { readonly start: number; readonly end: number } }[]
  }[],
) {
  return texts.flatMap(({ text, marks }) => marks.map(({ span }) => text.slice(span.start, span.end)))
}

const html = mail('<p>Sehr sch=C3=B6n: <b>zzyzx</b> sp=\r\nins</p><a href=3D"https://acme.example/a">More</a>', {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Transfer-Encoding': 'quoted-printable',
})

describe('reviewFile', () => {
  it('gives the input with its hash, and each message in the form of the report', async () => {
    const file = task('one.eml', mail('Win zzyzx spins'))
    const { inputs, messages } = await reviewFile(file)
    const bytes = readFileSync(file.path)
    expect(inputs).toEqual([{ path: 'one.eml', status: 'reviewed', bytes: bytes.length, sha256: sha256Of(bytes) }])
    expect(messages).toMatchObject([
      {
        name: 'A word from Acme',
        report: {
          id: 'one.eml',
          input: 'one.eml',
          campaign: 'spring',
          channel: 'email',
          from: 'Acme <news@acme.example>',
          subject: 'A word from Acme',
          date: '2026-11-20T10:00:00Z',
          verdict: 'errors',
          findings: [{ rule: 'test/spin', part: 'text', span: { start: 4, end: 15 } }],
        },
      },
    ])
  })

  it('marks the bytes of the file, whatever they are encoded in', async () => {
    const file = task('encoded.eml', html)
    const [{ report }] = await reviewed(file)
    const source = report.findings[0]?.source
    expect(readFileSync(file.path).subarray(source?.start, source?.end).toString()).toBe('zzyzx</b> sp=\r\nins')
  })

  it.each([
    ['vanished since it was found', 'gone.eml', undefined, 'not-found-on-disk'],
    ['empty', 'empty.eml', '', 'empty'],
    ['a folder by now', 'own', undefined, 'not-a-regular-file'],
  ])('says why a file was not reviewed: %s', async (_, name, content, code) => {
    expect(await reviewFile(task(name, content))).toMatchObject({
      inputs: [{ path: name, status: 'unreadable', problem: { code } }],
      messages: [],
    })
  })

  it('says so when there are no packs to review by', async () => {
    const file = task('one.eml', mail('Hello'))
    const packs = { ...file.settings.packs, named: ['no-such-pack'] }
    expect(await reviewFile({ ...file, settings: { ...file.settings, packs } })).toMatchObject({
      inputs: [{ status: 'unreadable', problem: { code: 'no-pack' } }],
    })
  })
})

describe('a message is shown again', () => {
  it('in its source, its text and as a reader sees it, with the same finding marked', async () => {
    const file = task('shown.eml', html)
    const [message] = await reviewed(file)
    const show = showTask(file, message)
    const [source, text, rendered] = await Promise.all([
      showSource(show),
      showText(show),
      showRendered({ ...show, theme: 'light', dark: false, language: 'en' }),
    ])
    expect(source.ok && [source.value.shownAs, marked([source.value])]).toEqual(['utf-8', ['zzyzx</b> sp=\r\nins']])
    expect(text.ok && marked(text.value.sections)).toEqual(['zzyzx spins'])
    expect(rendered.ok && rendered.value.marked).toEqual([1])
  })

  it('by its header fields, named as findings name them, and by its files', async () => {
    const file = task(
      'parts.eml',
      [
        'From: Acme <news@acme.example>',
        'Received: one',
        'Received: two',
        'Subject: =?utf-8?q?H=C3=A9llo?=',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'hello',
        '--b',
        'Content-Type: image/png; name=a.png',
        'Content-Disposition: attachment; filename=a.png',
        '',
        '%PDF-1.4',
        '--b--',
        '',
      ].join('\r\n'),
    )
    const [message] = await reviewed(file)
    const show = showTask(file, message)
    const headers = await showHeaders(show)
    expect(headers.ok && headers.value.fields.map(({ part, value, raw }) => [part, value, raw])).toEqual([
      ['from', 'Acme <news@acme.example>', null],
      ['header:Received', 'one', null],
      ['header:Received:2', 'two', null],
      ['subject', 'Héllo', '=?utf-8?q?H=C3=A9llo?='],
      ['header:Content-Type', 'multipart/mixed; boundary=b', null],
    ])
    const files = await showFiles(show)
    expect(files.ok && files.value.files).toMatchObject([
      { part: 'attachment:a.png', mediaType: 'image/png', trueType: 'application/pdf', bytes: 8, inline: false },
    ])
  })

  it('from the middle of a mailbox, alone', async () => {
    const envelope = 'From a@acme.example Fri Nov 20 10:00:00 2026\r\n'
    const mails = ['First', 'Second: zzyzx spins', 'Third'].map(
      (text) => `${envelope}${mail(text, { Subject: 'Hello' })}\r\n\r\n`,
    )
    const file = task('box.mbox', mails.join(''))
    const messages = await reviewed(file)
    expect(messages.map(({ report }) => report.id)).toEqual(['box.mbox#1', 'box.mbox#2', 'box.mbox#3'])
    const second = messages[1]
    const source = second && (await showSource(showTask(file, second, 1)))
    expect(source?.ok && marked([source.value])).toEqual(['zzyzx spins'])
    expect(source?.ok && [source.value.text.includes('First'), source.value.text.includes('Third')]).toEqual([
      false,
      false,
    ])
  })

  it('not when its file has changed', async () => {
    const file = task('changing.eml', mail('Hello'))
    const [message] = await reviewed(file)
    const show = showTask(file, message)
    writeFileSync(file.path, mail('Hullo'))
    expect(await showSource(show)).toMatchObject({ ok: false, problem: { code: 'changed-on-disk' } })
  })

  it.each([
    ['https://acme.example/a', { host: 'acme.example', opens: true }],
    ['mailto:a@acme.example', { host: null, opens: true }],
    ['http://acme.example/a', { host: 'acme.example', opens: false }],
    ['https://acme.example@evil.example/', { host: 'evil.example', opens: false }],
    ['javascript:alert(1)', { host: null, opens: false }],
    ['https://münchen.example/', { host: 'xn--mnchen-3ya.example', opens: true }],
    ['file:///etc/passwd', { host: null, opens: false }],
  ])('with the real target of its link: %s', async (href, expected) => {
    const file = task('link.html', `<p><a href="${href}">Read on</a></p>`)
    const [message] = await reviewed(file)
    expect(await inspectLink({ ...showTask(file, message), link: 1 })).toMatchObject({ ok: true, value: expected })
    expect(await inspectLink({ ...showTask(file, message), link: 2 })).toMatchObject({ problem: { code: 'not-found' } })
  })
})

describe('a member of an archive', () => {
  it('is an input of its own, its findings count in its bytes, and it can be shown again', async () => {
    const file = task('spring.zip')
    const text = 'Come and see our zzyzx spins now'
    writeFileSync(file.path, zipOf({ 'other.eml': mail('Nothing'), 'in.zip': zipOf({ 'a.sms.txt': text }) }))
    const { inputs, messages } = await reviewFile(file)
    expect(inputs.map(({ path, status, bytes }) => ({ path, status, bytes }))).toEqual([
      { path: 'spring.zip', status: 'reviewed', bytes: readFileSync(file.path).length },
      { path: 'spring.zip/in.zip', status: 'reviewed', bytes: expect.any(Number) as number },
      { path: 'spring.zip/in.zip/a.sms.txt', status: 'reviewed', bytes: text.length },
      { path: 'spring.zip/other.eml', status: 'reviewed', bytes: mail('Nothing').length },
    ])
    expect(inputs[2]?.sha256).toBe(sha256Of(Buffer.from(text)))
    const [sms] = messages
    if (sms === undefined) throw new Error('nothing was reviewed')
    expect(sms.report.findings.map(({ source }) => text.slice(source?.start, source?.end))).toContain('zzyzx spins')
    const shown = await showText(showTask(file, sms))
    if (!shown.ok) throw new Error(shown.problem.message)
    expect(marked(shown.value.sections)).toContain('zzyzx spins')
    const source = await showSource(showTask(file, sms))
    expect(source).toMatchObject({ ok: true, value: { text } })
  })
})
