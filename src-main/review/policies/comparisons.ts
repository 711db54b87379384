import { policyDiffSchema, type PolicyDocument } from '../../contract/policy-document.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { Store } from '../../store/store-calls.ts'
import type { ReviewPool } from '../pool.ts'
import type { PolicyComparison, PolicySide } from './compare-policies.ts'
import type { PolicyHistory } from './lineage.ts'

export interface Comparisons {
  /** Made once for each pair of files and version of the program. */
  readonly between: (policy: string, older: string, newer: string) => Promise<Result<PolicyComparison>>
  /** All versions of a policy with how each leads to the next. */
  readonly history: (policy: string) => Promise<Result<PolicyHistory>>
}

interface World {
  readonly store: Store
  readonly pool: ReviewPool
  readonly version: string
}

/** Grows when what is written of a comparison changes. */
const form = 2
const mostRemembered = 4
/** So that views of messages need not wait for fifty versions. */
const comparedAtOnce = 2

export function createComparisons({ store, pool, version }: World): Comparisons {
  const formName = `${version}/${String(form)}`
  /** Of the policies looked at last, by all their files' hashes: the lineage of one clause after the other is asked for. */
  const histories = new Map<string, Promise<Result<PolicyHistory>>>()

  async function side(policy: string, name: string): Promise<Result<PolicySide>> {
    const stored = await store.policyOriginal(policy, name)
    if (!stored.ok) return stored
    if (stored.value === null) return noVersion
    return ok({ document: stored.value.document, original: stored.value.original })
  }

  async function ofHashes(
    policy: string,
    older: { readonly version: string; readonly sha256: string },
    newer: { readonly version: string; readonly sha256: string },
  ): Promise<Result<PolicyComparison>> {
    const kept = await store.policyComparison(older.sha256, newer.sha256, formName)
    // Written by this version of the program, from what its own types say.
    if (kept.ok && kept.value !== null) return ok(JSON.parse(kept.value) as PolicyComparison)
    const [before, after] = [await side(policy, older.version), await side(policy, newer.version)]
    if (!before.ok) return before
    if (!after.ok) return after
    const compared = await pool.comparePolicies({ older: before.value, newer: after.value })
    if (!compared.ok) return compared
    const value = { ...compared.value, diff: policyDiffSchema.parse(compared.value.diff) }
    // Kept or not, the answer is the same: a library that cannot be written costs time alone.
    await store.keepPolicyComparison(older.sha256, newer.sha256, formName, JSON.stringify(value))
    return ok(value)
  }

  async function read(
    policy: string,
    names: readonly { version: string; sha256: string }[],
  ): Promise<Result<PolicyHistory>> {
    const documents: PolicyDocument[] = []
    for (const { version: name } of names) {
      const document = await store.policyDocument(policy, name)
      if (!document.ok) return document
      if (document.value === null) return noVersion
      documents.push(document.value)
    }
    const pairs = names.slice(1).flatMap((newer, index) => {
      const older = names[index]
      return older === undefined ? [] : [{ older, newer }]
    })
    const steps: PolicyHistory['steps'][number][] = []
    const stats: PolicyComparison['diff']['stats'][] = []
    for (let at = 0; at < pairs.length; at += comparedAtOnce) {
      const some = pairs.slice(at, at + comparedAtOnce)
      for (const one of await Promise.all(some.map(({ older, newer }) => ofHashes(policy, older, newer)))) {
        if (!one.ok) return one
        steps.push(one.value.steps)
        stats.push(one.value.diff.stats)
      }
    }
    return ok({ documents, steps, stats })
  }

  return {
    async between(policy, older, newer) {
      const [before, after] = [await store.policyDocument(policy, older), await store.policyDocument(policy, newer)]
      if (!before.ok) return before
      if (!after.ok) return after
      if (before.value === null || after.value === null) return noVersion
      return ofHashes(policy, versionOf(before.value), versionOf(after.value))
    },
    async history(policy) {
      const listed = await store.policyVersions()
      if (!listed.ok) return listed
      const names = listed.value
        .filter((one) => one.policy === policy)
        .map((one) => ({ version: one.version, sha256: one.source.sha256, unmatched: one.unmatched }))
      const key = JSON.stringify([policy, names])
      const known = histories.get(key) ?? read(policy, names)
      histories.set(key, known)
      for (const oldest of histories.keys()) if (histories.size > mostRemembered) histories.delete(oldest)
      const history = await known
      if (!history.ok) histories.delete(key)
      return history
    },
  }
}

const versionOf = ({ version, source }: PolicyDocument): { version: string; sha256: string } => ({
  version,
  sha256: source.sha256,
})

const noVersion = fail('not-found', 'There is no such version in the library any more.')
