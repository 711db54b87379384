import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result } from '../contract/result.ts'
import { compileOnto, compileWithPhrases, type CompiledPhrases, type CompiledRules } from './compile.ts'
import { addOwnPacks, loadPackFiles, type LoadedPacks } from './load-packs.ts'
import { readPackFiles, type PackFiles } from './loading/pack-files.ts'
import { packPhrases } from './loading/words.ts'
import type { PackSelection } from './pack.ts'

/**
 * Packs compiled and ready. What was compiled before from the same files by the same program is taken from
 * `selection.kept`; else it is compiled, and kept where that can be written. Own packs are read and compiled at every start, beside the
 * shipped ones, which are kept without them. Fails as `loadPacks` does.
 */
export async function readyRules(selection: PackSelection): Promise<Result<CompiledRules>> {
  const ready = await readyPacks(selection)
  if (!ready.ok) return ready
  const { loaded, phrases, rules } = ready.value
  return ok(rules ?? compileOnto(loaded, phrases))
}

interface ReadyPacks {
  readonly loaded: LoadedPacks
  /** Of all packs or of the shipped ones. */
  readonly phrases: CompiledPhrases
  /** Null: not compiled yet. */
  readonly rules: CompiledRules | null
}

async function readyPacks(selection: PackSelection): Promise<Result<ReadyPacks>> {
  const files = await readPackFiles(selection)
  if (!files.ok) return files
  const { own, shipped } = files.value
  if (selection.named.length > 0 || own.length === 0 || selection.kept === undefined)
    return keptPacks(files.value, selection)
  const alone = await keptPacks({ ...files.value, own: [] }, selection)
  // A folder among the shipped ones that is left out may still say what its policy's clauses are.
  if (!alone.ok || alone.value.loaded.packs.length !== shipped.length || shipped.length === 0)
    return keptPacks(files.value, selection)
  return ok({ ...alone.value, loaded: await addOwnPacks(alone.value.loaded, own, selection), rules: null })
}

async function keptPacks(files: PackFiles, selection: PackSelection): Promise<Result<ReadyPacks>> {
  const { kept } = selection
  const writable = kept?.writable ?? null
  const folders = [...(kept?.folders ?? []), ...(writable === null ? [] : [writable])]
  const name = `packs-${digest(JSON.stringify([kept?.program, selection.named, identity(files)])).slice(0, 32)}.bin`
  for (const folder of folders) {
    const before = restored(await readKept(join(folder, name)), selection.asOf)
    if (before !== null) return ok(before)
  }
  const loaded = await loadPackFiles(files, selection)
  if (!loaded.ok) return loaded
  const { rules, phrases } = compileWithPhrases(loaded.value)
  if (writable !== null && loaded.value.settled) await keep(writable, name, snapshotOf(loaded.value, phrases))
  return ok({ loaded: loaded.value, phrases, rules })
}

