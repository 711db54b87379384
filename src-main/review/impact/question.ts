import { createHash } from 'node:crypto'
import type { PolicyDocument } from '../../contract/policy-document.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { stepsOfClauses, stepsOfComparison, type ClauseStep } from '../../policy/clause-steps.ts'
import type { ImpactQuestion } from '../../policy/impact.ts'
import { noiseless } from '../../policy/normalise.ts'
import type { PolicyVersions } from '../../rules/policy-versions.ts'
import type { Store } from '../../store/store-calls.ts'
import type { Comparisons } from '../policies/comparisons.ts'
import type { JudgingRules } from './impact-rules.ts'

export interface QuestionPorts {
  readonly store: Pick<Store, 'policyVersions' | 'policyDocument' | 'ruleConfirmations'>
  readonly comparisons: Pick<Comparisons, 'between'>
  /** Of the policy at a version, with all other packs that apply. */
  readonly judging: (policy: PolicyVersions, version: string) => Promise<Result<JudgingRules>>
  /** Versions of the policy that a rule says it is for; null: all. */
  readonly writtenFor: (rule: string) => Promise<readonly string[] | null>
}

export interface AskedImpact {
  readonly question: ImpactQuestion
  readonly lineage: 'imported' | 'pack' | 'clauses'
  /** Of the newer version: what each clause says, and what it is called. */
  readonly wordings: ReadonlyMap<string, { readonly heading: string; readonly sha256: string }>
}

/** Everything that says what the newer version means: how its clauses follow, which rules judge by it, and what people confirmed. */
export async function askImpact(
  known: PolicyVersions,
  older: string,
  newer: string,
  ports: QuestionPorts,
): Promise<Result<AskedImpact>> {
  const { policy, pack } = known
  const [oldText, newText] = [await documentOf(policy, older, ports), await documentOf(policy, newer, ports)]
  const before = clausesOf(known, older, oldText)
  const after = clausesOf(known, newer, newText)
  if (before === null || after === null) return fail('not-found', 'There is no such version any more.')
  const judging = await ports.judging(known, newer)
  if (!judging.ok) return judging
  const steps = await stepsBetween(known, oldText, newText, { older, newer, before, after }, ports)
  const confirmations = await ports.store.ruleConfirmations(policy)
  if (!confirmations.ok) return confirmations
  const rules = await Promise.all(
    judging.value.rules.map(async (rule) => ({
      ...rule,
      written: (await ports.writtenFor(rule.id))?.includes(newer) === true,
    })),
  )
  return ok({
    question: {
      policy,
      pack,
      older,
      newer,
      steps: steps.steps,
      rules,
      confirmed: confirmations.value.flatMap(({ rule, clause, wording, stands, by, at }) => {
        const full = `${policy}:${clause}`
        return stands && after.get(full)?.sha256 === wording ? [{ rule, clause: full, by, at }] : []
      }),
    },
    lineage: steps.lineage,
    wordings: after,
  })
}

type Wordings = ReadonlyMap<string, { readonly heading: string; readonly wording: string; readonly sha256: string }>

async function documentOf(
  policy: string,
  version: string,
  { store }: Pick<QuestionPorts, 'store'>,
): Promise<PolicyDocument | null> {
  const document = await store.policyDocument(policy, version)
  return document.ok ? document.value : null
}

/** By the pack's ids: in the policy's own words where they were imported, else in the pack's. */
function clausesOf(known: PolicyVersions, version: string, text: PolicyDocument | null): Wordings | null {
  const packed = known.versions.find((one) => one.version === version)
  if (packed === undefined && text === null) return null
  const headings = new Map(
    (packed ?? known.versions.at(-1))?.clauses.map(({ id, heading }) => [`${known.policy}:${id}`, heading]),
  )
  const own = (packed?.clauses ?? []).map(({ id, heading, summary }) => {
    const wording = noiseless(summary)
    return [`${known.policy}:${id}`, { heading, wording, sha256: sha256Of(wording) }] as const
  })
  const imported = (text?.clauses ?? []).map(({ id, match, text: words, heading }) => {
    const name = match?.to ?? `${known.policy}:${id}`
    const wording = noiseless(words)
    return [
      name,
      { heading: headings.get(name) ?? heading ?? words.slice(0, 80), wording, sha256: sha256Of(wording) },
    ] as const
  })
  return new Map([...own, ...imported])
}

async function stepsBetween(
  known: PolicyVersions,
  oldText: PolicyDocument | null,
  newText: PolicyDocument | null,
  sides: { readonly older: string; readonly newer: string; readonly before: Wordings; readonly after: Wordings },
  { comparisons }: QuestionPorts,
): Promise<{ readonly steps: readonly ClauseStep[]; readonly lineage: AskedImpact['lineage'] }> {
  const { policy } = known
  if (oldText !== null && newText !== null) {
    const compared = await comparisons.between(policy, sides.older, sides.newer)
    if (compared.ok) return { steps: stepsOfComparison(compared.value.steps, oldText, newText), lineage: 'imported' }
  }
  const declared = known.versions.find(({ version }) => version === sides.newer)?.lineage
  if (declared?.follows === sides.older) {
    const full = (ids: readonly string[]): string[] => ids.map((id) => `${policy}:${id}`)
    const steps = declared.changes.flatMap(({ kind, from, to, note }): ClauseStep[] =>
      // Several that were added together are each a clause of its own.
      kind === 'added'
        ? to.map((id) => ({ kind, from: [], to: [`${policy}:${id}`], note }))
        : [{ kind, from: full(from), to: full(to), note }],
    )
    return { steps, lineage: 'pack' }
  }
  // One side in the policy's words and the other in the pack's cannot be compared: each is another wording.
  const words = (clauses: Wordings): ReadonlyMap<string, string> =>
    new Map([...clauses].map(([id, { wording }]) => [id, wording]))
  return { steps: stepsOfClauses(words(sides.before), words(sides.after)), lineage: 'clauses' }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
