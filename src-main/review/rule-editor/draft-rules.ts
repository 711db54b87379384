import { ok, type Result } from '../../contract/result.ts'
import { compileRules, type CompiledRules } from '../../rules/compile.ts'
import { loadPackFiles } from '../../rules/load-packs.ts'
import { readPackFiles, type PackFiles } from '../../rules/loading/pack-files.ts'
import { givenPackFolder } from '../../rules/loading/pack-folder.ts'
import type { PackSelection } from '../../rules/pack.ts'
import { ownPackId } from './own-pack.ts'

// What is typed changes the own pack alone: everything else is read once in this worker.
const filesBefore = new Map<string, Promise<Result<PackFiles>>>()
const compiledBefore = new Map<string, Promise<Result<CompiledRules>>>()
const maxKept = 3

/** The packs as they lie on the disk, without those that are given. */
export function packFiles(selection: PackSelection): Promise<Result<PackFiles>> {
  return once(filesBefore, JSON.stringify([selection.shipped, selection.values, selection.own]), () =>
    readPackFiles({ ...selection, given: [] }),
  )
}

/** The own pack of a selection by itself, so that it is ready at once; with all others only where a rule builds on theirs. */
export function draftRules(selection: PackSelection): Promise<Result<CompiledRules>> {
  return once(compiledBefore, JSON.stringify([selection.given, selection.asOf]), () => compileDraft(selection))
}

async function compileDraft(selection: PackSelection): Promise<Result<CompiledRules>> {
  const files = await packFiles(selection)
  if (!files.ok) return files
  const given = (selection.given ?? []).map(givenPackFolder)
  const all = { ...files.value, own: [...files.value.own, ...given] }
  const alone = await loadPackFiles(all, { ...selection, named: [ownPackId] })
  if (!alone.ok) return alone
  if (!alone.value.packs.some(({ problems }) => problems.some(isDangling))) return ok(compileRules(alone.value))
  const whole = await loadPackFiles(all, { ...selection, named: [] })
  return whole.ok ? ok(compileRules(whole.value)) : whole
}

function isDangling({ message }: { readonly message: string }): boolean {
  return message.startsWith('there is no rule “') || message.startsWith('adjust: there is no rule “')
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  for (const oldest of known.keys()) if (known.size >= maxKept) known.delete(oldest)
  known.set(key, made)
  return made
}
