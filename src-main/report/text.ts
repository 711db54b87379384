import { styleText } from 'node:util'
import type { Finding, InputEntry, Report, ReportMessage, Severity } from '../contract/report.ts'
import { assertNever } from '../contract/result.ts'
import { groups, localClause, notCheckedEntries, verdictWords } from './digest.ts'
import { counted, wrap } from './lines.ts'
import { visible } from './visible.ts'

export interface TextOptions {
  readonly colours: boolean
  /** Columns to fill. */
  readonly width: number
}

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'underline'
type Paint = (style: Style, text: string) => string

const indent = '  '
/** Where the words of a finding begin. */
const hanging = 23

/** The report for reading in a terminal: message by message, then what was not checked, what is to be attested, and the notice. */
export function textReport(report: Report, { colours, width }: TextOptions): string {
  // Whether to colour was decided by the caller; styleText would ask the stream again.
  const paint: Paint = (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text)
  const shown = new Set<string>()
  const blocks = [
    [heading(report, paint)],
    ...report.messages.map((message) => messageBlock(message, { paint, width, shown })),
    inputLines(report.inputs, paint),
    summaryLines(report, paint),
    notCheckedLines(report, paint, width),
    attestationLines(report, paint, width),
    wrap(report.notice, width),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function heading(report: Report, paint: Paint): string {
  const packs = report.packs.map(({ id, version, note, problems }) =>
    [
      visible(`${id} ${version}`),
      note === null ? '' : ` (${visible(note)})`,
      problems.length === 0 ? '' : `, ${counted(problems.length, 'problem')}`,
    ].join(''),
  )
  return paint('dim', [`clausebench ${report.tool.version}`, ...packs, `as of ${report.asOf}`].join(' · '))
}

interface Page {
  readonly paint: Paint
  readonly width: number
  /** Groups already told in full for an earlier message. */
  readonly shown: Set<string>
}

function messageBlock(message: ReportMessage, page: Page): string[] {
  const { paint } = page
  const name = message.subject === null ? '' : `  ${visible(message.subject)}`
  const facts = [message.channel ?? 'recipients', verdictWords(message.verdict)].join(' · ')
  return [
    `${paint('bold', visible(message.id))}${name}`,
    `${indent}${paint('dim', facts)}`,
    ...groups(message.findings).flatMap((group) => groupLines(group, page)),
  ]
}

function groupLines(group: readonly Finding[], { paint, width, shown }: Page): string[] {
  const [first] = group
  if (!first) return []
  const clauses = first.clauses.map(localClause).join(' ')
  const parts = [...new Set(group.map(({ part }) => visible(part)))].join(', ')
  const label = `${String(first.number).padStart(3)} ${symbol(first.severity)} ${first.severity.padEnd(7)}  ${clauses.padEnd(6)} `
  const head = `${indent}${paint(severityStyle(first.severity), label)}${visible(first.title)}  ${paint('dim', parts)}`
  const hang = (text: string): string[] =>
    wrap(visible(text), Math.max(30, width - hanging)).map((line) => ' '.repeat(hanging) + line)
  // The words of the message say most; the sentence about them is for findings without any.
  const words = hang(first.excerpt === '' ? first.message : `“${first.excerpt}”`)
  const explain = first.explain.flatMap((step) => hang(`· ${step}`)).map((line) => paint('dim', line))
  if (first.severity === 'info') return [head, ...words, ...explain]
  if (shown.has(first.group)) return [head, ...hang('The same as above.')]
  shown.add(first.group)
  return [head, ...words, ...(first.fix === '' ? [] : hang(`Fix: ${first.fix}`)), ...explain]
}

function inputLines(inputs: readonly InputEntry[], paint: Paint): string[] {
  const told = inputs.filter(({ status }) => status !== 'reviewed')
  if (told.length === 0) return []
  return [
    paint('bold', 'Inputs'),
    ...told.map(
      ({ path, status, problem }) =>
        `${indent}${status.padEnd(11)} ${visible(path)}${problem ? `  ${visible(problem.message)}${placeOf(problem)}` : ''}`,
    ),
  ]
}

function placeOf({ line, column }: NonNullable<InputEntry['problem']>): string {
  if (line === undefined) return ''
  return column === undefined ? ` (line ${line})` : ` (line ${line}, column ${column})`
}

function summaryLines({ summary, inputs }: Report, paint: Paint): string[] {
  const unreadable = inputs.filter(({ status }) => status === 'unreadable').length
  const verdicts = [
    [summary.errors, 'with errors'],
    [summary.toReview, 'to review'],
    [summary.notFullyChecked, 'not fully checked'],
    [summary.nothingFound, 'with nothing found'],
  ] as const
  const { error, warning, info } = summary.bySeverity
  return [
    paint('bold', 'Summary'),
    `${indent}${counted(summary.messages, 'message')}: ${verdicts.map(([count, words]) => `${count.toLocaleString('en')} ${words}`).join(', ')}`,
    `${indent}${counted(summary.groups, 'fact')} found: ${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(info, 'hint')}`,
    ...(unreadable > 0 ? [`${indent}${paint('red', counted(unreadable, 'input'))} could not be read`] : []),
  ]
}

function notCheckedLines({ messages }: Report, paint: Paint, width: number): string[] {
  const entries = notCheckedEntries(messages)
  if (entries.length === 0) return []
  return [
    paint('bold', 'Not checked'),
    ...entries.flatMap(({ clause, reason, material, ids }) =>
      listed(clause, `${visible(reason)} (${whichMessages(ids)})${material ? '' : ', not material'}`, width),
    ),
  ]
}

function attestationLines({ attestations }: Report, paint: Paint, width: number): string[] {
  const open = attestations.filter(({ status }) => status === 'open')
  if (open.length === 0) return []
  return [
    paint('bold', 'To be attested by a person'),
    ...open.flatMap(({ clause, question, messages }) =>
      listed(clause, `${visible(question)} (${messages === 'all' ? 'all messages' : whichMessages(messages)})`, width),
    ),
  ]
}

function listed(clause: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, Math.max(30, width - 10))
  return [`${indent}${localClause(clause).padEnd(7)} ${first}`, ...rest.map((line) => ' '.repeat(10) + line)]
}

function whichMessages(ids: readonly string[]): string {
  const [only] = ids
  return ids.length === 1 && only !== undefined ? visible(only) : counted(ids.length, 'message')
}

function symbol(severity: Severity): string {
  switch (severity) {
    case 'error':
      return '●'
    case 'warning':
      return '▲'
    case 'info':
      return '○'
    default:
      return assertNever(severity)
  }
}

function severityStyle(severity: Severity): Style {
  switch (severity) {
    case 'error':
      return 'red'
    case 'warning':
      return 'yellow'
    case 'info':
      return 'blue'
    default:
      return assertNever(severity)
  }
}
