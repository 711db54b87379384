import type { PolicyDiff, PolicyDocument } from '../../contract/policy-document.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { align } from '../../policy/align.ts'
import type { Unit } from '../../policy/clauses.ts'
import { diffPolicies } from '../../policy/diff-policies.ts'
import { rereadPolicy } from '../../policy/read-policy.ts'
import type { ChangeKind } from '../../contract/library-operations.ts'

/** A version as it was imported. */
export interface PolicySide {
  readonly document: PolicyDocument
  readonly original: Uint8Array
}

export interface CompareTask {
  readonly older: PolicySide
  readonly newer: PolicySide
}

/** How clauses continue, by where they begin in their file (UTF-16 units of its text). */
export interface PolicyStep {
  readonly kind: 'kept' | ChangeKind
  readonly old: readonly number[]
  readonly new: readonly number[]
}

export interface PolicyComparison {
  readonly diff: PolicyDiff
  readonly steps: readonly PolicyStep[]
}

/** Runs in a worker: reads both files anew and aligns them. */
export async function comparePolicies({ older, newer }: CompareTask): Promise<Result<PolicyComparison>> {
  const before = await unitsOf(older)
  if (!before.ok) return before
  const after = await unitsOf(newer)
  if (!after.ok) return after
  const [olds, news] = [before.value, after.value]
  const steps = align(olds, news).map((lineage): PolicyStep => {
    const from = lineage.old.flatMap((index) => olds[index] ?? [])
    const to = lineage.new.flatMap((index) => news[index] ?? [])
    return {
      kind: lineage.kind === 'same' ? (from[0]?.text === to[0]?.text ? 'kept' : 'cosmetic') : lineage.kind,
      old: from.map(({ span }) => span.start),
      new: to.map(({ span }) => span.start),
    }
  })
  const diff = diffPolicies(
    { version: older.document.version, units: olds },
    { version: newer.document.version, units: news },
  )
  return ok({ diff, steps })
}

async function unitsOf({ document, original }: PolicySide): Promise<Result<readonly Unit[]>> {
  const read = await rereadPolicy(document, original)
  if (read.ok) return ok(read.value.units)
  return fail(read.problem.code, read.problem.message, { file: document.source.path })
}
