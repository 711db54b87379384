import { basename } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'
import type { Utf16Span } from '../contract/span.ts'
import { inputSource } from '../intake/byte-source.ts'
import { decodedFile } from '../intake/decoded-file.ts'
import { isEncryptedOffice, officeKind, officePackage } from '../intake/office-package.ts'
import { recognise } from '../intake/recognise.ts'
import { listZip, unpackBudget } from '../intake/zip-file.ts'
import type { Block } from './block.ts'
import { docxBlocks } from './docx-blocks.ts'
import { frontMatter } from './front-matter.ts'
import { htmlBlocks } from './html-blocks.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { pdfBlocks } from './pdf-blocks.ts'
import { savedFrom, type SavedFrom } from './saved-page.ts'
import { textBlocks } from './text-blocks.ts'
import { webArchive } from './web-archive.ts'

export const policyMediaTypes = [
  'text/markdown',
  'text/html',
  'text/plain',
  'multipart/related',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/pdf',
] as const
export type PolicyMediaType = (typeof policyMediaTypes)[number]

/** A policy's file, cut into blocks. */
export interface PolicySource {
  readonly mediaType: PolicyMediaType
  /** Decoded; of a web archive the page in it, of a document what is read of it, line by line. The blocks' places point into it. */
  readonly text: string
  readonly blocks: readonly Block[]
  readonly icons: readonly Utf16Span[]
  readonly pageTitle: string | null
  readonly asksPassword: boolean
  readonly savedFrom: SavedFrom
  /** A day that the file notes of itself, beside its text. */
  readonly writtenDate: string | null
  readonly notices: readonly string[]
}

const kinds =
  'A policy is read from a saved web page (.html, .mhtml), Markdown, plain text, a Word document (.docx) or a PDF.'
/** More than any policy, and as much as is looked at in reasonable time. */
const maxTextUnits = 8 * 1024 * 1024
const maxMarkdownUnits = 2 * 1024 * 1024

/** Cuts a file into blocks by what it is: by its first bytes, then by its name. `mediaType`: as it was found out before. */
export async function policySource(bytes: Uint8Array, path: string, mediaType?: string): Promise<Result<PolicySource>> {
  const file = basename(path)
  const found = await read(bytes, file, mediaType)
  if (found.ok || found.problem.file !== undefined) return found
  return { ok: false, problem: { ...found.problem, file } }
}

async function read(bytes: Uint8Array, file: string, mediaType: string | undefined): Promise<Result<PolicySource>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = buffer.toString('latin1', 0, 1024)
  if (head.includes('%PDF-')) {
    const pdf = await pdfBlocks(bytes)
    return pdf.ok ? ok(plain('application/pdf', pdf.value.text, pdf.value.blocks, pdf.value.notices)) : pdf
  }
  if (head.startsWith('PK\u0003\u0004')) return readZip(buffer)
  if (isEncryptedOffice(buffer))
    return fail('document-encrypted', 'The document is encrypted. Save it without its password and import that.')
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    return fail('unknown-kind', `This is an old Office document or an Outlook message. ${kinds} Save it as .docx.`)
  if (head.startsWith('bplist00'))
    return fail(
      'unknown-kind',
      `This is a Safari web archive. ${kinds} Save the page anew, as its source (.html) or a PDF.`,
    )
  const archive = mediaType === 'multipart/related' || isHeaderBlock(head) ? webArchive(bytes) : null
  if (archive !== null) return pageSource('multipart/related', archive.markup, archive.savedFrom)
  const wrong = wrongKind(buffer, file)
  if (wrong !== null) return wrong
  const { text } = decodedFile(inputSource(bytes))
  if (text.length > maxTextUnits) return tooLong()
  if (text.trim() === '') return fail('empty', 'The file holds nothing but white space.')
  const kind = policyMediaTypes.find((known) => known === mediaType) ?? textKind(file, head)
  if (kind === 'text/html') return pageSource(kind, text, savedFrom(text))
  if (kind === 'text/markdown') {
    if (text.length > maxMarkdownUnits || /^(?:[ \t]*>){60}/m.test(text)) return tooLong()
    const front = frontMatter(text)
    const source = plain(kind, text, markdownBlocks(text), [])
    return ok({ ...source, pageTitle: front?.title ?? null, writtenDate: front?.date ?? null })
  }
  return ok(plain('text/plain', text, textBlocks(text), []))
}

