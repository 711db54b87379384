import type { Channel } from '../contract/report.ts'
import { decodeBody } from './body-text.ts'
import type { ByteSource } from './byte-source.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { singleTextMessage } from './single-text.ts'

/** One text message; its channel from the manifest, else from its name, else an e-mail body. */
export function readTextFile(source: ByteSource, file: ReadSource, nameChannel: Channel | null): FormatOutcome {
  const body = decodeBody(source.bytes, null, false)
  const channel = file.defaults.channel ?? nameChannel ?? 'email'
  return { messages: [singleTextMessage(source, file, body, { form: 'text', kind: 'text', channel })], problem: null }
}
