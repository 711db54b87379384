import type { Attachment, HeaderField, Message, TextKind, TextPart } from '../intake/message.ts'
import { readInput } from '../intake/read.ts'
import type { Look } from '../views/view.ts'
import { lookingKinds } from './kinds/kinds.ts'
import type { Example, Rule } from './pack.ts'
import type { ExampleMessage } from './schemas/example-schema.ts'

/** An expected mark: in the text of a part. */
export interface Mark {
  readonly part: string
  readonly start: number
  readonly end: number
}

/** An example of a rule as a message to judge, with its marks. */
export interface ExampleCase {
  readonly message: Message
  readonly marks: readonly Mark[]
  /** Of the list that the message goes to; empty: there is none. */
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  /** Messages before it. */
  readonly earlier: readonly ExampleCase[]
}

/** Null: the example's `eml` cannot be read. */
export function exampleCase(example: Example, rule: Rule): ExampleCase | null {
  const channel = rule.channels?.[0] ?? 'email'
  if (typeof example === 'string') return fromParts({ channel, form: 'text', ...placedText(example, rule) })
  const earlier = (example.earlier ?? []).map((one) => exampleCase(one, rule))
  const made = example.eml === undefined ? fromParts({ channel, ...example }) : fromEml(example.eml)
  return made === null || earlier.includes(null) ? null : { ...made, earlier: earlier.filter((one) => one !== null) }
}

/** A bare text stands where the rule looks: in the body when it looks there. */
function placedText(text: string, rule: Rule): ExampleMessage {
  const look: Look =
    !lookingKinds.has(rule.check.kind) || rule.look.includes('text') ? 'text' : (rule.look[0] ?? 'text')
  switch (look) {
    case 'subject':
    case 'from':
    case 'title':
    case 'preheader':
    case 'text':
      return { [look]: text }
    case 'html':
      return { html: `<p>${text}</p>`, form: 'html' }
    case 'hidden':
      return { html: `<p>Hello</p><p style="display:none">${text}</p>`, form: 'html' }
    case 'image-alt':
      return { html: `<img src="a.png" alt="${text}">`, form: 'html' }
    case 'link-text':
      return { html: `<a href="https://acme.example/">${text}</a>`, form: 'html' }
    case 'link-href':
      return { html: `<a href="${text}">Look</a>`, form: 'html' }
    case 'headers':
      return { headers: { 'X-Example': text }, form: 'rfc5322' }
    case 'attachment-name':
      return { text: 'Hello', attachments: [{ name: text }] }
    case 'attachment-text':
      return { text: 'Hello', attachments: [{ name: 'example.txt', type: 'text/plain', text }] }
  }
}

function fromEml(eml: string): ExampleCase | null {
  const bytes = new TextEncoder().encode(eml.replace(/\r?\n/g, '\r\n'))
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  const read = readInput(bytes, { input: 'example.eml', named: true, defaults })
  const message = 'messages' in read ? read.messages[0] : undefined
  return message === undefined ? null : { message, marks: [], rows: [], earlier: [] }
}

const textKinds: readonly TextKind[] = ['subject', 'from', 'preheader', 'title', 'text', 'html']
const nowhere = { start: 0, end: 0 }

function fromParts(example: ExampleMessage): ExampleCase {
  const marks: Mark[] = []
  const unmark = (part: string, written: string): string => {
    const { text, ranges } = readMarks(written)
    marks.push(...ranges.map((range) => ({ part, ...range })))
    return text
  }
  const headers: HeaderField[] = []
  const texts = new Map<TextKind, string>()
  const declared = Array.isArray(example.headers)
    ? example.headers
    : Object.entries(example.headers ?? {}).map(([name, value]) => ({ name, value }))
  for (const { name, value } of declared) {
    const kind = name.toLowerCase()
    const isText = (kind === 'subject' || kind === 'from') && !texts.has(kind)
    const text = unmark(isText ? kind : `header:${name}`, String(value))
    if (isText) texts.set(kind, text)
    headers.push({ name, value: text, raw: text, range: nowhere, toSource: () => nowhere })
  }
  for (const kind of textKinds) {
    const written = example[kind]
    if (written === undefined) continue
    const text = unmark(kind, written)
    texts.set(kind, text)
    if (headers.length > 0 && (kind === 'subject' || kind === 'from')) {
      headers.push({
        name: kind === 'subject' ? 'Subject' : 'From',
        value: text,
        raw: text,
        range: nowhere,
        toSource: () => nowhere,
      })
    }
  }
  const attachments = (example.attachments ?? []).map((one, at) => attachmentOf(one, at, unmark))
  const parts: TextPart[] = textKinds.flatMap((kind) => {
    const text = texts.get(kind)
    return text === undefined ? [] : [{ part: kind, kind, text, toSource: null }]
  })
  return {
    marks,
    message: {
      id: 'example',
      input: 'example',
      form: example.form ?? (headers.length > 0 ? 'rfc5322' : texts.has('html') && texts.size === 1 ? 'html' : 'text'),
      channel: example.channel ?? 'email',
      kind: example.kind ?? null,
      campaign: null,
      client: null,
      date: null,
      sendAt: example.send_at ?? null,
      headers,
      texts: parts,
      attachments,
      fields: new Map(
        Object.entries({
          timezone: example.timezone,
          region: example.region,
          series: example.series,
          coupon: example.coupon,
          to: example.to,
        }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      gaps: [],
      problem: null,
    },
    rows: example.rows ?? [],
    earlier: [],
  }
}

type ExampleAttachment = NonNullable<ExampleMessage['attachments']>[number]

function attachmentOf(
  one: ExampleAttachment,
  at: number,
  unmark: (part: string, written: string) => string,
): Attachment {
  const name = one.name === undefined ? null : readMarks(one.name).text
  const part = `attachment:${name ?? at + 1}`
  if (one.name !== undefined) unmark(part, one.name)
  const content =
    one.base64 === undefined
      ? new TextEncoder().encode(one.text ?? '')
      : new Uint8Array(Buffer.from(one.base64, 'base64'))
  return {
    name,
    part,
    mediaType: one.type ?? 'application/octet-stream',
    inline: false,
    contentId: null,
    range: nowhere,
    nameRange: null,
    content: () => content,
  }
}

/** Takes the `{{…}}` out of a text; `\{{` is a literal one. */
export function readMarks(written: string): {
  readonly text: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
} {
  const ranges: { start: number; end: number }[] = []
  let text = ''
  let start = -1
  for (let at = 0; at < written.length; at++) {
    if (written.startsWith('\\{{', at)) {
      text += '{{'
      at += 2
    } else if (start < 0 && written.startsWith('{{', at)) {
      start = text.length
      at += 1
    } else if (start >= 0 && written.startsWith('}}', at)) {
      ranges.push({ start, end: text.length })
      start = -1
      at += 1
    } else text += written.charAt(at)
  }
  return { text, ranges }
}
