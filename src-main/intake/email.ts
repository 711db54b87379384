import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import type { Charset } from './charset.ts'
import { charsetOfLabel, windows1252 } from './charset.ts'
import type { CarriedFile } from './email-attachments.ts'
import { carriedPart, readAttachments } from './email-attachments.ts'
import { isBodyText, readBody, reportUnknownCharset } from './email-body.ts'
import { reportSealed } from './email-sealed.ts'
import type { RawField } from './header-block.ts'
import type { IntakeReport } from './intake-report.ts'
import { intakeReport } from './intake-report.ts'
import { decodeHeaderValue } from './header-value.ts'
import { isoDate } from './header-date.ts'
import { limits, megabytes } from './limits.ts'
import type { HeaderField, Message, MessageDefaults, TextPart } from './message.ts'
import type { Entity, MimeDefect } from './mime-tree.ts'
import { readMimeTree } from './mime-tree.ts'
import { inReadingOrder, partNames } from './text-part.ts'

export interface MessageIdentity {
  readonly id: string
  readonly input: string
  readonly defaults: MessageDefaults
}

/** One e-mail (RFC 5322, MIME) in `range` of `source`; never fails: what cannot be read is told in `problem` and `gaps`. */
export function readEmail(source: ByteSource, range: ByteSpan, identity: MessageIdentity): Message {
  const report = intakeReport()
  const isTooLong = range.end - range.start > limits.maxMessageBytes
  if (isTooLong) {
    report.problem(
      'too-large',
      `The message is larger than ${megabytes(limits.maxMessageBytes)}; what follows is not looked at.`,
    )
    report.gap('past-limit', `only the first ${megabytes(limits.maxMessageBytes)} of the message were read`, true)
  }
  const readable = isTooLong ? { start: range.start, end: range.start + limits.maxMessageBytes } : range
  const { root, defects } = readMimeTree(source, readable)
  for (const defect of defects) reportDefect(report, defect)

  const fallback = headerFallback(root)
  const headers = readHeaders(root, fallback, report)
  const { leaves, messages } = entitiesOf(root)
  const nameOf = partNames()
  const texts: TextPart[] = []
  for (const message of messages)
    texts.push(...headerTexts(message === root ? headers : readHeaders(message, fallback, report), nameOf))
  const files: CarriedFile[] = []
  for (const leaf of leaves) {
    if (isBodyText(leaf)) {
      const body = readBody(leaf, nameOf, report)
      texts.push(body.part)
      files.push(...body.files)
    } else files.push(carriedPart(leaf, fallback))
  }
  reportSealed(root, leaves, report)

  const value = (name: string): string | null =>
    headers.find((field) => field.name.toLowerCase() === name)?.value ?? null
  return {
    id: identity.id,
    input: identity.input,
    form: 'rfc5322',
    channel: 'email',
    kind: identity.defaults.kind,
    campaign: identity.defaults.campaign,
    client: identity.defaults.client,
    date: isoDate(value('date') ?? ''),
    sendAt: identity.defaults.sendAt,
    headers,
    texts: inReadingOrder(texts),
    attachments: readAttachments(files, texts),
    fields: new Map(),
    gaps: report.gaps(),
    problem: report.firstProblem(),
  }
}

/** Header bytes beyond ASCII that are not UTF-8 are most likely in the charset of the first text. */
function headerFallback(root: Entity): Charset {
  const { leaves } = entitiesOf(root)
  for (const leaf of leaves) {
    const charset = charsetOfLabel(leaf.contentType.parameters.get('charset')?.value ?? '')
    if (charset !== null && charset.kind !== 'utf-8' && charset.kind !== 'utf-16') return charset
  }
  return windows1252
}

/** Leaves in order, and every entity that is a message itself: the root and attached ones. */
function entitiesOf(root: Entity): { readonly leaves: readonly Entity[]; readonly messages: readonly Entity[] } {
  const leaves: Entity[] = []
  const messages: Entity[] = []
  const visit = (entity: Entity, isMessage: boolean): void => {
    if (isMessage) messages.push(entity)
    if (entity.children.length === 0 && !entity.mediaType.startsWith('multipart/')) leaves.push(entity)
    for (const child of entity.children) visit(child, entity.mediaType.startsWith('message/'))
  }
  visit(root, true)
  return { leaves, messages }
}

function readHeaders(entity: Entity, fallback: Charset, report: IntakeReport): readonly HeaderField[] {
  return fieldsOf(entity.source, entity.fields, fallback, report)
}

/** Fields decoded; `fallback` is for bytes that are neither ASCII nor UTF-8. */
export function fieldsOf(
  source: ByteSource,
  fields: readonly RawField[],
  fallback: Charset,
  report: IntakeReport,
): readonly HeaderField[] {
  return fields.map((field) => {
    const decoded = decodeHeaderValue(source.bytes, field.value, fallback)
    if (decoded.unknownCharset !== null) reportUnknownCharset(report, decoded.unknownCharset, `header ${field.name}`)
    return {
      name: field.name,
      value: decoded.value,
      raw: decoded.raw,
      range: source.toInput(field.range),
      toSource: (span) => source.toInput(decoded.toSource(span)),
    }
  })
}

/** The parts of a message that its header shows: subject and sender. */
export function headerTexts(headers: readonly HeaderField[], nameOf: (name: string) => string): TextPart[] {
  const texts: TextPart[] = []
  for (const kind of ['subject', 'from'] as const) {
    for (const field of headers) {
      if (field.name.toLowerCase() !== kind) continue
      texts.push({ part: nameOf(kind), kind, text: field.value, toSource: field.toSource })
    }
  }
  return texts
}

function reportDefect(report: IntakeReport, defect: MimeDefect): void {
  switch (defect) {
    case 'bad-header':
      report.problem('bad-mime', 'A line among the header fields is no field and was passed over.')
      return
    case 'header-too-large':
      report.problem(
        'header-too-large',
        `Headers beyond ${String(limits.maxHeaderBytes / 1024)} KB, or ${String(limits.maxHeaderFieldBytes / 1024)} KB of one field, were not read.`,
      )
      report.gap('past-limit', 'header fields past the size limit were not read', true)
      return
    case 'no-boundary':
      report.problem('bad-mime', 'A multipart body names no boundary; it was read as plain text.')
      return
    case 'boundary-not-found':
      report.problem('bad-mime', 'The boundary of a multipart body does not occur; it was read as plain text.')
      return
    case 'no-closing-boundary':
      report.problem('truncated', 'A multipart body has no closing boundary: the end of the message may be missing.')
      report.gap('undecodable', 'the end of the message may be missing', true)
      return
    case 'too-deep':
      report.problem('too-deep', `Parts nested deeper than ${String(limits.maxMimeDepth)} levels were not read.`)
      report.gap('past-limit', 'parts nested too deeply were not read', true)
      return
    case 'too-many-parts':
      report.problem('too-many-parts', `Parts after the first ${String(limits.maxParts)} were not read.`)
      report.gap('past-limit', `parts after the first ${String(limits.maxParts)} were not read`, true)
      return
    case 'unknown-encoding':
      report.problem('bad-mime', 'A part has a transfer encoding that is not known; its bytes were taken as they are.')
      report.gap('undecodable', 'a part has an unknown transfer encoding', true)
  }
}
