import { join } from 'node:path'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { PackSelection } from '../pack.ts'
import { findPackFolders, givenPackFolder, readPackFolder, type PackFolder } from './pack-folder.ts'
import { sharedValueFiles } from './values-files.ts'

/** All files that a selection's packs are made of. */
export interface PackFiles {
  readonly shipped: readonly PackFolder[]
  readonly own: readonly PackFolder[]
  /** The shipped values, which every pack may name. */
  readonly values: ReadonlyMap<string, string>
}

/** Fails with `no-pack` when a folder of own packs holds none. */
export async function readPackFiles(selection: PackSelection): Promise<Result<PackFiles>> {
  const own: string[] = []
  for (const folder of selection.own) {
    const folders = await findPackFolders(folder)
    if (folders.length === 0)
      return fail(
        'no-pack',
        `There is no pack in “${lastName(folder)}”: neither it nor a folder directly in it has a pack.yaml.`,
      )
    own.push(...folders)
  }
  const shipped = await findPackFolders(selection.shipped)
  const values = sharedValueFiles(selection.values ?? join(selection.shipped, '..', 'values'))
  return ok({
    shipped: shipped.map(readPackFolder),
    own: [...own.map(readPackFolder), ...(selection.given ?? []).map(givenPackFolder)],
    values: await values,
  })
}

function lastName(folder: string): string {
  return (
    folder
      .split(/[\\/]/)
      .filter((name) => name !== '')
      .at(-1) ?? folder
  )
}
