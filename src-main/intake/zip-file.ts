import * as zlib from 'node:zlib'
import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl'
import type { Problem, Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { crc32OfBytes } from './crc32.ts'
import { limits, megabytes } from './limits.ts'

/** One entry of a ZIP archive (APPNOTE 6.3); its name is as written, `\` read as `/`. */
export interface ZipMember {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'symbolic-link' | 'special'
  readonly isEncrypted: boolean
  /** As the archive says; `read` refuses a member that says wrong. */
  readonly unpackedBytes: number
  /** Unpacks it, charged to the budget. */
  readonly read: () => Promise<Result<Buffer>>
  /** Unpacks it piece by piece, up to what the archive says it holds; a failure is the last thing that comes. Charged to nothing. */
  readonly pieces: () => AsyncGenerator<Result<Buffer>>
  /** Of its content, as the archive says. */
  readonly crc32: number
}

export interface ZipListing {
  readonly members: readonly ZipMember[]
  /** Why there may be more members than these. */
  readonly problem: Problem | null
}

/** What may still be unpacked from one input; shared by an archive and the archives in it. */
export interface UnpackBudget {
  entries: number
  bytes: number
}

export function unpackBudget(): UnpackBudget {
  return { entries: limits.maxArchiveEntries, bytes: limits.maxUnpackedBytes }
}

/** The entries of an archive in its own order. A damaged list leaves the entries before the damage. */
export async function listZip(bytes: Buffer, budget: UnpackBudget): Promise<Result<ZipListing>> {
  const members: ZipMember[] = []
  try {
    // Names are checked by whoever uses them: one bad name is no reason to refuse the whole archive.
    const zip = await fromBufferPromise(bytes, { decodeStrings: false })
    for await (const entry of zip.eachEntry()) {
      if (budget.entries <= 0) return ok({ members, problem: tooManyEntries() })
      budget.entries--
      members.push(zipMember(bytes, zip, entry, budget))
    }
    return ok({ members, problem: null })
  } catch (error) {
    const problem = zipProblem(error)
    return members.length === 0 ? { ok: false, problem } : ok({ members, problem })
  }
}

function zipMember(bytes: Buffer, zip: ZipFile, entry: Entry, budget: UnpackBudget): ZipMember {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
  return {
    name,
    kind: kindOf(entry, name),
    isEncrypted: entry.isEncrypted(),
    unpackedBytes: entry.uncompressedSize,
    read: () => readMember(bytes, zip, entry, budget),
    pieces: () => memberPieces(bytes, zip, entry),
    crc32: entry.crc32,
  }
}

/** Unix writes the file's mode into the upper half of the attributes. */
function kindOf(entry: Entry, name: string): ZipMember['kind'] {
  const mode = (entry.externalFileAttributes >>> 16) & 0o170000
  if (mode === 0o120000) return 'symbolic-link'
  if (mode === 0o040000 || name.endsWith('/')) return 'folder'
  return mode === 0 || mode === 0o100000 ? 'file' : 'special'
}

async function readMember(bytes: Buffer, zip: ZipFile, entry: Entry, budget: UnpackBudget): Promise<Result<Buffer>> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry
  if (entry.isEncrypted()) {
    return fail('archive-encrypted', 'This file is encrypted. Unpack the archive with its password and review that.')
  }
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    const message = 'This file is packed in a way that is not read. Pack the archive anew as an ordinary ZIP file.'
    return fail('archive-unsupported', message)
  }
  if (uncompressedSize > limits.maxFileBytes) {
    return fail('too-large', `Unpacked, this file is larger than ${megabytes(limits.maxFileBytes)} and is not read.`)
  }
  if (uncompressedSize > limits.minRatioBytes && uncompressedSize > limits.maxUnpackRatio * compressedSize) {
    const ratio = String(limits.maxUnpackRatio)
    return fail('too-large', `This file unpacks to more than ${ratio} times its packed size and is not read.`)
  }
  if (uncompressedSize > budget.bytes) {
    const message = `The archive unpacks to more than ${megabytes(limits.maxUnpackedBytes)}; this file is not read.`
    return fail('too-large', message)
  }
  budget.bytes -= uncompressedSize
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const packed = bytes.subarray(fileDataStart, fileDataStart + compressedSize)
    const unpacked = compressionMethod === 0 ? packed : inflate(packed, uncompressedSize)
    if (unpacked.length !== uncompressedSize || checksum(unpacked) !== entry.crc32) return damagedMember()
    return ok(unpacked)
  } catch {
    return damagedMember()
  }
}

async function* memberPieces(bytes: Buffer, zip: ZipFile, entry: Entry): AsyncGenerator<Result<Buffer>> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry
  if (entry.isEncrypted() || compressionMethod !== 8) {
    const read = await readMember(bytes, zip, entry, { entries: 1, bytes: limits.maxFileBytes })
    yield read
    return
  }
  if (uncompressedSize > limits.maxTableBytes || uncompressedSize > limits.maxUnpackRatio * compressedSize) {
    yield fail('too-large', 'This part unpacks to more than is read.')
    return
  }
  let left = uncompressedSize
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const inflated = zlib.createInflateRaw({ chunkSize: pieceBytes })
    inflated.end(bytes.subarray(fileDataStart, fileDataStart + compressedSize))
    for await (const piece of inflated as AsyncIterable<Buffer>) {
      left -= piece.length
      if (left < 0) break
      yield ok(piece)
    }
  } catch {
    left = -1
  }
  if (left !== 0) yield damagedMember()
}

const pieceBytes = 256 * 1024

/** Stops at the first byte past what the archive promised. */
function inflate(packed: Buffer, unpackedBytes: number): Buffer {
  return zlib.inflateRawSync(packed, { maxOutputLength: Math.max(unpackedBytes, 1) })
}

// Node has its own since 20.15.0.
const checksum: (bytes: Uint8Array) => number = 'crc32' in zlib ? zlib.crc32 : crc32OfBytes

function damagedMember(): Result<never> {
  return fail(
    'archive-damaged',
    'This file is damaged in its archive, or not as large as the archive says. Pack it anew.',
  )
}

function tooManyEntries(): Problem {
  const count = String(limits.maxArchiveEntries)
  return { code: 'too-many-parts', message: `Only the first ${count} files and folders of the archive were read.` }
}

/** The library tells its failures by sentences alone. */
function zipProblem(error: unknown): Problem {
  const text = error instanceof Error ? error.message : ''
  if (text.includes('strong encryption')) {
    return {
      code: 'archive-encrypted',
      message: 'The archive is encrypted. Unpack it with its password and review that.',
    }
  }
  if (text.includes('multi-disk')) {
    return { code: 'archive-unsupported', message: 'The archive is one piece of several. Join them and review that.' }
  }
  return { code: 'archive-damaged', message: 'The archive is damaged or cut off. Pack it anew.' }
}
