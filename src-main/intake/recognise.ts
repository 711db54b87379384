import type { Channel } from '../contract/report.ts'
import { charsetOfByteOrderMark, charsetOfFirstBytes } from './charset.ts'
import { limits } from './limits.ts'
import { looksLikeMbox } from './mbox.ts'
import { isCompoundFile } from './msg-compound.ts'
import { readHeaderBlock } from './header-block.ts'

export type Recognised =
  | { readonly format: 'email' | 'msg' | 'mbox' | 'html' | 'csv' | 'json' | 'json-lines' | 'yaml' }
  /** `channel` as the name says it, null when it does not. */
  | { readonly format: 'text'; readonly channel: Channel | null }
  | { readonly format: 'unknown'; readonly reason: string }

const sniffedBytes = 64 * 1024

/** What a file is: by its first bytes, then by its name. */
export function recognise(bytes: Buffer, name: string): Recognised {
  if (isCompoundFile(bytes)) return { format: 'msg' }
  const binary = binaryKind(bytes)
  if (binary !== null) return { format: 'unknown', reason: `${binary} is not a kind of file that is read.` }
  const extension = extensionOf(name)
  const plain = withoutMark(bytes)
  if (looksLikeMbox(plain, extension === 'mbox' || extension === 'mbx')) return { format: 'mbox' }
  if (extension === 'eml') return { format: 'email' }
  const head = asciiHead(bytes)
  if (isHtml(head)) return { format: 'html' }
  if (extension === 'jsonl' || extension === 'ndjson') return { format: 'json-lines' }
  if (extension === 'json') return { format: 'json' }
  if (extension === 'csv' || extension === 'tsv') return { format: 'csv' }
  if (extension === 'yaml' || extension === 'yml') {
    return /(?:^|\/)campaign\.yaml$/.test(name)
      ? { format: 'unknown', reason: 'A manifest is read with its folder. Name the folder instead.' }
      : { format: 'yaml' }
  }
  if (looksLikeEmail(plain)) return { format: 'email' }
  switch (extension) {
    case 'html':
    case 'htm':
    case 'xhtml':
      return { format: 'html' }
    case 'txt':
    case 'text':
    case 'md':
    case 'markdown':
      return isBinary(bytes)
        ? { format: 'unknown', reason: 'The file is named like a text and holds binary data.' }
        : { format: 'text', channel: channelOfName(name) }
    default:
      return {
        format: 'unknown',
        reason: 'This is no kind of file that is read. E-mails, mailboxes, HTML, text and tables of drafts are.',
      }
  }
}

/** Lower case, without its dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** `x.sms.txt`, `x.mms.txt`, `x.push.txt` (also `.web.txt`, `.email.txt`). */
export function channelOfName(name: string): Channel | null {
  switch (/\.(sms|mms|push|web|email)\.[^./\\]+$/i.exec(name)?.[1]?.toLowerCase()) {
    case 'sms':
      return 'sms'
    case 'mms':
      return 'mms'
    case 'push':
      return 'push'
    case 'web':
      return 'web'
    case 'email':
      return 'email'
    default:
      return null
  }
}

const signatures: readonly (readonly [signature: string, kind: string])[] = [
  ['%PDF-', 'A PDF document'],
  ['PK\x03\x04', 'A ZIP archive or Office document'],
  ['PK\x05\x06', 'A ZIP archive'],
  ['\x89PNG', 'An image'],
  ['GIF8', 'An image'],
  ['\xff\xd8\xff', 'An image'],
  ['RIFF', 'A media file'],
  ['\x1f\x8b', 'A compressed file'],
  ['7z\xbc\xaf\x27\x1c', 'A 7-Zip archive'],
  ['Rar!', 'A RAR archive'],
  ['MZ', 'A program'],
  ['\x7fELF', 'A program'],
  ['SQLite format 3', 'A database'],
]

function binaryKind(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 16)
  const found = signatures.find(([signature]) => head.startsWith(signature))
  if (found === undefined) return null
  // "MZ" and "RIFF" are letters that a text may start with.
  return bytes.subarray(0, 512).some((byte) => byte < 0x09) || found[0] === '%PDF-' ? found[1] : null
}

/** A stray NUL does not keep a text from being read, and from being reviewed. */
function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, sniffedBytes)
  if (!head.includes(0) || charsetOfFirstBytes(bytes) !== null) return false
  const controls = head.reduce((count, byte) => (byte < 0x09 || (byte > 0x0d && byte < 0x1b) ? count + 1 : count), 0)
  return controls * 10 > head.length
}

/** As mails and mailboxes begin, before an editor saved them anew; of UTF-16 the first kilobytes. */
function withoutMark(bytes: Buffer): Buffer {
  const charset = charsetOfFirstBytes(bytes)
  if (charset === null) return bytes
  if (charset.kind !== 'utf-16') return bytes.subarray(3)
  return Buffer.from(new TextDecoder(charset.label).decode(bytes.subarray(0, sniffedBytes)))
}

/** The first kilobytes as text in which markup can be told, also when they are UTF-16. */
function asciiHead(bytes: Buffer): string {
  const charset = charsetOfFirstBytes(bytes)
  if (charset?.kind === 'utf-16') return new TextDecoder(charset.label).decode(bytes.subarray(0, 4096))
  return bytes.toString('latin1', charsetOfByteOrderMark(bytes) === null ? 0 : 3, 4096)
}

function isHtml(head: string): boolean {
  const start = head.replace(/^(?:\s|<!--[\s\S]{0,2000}?-->|<\?xml[^>]{0,200}>)+/, '').slice(0, 40)
  return /^<(?:!doctype\s+html|html|head|body)\b/i.test(start)
}

const mailFields: ReadonlySet<string> = new Set([
  'bcc',
  'cc',
  'content-transfer-encoding',
  'content-type',
  'date',
  'delivered-to',
  'dkim-signature',
  'envelope-to',
  'errors-to',
  'from',
  'in-reply-to',
  'list-id',
  'list-unsubscribe',
  'message-id',
  'mime-version',
  'precedence',
  'received',
  'references',
  'reply-to',
  'resent-from',
  'return-path',
  'sender',
  'status',
  'subject',
  'to',
  'x-mailer',
])

/** Starts with header fields, two of which only mails have. */
function looksLikeEmail(bytes: Buffer): boolean {
  const { fields } = readHeaderBlock(bytes, { start: 0, end: Math.min(bytes.length, sniffedBytes) })
  const known = new Set(fields.map((field) => field.name.toLowerCase()).filter((name) => mailFields.has(name)))
  return known.size >= 2
}

/** A name that promises a message, whatever is inside. */
export function isKnownName(name: string): boolean {
  return /^(?:eml|msg|mbox|mbx|x?html?|txt|text|md|markdown|csv|tsv|json|jsonl|ndjson|ya?ml|zip|xlsx|docx|pdf)$/.test(
    extensionOf(name),
  )
}

/** How large a file of this name may be: lists are read row by row, mailboxes (`Inbox` too) and JSON lines piece by piece. */
export function maxBytesOf(name: string): number {
  if (/^(?:csv|tsv)$/.test(extensionOf(name))) return limits.maxTableBytes
  return /^(?:mbox|mbx|jsonl|ndjson|)$/.test(extensionOf(name)) ? limits.maxStreamBytes : limits.maxFileBytes
}
