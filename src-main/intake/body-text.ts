import type { Charset } from './charset.ts'
import {
  charsetOfFirstBytes,
  charsetOfLabel,
  decodeStrictUtf8,
  decodeText,
  isAscii,
  utf8,
  windows1252,
} from './charset.ts'
import { hidesTextInAscii, saysNothing } from './charset-label.ts'

export interface BodyText {
  readonly text: string
  readonly charset: Charset
  /** A charset label that no decoder knows, where that can have lost text. */
  readonly unknownLabel: string | null
  /** How many characters stand for bytes that the charset does not have. */
  readonly replaced: number
}

/**
 * The text of a body. `label` is what its header says; a missing one, or plain ASCII for bytes that are none, leaves it to
 * the bytes: UTF-8 when well-formed, else what the HTML itself says, else windows-1252.
 */
export function decodeBody(bytes: Buffer, label: string | null, isHtml: boolean): BodyText {
  const named = label === null || saysNothing(label) ? null : label
  const declared = named === null ? null : charsetOfLabel(named)
  const isUnknown = named !== null && declared === null
  const unknownLabel = isUnknown && (hidesTextInAscii(named) || !isAscii(bytes)) ? named : null
  if (declared !== null) return withCharset(bytes, declared, null)
  const mark = charsetOfFirstBytes(bytes)
  if (mark !== null) return withCharset(bytes, mark, unknownLabel)
  const text = decodeStrictUtf8(bytes)
  if (text !== null) return { text, charset: utf8, unknownLabel, replaced: 0 }
  return withCharset(bytes, (isHtml ? metaCharset(bytes) : null) ?? windows1252, unknownLabel)
}

function withCharset(bytes: Buffer, charset: Charset, unknownLabel: string | null): BodyText {
  const text = decodeText(bytes, charset)
  return { text, charset, unknownLabel, replaced: replacedCharacters(text, bytes, charset) }
}

/** U+FFFD that the bytes themselves spell is a character as any other. */
function replacedCharacters(text: string, bytes: Buffer, charset: Charset): number {
  if (charset.kind === 'utf-8' && text.includes('\uFFFD') && decodeStrictUtf8(bytes) !== null) return 0
  let count = 0
  for (let found = text.indexOf('\uFFFD'); found >= 0; found = text.indexOf('\uFFFD', found + 1)) count++
  return count
}

/** What `<meta charset>` in the first kilobyte says (HTML Standard, "prescan a byte stream"), as far as mails need it. */
export function metaCharset(bytes: Buffer): Charset | null {
  const head = bytes.toString('latin1', 0, Math.min(bytes.length, 1024))
  const label = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)/i.exec(head)?.[1]
  const charset = label === undefined ? null : charsetOfLabel(label)
  // Bytes in which such a tag can be read as ASCII are not UTF-16; the Standard reads them as UTF-8.
  return charset?.kind === 'utf-16' ? utf8 : charset
}
