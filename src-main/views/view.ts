import type { Attachment, Gap, HeaderField, Message, TextPart } from '../intake/message.ts'
import type { SpanMap } from '../intake/span-map.ts'
import type { Utf16Span } from '../contract/span.ts'
import type { MergeTag } from './merge-tags.ts'
import type { ParsedMarkup } from './markup.ts'
import type { PictureSize } from './picture-size.ts'
import type { Identity } from './identity.ts'
import type { AttachmentAct } from './attachment-container.ts'

/** What a rule may look at (`rules.md`, last section). */
export const looks = [
  'subject',
  'from',
  'title',
  'preheader',
  'text',
  'html',
  'hidden',
  'image-alt',
  'link-text',
  'link-href',
  'headers',
  'attachment-name',
  'attachment-text',
] as const

export type Look = (typeof looks)[number]

/** A text as a rule sees it, with its exact way back. */
export interface TextView {
  readonly look: Look
  /** The part that findings name: `html`, `text:2`, `image:3`, `link:1`, `header:X-Name`, `attachment:a.txt`. */
  readonly part: string
  readonly text: string
  /** From this text to the decoded text of `source`; blocks are joined by line breaks that have an empty origin. */
  readonly toPart: SpanMap<'utf16', 'utf16'>
  /** The part whose decoded text `toPart` counts in; null where the view has no place in the message's text. */
  readonly source: Pick<TextPart, 'part' | 'text' | 'toSource'> | null
  /** Why no reader sees it; only for look `hidden`. */
  readonly hiddenBy?: HiddenReason
}

export type HiddenReason =
  | 'display-none'
  | 'visibility'
  | 'opacity'
  | 'font-size'
  | 'zero-box'
  | 'off-screen'
  | 'clip'
  | 'contrast'
  | 'transparent'
  | 'hidden-attribute'
  | 'mso-hide'
  | 'comment'
  /** `<meta>` that describes the page (keywords, description, author, `og:title` …): for machines only. */
  | 'meta'

export interface Link {
  /** From 1, in order of the message; its part is `link:N`. */
  readonly number: number
  /** `html` or `text` … : where it stands. */
  readonly source: TextPart
  /** As written, entities decoded. */
  readonly href: string
  /** Of the href value in the part's text. */
  readonly hrefSpan: Utf16Span
  /** What a reader sees as the link: text and alternative texts; for a bare address in a text the address itself. */
  readonly text: string
  /** From `<a` to `</a>`'s content, or of the bare address. */
  readonly span: Utf16Span
  readonly visible: boolean
  /** `a`, `area`, `form`, `bare` … */
  readonly element: string
}

export interface ImageFact {
  readonly number: number
  readonly source: TextPart
  readonly span: Utf16Span
  readonly src: string
  readonly alt: string
  readonly visible: boolean
  /** As its style, else its attributes, say in pixels; null where they do not. */
  readonly shown: { readonly widthPx: number | null; readonly heightPx: number | null }
  /** How large its file draws it, where the message brings the file along; null where it would have to be fetched. */
  readonly file: PictureSize | null
  /** At most 2 × 2, as shown or by its file, or hidden: counts openings, is no content. */
  readonly trackingPixel: boolean
}

/** Markup that acts: script, form, frame, event handler … (clause P6, C5). */
export interface ActiveContent {
  readonly element: string
  /** The attribute that acts, e.g. `onclick`; null when the element does. */
  readonly attribute: string | null
  readonly source: TextPart
  readonly span: Utf16Span
}

export interface AttachmentFact {
  readonly attachment: Attachment
  /** Lower case without dot; empty when none. All of them for `invoice.pdf.exe`. */
  readonly extensions: readonly string[]
  /** By the first bytes: `application/x-dosexec`, `application/zip` …; null when unknown. */
  readonly trueType: string | null
  /** Files in it, of archives in it too, to depth 3. */
  readonly members: readonly AttachmentMember[]
  /** What it does beside showing something: macros, scripts, content from elsewhere. */
  readonly acts: readonly AttachmentAct[]
  /** Nothing of it can be read without a password. */
  readonly isEncrypted: boolean
  /** There may be more in it than `members`: past a limit, damaged, or in a list that is packed itself. */
  readonly isCut: boolean
}

/** A file in an attachment. */
export interface AttachmentMember {
  /** With the archives it lies in: `inner.zip/setup.exe`. */
  readonly path: string
  readonly extensions: readonly string[]
  /** By its first bytes; null when unknown, or when it could not be unpacked. */
  readonly trueType: string | null
  /** null: not unpacked. */
  readonly bytes: number | null
  readonly isEncrypted: boolean
}

/** A merge tag where it stands in the message: `span` counts in the decoded text of `source`. */
export interface PlacedMergeTag extends MergeTag {
  readonly source: TextPart
}

/** Everything rules look at in one message. */
export interface Views {
  readonly message: Message
  readonly texts: readonly TextView[]
  readonly links: readonly Link[]
  readonly images: readonly ImageFact[]
  readonly active: readonly ActiveContent[]
  readonly headers: readonly HeaderField[]
  readonly attachments: readonly AttachmentFact[]
  /** The tree of an HTML part, parsed once for all who read it. */
  readonly markupOf: (part: TextPart) => ParsedMarkup
  /** Who it says it is from; read when first asked. */
  readonly identity: () => Identity
  /** Fields that the provider fills in, in all texts of the message; looked for when first asked. */
  readonly mergeTags?: () => readonly PlacedMergeTag[]
  /** Characters a reader sees in all bodies together, white space apart. */
  readonly visibleLength: number
  /** What the views could not look at, beside the gaps of the message itself. */
  readonly gaps?: readonly Gap[]
}
