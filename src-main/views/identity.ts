import type { HeaderField, Message, TextPart } from '../intake/message.ts'
import { authenticationIn, type AuthenticationNote } from './authentication.ts'
import { readSenders, type Sender } from './sender.ts'

/** Who a message says it is from, in all its fields, and what servers noted of that. */
export interface Identity {
  /** From, Sender, Reply-To, Return-Path, in that order; each mailbox of a field. */
  readonly mailboxes: readonly IdentityMailbox[]
  /** Authentication-Results, their ARC copies, Received-SPF and the domains that signed, topmost field first. */
  readonly authentication: readonly AuthenticationNote[]
  /** In whose name it speaks; null where nothing says. */
  readonly brand: IdentityBrand | null
}

export const identityRoles = ['from', 'sender', 'reply-to', 'return-path'] as const
export type IdentityRole = (typeof identityRoles)[number]

export interface IdentityMailbox extends Sender {
  readonly role: IdentityRole
  /** The field it stands in; the ranges count in its text. */
  readonly source: Pick<TextPart, 'part' | 'text' | 'toSource'>
}

/** `manifest`: as the client says; else the name, or the domain, of From. */
export interface IdentityBrand {
  readonly name: string
  readonly by: 'manifest' | 'name' | 'domain'
}

/** Reads who a message says it is from. `From` of a draft is its field; the others need a header. */
export function readIdentity(message: Message): Identity {
  const mailboxes = identityRoles.flatMap((role) => mailboxesOf(message, role))
  return { mailboxes, authentication: authenticationIn(message.headers), brand: brandOf(message, mailboxes) }
}

function mailboxesOf(message: Message, role: IdentityRole): IdentityMailbox[] {
  const sources = role === 'from' ? fromSources(message) : fieldSources(message.headers, role)
  return sources.flatMap((source) => readSenders(source.text).map((sender) => ({ ...sender, role, source })))
}

/** The part `from` is the first field of that name; a second one is a fault of the mail, and shown. */
function fromSources(message: Message): IdentityMailbox['source'][] {
  const first = message.texts.find(({ kind }) => kind === 'from')
  const fields = fieldSources(message.headers, 'from')
  return first === undefined ? fields : [first, ...fields.slice(1)]
}

function fieldSources(headers: readonly HeaderField[], name: string): IdentityMailbox['source'][] {
  return headers
    .filter((header) => header.name.toLowerCase() === name)
    .map((header, at) => ({
      part: at === 0 ? `header:${header.name}` : `header:${header.name}:${String(at + 1)}`,
      text: header.value,
      toSource: header.toSource,
    }))
}

function brandOf(message: Message, mailboxes: readonly IdentityMailbox[]): IdentityBrand | null {
  const given = message.settings?.sender.brand
  if (given !== undefined && given !== null) return { name: given, by: 'manifest' }
  const from = mailboxes.find(({ role }) => role === 'from')
  if (from === undefined) return null
  if (/\p{L}{2}/u.test(from.name) && !from.name.includes('@')) return { name: from.name, by: 'name' }
  return from.domain === null ? null : { name: from.domain, by: 'domain' }
}
