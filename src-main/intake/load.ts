import type { Stats } from 'node:fs'
import { constants } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Problem, Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { megabytes } from './limits.ts'

// Windows has no such flag; there the real path is compared alone.
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

/**
 * The bytes of a regular file at its real path, as `discover` gives it. No link is followed, also not one that has since
 * taken the place of the file or of a folder above it. Pipes and devices are never opened; a file that is too large,
 * changes while it is read or cannot be read is a Problem (`symbolic-link`, `not-a-regular-file`, `too-large`,
 * `changed-while-read`, `no-permission`, `not-found-on-disk`).
 */
export async function loadFile(path: string, { maxBytes }: { readonly maxBytes: number }): Promise<Result<Uint8Array>> {
  let handle: FileHandle | undefined
  try {
    const seen = await lstat(path)
    if (seen.isSymbolicLink()) return movedLink()
    if (!seen.isFile()) return notRegular()
    // Without waiting, should a pipe have taken the file's place.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow)
    const before = await handle.stat()
    if (!before.isFile()) return notRegular()
    if ((await realpath(path)) !== path || !isSame(before, await lstat(path))) return movedLink()
    if (before.size > maxBytes) {
      return fail('too-large', `The file is larger than ${megabytes(maxBytes)} and is not read.`)
    }
    const bytes = await readAll(handle, before.size)
    const after = await handle.stat()
    if (bytes === null || hasChanged(before, after)) {
      return fail('changed-while-read', 'The file changed while it was read. Try again when it is complete.')
    }
    return ok(bytes)
  } catch (error) {
    const problem = fileProblem(error)
    if (problem === null) throw error
    return { ok: false, problem }
  } finally {
    await handle?.close()
  }
}

/** null: the file is shorter or longer than it said. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array | null> {
  // One byte more shows that a file has grown; files under /proc say 0 and are not.
  const bytes = Buffer.alloc(size + 1)
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return length === size ? bytes.subarray(0, size) : null
}

function hasChanged(before: Stats, after: Stats): boolean {
  return before.size !== after.size || before.mtimeMs !== after.mtimeMs
}

/** The file that was opened is the one that now stands at the real path. */
function isSame(opened: Stats, standing: Stats): boolean {
  return opened.ino === standing.ino && opened.dev === standing.dev
}

function movedLink(): Result<never> {
  return fail('symbolic-link', 'A symbolic link stands where the file was, and is not followed.')
}

function notRegular(): Result<never> {
  return fail('not-a-regular-file', 'This is no regular file (a pipe, a device or a folder) and is not read.')
}

/** The expected failures of the file system; null: something else. */
export function fileProblem(error: unknown): Problem | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return { code: 'not-found-on-disk', message: 'There is no such file. Was it moved or deleted?' }
    case 'EACCES':
    case 'EPERM':
      return { code: 'no-permission', message: 'You have no permission to read this. Change its rights or copy it.' }
    case 'ELOOP':
      return { code: 'symbolic-link', message: 'This symbolic link leads in a circle or was not there before.' }
    case 'ENXIO':
    case 'ENODEV':
      return { code: 'not-a-regular-file', message: 'This is no regular file and is not read.' }
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return { code: 'not-found-on-disk', message: 'This is no path that a file can have.' }
    case 'EIO':
    case 'EBUSY':
    case 'ENOTCONN':
    case 'EMFILE':
    case 'ENFILE':
      return { code: 'no-permission', message: 'The system could not read this. Try again.' }
    default:
      return null
  }
}
