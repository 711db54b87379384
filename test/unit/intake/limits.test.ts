import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { notCheckedCodes, problemCodes } from '../../../src-main/contract/codes.ts'
import { limits } from '../../../src-main/intake/limits.ts'
import { limitRows } from '../../support/limit-rows.ts'
import { cpuTimeMs } from '../../support/cpu-time.ts'
import { inputsOf, told } from '../../support/read-inputs.ts'
import { zipOf } from '../../support/zip.ts'

const mib = 1024 * 1024
const head = 'From: a@b.example\r\nSubject: x\r\n'

function nested(levels: number): string {
  let body = 'Content-Type: text/plain\r\n\r\ndeep'
  for (let level = 0; level < levels; level++) {
    body = `Content-Type: multipart/mixed; boundary=b${String(level)}x\r\n\r\n--b${String(level)}x\r\n${body}\r\n--b${String(level)}x--`
  }
  return head + body
}

const parts = (count: number): string =>
  `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(count)}--b--\r\n`
const field = (bytes: number): string => `${head}X-Long: ${'a'.repeat(bytes - 8)}\r\n\r\ntext`
const fields = (bytes: number): string => {
  const line = `X-Much: ${'a'.repeat(990)}\r\n`
  return `${head}${line.repeat(Math.ceil((bytes - head.length) / line.length))}\r\ntext`
}
const body = (bytes: number, type = 'plain'): Buffer =>
  Buffer.concat([Buffer.from(`${head}Content-Type: text/${type}\r\n\r\n`), Buffer.alloc(bytes, 'a cup \n')])
/** An S/MIME signature whose text is written in that many pieces of a byte. */
function inPieces(count: number): string {
  const element = (tag: number, ...content: readonly Buffer[]): Buffer => {
    const all = Buffer.concat(content)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(all.length)
    return Buffer.concat([Buffer.from([tag, 0x84]), length, all])
  }
  const oid = (last: number): Buffer => element(6, Buffer.from(`2a864886f70d01070${String(last)}`, 'hex'))
  const pieces = element(0x24, Buffer.concat(Array.from({ length: count }, () => Buffer.from([4, 1, 0x0a]))))
  const info = element(0x30, oid(1), element(0xa0, pieces))
  const data = element(0x30, Buffer.from([2, 1, 1, 0x31, 0]), info, Buffer.from([0x31, 0]))
  const signed = element(0x30, oid(2), element(0xa0, data)).toString('base64')
  return `${head}Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${signed}`
}
const cell = (bytes: number): string => `channel,text\nsms,first\nsms,${'a'.repeat(bytes)}\nsms,last\n`
const columns = (count: number): string =>
  `text,${Array.from({ length: count - 1 }, (_, at) => `c${String(at)}`).join(',')}\nhello\n`
const mailbox = (count: number): string =>
  'From a@b.example Fri Nov 20 10:00:00 2026\nSubject: x\n\ny\n\n'.repeat(count)
