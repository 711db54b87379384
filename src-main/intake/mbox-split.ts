import { lineEnd, nextLine } from './header-block.ts'
import { limits } from './limits.ts'

const newlineFromSpace = Buffer.from('\nFrom ')

/** `From sender Www Mmm dd hh:mm:ss yyyy`, zones and years in any of the usual places (RFC 4155). */
const envelopeLine = /^From \S*.{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,40}\d{1,2}:\d{2}.{0,60}$/

/** How far behind an envelope line's start is looked to know it for one. */
const lookAheadBytes = 1_000

export type NextMail =
  | { readonly kind: 'at'; readonly start: number }
  /** Not up to `scanned`; more bytes may tell. */
  | { readonly kind: 'none'; readonly scanned: number }

/**
 * Where the mail after the one at `start` begins: at an envelope line after an empty line and before a header field. A
 * `Content-Length` (mboxcl) counts when an envelope line, or the end, stands where it says. `isEnd`: nothing follows
 * `bytes`; `isWhole`: the mail's first bytes are there. Searching goes on at `from`.
 */
export function nextMail(bytes: Buffer, start: number, from: number, isEnd: boolean, isWhole = true): NextMail {
  const end = isWhole ? contentLengthEnd(bytes, start) : null
  if (end !== null && end - start <= limits.maxMessageBytes && from < end) {
    if (end + lookAheadBytes > bytes.length && !isEnd) return { kind: 'none', scanned: from }
    const next = afterEmptyLines(bytes, end)
    if (next === bytes.length && end <= bytes.length) return { kind: 'none', scanned: next }
    if (next < bytes.length && isEnvelopeLine(bytes, next)) return { kind: 'at', start: next }
  }
  let position = Math.max(start, from)
  for (;;) {
    const found = bytes.indexOf(newlineFromSpace, position)
    if (found < 0) return { kind: 'none', scanned: Math.max(position, bytes.length - newlineFromSpace.length) }
    if (found + lookAheadBytes > bytes.length && !isEnd) return { kind: 'none', scanned: found }
    const isAfterEmptyLine = bytes[found - 1] === 0x0a || (bytes[found - 1] === 0x0d && bytes[found - 2] === 0x0a)
    if (isAfterEmptyLine && isEnvelopeLine(bytes, found + 1)) return { kind: 'at', start: found + 1 }
    position = found + 1
  }
}

export function isEnvelopeLine(bytes: Buffer, start: number): boolean {
  const next = nextLine(bytes, start, bytes.length)
  const line = bytes.toString('latin1', start, Math.min(lineEnd(bytes, start, next), start + 500))
  const following = bytes.toString('latin1', next, next + 200)
  return envelopeLine.test(line) && /^>?[!-9;-~]+(?:[ \t]*:| )/.test(following)
}

/** Where the body ends by the mail's own word; null when it says nothing. */
export function contentLengthEnd(bytes: Buffer, start: number): number | null {
  const head = bytes.subarray(start, start + limits.maxHeaderBytes)
  const lf = head.indexOf('\n\n')
  const crlf = (lf < 0 ? head : head.subarray(0, lf)).indexOf('\n\r\n')
  if (lf < 0 && crlf < 0) return null
  const header = head.toString('latin1', 0, crlf < 0 ? lf : crlf).replaceAll('\r', '')
  const length = /^content-length[ \t]*:[ \t]*(\d{1,10})[ \t]*$/im.exec(header)?.[1]
  return length === undefined ? null : start + (crlf < 0 ? lf + 2 : crlf + 3) + Number(length)
}

function afterEmptyLines(bytes: Buffer, position: number): number {
  let next = position
  while (next < position + 4 && (bytes[next] === 0x0a || bytes[next] === 0x0d)) next++
  return next
}

/** The bytes of one mail of a mailbox, its envelope line in front; good until the next piece is pushed. */
export interface MailBytes {
  readonly bytes: Buffer
  /** Where they stand in the file. */
  readonly start: number
  /** Where the mail ends in the file; further than `bytes` when it is too large to be held. */
  readonly end: number
  readonly isLast: boolean
}

export interface MboxSplitter {
  readonly push: (piece: Buffer) => void
  readonly end: () => void
}

/** Cuts a mailbox that comes in pieces into its mails. Holds one mail, and of one past the limit no more than that. */
export function mboxSplitter(take: (mail: MailBytes) => void): MboxSplitter {
  let held = Buffer.alloc(0)
  let length = 0
  /** Where `held` begins in the file, and how far it was searched. */
  let offset = 0
  let scanned = 0
  /** What has been given away, and is in use until more comes. */
  let given = 0
  /** The beginning of a mail that is too large, and where it starts. */
  let large: { readonly bytes: Buffer; readonly start: number } | null = null

  function append(piece: Buffer): void {
    if (length + piece.length > held.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * held.length, length + piece.length))
      held.copy(larger, 0, 0, length)
      held = larger
    }
    piece.copy(held, length)
    length += piece.length
  }

  function drop(count: number): void {
    if (count === 0) return
    held.copy(held, 0, count, length)
    length -= count
    offset += count
    scanned = Math.max(0, scanned - count)
  }

  function give(start: number, end: number, isLast: boolean): void {
    const mail = large ?? { bytes: held.subarray(start, end), start: offset + start }
    large = null
    take({ ...mail, end: offset + end, isLast })
  }

  function advance(isEnd: boolean): void {
    const view = held.subarray(0, length)
    let start = 0
    for (;;) {
      const next = nextMail(view, start, Math.max(start, scanned), isEnd, large === null)
      if (next.kind === 'none') {
        scanned = next.scanned
        break
      }
      give(start, next.start, false)
      start = next.start
    }
    if (isEnd) {
      if (length > start || large !== null) give(start, length, true)
      return
    }
    if (length - start > limits.maxMessageBytes + lookAheadBytes) {
      large ??= {
        bytes: Buffer.from(held.subarray(start, start + limits.maxMessageBytes + 1)),
        start: offset + start,
      }
      // Two bytes more: an empty line before an envelope line is seen from there.
      start = Math.max(start, Math.min(scanned, length) - 2)
    }
    given = start
  }

  return {
    push(piece) {
      drop(given)
      append(piece)
      advance(false)
    },
    end: () => {
      drop(given)
      advance(true)
    },
  }
}