function pageSource(mediaType: PolicyMediaType, text: string, saved: SavedFrom): Result<PolicySource> {
  if (text.length > maxTextUnits) return tooLong()
  const page = htmlBlocks(text)
  if (page === null)
    return fail('too-deep', 'The page’s elements lie in one another too deep. Save its text, and import that.')
  const { blocks, title, asksPassword, icons } = page
  return ok({
    mediaType,
    text,
    blocks,
    icons,
    pageTitle: title,
    asksPassword,
    savedFrom: saved,
    writtenDate: null,
    notices: [],
  })
}

/** A field of a header at the very beginning. */
const isHeaderBlock = (head: string): boolean => /^(?:[a-z][\w-]{1,40}:|\s*$)/i.test(head)

function plain(
  mediaType: PolicyMediaType,
  text: string,
  blocks: readonly Block[],
  notices: readonly string[],
): PolicySource {
  const savedFromNowhere = { url: null, captured: null }
  return {
    mediaType,
    text,
    blocks,
    icons: [],
    pageTitle: null,
    asksPassword: false,
    savedFrom: savedFromNowhere,
    writtenDate: null,
    notices,
  }
}

async function readZip(bytes: Buffer): Promise<Result<PolicySource>> {
  const listed = await listZip(bytes, unpackBudget())
  if (!listed.ok) return listed
  const kind = officeKind(listed.value)
  if (kind !== 'docx') {
    const what =
      kind === null ? 'an archive. Unpack it, and import what is in it' : 'an Office document of another kind'
    return fail('unknown-kind', `This is ${what}. ${kinds}`)
  }
  const docx = await docxBlocks(officePackage(listed.value))
  if (!docx.ok) return docx
  if (docx.value.text.length > maxTextUnits) return tooLong()
  return ok(
    plain(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      docx.value.text,
      docx.value.blocks,
      [],
    ),
  )
}

const tooLong = (): Result<never> =>
  fail('too-large', 'The text is longer than any policy. Save the page that shows the policy alone, and import that.')

/** Files that hold something else, told what to do with them. */
function wrongKind(bytes: Buffer, file: string): Result<never> | null {
  const found = recognise(bytes, file)
  switch (found.format) {
    case 'email':
    case 'mbox':
    case 'msg':
      return fail('unknown-kind', `This is an e-mail, not a policy. ${kinds} Save the policy itself as one of these.`)
    case 'json':
    case 'json-lines':
    case 'csv':
    case 'yaml':
      return fail('unknown-kind', `This is a file of data, not a policy. ${kinds}`)
    case 'unknown':
      if (/^(?:A|An) (?!PDF|ZIP)/.test(found.reason) || !isText(bytes))
        return fail('unknown-kind', `This is no text. ${kinds} Save it as one of these.`)
      return null
    default:
      return isText(bytes) ? null : fail('unknown-kind', `This is no text. ${kinds} Save it as one of these.`)
  }
}

const looksAt = 64 * 1024
const mostOddShare = 0.02

/** Hardly any control characters, be it UTF-8, UTF-16 or of one byte a letter. */
function isText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, looksAt)
  const isWide = /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(head.toString('latin1', 0, 2))
  if (isWide) return true
  let odd = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) odd++
  return odd <= head.length * mostOddShare && !head.includes(0)
}

function textKind(name: string, head: string): PolicyMediaType {
  if (/\.(?:md|markdown)$/i.test(name)) return 'text/markdown'
  const start = head.replace(/^(?:[\s\u00ef\u00bb\u00bf]|<!--[^]*?-->|<\?xml[^>]*>)+/, '')
  return /\.x?html?$/i.test(name) || /^<(?:!doctype html|html|head|body|div|main|article|section|h1|p)\b/i.test(start)
    ? 'text/html'
    : 'text/plain'
}
