import type { Message } from '../intake/message.ts'
import type { Views } from '../views/view.ts'
import type { Hit } from './kinds/kind.ts'

/** As much of a message as says where a finding stands in it. */
export interface Places {
  readonly message: Pick<Message, 'id' | 'texts'>
  readonly headers: readonly Pick<Views['headers'][number], 'name'>[]
  readonly attachments: readonly { readonly attachment: Pick<Views['attachments'][number]['attachment'], 'part'> }[]
}

/** Where a finding stands in the reading order of its message. */
export interface Ranked {
  readonly part: number
  readonly start: number
  readonly end: number
}

/** Header fields, then the texts as the message has them, then attachments; what has no place comes last. */
export function placeOrder({ message, headers, attachments }: Places): (hit: Hit) => Ranked {
  const ranks = new Map<string, number>()
  const add = (part: string): void => {
    if (!ranks.has(part)) ranks.set(part, ranks.size)
  }
  const counts = new Map<string, number>()
  for (const { name } of headers) {
    const count = (counts.get(name.toLowerCase()) ?? 0) + 1
    counts.set(name.toLowerCase(), count)
    add(count === 1 ? `header:${name}` : `header:${name}:${count}`)
  }
  for (const { part } of message.texts) add(part)
  for (const { attachment } of attachments) add(attachment.part)
  return ({ source, part, span }) => ({
    part: span === null && !ranks.has(part) ? Infinity : (ranks.get(source?.part ?? part) ?? ranks.size),
    start: span?.start ?? 0,
    end: span?.end ?? 0,
  })
}
