import type { Message, TextKind, TextPart } from '../../src-main/intake/message.ts'

/** A message put together from texts, as if intake had read it; spans of the texts are spans of the input. */
export function aMessageOf(
  texts: readonly (readonly [kind: TextKind, text: string])[],
  given: Partial<Message> = {},
): Message {
  const counts = new Map<TextKind, number>()
  const parts = texts.map(([kind, text]): TextPart => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return { part: count === 1 ? kind : `${kind}:${count}`, kind, text, toSource: ({ start, end }) => ({ start, end }) }
  })
  return {
    id: 'a.eml',
    input: 'a.eml',
    form: 'rfc5322',
    channel: 'email',
    kind: null,
    campaign: null,
    client: null,
    date: null,
    sendAt: null,
    headers: [],
    texts: parts,
    attachments: [],
    fields: new Map(),
    gaps: [],
    problem: null,
    ...given,
  }
}
