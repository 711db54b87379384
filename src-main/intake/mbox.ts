import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { withoutBytes } from './byte-source.ts'
import { readEmail } from './email.ts'
import { lineEnd, nextLine } from './header-block.ts'
import { limits } from './limits.ts'
import type { Message } from './message.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

const fromSpace = Buffer.from('From ')
const newlineFromSpace = Buffer.from('\nFrom ')

/** `From sender Www Mmm dd hh:mm:ss yyyy`, zones and years in any of the usual places (RFC 4155). */
const envelopeLine = /^From \S*.{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,40}\d{1,2}:\d{2}.{0,60}$/

/**
 * Several mails in mbox form. A single mail behind an envelope line, as many exports have it, is none unless its name says
 * so. In a file that is named otherwise, only full envelope lines count.
 */
export function looksLikeMbox(bytes: Buffer, isNamedSo: boolean): boolean {
  if (!bytes.subarray(0, fromSpace.length).equals(fromSpace)) return false
  return isNamedSo || messageStarts(bytes, 2).length > 1
}

/** Where envelope lines stand: at the start, and after an empty line before a header field. */
function messageStarts(bytes: Buffer, maxCount: number): readonly number[] {
  const starts = isEnvelopeLine(bytes, 0) ? [0] : []
  let position = 0
  while (starts.length < maxCount) {
    const found = bytes.indexOf(newlineFromSpace, position)
    if (found < 0) break
    const start = found + 1
    position = start
    const isAfterEmptyLine = bytes[found - 1] === 0x0a || (bytes[found - 1] === 0x0d && bytes[found - 2] === 0x0a)
    if (isAfterEmptyLine && isEnvelopeLine(bytes, start)) starts.push(start)
  }
  return starts
}

function isEnvelopeLine(bytes: Buffer, start: number): boolean {
  const next = nextLine(bytes, start, bytes.length)
  const line = bytes.toString('latin1', start, Math.min(lineEnd(bytes, start, next), start + 500))
  const following = bytes.toString('latin1', next, next + 200)
  return envelopeLine.test(line) && /^>?[!-9;-~]+(?:[ \t]*:| )/.test(following)
}

/** Each mail from its envelope line to the next one; a quoted `>From ` loses its mark (mboxrd), and the map knows. */
export function readMbox(source: ByteSource, file: ReadSource): FormatOutcome {
  const { bytes } = source
  const starts = messageStarts(bytes, limits.maxMessages + 1)
  const all = starts.length === 0 ? [0] : starts
  const kept = all.slice(0, limits.maxMessages)
  const messages: Message[] = kept.map((start, index) => {
    const range = { start, end: withoutSeparator(bytes, start, all[index + 1] ?? bytes.length, index + 1 < all.length) }
    const id = kept.length === 1 ? file.input : `${file.input}#${String(index + 1)}`
    const identity = { id, input: file.input, defaults: file.defaults }
    const cuts = quoteMarks(bytes, range)
    if (cuts.length === 0) return readEmail(source, range, identity)
    const unquoted = withoutBytes(source, range, cuts)
    return readEmail(unquoted, { start: 0, end: unquoted.bytes.length }, identity)
  })
  const isCut = all.length > kept.length
  return {
    messages,
    problem: isCut
      ? { code: 'too-many-parts', message: `Only the first ${String(limits.maxMessages)} messages were read.` }
      : null,
  }
}

/** The empty line before the next envelope line belongs to the mailbox. */
function withoutSeparator(bytes: Buffer, start: number, end: number, isFollowed: boolean): number {
  if (!isFollowed) return end
  const withoutLine = lineEnd(bytes, start, end)
  return withoutLine < end ? withoutLine : end
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
