import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface PolicyFile {
  /** Absolute. */
  readonly path: string
  /** As people are told it: `acme/2024-05-28.md` of a folder, else its own name. */
  readonly file: string
}

const kinds = /\.(?:md|markdown|x?html?|mht|mhtml|txt|docx|pdf)$/i
const mostFiles = 500
const deepest = 3

/** The documents among what a person chose; folders stand for the policies in them. */
export async function policyFiles(paths: readonly string[]): Promise<readonly PolicyFile[]> {
  const files: PolicyFile[] = []

  async function walk(path: string, shown: string, depth: number): Promise<void> {
    if (files.length >= mostFiles) return
    const entry = await stat(path).catch(() => null)
    if (entry?.isDirectory() !== true) {
      // What was named itself is told about even when it cannot be read.
      if (depth === 0 || kinds.test(path)) files.push({ path, file: shown })
      return
    }
    if (depth > deepest) return
    for (const name of (await readdir(path).catch(() => [])).toSorted())
      if (!name.startsWith('.')) await walk(join(path, name), `${shown}/${name}`, depth + 1)
  }

  for (const path of paths) await walk(path, basename(path), 0)
  return files
}
