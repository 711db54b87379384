import { zipSync } from 'fflate'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { readPolicy } from '../../../src-main/policy/read-policy.ts'
import { pdfOf } from '../../support/pdf.ts'

const call = { policy: null, date: null, url: null, basis: 'primary', known: [] } as const
const text = (value: string): Buffer => Buffer.from(value)
const form = '<form><label>E-mail</label><input name=a><label>Password</label><input type=password></form>'
const prose = 'Members of the programme get news of the house once a month, and can stop that at any time. '

/** A page with a picture and no letter, as a scanner makes it. */
async function scan(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const picture = await document.embedPng(pixel)
  document.addPage([400, 400]).drawImage(picture, { x: 0, y: 0, width: 400, height: 400 })
  return document.save()
}

describe('a file without a policy is refused, with what to do', () => {
  it.each([
    [
      'a login page',
      'p.html',
      text(`<h1>Sign in to Acme</h1>${form}<p>${prose}</p><p>Forgot password?</p><p>${prose}</p>`),
      'bad-document',
      /Sign in, open the policy/,
    ],
    [
      'a login page as text',
      'p.md',
      text(`# Log in\n\nE-mail\n\nPassword\n\nForgot password?\n\n${prose}\n\n${prose}\n\n${prose}`),
      'bad-document',
      /Sign in/,
    ],
    [
      'a page that waits',
      'p.html',
      text(
        `<h1>Just a moment</h1><p>Checking your browser before you go on.</p><p>${prose}</p><p>${prose}</p><p>${prose}</p>`,
      ),
      'bad-document',
      /prove a person/,
    ],
    [
      'a page that is not there',
      'p.html',
      text(`<h1>404</h1><p>Page not found</p><p>${prose}</p><p>${prose}</p><p>${prose}</p>`),
      'bad-document',
      /nothing to see/,
    ],
    ['menus', 'p.html', text('<ul><li><a href="/a">a page of ours</a></ul>'.repeat(100)), 'bad-document', /menus/],
    [
      'a page of scripts',
      'p.html',
      text(
        `<html><head><script>${'var a = "words words words";'.repeat(200)}</script></head><body><div id="app"></div></body></html>`,
      ),
      'bad-document',
      /hardly any text/,
    ],
    ['elements too deep', 'p.html', text(`${'<div>'.repeat(5_000)}${prose}`), 'too-deep', /Save its text/],
    ['quotations too deep', 'p.md', text(`${'> '.repeat(5_000)}${prose}`), 'too-large', /Save the page/],
    ['nothing', 'p.html', text(''), 'empty', /Save the page again/],
    ['white space', 'p.txt', text(' \n\t\n'), 'empty', /white space/],
    [
      'a mail',
      'p.eml',
      text(`From: a@acme.example\r\nTo: b@acme.example\r\nSubject: Our policy\r\n\r\n${prose.repeat(20)}`),
      'unknown-kind',
      /e-mail/,
    ],
    ['a table', 'p.csv', text('email,name\na@acme.example,A\n'), 'unknown-kind', /data/],
    [
      'bytes',
      'p.bin',
      Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 256)),
      'unknown-kind',
      /no text/,
    ],
    [
      'bytes named as a page',
      'p.html',
      Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 256)),
      'unknown-kind',
      /no text/,
    ],
    ['a picture', 'p.md', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unknown-kind', /no text/],
    ['an archive', 'p.zip', Buffer.from(zipSync({ 'policy.md': text(prose) })), 'unknown-kind', /archive/],
    ['an old document', 'p.doc', Buffer.from('d0cf11e0a1b11ae1'.padEnd(2_048, '0'), 'hex'), 'unknown-kind', /\.docx/],
    ['a broken PDF', 'p.pdf', text('%PDF-1.7\nnothing'), 'bad-document', /damaged/],
    [
      'a file of 21 MB',
      'p.html',
      Buffer.alloc(21 * 1024 * 1024, 'a '),
      'too-large',
      /Save the page without its pictures/,
    ],
  ])('%s', async (_, path, bytes, code, says) => {
    const result = await readPolicy(bytes, { ...call, path: `folder/${path}` })
    expect(result).toMatchObject({ ok: false, problem: { code, file: path } })
    expect(result.ok ? '' : result.problem.message).toMatch(says)
  })

  it('an empty PDF and a scanned one', async () => {
    const empty = await readPolicy(await pdfOf(() => undefined), { ...call, path: 'p.pdf' })
    expect(empty).toMatchObject({ ok: false, problem: { code: 'empty', file: 'p.pdf' } })
    const scanned = await readPolicy(await scan(), { ...call, path: 'p.pdf' })
    expect(scanned).toMatchObject({ ok: false, problem: { code: 'bad-document', file: 'p.pdf' } })
    expect(scanned.ok ? '' : scanned.problem.message).toMatch(/scanner.*OCR/)
  })

  it('but not a policy whose page also asks to sign in', async () => {
    const rules = Array.from(
      { length: 20 },
      (_, index) => `<li>Rule ${String(index)} of the house: ${prose}</li>`,
    ).join('')
    const page = `<header>${form}<a>Sign in</a></header><h1>House Rules</h1><ul>${rules}</ul>`
    expect(await readPolicy(text(page), { ...call, path: 'p.html' })).toMatchObject({ ok: true })
  })
})
