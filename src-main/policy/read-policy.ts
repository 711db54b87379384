import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { PolicyClause, PolicyDocument } from '../contract/policy-document.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { inputSource } from '../intake/byte-source.ts'
import { decodedFile } from '../intake/decoded-file.ts'
import type { Block } from './block.ts'
import { unitsOf, type Unit } from './clauses.ts'
import { documentRange } from './document-range.ts'
import { htmlBlocks } from './html-blocks.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { matchClauses, type KnownPolicy, type PolicyMatch } from './match-clauses.ts'
import { dateOfName, printedDates } from './printed-date.ts'
import { textBlocks } from './text-blocks.ts'

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
}

export interface ReadPolicy {
  readonly document: PolicyDocument
  readonly units: readonly Unit[]
}

const fewestWords = 40
const fewestClauses = 3

/**
 * Reads a policy document: Markdown, a saved web page or plain text, by its name or its first bytes. Refused are files that hold no
 * policy (`bad-document`: a login page, an empty or scanned file), and those that are too large.
 */
export function readPolicy(bytes: Uint8Array, call: PolicyCall): Result<ReadPolicy> {
  const file = basename(call.path)
  if (bytes.length > maxPolicyBytes) {
    return fail(
      'too-large',
      'The file is larger than 20 MB, more than any policy. Save the page without its pictures.',
      { file },
    )
  }
  if (bytes.length === 0) return fail('empty', 'The file is empty.', { file })
  const mediaType = mediaTypeOf(file, bytes)
  if (mediaType === null) {
    return fail(
      'unknown-kind',
      'A policy is read from Markdown, a saved web page or plain text. Save it as one of these.',
      { file },
    )
  }
  const { text } = decodedFile(inputSource(bytes))
  const { blocks, pageTitle } = blocksOf(mediaType, text)
  const range = documentRange(blocks, pageTitle)
  const units = unitsOf(range.blocks)
  const words = range.blocks.reduce((sum, block) => sum + block.text.split(' ').length, 0)
  if (words < fewestWords || units.filter(({ kind }) => kind === 'clause').length < fewestClauses) {
    return fail(
      'bad-document',
      'No policy was found in this file: it holds hardly any text beside menus. Save the page that shows the policy itself.',
      { file },
    )
  }
  const match = bestMatch(units, call)
  const printed = printedDates(range.blocks)
  const named = dateOfName(file)
  const policy = call.policy ?? match?.policy.id ?? nameOf(call.path, range.title)
  const version = call.date ?? printed.date ?? printed.effective ?? named
  const document: PolicyDocument = {
    schema: 'clausebench-policy/1',
    policy,
    version: version ?? 'undated',
    title: range.title,
    date: printed.date ?? call.date,
    effective: printed.effective,
    captured: named,
    url: call.url,
    basis: call.basis,
    source: { path: call.path, sha256: createHash('sha256').update(bytes).digest('hex'), mediaType },
    clauses: clausesOf(units, match),
    cut: range.cut.map(({ span, why }) => ({ span: { start: span.start, end: span.end }, why })),
    notices: noticesOf(units, match, version),
  }
  return ok({ document, units })
}

type MediaType = 'text/markdown' | 'text/html' | 'text/plain'

function mediaTypeOf(name: string, bytes: Uint8Array): MediaType | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  if (
    /^(?:%PDF|PK\u0003\u0004|\u00d0\u00cf\u0011\u00e0)/.test(head) ||
    /[\u0000-\u0008]/.test(head.replace(/^[\u00fe\u00ff]{2}[^]*/, ''))
  )
    return null
  if (/\.(?:md|markdown)$/i.test(name)) return 'text/markdown'
  if (/\.x?html?$/i.test(name) || /^[\s\u00ef\u00bb\u00bf]*<(?:!doctype html|html|head|body)\b/i.test(head))
    return 'text/html'
  return 'text/plain'
}

function blocksOf(
  mediaType: MediaType,
  text: string,
): { readonly blocks: readonly Block[]; readonly pageTitle: string | null } {
  switch (mediaType) {
    case 'text/markdown':
      return { blocks: markdownBlocks(text), pageTitle: null }
    case 'text/html': {
      const { blocks, title } = htmlBlocks(text)
      return { blocks, pageTitle: title }
    }
    case 'text/plain':
      return { blocks: textBlocks(text), pageTitle: null }
  }
}

interface Matched extends PolicyMatch {
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

function clausesOf(units: readonly Unit[], match: Matched | null): PolicyClause[] {
  const taken = new Set<string>()
  const unique = (wanted: string): string => {
    let id = wanted
    for (let count = 2; taken.has(id); count++) id = `${wanted}-${String(count)}`
    taken.add(id)
    return id
  }
  const sections: string[] = []
  return units
    .filter(({ kind }) => kind === 'clause')
    .flatMap((unit) => {
      const found = match?.ofUnit.get(unit)
      const heading = unit.headings.at(-1) ?? ''
      const path = unit.headings.join('\n')
      if (!sections.includes(path)) sections.push(path)
      const place = `${String(sections.indexOf(path) + 1)}.${unit.number}`
      const id = unique(found?.clause.id ?? (unit.isNumbered ? unit.number : place))
      const section = found === undefined || isUnder(found.clause.section, heading) ? heading : found.clause.section
      const whole: PolicyClause = {
        id,
        parent: null,
        section,
        number: unit.number,
        heading: null,
        text: unit.text,
        span: { start: unit.span.start, end: unit.span.end },
        match: matchOf(match, found),
      }
      const parts = unit.children.map((part, index): PolicyClause => {
        const partFound = match?.ofPart.get(part)
        return {
          ...whole,
          id: unique(partFound?.clause.id ?? `${id}.${part.label ?? String(index + 1)}`),
          parent: id,
          number: part.number,
          text: part.text,
          span: { start: part.span.start, end: part.span.end },
          match: matchOf(match, partFound),
        }
      })
      return [whole, ...parts]
    })
}

function matchOf(
  match: Matched | null,
  found: { readonly clause: { readonly id: string }; readonly confidence: number } | undefined,
): PolicyClause['match'] {
  return match === null || found === undefined
    ? null
    : { to: `${match.policy.id}:${found.clause.id}`, confidence: found.confidence }
}

const isUnder = (section: string, heading: string): boolean => section.toLowerCase() === heading.toLowerCase()

function noticesOf(units: readonly Unit[], match: Matched | null, version: string | null): string[] {
  const notices: string[] = []
  if (version === null) notices.push('The document prints no date, and its name has none: say one with --date.')
  if (match !== null) {
    const found = new Set([...match.ofUnit.values(), ...match.ofPart.values()].map(({ clause }) => clause.id))
    const missing = match.policy.clauses.filter(({ id }) => !found.has(id)).map(({ id }) => id)
    const unmatched = units.filter((unit) => unit.kind === 'clause' && !match.ofUnit.has(unit)).length
    if (missing.length > 0) notices.push(`Known clauses that were not found: ${missing.join(', ')}.`)
    if (unmatched > 0)
      notices.push(`Clauses that no known clause matches, so no rule serves them: ${String(unmatched)}.`)
  }
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
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'policy'
  )
}
