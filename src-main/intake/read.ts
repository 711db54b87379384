import type { Problem } from '../contract/result.ts'
import type { ByteSource } from './byte-source.ts'
import { inputSource, withoutBytes } from './byte-source.ts'
import { withSettings } from './campaign-settings.ts'
import { charsetOfByteOrderMark, charsetOfFirstBytes } from './charset.ts'
import { readCsvDrafts } from './draft-csv.ts'
import { readJsonDrafts, readJsonLinesDrafts } from './draft-json.ts'
import { readYamlDrafts } from './draft-yaml.ts'
import { readEmail } from './email.ts'
import { readHtmlFile } from './html-file.ts'
import { limits, megabytes } from './limits.ts'
import { readMbox } from './mbox.ts'
import type { Message } from './message.ts'
import { readMsg } from './msg.ts'
import type { Recognised } from './recognise.ts'
import { recognise } from './recognise.ts'
import type { FormatOutcome, ReadOutcome, ReadSource } from './read-outcome.ts'
import { readTextFile } from './text-file.ts'
import { transcodedToUtf8 } from './transcode.ts'

export type { ReadOutcome, ReadSource } from './read-outcome.ts'

/**
 * The messages in the bytes of one file, recognised by content first, then by name (`docs/formats.md` §3). Never throws
 * for any bytes.
 */
export function readInput(bytes: Uint8Array, source: ReadSource): ReadOutcome {
  if (bytes.length === 0) return refuse('unreadable', 'empty', 'The file is empty.')
  if (bytes.length > limits.maxFileBytes) {
    return refuse('unreadable', 'too-large', `The file is larger than ${megabytes(limits.maxFileBytes)}.`)
  }
  if (isBlank(bytes)) return refuse('unreadable', 'empty', 'The file holds nothing but white space or zeros.')
  return settled(readAs(recognise(withLineFeeds(bytes), source.input), bytes, source), source)
}

/** What a format's reader says, with the status of the input and what a manifest says of it. */
export function settled(outcome: FormatOutcome, { defaults }: ReadSource): ReadOutcome {
  if ('status' in outcome) return outcome
  const problem = outcome.problem ?? firstProblem(outcome.messages)
  const messages = outcome.messages.map((message) => withSettings(message, defaults.settings))
  return { status: problem === null ? 'reviewed' : 'partial', messages, problem }
}

/** Of several messages it says which one it is. */
function firstProblem(messages: readonly Message[]): Problem | null {
  const index = messages.findIndex((message) => message.problem !== null)
  const problem = messages[index]?.problem ?? null
  if (problem === null || messages.length === 1) return problem
  return { ...problem, message: `Message ${String(index + 1)} of ${String(messages.length)}: ${problem.message}` }
}

/** White space in ASCII or UTF-16, with or without a byte order mark; zeros are what is left of files that were lost. */
function isBlank(bytes: Uint8Array): boolean {
  const mark = charsetOfByteOrderMark(bytes)
  const text = mark === null ? bytes : bytes.subarray(mark.kind === 'utf-16' ? 2 : 3)
  return text.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0)
}

/** Mails of old systems end their lines with CR alone; with LF in its place every byte stays where it was. */
function withLineFeeds(bytes: Uint8Array): Buffer {
  const { bytes: given } = inputSource(bytes)
  if (given.includes(0x0a) || !given.includes(0x0d)) return given
  return Buffer.from(given.map((byte) => (byte === 0x0d ? 0x0a : byte)))
}

/** A mail that an editor saved anew, in UTF-16 or behind a byte order mark: its header is read as it was meant. */
function asMail(input: ByteSource): ByteSource {
  const { bytes } = input
  const charset = charsetOfFirstBytes(bytes)
  if (charset?.kind === 'utf-16') return withCrFeeds(transcodedToUtf8(input, charset))
  if (charset === null) return withCrFeeds(input)
  return withCrFeeds(withoutBytes(input, { start: 3, end: bytes.length }, []))
}

function withCrFeeds(source: ByteSource): ByteSource {
  return { ...source, bytes: withLineFeeds(source.bytes) }
}

function readAs(recognised: Recognised, bytes: Uint8Array, source: ReadSource): FormatOutcome {
  const input = inputSource(bytes)
  switch (recognised.format) {
    case 'email': {
      const mail = asMail(input)
      const range = { start: 0, end: mail.bytes.length }
      const identity = { id: source.input, input: source.input, defaults: source.defaults }
      return { messages: [readEmail(mail, range, identity)], problem: null }
    }
    case 'msg':
      return readMsg(input, source)
    case 'mbox':
      return readMbox(asMail(input), source)
    case 'html':
      return readHtmlFile(input, source)
    case 'text':
      return readTextFile(input, source, recognised.channel)
    case 'csv':
      return readCsvDrafts(input, source)
    case 'json':
      return readJsonDrafts(input, source)
    case 'json-lines':
      return readJsonLinesDrafts(input, source)
    case 'yaml':
      return readYamlDrafts(input, source)
    case 'unknown':
      return refuse(source.named ? 'unreadable' : 'ignored', 'unknown-kind', recognised.reason)
  }
}

function refuse(status: 'unreadable' | 'ignored', code: Problem['code'], message: string): FormatOutcome & ReadOutcome {
  return { status, problem: { code, message } }
}
