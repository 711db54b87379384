import type { Channel } from '../contract/report.ts'
import type { IntakeReport } from './intake-report.ts'
import { intakeReport } from './intake-report.ts'
import type { Message, TextKind, TextPart } from './message.ts'
import type { ReadSource } from './read-outcome.ts'
import type { MappedText } from './text-part.ts'
import { inReadingOrder, joinedText, partNames } from './text-part.ts'

/** One named value of a draft with its place. */
export interface DraftValue {
  readonly name: string
  readonly value: DraftText
}

export interface DraftText extends Pick<MappedText, 'text' | 'isCut'> {
  /** null: the value has no bytes of its own in the file (a cell of a workbook). */
  readonly toSource: MappedText['toSource'] | null
}

/** What all formats of drafts (tables, JSON) give: one list of named values a message. */
export interface DraftRecord {
  readonly values: readonly DraftValue[]
  /** Something of the record could not be read exactly. */
  readonly damage: 'bad-encoding' | null
}

/** Columns that are the text of a message (`docs/formats.md` §3), with what each is. */
const textKinds: Readonly<Record<string, TextKind>> = {
  subject: 'subject',
  from: 'from',
  from_name: 'from',
  preheader: 'preheader',
  title: 'title',
  text: 'text',
  body: 'text',
  html: 'html',
}

/** What makes a record a message; a sender alone does not. */
export const messageFields: ReadonlySet<string> = new Set([
  'channel',
  'subject',
  'preheader',
  'title',
  'text',
  'body',
  'html',
])

/** Fields that have a place of their own in `Message`. */
const placedFields: ReadonlySet<string> = new Set(['id', 'channel', 'kind', 'client', 'send_at'])

/** `Send At`, `sendAt`, `send-at` and `send_at` are one field. */
export function fieldName(column: string): string {
  return column
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase()
}

/** Other names under which tables and programs keep these texts; a column is then one of a draft. */
const otherNames: Readonly<Record<string, string>> = {
  subject_line: 'subject',
  email_subject: 'subject',
  betreff: 'subject',
  betreffzeile: 'subject',
  objet: 'subject',
  asunto: 'subject',
  preview_text: 'preheader',
  preview: 'preheader',
  pre_header: 'preheader',
  push_title: 'title',
  titel: 'title',
  message: 'body',
  message_text: 'body',
  sms: 'body',
  sms_text: 'body',
  sms_body: 'body',
  sms_message: 'body',
  content: 'body',
  copy: 'body',
  nachricht: 'body',
  mensaje: 'body',
  texte: 'body',
  texto: 'body',
  text_body: 'text',
  body_text: 'text',
  text_content: 'text',
  plain_text: 'text',
  html_body: 'html',
  body_html: 'html',
  html_content: 'html',
  html_text: 'html',
  from_email: 'from',
  sender_email: 'from',
  sender: 'from',
  absender: 'from',
  sender_name: 'from_name',
  from_label: 'from_name',
  absendername: 'from_name',
  kanal: 'channel',
  canal: 'channel',
  send_time: 'send_at',
  scheduled_at: 'send_at',
}

/** The field of a draft that a column is, whatever language and program it comes from. */
export function draftField(column: string): string {
  const name = fieldName(column)
  return Object.hasOwn(otherNames, name) ? (otherNames[name] ?? name) : name
}

/** Whether a record with such a value is a message: by the names of drafts, or by another that these go by. */
export function isMessageField(column: string): boolean {
  return messageFields.has(draftField(column))
}

/**
 * The messages of a list of records; records without any text are left out (an empty row). Ids are the drafts' own,
 * `input#id` where two in the file share one, else `input#N` with N the record's number from 1.
 */
export function draftMessages(records: readonly DraftRecord[], file: ReadSource): readonly Message[] {
  const drafts = records
    .map((record, index) => ({ record, number: index + 1, ownId: valueOf(record, 'id') }))
    .filter(({ record }) => record.values.some(({ name, value }) => isMessageText(name) && value.text !== ''))
  const idCounts = new Map<string, number>()
  for (const { ownId } of drafts) if (ownId !== null) idCounts.set(ownId, (idCounts.get(ownId) ?? 0) + 1)
  const used = new Set<string>()
  return drafts.map(({ record, number, ownId }) => {
    const numbered = drafts.length === 1 ? file.input : `${file.input}#${String(number)}`
    const wished = ownId === null ? numbered : (idCounts.get(ownId) ?? 0) > 1 ? `${file.input}#${ownId}` : ownId
    let id = used.has(wished) ? numbered : wished
    while (used.has(id)) id = `${id}#${String(number)}`
    used.add(id)
    return draftMessage(record, id, file)
  })
}

