import { limits } from '../intake/limits.ts'
import type { Container, InnerFile } from './attachment-container.ts'
import { container, onlyNamed, terminated } from './attachment-container.ts'

/** Archives of which the list of files is read, and no file. */

/** RAR 4 and 5 by the headers before each file. */
export function rarContainer(bytes: Buffer): Container {
  return bytes[6] === 1 ? rar5(bytes) : rar4(bytes)
}

function rar4(bytes: Buffer): Container {
  const files: InnerFile[] = []
  for (let at = 7; at + 7 <= bytes.length && files.length < limits.maxArchiveEntries;) {
    const type = bytes[at + 2]
    const flags = bytes.readUInt16LE(at + 3)
    const size = bytes.readUInt16LE(at + 5)
    if (size < 7) break
    if (type === 0x73 && (flags & 0x80) !== 0) return container(files, { isEncrypted: true })
    let data = (flags & 0x8000) !== 0 && at + 11 <= bytes.length ? bytes.readUInt32LE(at + 7) : 0
    if (type === 0x74 && at + 32 <= bytes.length) {
      data = bytes.readUInt32LE(at + 7)
      const start = at + 32 + ((flags & 0x100) !== 0 ? 8 : 0)
      const name = terminated(bytes, start, start + bytes.readUInt16LE(at + 26)).replaceAll('\\', '/')
      if ((flags & 0xe0) !== 0xe0) files.push(onlyNamed(name, (flags & 4) !== 0))
    }
    at += size + data
  }
  return listed(files)
}

function rar5(bytes: Buffer): Container {
  const files: InnerFile[] = []
  let at = 8
  /** 7 bits a byte, lowest first. */
  const number = (): number => {
    let value = 0
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at + 7 <= bytes.length && files.length < limits.maxArchiveEntries) {
    at += 4
    const size = number()
    const start = at
    const type = number()
    const flags = number()
    const extra = (flags & 1) !== 0 ? number() : 0
    const data = (flags & 2) !== 0 ? number() : 0
    if (type === 4) return container(files, { isEncrypted: true })
    if (type === 2) {
      const fileFlags = number()
      number()
      number()
      if ((fileFlags & 2) !== 0) at += 4
      if ((fileFlags & 4) !== 0) at += 4
      number()
      number()
      const length = number()
      const name = bytes.toString('utf8', at, at + Math.min(length, 4096))
      const isEncrypted = extra > 0 && bytes[start + size - extra + 1] === 1
      if ((fileFlags & 1) === 0) files.push(onlyNamed(name, isEncrypted))
    }
    if (size === 0) break
    at = start + size + data
  }
  return listed(files)
}

/** ARJ by the headers before each file. */
export function arjContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  let isFirst = true
  for (let at = 0; at + 10 <= bytes.length && files.length < limits.maxArchiveEntries;) {
    if (bytes.readUInt16LE(at) !== 0xea60) break
    const size = bytes.readUInt16LE(at + 2)
    if (size === 0 || at + 20 > bytes.length) break
    const name = terminated(bytes, at + 4 + (bytes[at + 4] ?? 0), at + 4 + size)
    const packed = isFirst ? 0 : bytes.readUInt32LE(at + 16)
    if (!isFirst) files.push(onlyNamed(name, ((bytes[at + 8] ?? 0) & 1) !== 0))
    isFirst = false
    at += 4 + size + 4
    for (let extra = size16(bytes, at); extra > 0; extra = size16(bytes, at)) at += 2 + extra + 4
    at += 2 + packed
  }
  return listed(files)
}

function size16(bytes: Buffer, at: number): number {
  return at + 2 <= bytes.length ? bytes.readUInt16LE(at) : 0
}

/** A Microsoft cabinet by its list of files ([MS-CAB] 2.3). */
export function cabContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  if (bytes.length < 36) return container(files)
  const count = bytes.readUInt16LE(28)
  for (let at = bytes.readUInt32LE(16); at + 16 < bytes.length && files.length < count;) {
    if (files.length >= limits.maxArchiveEntries) break
    const name = terminated(bytes, at + 16, at + 16 + 256)
    files.push(onlyNamed(name.replaceAll('\\', '/')))
    at += 17 + name.length
  }
  return listed(files)
}

/** 7-Zip, where its list of files is not packed itself; else no more than that there is one. */
export function sevenZipContainer(bytes: Buffer): Container {
  if (bytes.length < 32) return container([])
  const start = 32 + Number(bytes.readBigUInt64LE(12))
  const header = bytes.subarray(start, start + Math.min(Number(bytes.readBigUInt64LE(20)), 4 * 1024 * 1024))
  if (header[0] !== 1) return container([], { isCut: true, isEncrypted: header.includes(encryption) })
  const files: InnerFile[] = []
  const isEncrypted = header.includes(encryption)
  for (let at = header.indexOf(names); at >= 0 && files.length === 0; at = header.indexOf(names, at + 1)) {
    for (const name of namesAt(header, at)) files.push(onlyNamed(name, isEncrypted))
  }
  return listed(files)
}

/** The property that holds the names of the files. */
const names = 0x11

/** The method AES-256 with SHA-256. */
const encryption = Buffer.from([0x06, 0xf1, 0x07, 0x01])

/** Names in UTF-16, each with its end; nothing where the bytes are something else. */
function namesAt(header: Buffer, at: number): readonly string[] {
  const first = header[at + 1] ?? 0
  const isLong = first >= 0x80
  const size = isLong ? (first & 0x3f) * 256 + (header[at + 2] ?? 0) : first
  const start = at + (isLong ? 3 : 2)
  if (size < 5 || size % 2 === 0 || header[start] !== 0 || start + size > header.length) return []
  const found = header.toString('utf16le', start + 1, start + size).split('\0')
  return found.pop() === '' && found.length <= limits.maxArchiveEntries ? found : []
}

/** Compiled HTML help: names in the blocks of its directory. */
export function helpContainer(bytes: Buffer): Container {
  const found = bytes
    .toString('latin1', 0, 1024 * 1024)
    .matchAll(/\/([\w .()-]{1,100}\.[A-Za-z0-9]{1,8})(?=[\0-\x1f])/g)
  return listed([...new Set([...found].map(([, name = '']) => name))].slice(0, 500).map((name) => onlyNamed(name)))
}

function listed(files: readonly InnerFile[]): Container {
  return container(files, {
    isEncrypted: files.length > 0 && files.every(({ isEncrypted }) => isEncrypted),
    isCut: files.length >= limits.maxArchiveEntries,
  })
}
