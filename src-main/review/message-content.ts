import { createHash } from 'node:crypto'
import type { Message } from '../intake/message.ts'

/**
 * What a message is, apart from the others in its file: two that read, act and are sent alike have the same hash. A message that is alone in its
 * input is its bytes instead.
 */
export function messageContent(message: Message): string {
  const { texts, headers, fields, attachments, channel, kind } = message
  const said = [
    [channel, kind],
    texts.map(({ part, text }) => [part, text]),
    headers.map(({ name, raw }) => [name, raw]),
    [...fields],
    attachments.map(({ part, mediaType, content }) => [part, mediaType, hash(content())]),
  ]
  return hash(JSON.stringify(said))
}

function hash(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex')
}
