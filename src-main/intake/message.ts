import type { NotCheckedCode } from '../contract/codes.ts'
import type { Channel } from '../contract/report.ts'
import type { Problem } from '../contract/result.ts'
import type { ByteSpan, Utf16Span } from '../contract/span.ts'
import type { CampaignSettings } from './campaign-settings.ts'
import type { AudienceTable } from './table-rows.ts'

/** What every format becomes. Lives inside one worker; never crosses a thread (the maps are functions). */
export interface Message {
  /** `formats.md` §2: the input's path when it holds one message, else `input#N` from 1, or a draft's own id. */
  readonly id: string
  /** Path of the input as the report names it. */
  readonly input: string
  readonly form: MessageForm
  /** null: a list of recipients without a message. */
  readonly channel: Channel | null
  /** null: the file does not say. */
  readonly kind: 'marketing' | 'transactional' | null
  readonly campaign: string | null
  readonly client: string | null
  /** ISO 8601 as given; null where the file has none. */
  readonly date: string | null
  readonly sendAt: string | null
  /** Header fields in file order, duplicates kept; empty for drafts and bare bodies. */
  readonly headers: readonly HeaderField[]
  /** Texts that people read or programs show, in reading order: subject, from, preheader, then bodies. */
  readonly texts: readonly TextPart[]
  readonly attachments: readonly Attachment[]
  /** Fields of a draft that are no text: `region`, `consent`, `series`, `timezone`, … and columns nobody knows. */
  readonly fields: ReadonlyMap<string, string>
  /** What intake saw and could not read. */
  readonly gaps: readonly Gap[]
  /** Set when some of the message's bytes could not be read exactly: its input is `partial`. */
  readonly problem: Problem | null
  /** What a manifest says of it; left out where there is none. */
  readonly settings?: CampaignSettings
  /** Of a list of recipients without a message: the list. */
  readonly recipients?: AudienceTable
}

/** `rfc5322`: a whole e-mail; `html`, `text`: a body alone; `draft`: a record of a table or JSON file. */
export type MessageForm = 'rfc5322' | 'html' | 'text' | 'draft'

export interface HeaderField {
  /** As written, e.g. `List-Unsubscribe`. */
  readonly name: string
  /** Unfolded, RFC 2047 words decoded. */
  readonly value: string
  /** Unfolded, not decoded. */
  readonly raw: string
  /** The whole field in the input, name to last byte before the line end. */
  readonly range: ByteSpan
  /** Where characters of `value` lie in the input; null where they have no place there (put together from several fields). */
  readonly toSource: ((span: Utf16Span) => ByteSpan) | null
}

export type TextKind = 'subject' | 'from' | 'preheader' | 'title' | 'text' | 'html'

export interface TextPart {
  /** Its name in reports: `subject`, `text`, `text:2`, `html` … (`formats.md` §2). */
  readonly part: string
  readonly kind: TextKind
  /** Decoded text; for `html` the decoded markup. All spans of findings count in this. */
  readonly text: string
  /** Where characters lie in the input; null where they have no place there (a text put together from several fields). */
  readonly toSource: ((span: Utf16Span) => ByteSpan) | null
  /** All of it is text that no reader sees, and why; only of documents, for in HTML the styles tell. */
  readonly unseenBy?: UnseenBy
  /** Links that do not stand in the text as addresses, ascending, without overlaps; only of documents. */
  readonly links?: readonly PartLink[]
  /** Where pages after the first begin, ascending; only of documents. */
  readonly pages?: readonly PageStart[]
}

/** A page of a document: its number, from 1, and where in the text it begins. */
export interface PageStart {
  readonly page: number
  readonly at: number
}

/** `comment`: a note or a tracked deletion. */
export type UnseenBy = 'display-none' | 'contrast' | 'font-size' | 'transparent' | 'off-screen' | 'comment'

export interface PartLink {
  readonly href: string
  /** What a reader sees of it in the part's text. */
  readonly span: Utf16Span
}

export interface Attachment {
  /** File name as decoded, null when it has none. */
  readonly name: string | null
  /** Its name in reports: `attachment:NAME`; nameless ones get their number. */
  readonly part: string
  /** Declared media type, lower case. */
  readonly mediaType: string
  /** Referred to by the HTML (`cid:`) or declared `inline`. */
  readonly inline: boolean
  readonly contentId: string | null
  /** The encoded body in the input. */
  readonly range: ByteSpan
  /** The name in the input, null when it has none. */
  readonly nameRange: ByteSpan | null
  /** Decoded bytes, decoded when first asked for. */
  readonly content: () => Uint8Array
  /** What a document says, where it is one that is read. */
  readonly document?: AttachedDocument
}

export interface AttachedDocument {
  /** As of a document that is a message itself: what readers see first, then what they do not. */
  readonly texts: readonly TextPart[]
  readonly gaps: readonly Gap[]
}

/** Something seen and not read; becomes `notChecked` for the clauses it touches. */
export interface Gap {
  readonly code: NotCheckedCode
  readonly reason: string
  readonly material: boolean
}

/** What a manifest or a folder says of the messages in a file. */
export interface MessageDefaults {
  readonly campaign: string | null
  readonly client: string | null
  readonly channel: Channel | null
  readonly kind: 'marketing' | 'transactional' | null
  readonly sendAt: string | null
  /** Left out: no manifest says more. */
  readonly settings?: CampaignSettings
}
