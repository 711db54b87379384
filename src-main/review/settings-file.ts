import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { z } from 'zod'
import { plainDataFault } from '../contract/plain-data.ts'

/**
 * Small files that the program writes for itself (settings, recents, the window's place). The file holds
 * `{ "schema": "<name>/<version>", "data": … }`. Damage never stops the program: a file that is missing, cut off, too
 * large, of another schema or version, or that does not fit the schema reads as the fallback, and is kept beside as
 * `<file>.damaged` before the next write takes its place.
 */
export interface SettingsFile<T> {
  readonly read: () => Promise<T>
  /** Writes one after the other; on the disk stands always the old or the new file, never half of one. */
  readonly write: (value: T) => Promise<void>
}

export interface SettingsFileOptions<T> {
  readonly path: string
  /** Name and version, such as `clausebench-settings/1`. */
  readonly schemaName: string
  readonly schema: z.ZodType<T>
  readonly fallback: T
  readonly disk?: SettingsDisk
}

/** The steps of a write, each of which can fail. */
export interface SettingsDisk {
  readonly makeFolder: (path: string) => Promise<void>
  readonly openNew: (path: string) => Promise<Pick<FileHandle, 'writeFile' | 'sync' | 'close'>>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  readonly syncFolder: (path: string) => Promise<void>
}

const maxBytes = 1024 * 1024
const limits = { maxNodes: 20_000, maxUnits: maxBytes, maxDepth: 12 }

export function createSettingsFile<T>(options: SettingsFileOptions<T>): SettingsFile<T> {
  const { path, schemaName, schema, fallback, disk = realDisk } = options
  let last: Promise<void> = Promise.resolve()

  async function read(): Promise<T> {
    const text = await readSmallFile(path)
    if (text === null) return fallback
    const value = parse(text, schemaName, schema)
    if (value !== null) return value.data
    await disk.rename(path, `${path}.damaged`).catch(() => undefined)
    return fallback
  }

  async function writeNow(value: T): Promise<void> {
    const text = JSON.stringify({ schema: schemaName, data: value }, null, 2) + '\n'
    const folder = dirname(path)
    const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
    await disk.makeFolder(folder)
    try {
      const handle = await disk.openNew(temporary)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await disk.rename(temporary, path)
    } catch (error) {
      await disk.remove(temporary).catch(() => undefined)
      throw error
    }
    await disk.syncFolder(folder)
  }

  return {
    read,
    write(value) {
      const written = last.then(() => writeNow(value))
      last = written.catch(() => undefined)
      return written
    },
  }
}

function parse<T>(text: string, schemaName: string, schema: z.ZodType<T>): { readonly data: T } | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  if (plainDataFault(json, limits) !== null || typeof json !== 'object' || json === null) return null
  if (Reflect.get(json, 'schema') !== schemaName) return null
  const parsed = schema.safeParse(Reflect.get(json, 'data'))
  return parsed.success ? { data: parsed.data } : null
}

/** A pipe at the file's place would hold up an ordinary open for ever. Windows has neither the pipe nor the flag. */
const openWithoutWaiting = process.platform === 'win32' ? 0 : constants.O_NONBLOCK

/** Null when there is none, when it is no regular file, or larger than any file of this program. */
async function readSmallFile(path: string): Promise<string | null> {
  let handle: FileHandle
  try {
    handle = await open(path, constants.O_RDONLY | openWithoutWaiting)
  } catch {
    return null
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return null
    // Too large cannot be ours: as damaged as cut-off text, and told apart from a missing file.
    return stat.size > maxBytes ? '' : await handle.readFile('utf8')
  } catch {
    return null
  } finally {
    await handle.close()
  }
}

const realDisk: SettingsDisk = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  openNew: (path) => open(path, 'wx', 0o600),
  rename,
  remove: (path) => rm(path, { force: true }),
  async syncFolder(path) {
    // Windows opens no folders, and some file systems refuse to sync one: the rename has been done either way.
    try {
      const handle = await open(path, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch {
      return
    }
  },
}
