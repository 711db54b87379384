import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { PolicyCorrection, PolicyDocument } from '../contract/policy-document.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { clausesOf, type IdsOfUnits } from './clause-ids.ts'
import { unitsOf, type Unit } from './clauses.ts'
import { correctMatches } from './correct-matches.ts'
import { definedTerms } from './defined-terms.ts'
import { documentRange, type Cut } from './document-range.ts'
import { matchClauses, type KnownPolicy, type PolicyMatch } from './match-clauses.ts'
import { whyNoPolicy } from './no-policy.ts'
import { policySource, type PolicySource } from './policy-source.ts'
import { dateOfName, printedDates } from './printed-date.ts'

export const maxPolicyBytes = 20 * 1024 * 1024

/** What a person says of a document beside what it says itself. */
export interface PolicyCall {
  /** As people are told it. */
  readonly path: string
  readonly policy: string | null
  /** The version's day, where the document prints none. */
  readonly date: string | null
  readonly url: string | null
  readonly basis: PolicyDocument['basis']
  /** Policies whose clauses have ids of their own. */
  readonly known: readonly KnownPolicy[]
  /** What a person said of matches before; by policy id. */
  readonly corrections?: ReadonlyMap<string, readonly PolicyCorrection[]>
  /** As it was found out before; by bytes and name where it is not said. */
  readonly mediaType?: string
}

export interface ReadPolicy {
  readonly document: PolicyDocument
  readonly units: readonly Unit[]
  /** The decoded file, which all places point into; of a Word or PDF document what is read of it, line by line. */
  readonly text: string
  /** Of clauses and of those within them. */
  readonly ids: IdsOfUnits
}

/** “undated”: the version of a document that prints no day, and that nobody named one for. */
export const undated = 'undated'

export const policyTooLarge =
  'The file is larger than 20 MB, more than any policy. Save the page without its pictures, or its text alone.'

/**
 * Reads a policy document: a saved web page, Markdown, plain text, a Word document or a PDF, by its first bytes or its name. Refused
 * are files that hold no policy (`bad-document`: a login page, a scan), that are empty (`empty`), something else (`unknown-kind`) or too
 * large (`too-large`).
 */
export async function readPolicy(bytes: Uint8Array, call: PolicyCall): Promise<Result<ReadPolicy>> {
  const file = basename(call.path)
  if (bytes.length > maxPolicyBytes) return fail('too-large', policyTooLarge, { file })
  if (bytes.length === 0) return fail('empty', 'The file is empty. Save the page again.', { file })
  const read = await policySource(bytes, call.path, call.mediaType)
  if (!read.ok) return read
  const source = read.value
  const range = documentRange(source.blocks, source.pageTitle)
  const units = unitsOf(range.blocks)
  const refusal = whyNoPolicy(source, range.blocks, units, file)
  if (refusal !== null) return refusal
  const match = bestMatch(units, call)
  const shown = printedDates(range.blocks)
  const printed = { ...shown, date: shown.date ?? source.writtenDate }
  const captured = dateOfName(file) ?? source.savedFrom.captured
  const policy = call.policy ?? match?.policy.id ?? nameOf(call.path, range.title)
  const version = printed.date ?? printed.effective ?? call.date ?? captured
  const { clauses, ids } = clausesOf(units, match)
  const document: PolicyDocument = {
    schema: 'clausebench-policy/1',
    policy,
    version: version ?? undated,
    title: range.title,
    date: printed.date ?? call.date,
    effective: printed.effective,
    captured,
    url: call.url ?? source.savedFrom.url,
    basis: call.basis,
    source: {
      path: call.path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      mediaType: source.mediaType,
    },
    clauses,
    cut: cutOf(range.cut, source),
    terms: definedTerms(units, ids),
    notices: [
      ...source.notices,
      ...(printed.notice === null ? [] : [printed.notice]),
      ...(version === null ? ['The document prints no date, and its name has none: say one with --date.'] : []),
      ...noticesOf(units, match),
    ],
  }
  const corrected = correctMatches(document, call.corrections?.get(policy) ?? [])
  const idOf = new Map(clauses.map(({ id }, index) => [id, corrected.clauses[index]?.id ?? id]))
  const correctedIds: IdsOfUnits = new Map([...ids].map(([unit, id]) => [unit, idOf.get(id) ?? id]))
  return ok({ document: corrected, units, text: source.text, ids: correctedIds })
}

/** Reads a kept version again from its original; its clauses have the ids that they were kept under. */
export async function rereadPolicy(document: PolicyDocument, original: Uint8Array): Promise<Result<ReadPolicy>> {
  const read = await readPolicy(original, {
    path: document.source.path,
    policy: document.policy,
    date: document.date,
    url: document.url,
    basis: document.basis,
    known: [],
    mediaType: document.source.mediaType,
  })
  if (!read.ok) return read
  const kept = new Map(document.clauses.map(({ id, span }) => [`${String(span.start)} ${String(span.end)}`, id]))
  const ids: IdsOfUnits = new Map(
    [...read.value.ids].map(([unit, id]) => [
      unit,
      kept.get(`${String(unit.span.start)} ${String(unit.span.end)}`) ?? id,
    ]),
  )
  return ok({ ...read.value, document, ids })
}

export interface Matched extends PolicyMatch {
  readonly policy: KnownPolicy
}

function bestMatch(units: readonly Unit[], { known, policy }: PolicyCall): Matched | null {
  const candidates = known.filter(({ id }) => policy === null || id === policy)
  for (const candidate of candidates) {
    const match = matchClauses(units, candidate)
    if (match !== null && (match.isCertain || policy !== null)) return { ...match, policy: candidate }
  }
  return null
}

const shownOfCut = 160

function cutOf(cut: readonly Cut[], { icons, text }: PolicySource): PolicyDocument['cut'] {
  const all = [...cut, ...icons.map((span) => ({ span, why: 'icon' as const }))]
  return all
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span: { start, end }, why }) => ({
      span: { start, end },
      why,
      text: text
        .slice(start, Math.min(end, start + 8 * shownOfCut))
        .replace(/<[^>]*>?/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, shownOfCut),
    }))
}

function noticesOf(units: readonly Unit[], match: Matched | null): string[] {
  if (match === null) return []
  const notices: string[] = []
  const found = new Set([...match.ofUnit.values(), ...match.ofPart.values()].map(({ clause }) => clause.id))
  const missing = match.policy.clauses.filter(({ id }) => !found.has(id)).map(({ id }) => id)
  const unmatched = units.filter((unit) => unit.kind === 'clause' && !match.ofUnit.has(unit)).length
  if (missing.length > 0) notices.push(`Known clauses that were not found: ${missing.join(', ')}.`)
  if (unmatched > 0) notices.push(`Clauses that no known clause matches, so no rule serves them: ${String(unmatched)}.`)
  return notices
}

/** `acme/2024-05-28.md` is a version of `acme`; else the title's words. */
function nameOf(path: string, title: string | null): string {
  const folder = basename(dirname(path))
  const named =
    dateOfName(basename(path)) !== null && /[a-z]/i.test(folder)
      ? folder
      : (title ?? basename(path).replace(/\.\w+$/, ''))
  return (
    named
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'policy'
  )
}
