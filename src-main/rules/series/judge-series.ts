import type { Finding } from '../../contract/report.ts'
import type { CompiledRules } from '../compile.ts'
import { tellFindings, type Judged } from '../findings.ts'
import { createMasker } from '../identifiers/mask.ts'
import { severityOf } from '../judge.ts'
import type { Rule } from '../pack.ts'
import { addDays } from './days.ts'
import type { NotedMessage, SeriesHit } from './series-check.ts'
import { dayOf, type EndClaim, type SeriesMessage } from './series-message.ts'

/** The day that a sentence names, seen from a day; `end-day.ts` is one. Null: it names none. */
export type ReadEndDay = (sentence: string, day: string, language: string, british: boolean) => string | null

/** What the rules over a series find in one message, in the light of those before it. */
export interface SeriesFindings {
  /** Among the messages that were given. */
  readonly at: number
  /** Complete, numbered from 1. */
  readonly findings: readonly Finding[]
}

/** Judges messages together. Findings only of those that are not `earlier`; the order of the messages does not matter. */
export function judgeSeries(
  rules: CompiledRules,
  messages: readonly SeriesMessage[],
  readEndDay: ReadEndDay,
  language = 'en',
): readonly SeriesFindings[] {
  return seriesHits(rules, messages, readEndDay).map(({ at, message, judged, hits }) => ({
    at,
    findings: findingsOf(message, judged, hits, rules, language),
  }))
}

interface MessageHits {
  readonly at: number
  readonly message: SeriesMessage
  readonly judged: readonly Judged[]
  /** Of the same rules, in the same order. */
  readonly hits: readonly SeriesHit[]
}

const masker = createMasker(new Set())

/** What the rules over a series find, before it is told: at most once for each rule and message. */
export function seriesHits(
  rules: CompiledRules,
  messages: readonly SeriesMessage[],
  readEndDay: ReadEndDay,
): readonly MessageHits[] {
  const places = new Map(messages.map((message, at) => [message, at]))
  const ordered = [...messages].sort(byTime)
  const found = new Map<SeriesMessage, { readonly judged: Judged[]; readonly hits: SeriesHit[] }>()
  for (const { rule, series } of rules.rules) {
    if (series === null) continue
    const origin = new Map<NotedMessage, SeriesMessage>()
    for (const message of ordered) {
      const noted = notedBy(rule, message, readEndDay)
      if (noted !== null) origin.set(noted, message)
    }
    for (const hit of series.over([...origin.keys()])) {
      const message = origin.get(hit.message)
      if (message === undefined || message.earlier !== undefined) continue
      const known = found.get(message) ?? { judged: [], hits: [] }
      known.judged.push(judgedOf(rule, hit))
      known.hits.push(hit)
      found.set(message, known)
    }
  }
  return [...found]
    .map(([message, known]) => ({ at: places.get(message) ?? 0, message, ...known }))
    .sort((a, b) => a.at - b.at)
}

function byTime(a: SeriesMessage, b: SeriesMessage): number {
  return timeOf(a.at) - timeOf(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** A time without an offset counts as if it were UTC: within one campaign all are written alike. */
function timeOf(at: string): number {
  const written = at.trim().replace(' ', 'T')
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(written) || !written.includes('T')
  const ms = Date.parse(hasZone ? written : `${written}Z`)
  return Number.isNaN(ms) ? Date.parse(`${dayOf(at) ?? '1970-01-01'}T00:00:00Z`) : ms
}

function notedBy(rule: Rule, message: SeriesMessage, readEndDay: ReadEndDay): NotedMessage | null {
  const note = message.notes[rule.id]
  const day = dayOf(message.at)
  if (note === undefined || day === null) return null
  const ends = note.claims
    .map((claim) => endOf(claim, day, message.language ?? 'en', readEndDay))
    .filter((end) => end !== null)
    .sort()
  return { ...message, note, day, atMs: timeOf(message.at), ends: ends.at(-1) ?? null }
}

function endOf(
  { sentence, inDays, british }: EndClaim,
  day: string,
  language: string,
  read: ReadEndDay,
): string | null {
  return read(sentence, day, language, british) ?? (inDays === null ? null : addDays(day, inDays))
}

function judgedOf(
  rule: Rule,
  { message, certainty, match, excerpt, fact, measured, rows, explain }: SeriesHit,
): Judged {
  const hit = {
    part: 'series',
    source: null,
    span: null,
    certainty,
    match,
    normalised: { match: '', sentence: '' },
    around: { text: excerpt, start: 0, end: excerpt.length },
    fact,
    measured,
    ...(rows === undefined ? {} : { rows: { ...rows, first: [...rows.first] } }),
    explain,
  }
  return message.note.mayNotApply === true
    ? { rule, hit, severity: 'info', mayNotApply: true }
    : { rule, hit, severity: severityOf(rule, hit) }
}

function findingsOf(
  { id }: SeriesMessage,
  judged: readonly Judged[],
  hits: readonly SeriesHit[],
  { loaded }: CompiledRules,
  language: string,
): Finding[] {
  const place = { message: { id, texts: [] }, headers: [], attachments: [] }
  const related = new Map(judged.map(({ rule }, at) => [rule.id, hits[at]?.related ?? []]))
  return tellFindings(judged, place, loaded, language).map((finding) => ({
    ...finding,
    related: (related.get(finding.rule ?? '') ?? []).map((other) => ({
      id: other.id,
      message: masker.mask(other.message, 'last4'),
      span: null,
    })),
  }))
}
