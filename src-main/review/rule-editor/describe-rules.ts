import { severities, type PackProblem, type Severity } from '../../contract/report.ts'
import { ok, type Result } from '../../contract/result.ts'
import type { ListedRule } from '../../contract/rule-operations.ts'
import { readPackFiles } from '../../rules/loading/pack-files.ts'
import type { PackFolder } from '../../rules/loading/pack-folder.ts'
import type { PackSelection, Pack } from '../../rules/pack.ts'
import { ruleSources, type RuleSource } from '../../rules/rule-sources.ts'
import { parse } from 'yaml'
import { packSchema } from '../../rules/schemas/pack-schema.ts'
import { compiledRules } from '../compiled-rules.ts'
import { ownPackId } from './own-pack.ts'

export interface RulesDescription {
  readonly packs: readonly {
    readonly id: string
    readonly title: string
    readonly version: string
    readonly isOwn: boolean
    readonly problems: readonly PackProblem[]
  }[]
  readonly rules: readonly ListedRule[]
  /** By rule: as it stands in its file. */
  readonly texts: readonly (readonly [rule: string, text: string])[]
}

const sourcesBefore = new Map<string, readonly RuleSource[]>()

/** All rules of the packs of a selection as they are written, also those that are switched off or for other versions. */
export async function describeRules(selection: PackSelection): Promise<Result<RulesDescription>> {
  const [files, compiled] = await Promise.all([readPackFiles(selection), compiledRules(selection)])
  if (!files.ok) return files
  if (!compiled.ok) return compiled
  const { packs } = compiled.value.loaded
  const folders = [...files.value.shipped, ...files.value.own]
  const off = new Map(folders.flatMap(switchedOff))
  const inForce = new Set(packs.flatMap(({ rules }) => rules.map(({ id }) => id)))
  const rules: ListedRule[] = []
  const texts: (readonly [string, string])[] = []
  for (const pack of packs) {
    const folder = folders.find(({ sha256 }) => sha256 === pack.sha256)
    if (folder === undefined) continue
    for (const source of sourcesOf(folder)) {
      rules.push({ ...listed(source, pack), off: off.get(source.id) ?? null, inForce: inForce.has(source.id) })
      texts.push([source.id, source.text])
    }
  }
  return ok({
    packs: packs.map(({ id, title, version, problems }) => ({ id, title, version, isOwn: id === ownPackId, problems })),
    rules,
    texts,
  })
}

function sourcesOf(folder: PackFolder): readonly RuleSource[] {
  const known = sourcesBefore.get(folder.sha256) ?? ruleSources(folder)
  sourcesBefore.set(folder.sha256, known)
  // Shipped packs stay; of the own pack only the last text matters.
  const [oldest] = sourcesBefore.keys()
  if (sourcesBefore.size > 40 && oldest !== undefined) sourcesBefore.delete(oldest)
  return known
}

function switchedOff({ files }: PackFolder): [rule: string, reason: string][] {
  try {
    const read = packSchema.safeParse(parse(files.get('pack.yaml') ?? ''))
    return (read.data?.adjust ?? []).flatMap((one): [string, string][] =>
      'off' in one ? [[one.rule, one.reason]] : [],
    )
  } catch {
    return []
  }
}

function listed({ id, file, line, declared }: RuleSource, pack: Pack): Omit<ListedRule, 'off' | 'inForce'> {
  const { title, message, severity, clauses, check, versions } = declared
  const told = typeof title === 'string' ? title : typeof message === 'string' ? message : id
  return {
    id,
    pack: pack.id,
    title: told.slice(0, 300),
    severity: isSeverity(severity) ? severity : 'warning',
    clauses: texts(clauses).map((clause) => (clause.includes(':') ? clause : `${pack.policy}:${clause}`)),
    kind: kindOf(check),
    file,
    line,
    versions: versions === undefined ? null : texts(versions),
  }
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value)
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function kindOf(check: unknown): string {
  const kind = typeof check === 'object' && check !== null && 'kind' in check ? check.kind : ''
  return typeof kind === 'string' ? kind : ''
}
