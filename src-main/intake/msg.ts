import type { ByteSpan } from '../contract/span.ts'
import { decodeBody } from './body-text.ts'
import type { ByteSource } from './byte-source.ts'
import { utf8 } from './charset.ts'
import type { CarriedFile } from './email-attachments.ts'
import { readAttachments } from './email-attachments.ts'
import { fieldsOf, headerTexts, readEmail } from './email.ts'
import { readHeaderBlock } from './header-block.ts'
import { isoDate } from './header-date.ts'
import type { IntakeReport } from './intake-report.ts'
import { intakeReport } from './intake-report.ts'
import { limits, megabytes } from './limits.ts'
import type { HeaderField, Message, TextPart } from './message.ts'
import type { Storage } from './msg-compound.ts'
import { readCompoundFile } from './msg-compound.ts'
import type { Properties } from './msg-properties.ts'
import { charsetOfCodePage, propertiesOf, property, textOf } from './msg-properties.ts'
import { decompressRtf, readRtf } from './msg-rtf.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import type { MappedText } from './text-part.ts'
import { cutToLimit, inReadingOrder, partNames, uncutText } from './text-part.ts'

const topHeadBytes = 32
const embeddedHeadBytes = 24
const partHeadBytes = 8

/** How an attachment is kept ([MS-OXCMSG] `PidTagAttachMethod`). */
const embeddedMessage = 5
const byReference: readonly number[] = [2, 3, 4, 7]

interface Reading {
  readonly source: ByteSource
  readonly file: ReadSource
  readonly report: IntakeReport
  readonly nameOf: (name: string) => string
  readonly texts: TextPart[]
  readonly files: CarriedFile[]
}

/** One Outlook item ([MS-OXMSG]): its headers as they came, else what Outlook knows instead, its bodies and its files. */
export function readMsg(source: ByteSource, file: ReadSource): FormatOutcome {
  const root = readCompoundFile(source)
  if (root === null) {
    const message = 'The Outlook file is damaged and could not be opened. Save the message again, or as .eml.'
    return { status: 'unreadable', problem: { code: 'bad-document', message } }
  }
  if (root.streams.has('EncryptedPackage')) {
    const message = 'The document is encrypted. Save it without a password and review that.'
    return { status: 'unreadable', problem: { code: 'document-encrypted', message } }
  }
  if (!root.streams.has('__properties_version1.0')) {
    return {
      status: file.named ? 'unreadable' : 'ignored',
      problem: {
        code: 'unknown-kind',
        message: 'This is an old Office file and no Outlook message. Save it as .docx, .xlsx or PDF.',
      },
    }
  }
  const reading: Reading = { source, file, report: intakeReport(), nameOf: partNames(), texts: [], files: [] }
  const { headers, hasOwnHeaders, properties } = readItem(root, topHeadBytes, reading, 0)
  const { report } = reading
  const value = (name: string): string | null =>
    headers.find((field) => field.name.toLowerCase() === name)?.value ?? null
  const texts = inReadingOrder(reading.texts)
  return {
    messages: [
      {
        id: file.input,
        input: file.input,
        form: hasOwnHeaders ? 'rfc5322' : 'draft',
        channel: 'email',
        kind: file.defaults.kind,
        campaign: file.defaults.campaign,
        client: file.defaults.client,
        date:
          isoDate(value('date') ?? '') ??
          properties.time(property.clientSubmitTime) ??
          properties.time(property.deliveryTime),
        sendAt: file.defaults.sendAt,
        headers,
        texts,
        attachments: readAttachments(reading.files, texts),
        fields: new Map(),
        gaps: report.gaps(),
        problem: report.firstProblem(),
      },
    ],
    problem: null,
  }
}

interface Item {
  readonly headers: readonly HeaderField[]
  readonly hasOwnHeaders: boolean
  readonly properties: Properties
}

function readItem(storage: Storage, headBytes: number, reading: Reading, depth: number): Item {
  const { report, nameOf, texts } = reading
  const properties = propertiesOf(storage, headBytes)
  const transported = transportHeaders(properties, report)
  const headers = transported ?? knownHeaders(storage, properties)
  const subject = properties.text(property.subject)
  const shown = headerTexts(headers, nameOf)
  const hasSubject = shown.some(({ kind }) => kind === 'subject')
  texts.push(...shown)
  if (!hasSubject && subject !== null) texts.push(textPart(nameOf('subject'), 'subject', subject))

  const bodies = readBodies(properties)
  for (const { kind, mapped } of bodies) {
    const text = cutToLimit(mapped)
    const part = nameOf(kind)
    if (text.isCut) {
      const read = megabytes(limits.maxTextUnits)
      report.problem('too-large', `Part ${part} is longer than ${read}; the rest is not looked at.`)
      report.gap('past-limit', `only the first ${read} of part ${part} were read`, true)
    }
    texts.push(textPart(part, kind, text))
  }
  const messageClass = properties.text(property.messageClass)?.text ?? ''
  for (const child of storage.storages) {
    if (child.name.startsWith('__attach_version1.0_')) readAttached(child, messageClass, reading, depth)
  }
  return { headers, hasOwnHeaders: transported !== null, properties }
}

