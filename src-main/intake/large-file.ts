import { createHash } from 'node:crypto'
import type { Problem, Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import type { ByteSpan } from '../contract/span.ts'
import { withAttachedDocuments } from './attached-documents.ts'
import { readJsonLinesDrafts } from './draft-json.ts'
import { limits, megabytes } from './limits.ts'
import { filePieces, loadRange } from './load.ts'
import { looksLikeMbox, mailId, readMailOf, tooManyMails } from './mbox.ts'
import { mboxSplitter } from './mbox-split.ts'
import type { Message } from './message.ts'
import { extensionOf, isKnownName } from './recognise.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

/** A message of a file that is too large to be held. */
export interface LargeFileMessage {
  readonly message: Message
  /** Which of the file's messages, from 0. */
  readonly ordinal: number
  /** By which it is found again. */
  readonly place: LargeFilePlace
}

export interface LargeFilePlace extends ByteSpan {
  /** Of these bytes, hexadecimal. */
  readonly sha256: string
}

export type LargeFileEvent =
  | ({ readonly kind: 'message' } & LargeFileMessage)
  /** The last that comes: all was looked at. `problem`: why not all of it was read. `sha256`: of the whole file, hexadecimal. */
  | { readonly kind: 'end'; readonly problem: Problem | null; readonly bytes: number; readonly sha256: string }
  /** The last that comes. */
  | { readonly kind: 'failed'; readonly problem: Problem }

/** A message as it is found: read when it is asked for, while its bytes are there. */
interface FoundMessage {
  readonly ordinal: number
  readonly read: () => Pick<LargeFileMessage, 'message' | 'place'>
}

/** Takes the file piece by piece and gives messages on. */
interface Splitter {
  readonly push: (piece: Buffer) => void
  /** Why not all was read. */
  readonly end: () => Problem | null
}

/** Bytes at the start that tell what a file is. */
const headBytes = 256 * 1024

/**
 * A mailbox or JSON lines of up to `limits.maxStreamBytes`, read piece by piece; each message is to be done with before the next
 * is asked for. `isWanted` is asked before a message is read; others do not come. Fails as `loadFile` does; with `too-large`
 * (`unknown-kind`: a file in a folder that has no known name) for every other kind of file.
 */
export async function* readLargeFile(
  path: string,
  file: ReadSource,
  isWanted: (ordinal: number) => boolean = () => true,
): AsyncGenerator<LargeFileEvent> {
  const head = await loadRange(path, { start: 0, end: headBytes })
  if (!head.ok) {
    yield { kind: 'failed', problem: head.problem }
    return
  }
  const found: FoundMessage[] = []
  const splitter = splitterFor(head.value, file, (message) => found.push(message))
  if (splitter === null) {
    yield { kind: 'failed', problem: otherKind(file) }
    return
  }
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of filePieces(path, { maxBytes: limits.maxStreamBytes })) {
    if (!piece.ok) {
      yield { kind: 'failed', problem: piece.problem }
      return
    }
    bytes += piece.value.length
    hash.update(piece.value)
    splitter.push(piece.value)
    yield* messagesOf(found, isWanted)
  }
  const problem = splitter.end()
  yield* messagesOf(found, isWanted)
  yield { kind: 'end', problem, bytes, sha256: hash.digest('hex') }
}

/** Takes them out, one after the other. */
async function* messagesOf(
  found: FoundMessage[],
  isWanted: (ordinal: number) => boolean,
): AsyncGenerator<LargeFileEvent> {
  for (const { ordinal, read } of found.splice(0)) {
    if (!isWanted(ordinal)) continue
    const { message, place } = read()
    yield { kind: 'message', ordinal, message: await withDocuments(message), place }
  }
}

/** As of every other file, with the texts of the documents attached to it. */
async function withDocuments(message: Message): Promise<Message> {
  if (message.attachments.length === 0) return message
  const outcome = await withAttachedDocuments({ status: 'reviewed', messages: [message], problem: null })
  return ('messages' in outcome ? outcome.messages[0] : undefined) ?? message
}

function otherKind(file: ReadSource): Problem {
  return file.named || isKnownName(file.input)
    ? { code: 'too-large', message: `The file is larger than ${megabytes(limits.maxFileBytes)} and is not read.` }
    : { code: 'unknown-kind', message: 'This is no kind of file that is read.' }
}