/** All that loading depends on beside the selection and the program. */
function identity({ shipped, own, values }: PackFiles): unknown {
  const folders = [...shipped, ...own].map(({ name, sha256, problems }) => [name, sha256, problems])
  return [shipped.length, folders, [...values]]
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Loaded packs and compiled phrases as JSON holds them. */
interface Snapshot {
  readonly packs: LoadedPacks['packs']
  readonly resources: readonly (readonly [pack: string, KeptResources])[]
  /** Lists of dated values; packs share most of them. */
  readonly valueLists: readonly ValueList[]
  readonly patterns: Entries<LoadedPacks['patterns']>
  readonly aliases: Entries<LoadedPacks['aliases']>
  readonly twins: Entries<LoadedPacks['twins']>
  readonly asOf: string
  readonly versionDays: readonly string[]
  readonly ruleIds: readonly string[]
  /** The shipped values: names with places in `valueLists`. */
  readonly values: KeptResources['values']
  readonly sets: Entries<CompiledPhrases['sets']>
  readonly index: CompiledPhrases['index']
}

type Graph = CompiledPhrases['index']['graph']

/** Tables of the graph: kept as bytes, which need no parsing. */
const tables = ['edges', 'tokens', 'targets', 'beginnings', 'begun', 'roots', 'longest', 'endings'] as const

/** As it is written: the tables' lengths in their places. */
type Written = Omit<Snapshot, 'index'> & {
  readonly index: Omit<CompiledPhrases['index'], 'graph'>
  readonly words: Graph['words']
  readonly lengths: readonly number[]
}

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? readonly (readonly [K, V])[] : never

interface KeptResources {
  readonly words: Entries<Resources['words']>
  /** Names with places in `valueLists`. */
  readonly values: readonly (readonly [name: string, at: number])[]
  readonly locales: Entries<Resources['locales']>
}

type Resources = LoadedPacks['resources'] extends ReadonlyMap<string, infer R> ? R : never

type ValueList = Resources['values'] extends ReadonlyMap<string, infer V> ? V : never

function snapshotOf(loaded: LoadedPacks, phrases: CompiledPhrases): Snapshot {
  const allValues = [loaded.values, ...Array.from(loaded.resources.values(), ({ values }) => values)]
  const valueLists = [...new Set(allValues.flatMap((values) => [...values.values()]))]
  const numbers = new Map(valueLists.map((list, at) => [list, at]))
  const placed = (values: LoadedPacks['values']): KeptResources['values'] =>
    Array.from(values, ([name, list]) => [name, numbers.get(list) ?? 0])
  return {
    packs: loaded.packs,
    resources: Array.from(loaded.resources, ([pack, { words, values, locales }]) => [
      pack,
      {
        words: [...words],
        values: placed(values),
        locales: [...locales],
      },
    ]),
    valueLists,
    patterns: [...loaded.patterns],
    aliases: [...loaded.aliases],
    twins: [...loaded.twins],
    asOf: loaded.asOf,
    versionDays: loaded.versionDays,
    ruleIds: loaded.ruleIds,
    values: placed(loaded.values),
    sets: [...phrases.sets],
    index: phrases.index,
  }
}

/** Null: there is none, or it is not for this day. */
function restored(snapshot: Snapshot | null, asOf: string): ReadyPacks | null {
  if (snapshot === null || !choosesTheSame(snapshot, asOf)) return null
  const listsOf = (values: KeptResources['values']): LoadedPacks['values'] =>
    new Map(values.map(([name, at]) => [name, snapshot.valueLists[at] ?? []]))
  const loaded: LoadedPacks = {
    packs: snapshot.packs,
    resources: new Map(
      snapshot.resources.map(([pack, resources]) => {
        const words = new Map(resources.words)
        const values = listsOf(resources.values)
        return [pack, { words, phrases: packPhrases(words), values, locales: new Map(resources.locales) }]
      }),
    ),
    patterns: new Map(snapshot.patterns),
    aliases: new Map(snapshot.aliases),
    twins: new Map(snapshot.twins),
    asOf,
    versionDays: snapshot.versionDays,
    settled: true,
    ruleIds: snapshot.ruleIds,
    values: listsOf(snapshot.values),
  }
  return { loaded, phrases: { sets: new Map(snapshot.sets), index: snapshot.index }, rules: null }
}

function choosesTheSame({ packs, asOf: before, versionDays }: Snapshot, asOf: string): boolean {
  if (before === asOf) return true
  // Its note may name the day.
  if (packs.some(({ note }) => note !== null)) return false
  return versionDays.every((day) => day <= before === day <= asOf)
}

/** Its first line says how long the text and the whole file are: what was cut off while it was written is seen. */
async function readKept(file: string): Promise<Snapshot | null> {
  try {
    const bytes = await readFile(file)
    const line = bytes.indexOf(0x0a)
    const [textBytes = 0, allBytes = 0] = bytes.toString('latin1', 0, line).split(' ').map(Number)
    if (line < 0 || bytes.length !== allBytes) return null
    const textEnd = line + 1 + textBytes
    // Only this module writes such a file, and the name stands for the program that wrote it.
    const { lengths, words, index, ...rest } = JSON.parse(bytes.toString('utf8', line + 1, textEnd)) as Written
    return { ...rest, index: { ...index, graph: { words, ...tablesIn(bytes.subarray(textEnd), lengths) } } }
  } catch {
    return null
  }
}

function tablesIn(bytes: Uint8Array, lengths: readonly number[]): Pick<Graph, (typeof tables)[number]> {
  // Copied: numbers must stand where numbers may.
  const { buffer } = Uint8Array.from(bytes)
  let at = 0
  const next = (table: (typeof tables)[number]): Int32Array => {
    const table32 = new Int32Array(buffer, at, lengths[tables.indexOf(table)] ?? 0)
    at += table32.byteLength
    return table32
  }
  return {
    edges: next('edges'),
    tokens: next('tokens'),
    targets: next('targets'),
    beginnings: next('beginnings'),
    begun: next('begun'),
    roots: next('roots'),
    longest: next('longest'),
    endings: next('endings'),
  }
}

function bytesOf({ index, ...rest }: Snapshot): Buffer {
  const { graph, ...phrases } = index
  const lengths = tables.map((table) => graph[table].length)
  const text = Buffer.from(JSON.stringify({ ...rest, lengths, words: graph.words, index: phrases } satisfies Written))
  const numbers = tables.map((table) => {
    const { buffer, byteOffset, byteLength } = graph[table]
    return new Uint8Array(buffer, byteOffset, byteLength)
  })
  const rest32 = numbers.reduce((sum, { byteLength }) => sum + byteLength, 0)
  // The length of the whole holds the length of the line that says it.
  const lineOf = (all: number): string => `${String(text.length)} ${String(all)}\n`
  let all = text.length + rest32
  while (lineOf(all).length + text.length + rest32 !== all) all = lineOf(all).length + text.length + rest32
  return Buffer.concat([Buffer.from(lineOf(all)), text, ...numbers])
}

const maxKeptFiles = 4

/** Never fails: without it, the next start is only slower. */
async function keep(folder: string, name: string, snapshot: Snapshot): Promise<void> {
  const temporary = join(folder, `${name}.${process.pid}.${Math.floor(performance.now() * 1000)}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(temporary, bytesOf(snapshot), { mode: 0o600 })
    await rename(temporary, join(folder, name))
    await dropOldest(folder)
  } catch {
    // Said above.
  }
}

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('packs-'))
  const files = await Promise.all(
    names.map(async (name) => ({ file: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  )
  files.sort((a, b) => b.at - a.at)
  for (const { file } of files.slice(maxKeptFiles)) await unlink(file)
}
