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
  const opened = await openFile(path, maxBytes)
  if (!opened.ok) return opened
  const { handle, before } = opened.value
  try {
    const bytes = await readAll(handle, before.size)
    const after = await handle.stat()
    return bytes === null || hasChanged(before, after) ? changed() : ok(bytes)
  } catch (error) {
    return failed(error)
  } finally {
    await handle.close()
  }
}

const pieceBytes = 1024 * 1024

/**
 * A regular file's bytes piece by piece, each good until the next is asked for; a failure, as `loadFile` has them, is the last
 * thing that comes.
 */
export async function* filePieces(
  path: string,
  { maxBytes }: { readonly maxBytes: number },
): AsyncGenerator<Result<Buffer>> {
  const opened = await openFile(path, maxBytes)
  if (!opened.ok) {
    yield opened
    return
  }
  const { handle, before } = opened.value
  try {
    let read = 0
    // One for all: buffers lie outside the heap, and thousands of them would wait there for its next collection.
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, before.size + 1))
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, read)
      if (bytesRead === 0) break
      read += bytesRead
      if (read > before.size) break
      yield ok(piece.subarray(0, bytesRead))
    }
    if (read !== before.size || hasChanged(before, await handle.stat())) yield changed()
  } catch (error) {
    yield failed(error)
  } finally {
    await handle.close()
  }
}

/** The bytes of a stretch of a file of any size, fewer where it ends before. Fails as `loadFile` does. */
export async function loadRange(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Result<Buffer>> {
  const opened = await openFile(path, Infinity)
  if (!opened.ok) return opened
  const { handle, before } = opened.value
  try {
    const bytes = Buffer.alloc(Math.max(0, Math.min(end, before.size) - start))
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length)
      if (bytesRead === 0) return changed()
      length += bytesRead
    }
    return ok(bytes)
  } catch (error) {
    return failed(error)
  } finally {
    await handle.close()
  }
}

/** Hands a regular file's bytes on piece by piece, each when the one before is done with. Fails as `loadFile` does. */
export async function streamFile(
  path: string,
  limit: { readonly maxBytes: number },
  take: (piece: Buffer) => Promise<void> | void,
): Promise<Result<number>> {
  let read = 0
  for await (const piece of filePieces(path, limit)) {
    if (!piece.ok) return piece
    read += piece.value.length
    await take(piece.value)
  }
  return ok(read)
}

interface OpenFile {
  readonly handle: FileHandle
  readonly before: Stats
}

/** The file that stands at its real path, open. */
async function openFile(path: string, maxBytes: number): Promise<Result<OpenFile>> {
  let handle: FileHandle | undefined
  let opened: Result<OpenFile> | undefined
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
    opened = ok({ handle, before })
    return opened
  } catch (error) {
    return failed(error)
  } finally {
    if (opened === undefined) await handle?.close()
  }
}

function failed(error: unknown): Result<never> {
  const problem = fileProblem(error)
  if (problem === null) throw error
  return { ok: false, problem }
}

function changed(): Result<never> {
  return fail('changed-while-read', 'The file changed while it was read. Try again when it is complete.')
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
