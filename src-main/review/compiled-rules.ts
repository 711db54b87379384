import type { Result } from '../contract/result.ts'
import type { CompiledRules } from '../rules/compile.ts'
import type { PackSelection } from '../rules/pack.ts'
import { readyRules } from '../rules/ready-rules.ts'

// A worker reviews thousands of messages with one selection; a change of packs or of the day brings another.
const kept = new Map<string, Promise<Result<CompiledRules>>>()
const maxKept = 2

/** The packs of a selection, loaded and compiled once in this worker. */
export function compiledRules(selection: PackSelection): Promise<Result<CompiledRules>> {
  const key = JSON.stringify(selection)
  const known = kept.get(key)
  if (known) return known
  const rules = readyRules(selection)
  for (const oldest of kept.keys()) if (kept.size >= maxKept) kept.delete(oldest)
  kept.set(key, rules)
  return rules
}