function textPart(part: string, kind: TextPart['kind'], mapped: MappedText): TextPart {
  return { part, kind, text: mapped.text, toSource: placeOrNull(mapped) }
}

/** No place at all where a text has none: sectors that do not follow each other, and everything in RTF. */
function placeOrNull({ text, toSource }: MappedText): TextPart['toSource'] {
  const whole = toSource({ start: 0, end: text.length })
  return whole.end > whole.start ? toSource : null
}

/** The header as it was received; null: Outlook did not keep one, as of drafts and sent items. */
function transportHeaders(properties: Properties, report: IntakeReport): readonly HeaderField[] | null {
  const mapped = properties.text(property.transportHeaders)
  if (mapped === null) return null
  const source = asUtf8(mapped)
  const start = /^(?:Microsoft Mail Internet Headers[^\n]*)?\s*/.exec(mapped.text)?.[0].length ?? 0
  const block = readHeaderBlock(source.bytes, { start, end: source.bytes.length })
  if (block.fields.length === 0) return null
  return fieldsOf(source, block.fields, utf8, report)
}

/** A text as bytes again, for syntax that is read byte by byte. */
function asUtf8({ text, toSource }: MappedText): ByteSource {
  const bytes = Buffer.from(text, 'utf8')
  const units = uncutText(bytes, utf8, text, (span) => span)
  const starts = (): Uint32Array => {
    const places = new Uint32Array(bytes.length + 1).fill(text.length)
    for (let unit = text.length - 1; unit >= 0; unit--) {
      const span = units.toSource({ start: unit, end: unit + 1 })
      places.fill(unit, span.start, span.end)
    }
    return places
  }
  let unitOf: Uint32Array | null = bytes.length === text.length ? new Uint32Array() : null
  const toUnit = (byte: number): number => {
    unitOf ??= starts()
    return unitOf.length === 0 ? byte : (unitOf[byte] ?? text.length)
  }
  const toInput = (span: ByteSpan): ByteSpan => {
    const start = toUnit(span.start)
    return toSource({ start, end: span.end > span.start ? toUnit(span.end - 1) + 1 : start })
  }
  return { bytes, toInput }
}

/** What Outlook knows of a message without a header, as header fields. */
function knownHeaders(storage: Storage, properties: Properties): readonly HeaderField[] {
  const { text } = properties
  const from = person(
    text(property.representingName) ?? text(property.senderName),
    text(property.representingSmtpAddress) ??
      text(property.senderSmtpAddress) ??
      internetAddress(text(property.representingAddress)) ??
      internetAddress(text(property.senderAddress)),
  )
  const headers: HeaderField[] = []
  const add = (name: string, mapped: MappedText | null): void => {
    if (mapped !== null) headers.push(headerField(name, mapped))
  }
  add('From', from)
  for (const [name, kind] of [
    ['To', 1],
    ['Cc', 2],
    ['Bcc', 3],
  ] as const)
    add(name, recipients(storage, kind))
  add('Subject', text(property.subject))
  add('Message-ID', text(property.messageId))
  return headers
}

function headerField(name: string, mapped: MappedText): HeaderField {
  const { text, toSource } = mapped
  return {
    name,
    value: text,
    raw: text,
    range: toSource({ start: 0, end: text.length }),
    toSource: placeOrNull(mapped),
  }
}

function recipients(storage: Storage, kind: 1 | 2 | 3): MappedText | null {
  const all = storage.storages.flatMap((child) => {
    if (!child.name.startsWith('__recip_version1.0_')) return []
    const { text, number } = propertiesOf(child, partHeadBytes)
    if ((number(property.recipientType) ?? 1) !== kind) return []
    const one = person(
      text(property.displayName),
      text(property.smtpAddress) ?? internetAddress(text(property.emailAddress)),
    )
    return one === null ? [] : [one]
  })
  const [only] = all
  return only === undefined || all.length === 1 ? (only ?? null) : withoutPlace(all.map(({ text }) => text).join(', '))
}

/** Not an address of Exchange's own directory. */
function internetAddress(address: MappedText | null): MappedText | null {
  return address?.text.includes('@') === true ? address : null
}

function person(name: MappedText | null, address: MappedText | null): MappedText | null {
  if (name === null || address === null || name.text === address.text) return address ?? name
  return withoutPlace(`${name.text} <${address.text}>`)
}

interface Body {
  readonly kind: 'text' | 'html'
  readonly mapped: MappedText
}

