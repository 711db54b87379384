import type { Problem } from '../contract/result.ts'
import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { withoutBytes } from './byte-source.ts'
import { readEmail } from './email.ts'
import { lineEnd } from './header-block.ts'
import { limits } from './limits.ts'
import type { MailBytes } from './mbox-split.ts'
import { contentLengthEnd, isEnvelopeLine, nextMail } from './mbox-split.ts'
import type { Message } from './message.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

const fromSpace = Buffer.from('From ')

/**
 * Several mails in mbox form. A single mail behind an envelope line, as many exports have it, is none unless its name says
 * so. In a file that is named otherwise, only full envelope lines count.
 */
export function looksLikeMbox(bytes: Buffer, isNamedSo: boolean): boolean {
  if (!bytes.subarray(0, fromSpace.length).equals(fromSpace)) return false
  return isNamedSo || (isEnvelopeLine(bytes, 0) && messageStarts(bytes, 2).length > 1)
}

/** Where mails start: at the start, and where `nextMail` says. */
function messageStarts(bytes: Buffer, maxCount: number): readonly number[] {
  const starts = [0]
  while (starts.length < maxCount) {
    const start = starts[starts.length - 1] ?? 0
    const next = nextMail(bytes, start, start, true)
    if (next.kind === 'none') break
    starts.push(next.start)
  }
  return starts
}

/** Each mail from its envelope line to the next one. */
export function readMbox(source: ByteSource, file: ReadSource): FormatOutcome {
  const starts = messageStarts(source.bytes, limits.maxMessages + 1)
  const kept = starts.slice(0, limits.maxMessages)
  const messages = kept.map((start, index) => {
    const isLast = index + 1 === starts.length
    const range = { start, end: starts[index + 1] ?? source.bytes.length }
    return readMail(source, range, isLast, mailId(file, index, kept.length === 1), file)
  })
  return { messages, problem: starts.length > kept.length ? tooManyMails() : null }
}

export function tooManyMails(): Problem {
  return { code: 'too-many-parts', message: `Only the first ${String(limits.maxMessages)} messages were read.` }
}

/** `input#N` from 1; the input's own name when it is the only one. */
export function mailId(file: ReadSource, index: number, isOnly: boolean): string {
  return isOnly ? file.input : `${file.input}#${String(index + 1)}`
}

/** One mail of a mailbox that is read piece by piece; its places count in the whole file. */
export function readMailOf({ bytes, start, isLast }: MailBytes, id: string, file: ReadSource): Message {
  const source: ByteSource = {
    bytes,
    toInput: (span) => ({ start: start + span.start, end: start + span.end }),
  }
  return readMail(source, { start: 0, end: bytes.length }, isLast, id, file)
}

/** A quoted `>From ` loses its mark (mboxo, mboxrd, mboxcl), and the map knows. */
function readMail(source: ByteSource, whole: ByteSpan, isLast: boolean, id: string, file: ReadSource): Message {
  const range = { start: whole.start, end: withoutSeparator(source.bytes, whole, isLast) }
  const identity = { id, input: file.input, defaults: file.defaults }
  const cuts = isUnquoted(source.bytes, range) ? [] : quoteMarks(source.bytes, range)
  if (cuts.length === 0) return readEmail(source, range, identity)
  const unquoted = withoutBytes(source, range, cuts)
  return readEmail(unquoted, { start: 0, end: unquoted.bytes.length }, identity)
}

/** The empty line before the next envelope line belongs to the mailbox; a length that was confirmed says where the mail ends. */
function withoutSeparator(bytes: Buffer, { start, end }: ByteSpan, isLast: boolean): number {
  const counted = contentLengthEnd(bytes.subarray(0, end), start)
  if (
    counted !== null &&
    counted <= end &&
    /^[\r\n]{0,4}$/.test(bytes.toString('latin1', counted, counted + 5).slice(0, end - counted))
  )
    return counted
  if (isLast) return end
  const withoutLine = lineEnd(bytes, start, end)
  const isEmptyLine = withoutLine > start && bytes[withoutLine - 1] === 0x0a
  return withoutLine < end && isEmptyLine ? withoutLine : end
}

/** mboxcl2 counts bytes and quotes nothing: a line `From ` inside what is counted gives it away. */
function isUnquoted(bytes: Buffer, range: ByteSpan): boolean {
  const found = bytes.subarray(0, range.end).indexOf('\nFrom ', range.start)
  if (found < 0) return false
  const end = contentLengthEnd(bytes.subarray(0, range.end), range.start)
  return end !== null && found < end && end <= range.end
}

/** The `>` of lines `>From `, `>>From ` … in the body. */
function quoteMarks(bytes: Buffer, range: ByteSpan): ByteSpan[] {
  const cuts: ByteSpan[] = []
  const pattern = Buffer.from('>From ')
  const readable = bytes.subarray(0, range.end)
  for (let found = readable.indexOf(pattern, range.start); found >= 0; found = readable.indexOf(pattern, found + 1)) {
    let lineStart = found
    while (lineStart > range.start && bytes[lineStart - 1] === 0x3e) lineStart--
    if (lineStart > range.start && bytes[lineStart - 1] === 0x0a) cuts.push({ start: lineStart, end: lineStart + 1 })
  }
  return cuts
}
