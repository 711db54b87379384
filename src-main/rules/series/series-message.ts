import { getDomain } from 'tldts'
import type { Channel } from '../../contract/report.ts'
import type { HistoryPlace } from '../../intake/campaign-settings.ts'
import type { Message } from '../../intake/message.ts'
import type { AudienceFacts } from '../audience/audience-facts.ts'
import { fold } from '../lens/fold.ts'
import { numberList, phoneNumber, type NumberList } from './numbers.ts'

/** What rules over a series know of a message: plain data, a few hundred bytes, that stays when the message is forgotten. */
export interface SeriesMessage {
  readonly id: string
  readonly channel: Channel | null
  readonly campaign: string | null
  readonly client: string | null
  readonly series: string | null
  /** Registrable domain of the sender's address, else its name or number; null: nothing says. */
  readonly sender: string | null
  /** When it goes or went out: ISO 8601 as written, with or without an offset. */
  readonly at: string
  /** False: the file does not say; `at` is the day of the review. */
  readonly isDated: boolean
  /** Of its text; null: not told by it. */
  readonly language: string | null
  /** What rules noted when they looked at it, by rule. */
  readonly notes: Readonly<Record<string, SeriesNote>>
  /** To whom it goes; null: nothing says. Lives as long as the call, and is never kept. */
  readonly recipients: SeriesRecipients | null
  /** Earlier messages that its manifest names. */
  readonly history: readonly HistoryPlace[]
  /** Of an earlier message: the path that brought it; empty: it is there for all messages of the call. */
  readonly earlier?: string
}

/** What one rule found in one message. */
export interface SeriesNote {
  /** Keys of what is offered: `code SPRING20`, `20% off`. */
  readonly offers: readonly string[]
  /** Sentences that say that the offer ends. */
  readonly claims: readonly EndClaim[]
  /** Nothing says whether the recipients are where the rule counts. */
  readonly mayNotApply?: boolean
}

export interface EndClaim {
  readonly sentence: string
  /** In so many days after the message, unless the sentence names a day; null: only the sentence tells. */
  readonly inDays: number | null
  /** 3/5 is the third of May. */
  readonly british: boolean
}

export interface SeriesRecipients {
  /** The same list has the same. */
  readonly identity: string
  /** null: too many to be compared one by one. */
  readonly numbers: NumberList | null
}

/**
 * Null: no rule over a series has noted anything. `reviewDay`: when a message goes out that does not say; null: one that does not say
 * is of no use (an earlier one).
 */
export function seriesMessage(
  message: Message,
  { notes, language }: { readonly notes: ReadonlyMap<string, SeriesNote>; readonly language: string | null },
  audience: AudienceFacts | null,
  reviewDay: string | null,
): SeriesMessage | null {
  const written = message.sendAt ?? message.date
  const isDated = written !== null && dayOf(written) !== null
  const at = isDated ? written : reviewDay
  if (at === null || notes.size === 0) return null
  return {
    id: message.id,
    channel: message.channel,
    campaign: message.campaign,
    client: message.client,
    series: message.fields.get('series') ?? null,
    sender: senderOf(message),
    at,
    isDated,
    language,
    notes: Object.fromEntries(notes),
    recipients: recipientsOf(message, audience),
    history: message.settings?.history ?? [],
  }
}

/** `YYYY-MM-DD` of a written time; null: it does not begin with a day. */
export function dayOf(at: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(at)?.[0] ?? null
}

/** What tells one sender from another: the registrable domain, else the name or number. */
export function senderOf(message: Message): string | null {
  const from = message.texts.find(({ kind }) => kind === 'from')?.text ?? message.settings?.sender.brand ?? ''
  const host = /@([^\s<>"@,;:()]{1,255})/.exec(from)?.[1]
  const name = host === undefined ? fold(from, 'soft').text.trim() : (getDomain(host) ?? host.toLowerCase())
  return name === '' ? null : name.slice(0, 200)
}

function recipientsOf(message: Message, audience: AudienceFacts | null): SeriesRecipients | null {
  if (audience !== null) return { identity: audience.identity, numbers: audience.numbers }
  const number = phoneNumber(message.fields.get('to') ?? '')
  return number === null ? null : { identity: `number ${String(number)}`, numbers: numberList([number], [0]) }
}

/** Whether two messages come from one sender, as far as they say. */
export function isSameSender(a: SeriesMessage, b: SeriesMessage): boolean {
  if (a.client !== null && b.client !== null) return a.client === b.client
  // A text comes from a number, a mail from a domain: only within one channel do they tell senders apart.
  if (a.sender !== null && b.sender !== null && a.channel === b.channel) return a.sender === b.sender
  // Earlier messages are named for these; others belong together as far as their campaign says.
  return a.campaign === b.campaign || a.earlier !== undefined || b.earlier !== undefined
}
