import type { ByteSpan, Utf16Span } from '../contract/span.ts'
import { decodeBody } from './body-text.ts'
import type { ByteSource } from './byte-source.ts'
import { charsetMap } from './charset-map.ts'
import { lazily } from './lazily.ts'

/** The text of a whole file and its way back. */
export interface DecodedFile {
  readonly text: string
  readonly toSource: (span: Utf16Span) => ByteSpan
  /** Bytes became U+FFFD. */
  readonly isDamaged: boolean
}

/** Charset: byte order mark, well-formed UTF-8, else windows-1252. */
export function decodedFile(source: ByteSource): DecodedFile {
  const { text, charset, replaced } = decodeBody(source.bytes, null, false)
  const map = lazily(() => charsetMap(source.bytes, charset, text))
  return { text, toSource: (span) => source.toInput(map().toOrigin(span)), isDamaged: replaced > 0 }
}
