import type { Message, MessageDefaults, TextPart } from '../../../src-main/intake/message.ts'
import type { ReadOutcome } from '../../../src-main/intake/read.ts'
import { readInput } from '../../../src-main/intake/read.ts'

export const noDefaults: MessageDefaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

export function read(bytes: Uint8Array | string, input = 'mail.eml', defaults = noDefaults): ReadOutcome {
  return readInput(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, { input, named: true, defaults })
}

export function messagesOf(outcome: ReadOutcome): readonly Message[] {
  if (!('messages' in outcome)) throw new Error(`${outcome.status}: ${outcome.problem.message}`)
  return outcome.messages
}

/** The one message in the bytes. */
export function readOne(bytes: Uint8Array | string, input = 'mail.eml'): Message {
  const messages = messagesOf(read(bytes, input))
  const [message] = messages
  if (message === undefined || messages.length !== 1) throw new Error(`${String(messages.length)} messages`)
  return message
}

export function partOf(message: Message, name: string): TextPart {
  const found = message.texts.find((part) => part.part === name)
  if (found === undefined) throw new Error(`no part ${name} in ${message.texts.map((part) => part.part).join(', ')}`)
  return found
}

/** The bytes of the input that a stretch of a part came from, as latin1. */
export function sourceOf(
  bytes: Uint8Array | string,
  part: Pick<TextPart, 'toSource'>,
  start: number,
  end: number,
): string {
  if (part.toSource === null) throw new Error('the part has no place')
  const span = part.toSource({ start, end })
  return Buffer.from(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
    .subarray(span.start, span.end)
    .toString('latin1')
}
