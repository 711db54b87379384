import { intakeReport, type IntakeReport } from './intake-report.ts'
import { limits, megabytes } from './limits.ts'
import type { Attachment, Message, PageStart, PartLink, TextPart, UnseenBy } from './message.ts'
import type { ReadSource } from './read-outcome.ts'
import { channelOfName } from './recognise.ts'
import { cutText, partNames } from './text-part.ts'

/** Text of a document that readers see or do not see, with the links in it. */
export interface DocumentText {
  readonly text: string
  readonly unseenBy: UnseenBy | null
  readonly links: readonly PartLink[]
  readonly pages: readonly PageStart[]
}

/** The file itself as something attached: where it does more than show, that is looked at as it is in a mail's attachments. */
export function wholeFile(bytes: Uint8Array, { input }: ReadSource, mediaType: string): Attachment {
  const name = input.slice(input.lastIndexOf('/') + 1)
  return {
    name,
    part: `attachment:${name}`,
    mediaType,
    inline: false,
    contentId: null,
    range: { start: 0, end: bytes.length },
    nameRange: null,
    content: () => bytes,
    // Its texts are those of the message.
    document: { texts: [], gaps: [] },
  }
}

/** A document as one message text of a draft for approval. What it draws has no bytes of its own: places are null. */
export function documentMessage(
  file: ReadSource,
  documentTexts: readonly DocumentText[],
  fill: (report: IntakeReport) => void,
): Message {
  const report = intakeReport()
  fill(report)
  const nameOf = partNames()
  const texts: TextPart[] = []
  for (const { text, unseenBy, links, pages } of documentTexts) {
    if (text.trim() === '' && links.length === 0) continue
    const shown = cutText(text)
    if (shown.length < text.length) {
      const read = megabytes(limits.maxTextUnits)
      report.problem('too-large', `The text is longer than ${read}; the rest is not looked at.`)
      report.gap('past-limit', `only the first ${read} of the text were read`, true)
    }
    texts.push({
      part: nameOf('text'),
      kind: 'text',
      text: shown,
      toSource: null,
      links: links.filter(({ span }) => span.end <= shown.length),
      ...(pages.length === 0 ? {} : { pages: pages.filter(({ at }) => at < shown.length) }),
      ...(unseenBy === null ? {} : { unseenBy }),
    })
  }
  return {
    id: file.input,
    input: file.input,
    form: 'text',
    channel: file.defaults.channel ?? channelOfName(file.input) ?? 'email',
    kind: file.defaults.kind,
    campaign: file.defaults.campaign,
    client: file.defaults.client,
    date: null,
    sendAt: file.defaults.sendAt,
    headers: [],
    texts,
    attachments: [],
    fields: new Map(),
    gaps: report.gaps(),
    problem: report.firstProblem(),
  }
}
