import type { ByteSpan } from '../contract/span.ts'
import type { Message } from '../intake/message.ts'

/** Shown before a record in the middle of a table too large to be shown whole. */
const contextBytes = 64 * 1024

/**
 * Which bytes of an input the source view of a message begins and ends with. A mail in a mailbox is shown alone, from its first header
 * field to the next mail's; anything else with the whole input around it, from its start where that fits in `maxBytes`.
 */
export function sourceRange(
  messages: readonly Message[],
  ordinal: number,
  inputBytes: number,
  maxBytes: number,
): ByteSpan {
  const message = messages[ordinal]
  if (message === undefined) return { start: 0, end: inputBytes }
  const start = message.headers[0]?.range.start
  if (start !== undefined && messages.length > 1) {
    return { start, end: messages[ordinal + 1]?.headers[0]?.range.start ?? inputBytes }
  }
  return { start: inputBytes <= maxBytes ? 0 : Math.max(0, firstPlace(message) - contextBytes), end: inputBytes }
}

function firstPlace(message: Message): number {
  const places = message.texts.flatMap(({ text, toSource }) =>
    toSource === null || text === '' ? [] : [toSource({ start: 0, end: 1 }).start],
  )
  return places.length === 0 ? 0 : Math.min(...places)
}