/** A message of such a file again, with its bytes; `changed-on-disk` when they are no longer what they were. */
export async function readLargeFileMessage(
  path: string,
  file: ReadSource,
  place: LargeFilePlace,
): Promise<Result<{ readonly bytes: Buffer; readonly message: Message }>> {
  const loaded = await loadRange(path, place)
  if (!loaded.ok) return loaded
  const bytes = loaded.value
  if (sha256Of(bytes) !== place.sha256) {
    return fail(
      'changed-on-disk',
      'The file has changed since it was reviewed. Open it again to review what it holds now.',
    )
  }
  const outcome = isJsonLines(file) ? jsonLine(bytes, place.start, file) : null
  const message =
    outcome === null
      ? readMailOf({ bytes, start: place.start, end: place.end, isLast: false }, file.input, file)
      : 'messages' in outcome
        ? outcome.messages[0]
        : undefined
  return message === undefined
    ? fail('not-found', 'The message is no longer in its file.')
    : ok({ bytes, message: await withDocuments(message) })
}

function splitterFor(head: Buffer, file: ReadSource, take: (found: FoundMessage) => void): Splitter | null {
  const extension = extensionOf(file.input)
  if (looksLikeMbox(head, extension === 'mbox' || extension === 'mbx')) return mailSplitter(file, take)
  return isJsonLines(file) && head.toString('latin1', 0, 64).trimStart().startsWith('{')
    ? jsonLinesSplitter(file, take)
    : null
}

function mailSplitter(file: ReadSource, take: (found: FoundMessage) => void): Splitter {
  let count = 0
  const { push, end } = mboxSplitter((mail) => {
    count++
    if (count > limits.maxMessages) return
    const id = mailId(file, count - 1, mail.isLast && count === 1)
    const ordinal = count - 1
    take({
      ordinal,
      read: () => ({
        message: readMailOf(mail, id, file),
        place: placeOf(mail.bytes.subarray(0, limits.maxMessageBytes + 1), mail.start),
      }),
    })
  })
  return {
    push,
    end: () => {
      end()
      return count > limits.maxMessages ? tooManyMails() : null
    },
  }
}

/** One object a line; lines that hold no text are passed over, the first broken one is named. */
function jsonLinesSplitter(file: ReadSource, take: (found: FoundMessage) => void): Splitter {
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  let lines = 0
  let count = 0
  let problem: Problem | null = null
  let isPassedOver = false

  function line(bytes: Buffer, start: number): void {
    lines++
    if (isPassedOver || bytes.toString('latin1').trim() === '') {
      isPassedOver = false
      return
    }
    const outcome = jsonLine(bytes, start, file)
    if (!('messages' in outcome)) {
      if (outcome.problem.code === 'bad-json') problem ??= { ...outcome.problem, line: lines }
      return
    }
    for (const message of outcome.messages) {
      count++
      if (count > limits.maxMessages) problem ??= tooManyMails()
      else {
        const found = { message: numbered(message, count, file), place: placeOf(bytes, start) }
        take({ ordinal: count - 1, read: () => found })
      }
    }
  }

  return {
    push(piece) {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      let start = 0
      for (let feed = bytes.indexOf(lf); feed >= 0; feed = bytes.indexOf(lf, start)) {
        line(Buffer.from(bytes.subarray(start, feed)), offset + start)
        start = feed + 1
      }
      offset += start
      rest = Buffer.from(bytes.subarray(start))
      if (rest.length > limits.maxMessageBytes) {
        const message = `Line ${String(lines + 1)} is longer than ${megabytes(limits.maxMessageBytes)} and was not read.`
        problem ??= { code: 'too-large', message }
        isPassedOver = true
        offset += rest.length
        rest = Buffer.alloc(0)
      }
    },
    end() {
      if (rest.length > 0) line(rest, offset)
      return problem
    },
  }
}

const lf = 0x0a

function isJsonLines(file: ReadSource): boolean {
  const extension = extensionOf(file.input)
  return extension === 'jsonl' || extension === 'ndjson'
}

/** The line as a file of its own, with its places in the whole file. */
function jsonLine(bytes: Buffer, start: number, file: ReadSource): FormatOutcome {
  const toInput = (span: ByteSpan): ByteSpan => ({ start: start + span.start, end: start + span.end })
  return readJsonLinesDrafts({ bytes, toInput }, file)
}

/** A draft without an id of its own is told by its number among all. */
function numbered(message: Message, number: number, file: ReadSource): Message {
  return message.id === file.input ? { ...message, id: `${file.input}#${String(number)}` } : message
}

function placeOf(bytes: Buffer, start: number): LargeFilePlace {
  return { start, end: start + bytes.length, sha256: sha256Of(bytes) }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