function isMessageText(column: string): boolean {
  const name = draftField(column)
  return name !== 'channel' && messageFields.has(name)
}

function valueOf(record: DraftRecord, field: string): string | null {
  const found = record.values.find(({ name }) => draftField(name) === field)?.value.text.trim()
  return found === undefined || found === '' ? null : found
}

function draftMessage(record: DraftRecord, id: string, file: ReadSource): Message {
  const report = intakeReport()
  if (record.damage !== null) {
    report.problem(record.damage, 'The draft holds bytes that its charset does not have; each shows as U+FFFD.')
    report.gap('undecodable', 'bytes of the draft are not in its charset', false)
  }
  const texts = draftTexts(record, report)
  const kind = valueOf(record, 'kind')?.toLowerCase()
  return {
    id,
    input: file.input,
    form: 'draft',
    channel: draftChannel(valueOf(record, 'channel'), texts, file),
    kind: kind === 'marketing' || kind === 'transactional' ? kind : file.defaults.kind,
    campaign: file.defaults.campaign,
    client: valueOf(record, 'client') ?? file.defaults.client,
    date: null,
    sendAt: valueOf(record, 'send_at') ?? file.defaults.sendAt,
    headers: [],
    texts: inReadingOrder(texts),
    attachments: [],
    fields: otherFields(record),
    gaps: report.gaps(),
    problem: report.firstProblem(),
  }
}

function draftTexts(record: DraftRecord, report: IntakeReport): TextPart[] {
  const nameOf = partNames()
  const texts: TextPart[] = []
  for (const { name, value } of withOneSender(record.values)) {
    const field = draftField(name)
    const declared = Object.hasOwn(textKinds, field) ? textKinds[field] : undefined
    if (declared === undefined || value.text === '') continue
    const kind = field === 'body' && isMarkup(value.text) ? 'html' : declared
    if (value.isCut) {
      report.problem('too-large', 'A text of the draft is too long; the rest is not looked at.')
      report.gap('past-limit', `only the beginning of field ${field} was read`, true)
    }
    texts.push({ part: nameOf(kind), kind, text: value.text, toSource: value.toSource })
  }
  return texts
}

/** `from_name` and `from` together are one sender, `Name <address>`, as an inbox shows it. */
function withOneSender(values: readonly DraftValue[]): readonly DraftValue[] {
  const find = (field: string): DraftValue | undefined =>
    values.find(({ name, value }) => draftField(name) === field && value.text !== '')
  const name = find('from_name')
  const address = find('from')
  if (name === undefined || address === undefined || address.value.text.includes('<')) return values
  const sender: DraftValue = { name: 'from', value: sentBy(name.value, address.value) }
  return [sender, ...values.filter((value) => value !== name && value !== address)]
}

function sentBy(name: DraftText, address: DraftText): DraftText {
  if (hasPlace(name) && hasPlace(address)) return joinedText([name, ' <', address, '>'])
  return { text: `${name.text} <${address.text}>`, toSource: null, isCut: name.isCut || address.isCut }
}

function hasPlace(value: DraftText): value is MappedText {
  return value.toSource !== null
}

/** A body column holds either kind of body. */
function isMarkup(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|div|table|p|center|span|h[1-6]|a|img|style|section|br)\b/i.test(text)
}

const channelNames: Readonly<Record<string, Channel>> = {
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  sms: 'sms',
  text: 'sms',
  text_message: 'sms',
  sms_message: 'sms',
  rcs: 'sms',
  mms: 'mms',
  mms_message: 'mms',
  push: 'push',
  mobile_push: 'push',
  app_push: 'push',
  web_push: 'push',
  push_notification: 'push',
  web: 'web',
}

function draftChannel(named: string | null, texts: readonly TextPart[], file: ReadSource): Channel {
  const known = named?.toLowerCase().replace(/[\s_]+/g, '_')
  if (known !== undefined && Object.hasOwn(channelNames, known)) return channelNames[known] ?? 'email'
  if (file.defaults.channel !== null) return file.defaults.channel
  const has = (kind: TextKind): boolean => texts.some((part) => part.kind === kind)
  return has('title') && !has('subject') && !has('html') ? 'push' : 'email'
}

function otherFields(record: DraftRecord): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const { name, value } of record.values) {
    const field = draftField(name)
    if (value.text === '' || placedFields.has(field) || Object.hasOwn(textKinds, field)) continue
    fields.set(fieldName(name), value.text)
  }
  return fields
}
