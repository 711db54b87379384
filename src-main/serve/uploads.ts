import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '../contract/result.ts'
import { uploadSegments } from './upload-name.ts'

/** Files that a page hands over, in a folder that only this user can read and that is gone when the server ends. */
export interface Uploads {
  readonly begin: () => Promise<Result<string>>
  /** Writes one file; on any failure nothing of it stays. */
  readonly receive: (upload: string, name: string, body: Readable) => Promise<Result<null>>
  /** Ends an upload: the files and folders at its top, in the order in which they came. */
  readonly finish: (upload: string) => Result<readonly string[]>
  readonly close: () => Promise<void>
}

export interface UploadLimits {
  readonly maxFileBytes: number
  /** Of all uploads together, as long as the server runs. */
  readonly maxTotalBytes: number
  readonly maxFiles: number
  /** Begun and not finished. */
  readonly maxOpen: number
}

export const uploadLimits: UploadLimits = {
  maxFileBytes: 256 * 1024 * 1024,
  maxTotalBytes: 2 * 1024 * 1024 * 1024,
  maxFiles: 20_000,
  maxOpen: 16,
}

interface OpenUpload {
  readonly folder: string
  /** Names at the top, in the order in which they came. */
  readonly top: Set<string>
  files: number
  receiving: number
}

export async function createUploads(
  limits: UploadLimits = uploadLimits,
  parentDir: string = tmpdir(),
): Promise<Uploads> {
  const root = await mkdtemp(join(parentDir, 'clausebench-uploads-'))
  const underWay = new Map<string, OpenUpload>()
  let totalBytes = 0

  /** Leaves the rest of `body` unread on failure, and its connection open: the answer goes the same way back. */
  async function write(path: string, body: Readable): Promise<void> {
    const handle = await open(path, 'wx', 0o600)
    try {
      let fileBytes = 0
      // Without an encoding set a request yields buffers.
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        fileBytes += chunk.length
        totalBytes += chunk.length
        if (fileBytes > limits.maxFileBytes || totalBytes > limits.maxTotalBytes) throw new UploadTooLarge()
        await handle.writeFile(chunk)
      }
    } finally {
      await handle.close()
    }
  }

  return {
    async begin() {
      if (underWay.size >= limits.maxOpen)
        return fail('too-large', 'Too many uploads are under way. Wait until one has ended.')
      const upload = randomBytes(16).toString('base64url')
      const folder = join(root, upload)
      underWay.set(upload, { folder, top: new Set(), files: 0, receiving: 0 })
      await mkdir(folder, { mode: 0o700 })
      return ok(upload)
    },

    async receive(upload, name, body) {
      const target = underWay.get(upload)
      if (target === undefined) return fail('not-found', 'This upload has ended. Drop the files again.')
      const segments = uploadSegments(name)
      const [top] = segments ?? []
      if (segments === null || top === undefined) {
        return fail('bad-request', 'A file’s name cannot be used here. Rename the file and drop it again.')
      }
      if (target.files >= limits.maxFiles) {
        return fail('too-large', `More than ${limits.maxFiles} files at once. Drop fewer.`)
      }
      // It may break off before reading begins; the reading then fails, and that is enough.
      body.on('error', () => undefined)
      target.files += 1
      target.receiving += 1
      const path = join(target.folder, ...segments)
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await write(path, body)
        target.top.add(top)
        return ok(null)
      } catch (error) {
        // What stood there before under the same name is not ours to remove.
        if (errorCode(error) !== 'EEXIST') await rm(path, { force: true }).catch(() => undefined)
        return receiveProblem(error, limits)
      } finally {
        target.receiving -= 1
      }
    },

    finish(upload) {
      const target = underWay.get(upload)
      if (target === undefined) return fail('not-found', 'This upload has ended. Drop the files again.')
      if (target.receiving > 0) return fail('bad-request', 'A file of this upload is still on its way.')
      underWay.delete(upload)
      if (target.top.size === 0) return fail('empty', 'There was no file in this upload.')
      return ok([...target.top].map((name) => join(target.folder, name)))
    },

    async close() {
      underWay.clear()
      await rm(root, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

class UploadTooLarge extends Error {}

function receiveProblem(error: unknown, limits: UploadLimits): Result<never> {
  if (error instanceof UploadTooLarge) {
    const megabytes = Math.floor(limits.maxFileBytes / (1024 * 1024))
    return fail(
      'too-large',
      `A file is larger than ${megabytes} MB, or all together are too large. Leave the largest out.`,
    )
  }
  switch (errorCode(error)) {
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOTDIR':
      return fail('bad-request', 'Two files of this upload have the same name. Rename one and drop them again.')
    case 'ENOSPC':
      return fail('too-large', 'The disk is full. Make room and drop the files again.')
    default:
      return fail('cancelled', 'A file did not arrive whole. Drop the files again.')
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined
}
