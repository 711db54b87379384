import type { ByteSource } from './byte-source.ts'
import type { Charset } from './charset.ts'
import { decodeText, utf8 } from './charset.ts'
import { charsetMap } from './charset-map.ts'
import { lazily } from './lazily.ts'

/** The same text as UTF-8, for formats whose syntax is read byte by byte; the map leads back to the original bytes. */
export function transcodedToUtf8(source: ByteSource, charset: Charset): ByteSource {
  const text = decodeText(source.bytes, charset)
  const bytes = Buffer.from(text, 'utf8')
  const toText = lazily(() => charsetMap(bytes, utf8, text))
  const toBytes = lazily(() => charsetMap(source.bytes, charset, text))
  return {
    bytes,
    toInput: (span) => {
      const units = toText().fromOrigin(span) ?? { start: text.length, end: text.length }
      return source.toInput(toBytes().toOrigin(units))
    },
  }
}
