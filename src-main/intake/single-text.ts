import type { Channel } from '../contract/report.ts'
import type { BodyText } from './body-text.ts'
import type { ByteSource } from './byte-source.ts'
import { intakeReport } from './intake-report.ts'
import { limits, megabytes } from './limits.ts'
import type { Message } from './message.ts'
import type { ReadSource } from './read-outcome.ts'
import { mappedText } from './text-part.ts'

/** A message that is one body and nothing else. */
export function singleTextMessage(
  source: ByteSource,
  file: ReadSource,
  body: BodyText,
  as: { readonly form: 'html' | 'text'; readonly kind: 'html' | 'text'; readonly channel: Channel },
): Message {
  const report = intakeReport()
  const mapped = mappedText(source.bytes, body.charset, body.text, source.toInput)
  if (body.replaced > 0) {
    report.problem('bad-encoding', 'The file holds bytes that its charset does not have; each shows as U+FFFD.')
    report.gap('undecodable', 'bytes of the file are not in its charset', body.replaced * 100 > body.text.length)
  }
  if (mapped.isCut) {
    const shown = megabytes(limits.maxTextUnits)
    report.problem('too-large', `The text is longer than ${shown}; the rest is not looked at.`)
    report.gap('past-limit', `only the first ${shown} of the text were read`, true)
  }
  return {
    id: file.input,
    input: file.input,
    form: as.form,
    channel: as.channel,
    kind: file.defaults.kind,
    campaign: file.defaults.campaign,
    client: file.defaults.client,
    date: null,
    sendAt: file.defaults.sendAt,
    headers: [],
    texts: [{ part: as.kind, kind: as.kind, text: mapped.text, toSource: mapped.toSource }],
    attachments: [],
    fields: new Map(),
    gaps: report.gaps(),
    problem: report.firstProblem(),
  }
}
