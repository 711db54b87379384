import type { Attachment, HeaderField, Message, TextPart } from '../../../src-main/intake/message.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import type { Look, TextView, Views } from '../../../src-main/views/view.ts'

/** A message of the given parts, as intake would hand it on. */
export function messageOf(given: {
  readonly texts?: readonly TextPart[]
  readonly headers?: readonly HeaderField[]
  readonly attachments?: readonly Attachment[]
}): Message {
  return {
    id: 'test.eml',
    input: 'test.eml',
    form: 'rfc5322',
    channel: 'email',
    kind: null,
    campaign: null,
    client: null,
    date: null,
    sendAt: null,
    headers: given.headers ?? [],
    texts: given.texts ?? [],
    attachments: given.attachments ?? [],
    fields: new Map(),
    gaps: [],
    problem: null,
  }
}

export function textPart(kind: TextPart['kind'], text: string, part: string = kind): TextPart {
  return { kind, part, text, toSource: null }
}

export function attachmentOf(name: string | null, content: Uint8Array | string, mediaType: string): Attachment {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    part: `attachment:${name ?? '1'}`,
    mediaType,
    inline: false,
    contentId: null,
    range: { start: 0, end: bytes.length },
    nameRange: null,
    content: () => bytes,
  }
}

export function viewsOfHtml(html: string): Views {
  return buildViews(messageOf({ texts: [textPart('html', html)] }))
}

export function textsOf(views: Views, look: Look): string[] {
  return views.texts.filter((view) => view.look === look).map((view) => view.text)
}

export function viewOf(views: Views, look: Look): TextView {
  const view = views.texts.find((one) => one.look === look)
  if (view === undefined) throw new Error(`no view of ${look}`)
  return view
}

/** The markup that the first occurrence of `words` in a view came from. */
export function markupOf(view: TextView, words: string): string {
  const start = view.text.indexOf(words)
  if (start < 0) throw new Error(`“${words}” is not in “${view.text}”`)
  const span = view.toPart.toOrigin({ start, end: start + words.length })
  return view.source?.text.slice(span.start, span.end) ?? ''
}
