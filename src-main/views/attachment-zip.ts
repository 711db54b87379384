import * as zlib from 'node:zlib'
import { limits } from '../intake/limits.ts'
import type { Container, InnerFile } from './attachment-container.ts'
import { container, unpacked } from './attachment-container.ts'

/** One entry of a ZIP archive; folders are left out. */
export interface ZipEntry extends InnerFile {
  readonly packedBytes: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50

/**
 * The entries of a ZIP archive (APPNOTE 6.3) by its central directory; where that is cut off, by the headers before the files.
 * `isCut`: there are more than are counted.
 */
export function zipEntries(bytes: Buffer): { readonly entries: readonly ZipEntry[]; readonly isCut: boolean } {
  const central = centralEntries(bytes)
  const entries = central.length > 0 ? central : localEntries(bytes)
  return {
    entries: entries.filter(({ name }) => !name.endsWith('/')),
    isCut: entries.length >= limits.maxArchiveEntries,
  }
}

export function zipContainer(entries: readonly ZipEntry[], isCut: boolean): Container {
  const isEncrypted = entries.length > 0 && entries.every((entry) => entry.isEncrypted)
  return container(entries, { isCut, isEncrypted })
}

function centralEntries(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  // The end record is followed by a comment of at most 64 KB.
  const search = bytes.subarray(Math.max(0, bytes.length - 66_000))
  const end = search.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > search.length || search.readUInt32LE(end) !== endSignature) return entries
  const size = search.readUInt32LE(end + 12)
  // Reckoned from its end, so that bytes put before the archive do not shift it.
  const place = bytes.length - search.length + end
  const shift = place - size - search.readUInt32LE(end + 16)
  let at = place - size
  while (at >= 0 && at + 46 <= bytes.length && bytes.readUInt32LE(at) === centralSignature) {
    if (entries.length >= limits.maxArchiveEntries) break
    const nameLength = bytes.readUInt16LE(at + 28)
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    const flags = bytes.readUInt16LE(at + 8)
    entries.push(
      entryOf(bytes, {
        name: nameIn(bytes, at + 46, nameLength, flags),
        flags,
        method: bytes.readUInt16LE(at + 10),
        packedBytes: bytes.readUInt32LE(at + 20),
        local: bytes.readUInt32LE(at + 42) + shift,
      }),
    )
    at = next
  }
  return entries
}

function localEntries(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  const signature = Buffer.from([0x50, 0x4b, 3, 4])
  let at = bytes.indexOf(signature)
  while (at >= 0 && at + 30 <= bytes.length && entries.length < limits.maxArchiveEntries) {
    const nameLength = bytes.readUInt16LE(at + 26)
    const flags = bytes.readUInt16LE(at + 6)
    const start = at + 30 + nameLength + bytes.readUInt16LE(at + 28)
    const said = bytes.readUInt32LE(at + 18)
    const next = bytes.indexOf(signature, Math.min(bytes.length, start + said))
    const packedBytes = said > 0 ? said : (next < 0 ? bytes.length : next) - start
    const name = nameIn(bytes, at + 30, nameLength, flags)
    entries.push(entryOf(bytes, { name, flags, method: bytes.readUInt16LE(at + 8), packedBytes, local: at }))
    at = next
  }
  return entries
}

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly packedBytes: number
  /** Where its own header begins. */
  readonly local: number
}

function entryOf(bytes: Buffer, { name, flags, method, packedBytes, local }: Entry): ZipEntry {
  const isEncrypted = (flags & 1) !== 0
  return {
    name,
    isEncrypted,
    packedBytes,
    read(maxBytes) {
      if (isEncrypted || local < 0 || local + 30 > bytes.length) return null
      if (bytes.readUInt32LE(local) !== localSignature) return null
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      const packed = bytes.subarray(start, start + packedBytes)
      switch (method) {
        case 0:
          return packed.length > maxBytes ? 'too-large' : packed
        case 8:
          return unpacked(zlib.inflateRawSync, packed, maxBytes)
        default:
          return null
      }
    },
  }
}

function nameIn(bytes: Buffer, start: number, length: number, flags: number): string {
  const name = bytes.subarray(start, start + length)
  return name.toString((flags & 0x800) === 0 ? 'latin1' : 'utf8').replaceAll('\\', '/')
}
