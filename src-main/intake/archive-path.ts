import type { Problem } from '../contract/result.ts'
import { limits } from './limits.ts'

/** The names from the archive's top down to a member; or why nothing may be done with such a name. */
export type ArchivePath =
  { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly problem: Problem }

/**
 * A member's name as a place below its archive. Nothing is ever written to a disk, but the reports of two members must
 * never bear one name, and a name that leads out of the archive is an attack on whoever unpacks it.
 */
export function archivePath(name: string): ArchivePath {
  if (/^(?:\/|[a-zA-Z]:)/.test(name)) return unsafe('This name starts at the root of a disk')
  const names = name.split('/').filter((part) => part !== '' && part !== '.')
  if (names.includes('..')) return unsafe('This name leads out of the archive')
  if (names.length === 0) return unsafe('This file has no name')
  if (name.includes('\0')) return unsafe('This name holds a zero byte')
  if (names.length > limits.maxFolderDepth) {
    return { ok: false, problem: { code: 'too-deep', message: 'Folders nested this deeply are not read.' } }
  }
  return { ok: true, names }
}

function unsafe(why: string): ArchivePath {
  const message = `${why}; the file is not read. Ask where the archive comes from.`
  return { ok: false, problem: { code: 'unsafe-path', message } }
}