/** Plain text and HTML as they are kept; else what the RTF holds. */
function readBodies(properties: Properties): readonly Body[] {
  const bodies: Body[] = []
  const plain = properties.text(property.body)
  if (plain !== null && plain.text.trim() !== '') bodies.push({ kind: 'text', mapped: plain })
  const html = htmlBody(properties)
  if (html !== null) return [...bodies, { kind: 'html', mapped: html }]
  const compressed = properties.binary(property.compressedRtf)
  const rtf = compressed === null ? null : decompressRtf(compressed.bytes)
  if (rtf === null) return bodies
  const body = readRtf(rtf)
  const isNew = body.text.trim() !== '' && (body.kind === 'html' || bodies.length === 0)
  return isNew ? [...bodies, { kind: body.kind, mapped: withoutPlace(body.text) }] : bodies
}

function withoutPlace(text: string): MappedText {
  return { text, toSource: () => ({ start: 0, end: 0 }), isCut: false }
}

/** As bytes in the code page that the item names, or, in old items, as text. */
function htmlBody(properties: Properties): MappedText | null {
  const binary = properties.binary(property.html)
  if (binary === null || binary.bytes.length === 0) return properties.text(property.html)
  const named = properties.number(property.internetCodePage)
  const charset = named === null ? null : charsetOfCodePage(named)
  return textOf(binary, charset ?? decodeBody(binary.bytes, null, true).charset)
}

function readAttached(storage: Storage, messageClass: string, reading: Reading, depth: number): void {
  const { report, files } = reading
  const properties = propertiesOf(storage, partHeadBytes)
  const method = properties.number(property.attachMethod) ?? 1
  const inner = storage.storages.find(({ name }) => name === '__substg1.0_3701000D')
  if (method === embeddedMessage && inner !== undefined) {
    if (depth < limits.maxMimeDepth) readItem(inner, embeddedHeadBytes, reading, depth + 1)
    else {
      report.problem('too-deep', `Messages nested deeper than ${String(limits.maxMimeDepth)} levels were not read.`)
      report.gap('past-limit', 'messages nested too deeply were not read', true)
    }
    return
  }
  if (files.length >= limits.maxParts) {
    report.problem('too-many-parts', `Attachments after the first ${String(limits.maxParts)} were not read.`)
    report.gap('past-limit', `attachments after the first ${String(limits.maxParts)} were not read`, true)
    return
  }
  const name =
    properties.text(property.attachedLongName) ??
    properties.text(property.attachedName) ??
    properties.text(property.displayName)
  if (byReference.includes(method)) {
    report.gap('remote-content', `the attachment ${name?.text ?? ''} lies elsewhere and was not fetched`, true)
  }
  const data = properties.binary(property.attachedData)
  const signed =
    data !== null && /^IPM\.Note\.SMIME/i.test(messageClass)
      ? signedMail(data.source, data.bytes, messageClass, reading)
      : null
  if (signed !== null) {
    addSigned(signed, reading)
    return
  }
  const whole = { start: 0, end: data?.bytes.length ?? 0 }
  const contentId = properties.text(property.attachedContentId)?.text ?? null
  files.push({
    name: name?.text ?? null,
    nameRange: name === null ? null : name.toSource({ start: 0, end: name.text.length }),
    mediaType: (properties.text(property.attachedMediaType)?.text ?? 'application/octet-stream').toLowerCase(),
    contentId,
    isInline: contentId !== null,
    range: data?.source?.toInput(whole) ?? { start: 0, end: 0 },
    content: () => data?.bytes ?? new Uint8Array(),
  })
}

/** A signed or encrypted mail is kept as one attachment: a whole MIME part, or the S/MIME wrapper alone. */
function signedMail(source: ByteSource | null, bytes: Buffer, messageClass: string, reading: Reading): Message {
  const { input, defaults } = reading.file
  const head = /MultipartSigned$/i.test(messageClass)
    ? Buffer.alloc(0)
    : Buffer.from('Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n')
  const toInput = (span: ByteSpan): ByteSpan => {
    const start = Math.max(0, span.start - head.length)
    return source?.toInput({ start, end: Math.max(start, span.end - head.length) }) ?? { start: 0, end: 0 }
  }
  const whole = { bytes: Buffer.concat([head, bytes]), toInput }
  return readEmail(whole, { start: 0, end: whole.bytes.length }, { id: input, input, defaults })
}

function addSigned(
  { texts, attachments, gaps, problem }: Message,
  { report, nameOf, texts: all, files }: Reading,
): void {
  for (const part of texts) {
    if (part.kind !== 'text' && part.kind !== 'html') continue
    const { text, toSource } = part
    const place = toSource?.({ start: 0, end: text.length })
    all.push({
      ...part,
      part: nameOf(part.kind),
      toSource: place !== undefined && place.end > place.start ? toSource : null,
    })
  }
  for (const file of attachments) files.push({ ...file, isInline: file.inline })
  for (const { code, reason, material } of gaps) report.gap(code, reason, material)
  if (problem !== null) report.problem(problem.code, problem.message)
}
