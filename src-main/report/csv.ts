import type { Finding, Report, ReportMessage } from '../contract/report.ts'
import { visible } from './visible.ts'

const columns = [
  'record',
  'message',
  'input',
  'channel',
  'subject',
  'number',
  'severity',
  'certainty',
  'clauses',
  'rule',
  'title',
  'text',
  'excerpt',
  'fix',
  'part',
  'start',
  'end',
  'source_start',
  'source_end',
  'rows',
  'group',
  'fingerprint',
  'decision',
  'reason',
  'sources',
  'explain',
] as const

type Row = Partial<Record<(typeof columns)[number], string | number | null>>

/**
 * The report as a table (RFC 4180, UTF-8 with a byte order mark, which spreadsheets ask for): a row a finding, then what
 * was not read, not checked, is to be attested, and the notice. `record` says which. No cell is taken for a formula.
 */
export function csvReport(report: Report): string {
  return [...csvPieces(report)].join('')
}

/** The same row by row. */
export function* csvPieces(report: Report): Generator<string> {
  yield `\ufeff${columns.join(',')}\r\n`
  for (const row of rowsOf(report)) yield `${line(row)}\r\n`
}

function* rowsOf(report: Report): Generator<Row> {
  for (const message of report.messages) for (const finding of message.findings) yield findingRow(finding, message)
  for (const { path, status, problem } of report.inputs) {
    if (status === 'reviewed') continue
    yield { record: 'input', input: path, title: status, text: problem?.message ?? '', reason: problem?.code ?? '' }
  }
  for (const message of report.messages) yield* notCheckedRows(message)
  for (const { clause, question, messages, status, answer } of report.attestations) {
    yield {
      record: 'attestation',
      message: messages === 'all' ? 'all' : messages.join('; '),
      clauses: clause,
      title: status,
      text: question,
      decision: answer,
    }
  }
  yield { record: 'notice', text: report.notice }
}

function findingRow(finding: Finding, { id, input, channel, subject }: ReportMessage): Row {
  const { span, source, decision, rows } = finding
  return {
    record: 'finding',
    message: id,
    input,
    channel,
    subject,
    number: finding.number,
    severity: finding.severity,
    certainty: finding.certainty,
    clauses: finding.clauses.join(' '),
    rule: finding.rule,
    title: finding.title,
    text: finding.message,
    excerpt: finding.excerpt,
    fix: finding.fix,
    part: finding.part,
    start: span?.start ?? null,
    end: span?.end ?? null,
    source_start: source?.start ?? null,
    source_end: source?.end ?? null,
    rows: rows === null ? null : `${String(rows.count)} in ${rows.column}`,
    group: finding.group,
    fingerprint: finding.fingerprint,
    decision: decision?.kind ?? null,
    reason: decision?.reason ?? null,
    sources: finding.sources
      .map(
        ({ id: source, value, verify }) =>
          `${source}${value === null ? '' : `: ${value}`}${verify ? ' (to be verified)' : ''}`,
      )
      .join('; '),
    explain: finding.explain.join('; '),
  }
}

function notCheckedRows({ id, input, channel, subject, notChecked }: ReportMessage): Row[] {
  return notChecked.map(({ clause, code, reason, material }) => ({
    record: 'not-checked',
    message: id,
    input,
    channel,
    subject,
    clauses: clause,
    title: material ? 'material' : 'not material',
    text: reason,
    reason: code,
  }))
}

function line(row: Row): string {
  return columns.map((column) => csvCell(row[column] ?? '')).join(',')
}

/** What spreadsheets begin a formula with, in wide letters too, whatever white space stands before. */
const formula = /^[\s\u0000-\u001f]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/

/** A cell as spreadsheets read it: quoted where it must be, and never a formula. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const shown = visible(value)
  const safe = formula.test(shown) ? `'${shown}` : shown
  return /[",;\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
