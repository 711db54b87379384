import type { Finding, NotChecked, ReportMessage, Verdict } from '../contract/report.ts'
import type { Message, TextKind } from '../intake/message.ts'
import { createMasker } from '../rules/identifiers/mask.ts'
import type { Views } from '../views/view.ts'

const maxNameLength = 120

/** A judged message in the form of the report (`formats.md` §2). */
export function reportMessage(
  message: Message,
  judged: {
    readonly findings: Finding[]
    readonly notChecked: NotChecked[]
    readonly verdict: Verdict
    readonly language: string | null
  },
): ReportMessage {
  return {
    id: message.id,
    input: message.input,
    campaign: message.campaign,
    client: message.client,
    channel: message.channel,
    from: masked(textOf(message, 'from')),
    subject: masked(textOf(message, 'subject')),
    date: message.date,
    sendAt: message.sendAt,
    language: judged.language,
    verdict: judged.verdict,
    findings: judged.findings,
    notChecked: judged.notChecked,
  }
}

/** What a list shows of a message: its subject, title or first words; a file's name where it has none of them. */
export function messageName(message: Message, views: Views): string {
  const words =
    textOf(message, 'subject') ??
    textOf(message, 'title') ??
    firstText(views.texts.filter((view) => view.look === 'text' || view.look === 'html').map((view) => view.text)) ??
    message.id.slice(message.id.lastIndexOf('/') + 1)
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length <= maxNameLength ? line : `${wholeCharacters(line, maxNameLength - 1)}…`
}

const masker = createMasker(new Set())

/** A report leaves the machine. As long as before, so that marks keep their places. */
function masked(text: string | null): string | null {
  return text === null ? null : masker.mask(text, 'last4')
}

function textOf(message: Message, kind: TextKind): string | null {
  const text = message.texts.find((part) => part.kind === kind)?.text
  return text === undefined || text.trim() === '' ? null : text
}

function firstText(texts: readonly string[]): string | null {
  return texts.map((text) => text.slice(0, 4 * maxNameLength)).find((text) => text.trim() !== '') ?? null
}

/** At most `length` UTF-16 units, without half a surrogate pair at the end. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
