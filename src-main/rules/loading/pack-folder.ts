import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PackProblem } from '../../contract/report.ts'
import type { GivenPack } from '../pack.ts'

/** A pack's files as read from disk. */
export interface PackFolder {
  readonly name: string
  /** Text by path relative to the pack, `/` between, in order of the paths. */
  readonly files: ReadonlyMap<string, string>
  readonly sha256: string
  /** Files that could not be taken. */
  readonly problems: readonly PackProblem[]
}

const maxFiles = 2_000
const maxFileBytes = 2_000_000
const maxPackBytes = 20_000_000
const maxDepth = 8

/** What a pack is made of; anything else in its folder (a read-me, a licence) is no part of it. */
const taken =
  /^(?:pack\.yaml|clauses\/[^/]+\.yaml|rules\/.+\.yaml|words\/[^/]+\.txt|values\/[^/]+\.yaml|locales\/[^/]+\.yaml)$/

/** A pack that lies in no folder; it is made of what one in a folder would be, and has the same hash. */
export function givenPackFolder({ name, files }: GivenPack): PackFolder {
  const hash = createHash('sha256')
  const kept = files
    .filter(([path]) => taken.test(path))
    .slice(0, maxFiles)
    .toSorted(([a], [b]) => compareText(a, b))
  for (const [path, text] of kept) {
    const bytes = Buffer.from(text)
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return { name, files: new Map(kept), sha256: hash.digest('hex'), problems: [] }
}

// One call after the other, without waiting in between: hundreds of small files take a fifth of the time.
export function readPackFolder(folder: string): PackFolder {
  const problems: PackProblem[] = []
  const files = new Map<string, string>()
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let total = 0
  for (const path of listFiles(folder, '', 0).sort(compareText)) {
    const refuse = (message: string): void =>
      void problems.push({ code: 'bad-pack', rule: null, file: path, line: 1, column: 1, message })
    const { size } = lstatSync(join(folder, path))
    total += size
    if (files.size >= maxFiles || total > maxPackBytes) {
      refuse(`the pack has more than ${maxFiles} files or 20 MB; this file and the rest are left out`)
      break
    }
    if (size > maxFileBytes) {
      refuse('the file is larger than 2 MB')
      continue
    }
    const bytes = readFileSync(join(folder, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
    try {
      files.set(path, decoder.decode(bytes))
    } catch {
      refuse('the file is not in UTF-8')
    }
  }
  return { name: basename(folder), files, sha256: hash.digest('hex'), problems }
}

function listFiles(folder: string, under: string, depth: number): string[] {
  if (depth > maxDepth) return []
  const entries = readdirSync(join(folder, under), { withFileTypes: true })
  const paths: string[] = []
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) paths.push(...listFiles(folder, path, depth + 1))
    else if (entry.isFile() && taken.test(path)) paths.push(path)
  }
  return paths
}

/** By UTF-16 units: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The pack folders that a `--packs` folder stands for: itself, or each direct subfolder with a `pack.yaml`. */
export async function findPackFolders(folder: string): Promise<string[]> {
  if (await hasPack(folder)) return [folder]
  let names: string[]
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
  } catch {
    return []
  }
  const found: string[] = []
  for (const name of names.sort(compareText)) if (await hasPack(join(folder, name))) found.push(join(folder, name))
  return found
}

async function hasPack(folder: string): Promise<boolean> {
  try {
    return (await lstat(join(folder, 'pack.yaml'))).isFile()
  } catch {
    return false
  }
}
