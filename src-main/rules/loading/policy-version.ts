import type { PackProblem } from '../../contract/report.ts'
import type { Ask, Clause, Lineage } from '../pack.ts'
import { clausesSchema, type ClausesFile, type SourceDeclaration } from '../schemas/clauses-schema.ts'
import type { SourceRef } from '../../contract/report.ts'
import { readBySchema } from './read-schema.ts'
import { parseYaml } from './yaml-file.ts'

/** The `clauses/*.yaml` of a pack, oldest first. */
export function readClauseFiles(
  files: ReadonlyMap<string, string>,
  policy: string,
): { readonly versions: readonly ClausesFile[]; readonly problems: readonly PackProblem[] } {
  const versions: ClausesFile[] = []
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    const version = /^clauses\/([^/]+)\.yaml$/.exec(file)?.[1]
    if (version === undefined) continue
    const parsed = parseYaml(text)
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map((problem) => ({ ...problem, rule: null, file })))
      continue
    }
    const yaml = parsed.file
    const read = readBySchema(clausesSchema, yaml.value, yaml)
    if (!read.ok) {
      problems.push(...read.problems.map((problem) => ({ ...problem, rule: null, file })))
      continue
    }
    const wrong = (path: readonly PropertyKey[], message: string): void =>
      void problems.push({ code: 'bad-value', rule: null, file, message, ...yaml.placeOf(path) })
    if (read.value.version !== version)
      wrong(['version'], `version: the file's name says “${version}”; both must be the same`)
    if (read.value.policy !== policy) wrong(['policy'], `policy: pack.yaml says “${policy}”; both must be the same`)
    checkTree(read.value, wrong)
    versions.push({ ...read.value, version })
  }
  return { versions: versions.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1)), problems }
}

function checkTree(
  { clauses, twins, lineage }: ClausesFile,
  wrong: (path: readonly PropertyKey[], message: string) => void,
): void {
  const seen = new Set<string>()
  clauses.forEach(({ id, parent }, at) => {
    if (seen.has(id)) wrong(['clauses', at, 'id'], `id: “${id}” stands twice`)
    if (parent !== undefined && !seen.has(parent))
      wrong(['clauses', at, 'parent'], `parent: “${parent}” is no clause before this one`)
    seen.add(id)
  })
  lineage?.forEach(({ to }, at) => {
    const unknown = to.find((id) => !seen.has(id))
    if (unknown !== undefined) wrong(['lineage', at, 'to'], `lineage: “${unknown}” is no clause`)
  })
  twins?.forEach((pair, at) => {
    const unknown = pair.find((id) => !seen.has(id))
    if (unknown !== undefined) wrong(['twins', at], `twins: “${unknown}” is no clause`)
  })
}

/** The day from which a version is in force. */
export function startOf({ effective, version }: ClausesFile): string {
  return effective ?? /^\d{4}-\d{2}-\d{2}/.exec(version)?.[0] ?? '0000-00-00'
}

export interface ChosenVersion {
  readonly file: ClausesFile
  readonly note: string | null
}

/** The newest version in force on the day whose text was read first-hand; before the first, the first. */
export function chooseVersion(versions: readonly ClausesFile[], asOf: string): ChosenVersion | null {
  const firstHand = versions.filter(({ basis }) => basis === 'primary')
  const candidates = firstHand.length > 0 ? firstHand : versions
  const inForce = candidates.filter((version) => startOf(version) <= asOf).at(-1)
  if (inForce !== undefined) {
    const note = firstHand.length > 0 ? null : 'No version was read first-hand; this one is second-hand.'
    return { file: inForce, note }
  }
  const first = candidates[0]
  if (first === undefined) return null
  return { file: first, note: `No version was in force on ${asOf}; the first, of ${startOf(first)}, was taken.` }
}

function asksOf(declared: NonNullable<ClausesFile['clauses'][number]['attest']>): Ask[] {
  return declared.map((one) => {
    if (typeof one === 'string')
      return { id: null, scope: 'campaign', question: one, evidence: null, lifts: true, when: null }
    const { id, scope, question, evidence = null, lifts = true, when } = one
    return {
      id,
      scope,
      question,
      evidence,
      lifts,
      when:
        when === undefined
          ? null
          : { rules: when.rules ?? null, channels: when.channels ?? null, regions: when.regions ?? null },
    }
  })
}

/** Clauses as the rest of the program knows them. */
export function clausesOf(file: ClausesFile): Clause[] {
  const titles = new Map(file.sections?.map(({ id, title }) => [id, title]))
  return file.clauses.map((clause) => ({
    id: clause.id,
    parent: clause.parent ?? null,
    section: titles.get(clause.section) ?? clause.section,
    heading: clause.heading,
    summary: clause.summary,
    file: clause.file ?? null,
    judge: clause.judge ?? null,
    attest: asksOf(clause.attest ?? []),
    sources: clause.sources?.map(sourceRef) ?? [],
  }))
}

export function lineageOf({ follows, lineage }: ClausesFile): Lineage | null {
  if (follows === undefined) return null
  return { follows, changes: (lineage ?? []).map(({ note = null, ...change }) => ({ ...change, note })) }
}

export function sourceRef(source: SourceDeclaration): SourceRef {
  return {
    id: source.id,
    value: source.value ?? null,
    from: source.from ?? null,
    until: source.until ?? null,
    verify: source.verify ?? false,
  }
}
