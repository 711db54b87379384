import type { Result } from '../contract/result.ts'
import { compileRules, type CompiledRules } from '../rules/compile.ts'
import { loadPacks, type LoadedPacks } from '../rules/load-packs.ts'
import type { PackSelection } from '../rules/pack.ts'

interface Packs {
  readonly loaded: LoadedPacks
  readonly rules: CompiledRules
}

// A worker reviews thousands of messages with one selection; a change of packs or of the day brings another.
const kept = new Map<string, Promise<Result<Packs>>>()
const maxKept = 2

/** The packs of a selection, loaded and compiled once in this worker. */
export function packsOf(selection: PackSelection): Promise<Result<Packs>> {
  const key = JSON.stringify(selection)
  const known = kept.get(key)
  if (known) return known
  const packs = load(selection)
  for (const oldest of kept.keys()) if (kept.size >= maxKept) kept.delete(oldest)
  kept.set(key, packs)
  return packs
}

export async function compiledRules(selection: PackSelection): Promise<Result<CompiledRules>> {
  const packs = await packsOf(selection)
  return packs.ok ? { ok: true, value: packs.value.rules } : packs
}

async function load(selection: PackSelection): Promise<Result<Packs>> {
  const loaded = await loadPacks(selection)
  if (!loaded.ok) return loaded
  return { ok: true, value: { loaded: loaded.value, rules: compileRules(loaded.value) } }
}
