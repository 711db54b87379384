import { ok, type Result } from '../contract/result.ts'
import type { PackEntry } from '../contract/report.ts'
import type { Pack } from '../rules/pack.ts'
import { compiledRules } from './compiled-rules.ts'
import type { PackDescription, PolicyDescription, ReviewSettings } from './job.ts'

/** What the packs of a review hold, in plain data: entries for the report, clauses and rules for the screens. */
export async function describePacks(settings: ReviewSettings): Promise<Result<PackDescription>> {
  const rules = await compiledRules(settings.packs)
  if (!rules.ok) return rules
  const all = rules.value.loaded.packs
  return ok({
    entries: all.map(packEntry),
    problems: all.flatMap(({ problems }) => problems),
    policies: all.filter(({ clauses }) => clauses.length > 0).map((pack) => policyDescription(pack, all)),
  })
}

function packEntry(pack: Pack): PackEntry {
  return {
    id: pack.id,
    version: pack.version,
    basis: pack.basis,
    rules: pack.rules.length,
    sha256: pack.sha256,
    note: pack.note,
    problems: [...pack.problems],
  }
}

function policyDescription(pack: Pack, all: readonly Pack[]): PolicyDescription {
  return {
    policy: pack.policy,
    title: pack.title,
    version: pack.version,
    basis: pack.basis,
    clauses: pack.clauses,
    rules: all
      .flatMap(({ rules }) => rules)
      .filter(({ clauses }) => clauses.some((clause) => clause.startsWith(`${pack.policy}:`)))
      .map(({ id, title, severity, why, clauses }) => ({ id, title, severity, why, clauses })),
  }
}
