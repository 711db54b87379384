import type { BodyText } from './body-text.ts'
import { decodeBody } from './body-text.ts'
import type { CarriedFile } from './email-attachments.ts'
import { flowedCuts } from './email-flowed.ts'
import { armouredMessage, clearSignatureCuts } from './email-openpgp.ts'
import type { IntakeReport } from './intake-report.ts'
import { lazily } from './lazily.ts'
import { limits, megabytes } from './limits.ts'
import type { TextKind, TextPart } from './message.ts'
import type { Entity } from './mime-tree.ts'
import type { MappedText } from './text-part.ts'
import { cutToLimit, uncutText, withoutSpans } from './text-part.ts'
import type { TransferDecoded } from './transfer-encoding.ts'
import { decodeTransfer, decodeUuData } from './transfer-encoding.ts'
import { uuBlocks } from './transfer-uuencode.ts'

const shownTypes =
  /^(?:text\/(?:plain|html|x-amp-html|enriched|richtext|markdown|rfc822-headers)|message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report|headers))$/

/** Text that a mail program shows as part of the message, not as a file beside it. */
export function isBodyText(entity: Entity): boolean {
  if (!shownTypes.test(entity.mediaType)) return false
  if (entity.disposition.value.startsWith('attachment')) return false
  const name = entity.disposition.parameters.get('filename') ?? entity.contentType.parameters.get('name')
  return name === undefined || /^[^.]*$|\.(?:txt|text|htm|html|md|asc)$/i.test(name.value.trim())
}

/** The text of a leaf, and the files that stand in it (uuencode). */
export function readBody(
  leaf: Entity,
  nameOf: (name: string) => string,
  report: IntakeReport,
): { readonly part: TextPart; readonly files: readonly CarriedFile[] } {
  const kind: TextKind = leaf.mediaType.endsWith('html') ? 'html' : 'text'
  const part = nameOf(kind)
  const { source } = leaf
  const decoded = decodeTransfer(leaf.encoding ?? 'identity', source.bytes, leaf.body)
  const label = leaf.contentType.parameters.get('charset')?.value ?? null
  const body = decodeBody(decoded.bytes, label, kind === 'html')
  reportDamage(part, decoded, body, report)
  const whole = uncutText(decoded.bytes, body.charset, body.text, (span) => source.toInput(decoded.toEncoded(span)))
  const { text, files } = kind === 'html' ? { text: whole, files: [] } : readPlain(whole, leaf, part, report)
  const shown = cutToLimit(text)
  if (shown.isCut) {
    report.problem(
      'too-large',
      `Part ${part} is longer than ${megabytes(limits.maxTextUnits)}; the rest is not looked at.`,
    )
    report.gap('past-limit', `only the first ${megabytes(limits.maxTextUnits)} of part ${part} were read`, true)
  }
  return { part: { part, kind, text: shown.text, toSource: shown.toSource }, files }
}

/** What was put into a text on its way: a signature's armour, files, soft line breaks. */
function readPlain(
  whole: MappedText,
  leaf: Entity,
  part: string,
  report: IntakeReport,
): { readonly text: MappedText; readonly files: readonly CarriedFile[] } {
  const armoured = armouredMessage(whole.text)
  if (armoured === 'encrypted') report.gap('body-encrypted', `a piece of part ${part} is encrypted (OpenPGP)`, true)
  if (armoured === 'packed') {
    report.gap('undecodable', `a piece of part ${part} is packed as an OpenPGP message and was not opened`, true)
  }
  const signed = withoutSpans(whole, clearSignatureCuts(whole.text))
  const { text, files } = takeUuencoded(signed, part, report)
  const { parameters } = leaf.contentType
  const isFlowed = leaf.mediaType === 'text/plain' && parameters.get('format')?.value.trim().toLowerCase() === 'flowed'
  if (!isFlowed) return { text, files }
  const deletesSpace = parameters.get('delsp')?.value.trim().toLowerCase() === 'yes'
  return { text: withoutSpans(text, flowedCuts(text.text, deletesSpace)), files }
}

/** Files in the text become attachments, as mail programs show them. */
function takeUuencoded(
  mapped: MappedText,
  part: string,
  report: IntakeReport,
): { readonly text: MappedText; readonly files: readonly CarriedFile[] } {
  const { text, toSource } = mapped
  if (!/(?:^|\n)begin 0?[0-7]{3} /.test(text)) return { text: mapped, files: [] }
  // One byte a unit, so that places in it are places in the text; what is beyond ASCII is no uuencode.
  const bytes = Buffer.from(text.replace(/[^\0-\x7f]/g, '\x7f'), 'latin1')
  const blocks = uuBlocks(bytes, { start: 0, end: bytes.length }, limits.maxParts)
  if (blocks.some(({ isComplete }) => !isComplete)) {
    report.problem('truncated', `A uuencoded file in part ${part} has no end: some of it may be missing.`)
    report.gap('undecodable', `a uuencoded file in part ${part} has no end`, true)
  }
  const files = blocks.map(({ name, data }): CarriedFile => ({
    name: text.slice(name.start, name.end),
    nameRange: toSource({ start: name.start, end: name.end }),
    mediaType: 'application/octet-stream',
    contentId: null,
    isInline: false,
    range: toSource({ start: data.start, end: data.end }),
    content: lazily(() => decodeUuData(bytes, data).bytes),
  }))
  const cuts = blocks.map(({ range }) => ({ start: range.start, end: range.end }))
  return { text: withoutSpans(mapped, cuts), files }
}

function reportDamage(part: string, decoded: TransferDecoded, body: BodyText, report: IntakeReport): void {
  if (decoded.damage !== null) {
    report.problem(
      'bad-encoding',
      `The transfer encoding of part ${part} is damaged: ${damageSentence[decoded.damage]}`,
    )
    report.gap('undecodable', `the transfer encoding of part ${part} is damaged`, decoded.damage !== 'stray-bytes')
  }
  if (body.unknownLabel !== null) reportUnknownCharset(report, body.unknownLabel, `part ${part}`)
  if (body.replaced > 0) {
    report.problem('bad-encoding', `Part ${part} holds bytes that its charset does not have; each shows as U+FFFD.`)
    report.gap('undecodable', `bytes of part ${part} are not in its charset`, body.replaced * 100 > body.text.length)
  }
}

const damageSentence = {
  'stray-bytes': 'characters that it does not have were passed over.',
  'cut-off': 'its last characters are missing.',
  'after-end': 'text after its end mark was not read.',
} as const

export function reportUnknownCharset(report: IntakeReport, label: string, where: string): void {
  const shown = label.replace(/[^\w.:+-]/g, '?').slice(0, 40)
  report.problem('bad-encoding', `The charset “${shown}” is not known; the text was read as UTF-8 or windows-1252.`)
  report.gap('undecodable', `charset ${shown} of ${where} is not known`, true)
}
