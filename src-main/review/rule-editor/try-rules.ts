import type { PackProblem } from '../../contract/report.ts'
import { ok, type Result } from '../../contract/result.ts'
import type { TriedExample } from '../../contract/rule-operations.ts'
import { testExamples } from '../../rules/examples.ts'
import type { PackSelection } from '../../rules/pack.ts'
import { exampleKey, exampleLines, ruleSources } from '../../rules/rule-sources.ts'
import { draftRules } from './draft-rules.ts'
import { ownPackId } from './own-pack.ts'

export interface TryTask {
  /** Its own pack holds the file as it is being written, without what it says of other packs' rules. */
  readonly packs: PackSelection
  readonly file: string
  readonly text: string
}

export interface TriedRules {
  /** Those of the file that can be used. */
  readonly rules: readonly string[]
  readonly problems: readonly PackProblem[]
  readonly examples: readonly TriedExample[]
}

/** Reads a file of the own pack and runs its rules' examples. */
export async function tryRules({ packs, file, text }: TryTask): Promise<Result<TriedRules>> {
  const compiled = await draftRules(packs)
  if (!compiled.ok) return compiled
  const own = compiled.value.loaded.packs.find(({ id }) => id === ownPackId)
  const written = new Set(ruleSources({ files: new Map([[file, text]]) }).map(({ id }) => id))
  const usable = (own?.rules ?? []).filter(({ id }) => written.has(id)).map(({ id }) => id)
  const lines = exampleLines(text)
  return ok({
    rules: usable,
    problems: (own?.problems ?? []).filter((problem) => problem.file === file),
    examples: testExamples(compiled.value, new Set(usable)).map(({ rule, expects, number, example, ok, note }) => ({
      rule,
      expects,
      number,
      example,
      ok,
      note,
      line: lines.get(exampleKey(rule, expects, number)) ?? 1,
    })),
  })
}