const files = (count: number): Buffer =>
  zipOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${String(at)}.bin`, 'x'])))
const json = (depth: number): string => `[{"text":"hello","x":${'['.repeat(depth)}${']'.repeat(depth)}}]`
describe('limits', () => {
  it.each<[string, string, () => string | Buffer, string]>([
    ['MIME depth', 'm.eml', () => nested(limits.maxMimeDepth), 'reviewed'],
    ['MIME depth, past it', 'm.eml', () => nested(limits.maxMimeDepth + 1), 'partial too-deep'],
    ['parts', 'm.eml', () => parts(limits.maxParts - 1), 'reviewed'],
    ['parts, past it', 'm.eml', () => parts(limits.maxParts + 1), 'partial too-many-parts'],
    ['one header field', 'm.eml', () => field(limits.maxHeaderFieldBytes), 'reviewed'],
    ['one header field, past it', 'm.eml', () => field(limits.maxHeaderFieldBytes + 1), 'partial header-too-large'],
    ['header', 'm.eml', () => fields(limits.maxHeaderBytes - 2_000), 'reviewed'],
    ['header, past it', 'm.eml', () => fields(limits.maxHeaderBytes + 2_000), 'partial header-too-large'],
    ['HTML part', 'm.eml', () => body(limits.maxTextUnits, 'html'), 'reviewed'],
    ['HTML part, past it', 'm.eml', () => body(limits.maxTextUnits + 1, 'html'), 'partial too-large'],
    ['one e-mail, past it', 'm.eml', () => body(limits.maxMessageBytes + 1), 'partial too-large'],
    ['file, past it', 'm.eml', () => Buffer.alloc(limits.maxFileBytes + 1, 'a'), 'unreadable too-large'],
    ['table row', 'd.csv', () => cell(limits.maxCsvCellBytes - 100), 'reviewed'],
    ['table row, past it', 'd.csv', () => cell(limits.maxCsvCellBytes + 1), 'partial too-large'],
    ['columns', 'd.csv', () => columns(limits.maxColumns), 'reviewed'],
    ['columns, past it', 'd.csv', () => columns(limits.maxColumns + 1), 'partial too-many-parts'],
    ['pieces of a signed text', 'm.eml', () => inPieces(100_000), 'reviewed'],
    ['pieces of a signed text, past it', 'm.eml', () => inPieces(100_001), 'partial bad-mime'],
    ['messages of a mailbox, past it', 'b.mbox', () => mailbox(limits.maxMessages + 1), 'partial too-many-parts'],
    ['entries of an archive', 'a.zip', () => files(limits.maxArchiveEntries), 'reviewed'],
    ['entries of an archive, past it', 'a.zip', () => files(limits.maxArchiveEntries + 1), 'partial too-many-parts'],
    ['nothing but zeros', 'm.eml', () => Buffer.alloc(1_000), 'unreadable empty'],
    ['JSON depth', 'd.json', () => json(60), 'reviewed'],
    ['JSON depth, past it', 'd.json', () => json(65), 'unreadable bad-json'],
  ])('%s', async (_, name, make, expected) => {
    const bytes = Buffer.from(make())
    const startMs = cpuTimeMs()
    const [own] = told(await inputsOf(bytes, name))
    expect(own).toBe(`${name} ${expected}`)
    expect(cpuTimeMs() - startMs).toBeLessThan(2_000)
  })
})

describe('docs/limits.md', () => {
  const root = join(import.meta.dirname, '../../..')
  let rows: ReturnType<typeof limitRows> = []
  beforeAll(() => {
    rows = limitRows(readFileSync(join(root, 'docs/limits.md'), 'utf8'))
  })

  it('names codes that there are, and tests that there are', () => {
    const codes = new Set<string>([...problemCodes, ...notCheckedCodes])
    const faults = rows.flatMap((row) => [
      ...row.codes.filter((code) => !codes.has(code)),
      ...row.tests.filter((test) => !existsSync(join(root, 'test/unit', test))),
      ...(row.tests.length === 0 ? [row.limit] : []),
    ])
    expect(rows.length).toBeGreaterThan(30)
    expect(faults).toEqual([])
  })

  it('names tests that speak of their codes', () => {
    const silent = rows.flatMap(({ limit, codes, tests }) => {
      const text = tests.map((test) => readFileSync(join(root, 'test/unit', test), 'utf8')).join('\n')
      return codes.filter((code) => !text.includes(code)).map((code) => `${limit}: ${code}`)
    })
    expect(silent).toEqual([])
  })

  it.each<[string, string]>([
    ['file', `${String(limits.maxFileBytes / mib)} MB`],
    ['one e-mail', `${String(limits.maxMessageBytes / mib)} MB`],
    ['one decoded text or HTML part', `${String(limits.maxTextUnits / mib)} M UTF-16 units`],
    ['MIME depth', String(limits.maxMimeDepth)],
    ['MIME parts of a message', '1,000'],
    ['one header field', `${String(limits.maxHeaderFieldBytes / 1024)} KB`],
    ['header', `${String(limits.maxHeaderBytes / 1024)} KB`],
    ['bytes an archive and all archives in it unpack to', `${String(limits.maxUnpackedBytes / mib)} MB`],
    ['unpacked to packed bytes of a member over 1 MB', String(limits.maxUnpackRatio)],
    ['files and folders of an archive and all archives in it', '2,000'],
    ['archive in an archive', `depth ${String(limits.maxArchiveDepth)}`],
    ['pages of a PDF document', String(limits.maxPdfPages)],
    ['table row', `${String(limits.maxCsvCellBytes / mib)} MB`],
  ])('%s: %s', (limit, number) => {
    expect(rows.find((row) => row.limit === limit)?.number).toBe(number)
  })
})
