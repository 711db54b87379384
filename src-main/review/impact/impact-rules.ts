import { ok, type Result } from '../../contract/result.ts'
import type { PolicyVersions } from '../../rules/policy-versions.ts'
import { policyVersions } from '../../rules/policy-versions.ts'
import { readPackFiles } from '../../rules/loading/pack-files.ts'
import type { PackSelection } from '../../rules/pack.ts'
import { ruleHashes } from '../../rules/rule-hash.ts'
import { compiledRules } from '../compiled-rules.ts'

export interface JudgingRule {
  readonly id: string
  readonly title: string
  readonly sha256: string
  readonly clauses: readonly string[]
}

export interface JudgingRules {
  /** `klaviyo-aup@2021-09-24` … */
  readonly packs: readonly string[]
  readonly rules: readonly JudgingRule[]
}

/** The rules of a selection, each with the hash of what decides its findings. Runs in a worker. */
export async function judgingRules(selection: PackSelection): Promise<Result<JudgingRules>> {
  const compiled = await compiledRules(selection)
  if (!compiled.ok) return compiled
  const hashes = ruleHashes(compiled.value)
  return ok({
    packs: compiled.value.loaded.packs.map(({ id, version }) => `${id}@${version}`),
    rules: compiled.value.rules.map(({ rule: { id, title, clauses } }) => ({
      id,
      title,
      sha256: hashes.get(id) ?? '',
      clauses,
    })),
  })
}

/** All versions of the policies that packs serve. Runs in a worker. */
export async function knownVersions(selection: PackSelection): Promise<Result<readonly PolicyVersions[]>> {
  const files = await readPackFiles(selection)
  return files.ok ? ok(policyVersions(files.value)) : files
}
