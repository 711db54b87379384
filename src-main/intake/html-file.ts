import { decodeBody } from './body-text.ts'
import type { ByteSource } from './byte-source.ts'
import { singleTextMessage } from './single-text.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

/** One e-mail body without headers. Charset: byte order mark, well-formed UTF-8, `<meta>`, else windows-1252. */
export function readHtmlFile(source: ByteSource, file: ReadSource): FormatOutcome {
  const body = decodeBody(source.bytes, null, true)
  const message = singleTextMessage(source, file, body, { form: 'html', kind: 'html', channel: 'email' })
  return { messages: [message], problem: null }
}
