import * as zlib from 'node:zlib'
import type { AttachmentAct, Container, InnerFile } from './attachment-container.ts'
import { container, stored, terminated, unpacked } from './attachment-container.ts'

/** A stream of a compound file ([MS-CFB]) with the storages it lies in. */
interface OleStream {
  readonly path: string
  readonly name: string
  readonly read: () => Buffer
}

const endOfChain = 0xfffffffe
const maxEntries = 10_000

/** What an old Office document, or another compound file, does and holds. */
export function oleContainer(bytes: Buffer): Container {
  const streams = oleStreams(bytes)
  const named = (name: RegExp): OleStream | undefined => streams.find((stream) => name.test(stream.name))
  const acts: AttachmentAct[] = []
  const macros = streams.find(({ path }) => /(?:^|\/)(?:_VBA_PROJECT_CUR|VBA|Macros)\//i.test(path))
  if (macros !== undefined) acts.push({ kind: 'macro', what: macros.path.split('/')[0] ?? '' })
  const workbook = named(/^(?:Workbook|Book)$/i)?.read()
  const cells = workbook === undefined ? null : biffFacts(workbook)
  if (cells?.hasMacroSheet === true) acts.push({ kind: 'macro', what: 'Excel 4.0' })
  const word = named(/^WordDocument$/i)?.read()
  const isWordEncrypted = word !== undefined && word.length > 12 && (word.readUInt16LE(10) & 0x100) !== 0
  const isEncrypted =
    named(/^(?:EncryptedPackage|EncryptedSummary)$/i) !== undefined || cells?.isEncrypted === true || isWordEncrypted
  const slides = named(/^PowerPoint Document$/i)?.read()
  const files: InnerFile[] = [
    ...streams.flatMap((stream) => embeddedIn(stream)),
    ...(slides === undefined ? [] : slideObjects(slides)),
  ]
  if (files.length === 0) files.push(...programsIn(bytes))
  return container(files, { acts, isEncrypted })
}

/** Files that a person put into the document. */
function embeddedIn({ name, read }: OleStream): readonly InnerFile[] {
  if (/^\u0001Ole10Native$/i.test(name)) return packageIn(read().subarray(4))
  if (/^(?:Package|CONTENTS)$/.test(name)) return [stored(name.toLowerCase(), read())]
  return []
}

/** An OLE package: its label, its path, then its bytes. */
export function packageIn(bytes: Buffer): readonly InnerFile[] {
  const label = terminated(bytes, 2, 1024)
  const path = terminated(bytes, 3 + label.length, 2048)
  let at = 4 + label.length + path.length + 4
  if (at + 4 > bytes.length) return []
  const command = bytes.readUInt32LE(at)
  at += 4
  if (command > 4096 || at + command + 4 > bytes.length) return []
  at += command
  const size = bytes.readUInt32LE(at)
  const name = label === '' ? (path.split(/[\\/]/).pop() ?? 'file') : label
  return [stored(name, bytes.subarray(at + 4, at + 4 + size))]
}

/** Objects in slides, packed with zlib ([MS-PPT] 2.10.34). */
function slideObjects(slides: Buffer): readonly InnerFile[] {
  const files: InnerFile[] = []
  const head = Buffer.from([0x10, 0x00, 0x11, 0x10])
  for (let at = slides.indexOf(head); at >= 0 && files.length < 100; at = slides.indexOf(head, at + 4)) {
    if (at + 12 > slides.length) break
    const packed = slides.subarray(at + 12, at + 8 + slides.readUInt32LE(at + 4))
    files.push({
      name: `object ${String(files.length + 1)}`,
      isEncrypted: false,
      read: (maxBytes) => unpacked(zlib.inflateSync, packed, maxBytes),
    })
  }
  return files
}

/** Windows programs wherever they lie: their first header says where the second is. */
export function programsIn(bytes: Buffer): readonly InnerFile[] {
  const files: InnerFile[] = []
  const head = Buffer.from('MZ')
  for (let at = bytes.indexOf(head, 1); at >= 0 && files.length < 10; at = bytes.indexOf(head, at + 2)) {
    if (at + 64 > bytes.length) break
    const second = at + bytes.readUInt32LE(at + 60)
    if (bytes.toString('latin1', second, second + 4) !== 'PE\0\0') continue
    files.push(stored(`program at byte ${String(at)}`, bytes.subarray(at)))
  }
  return files
}

/** Records of an old Excel workbook ([MS-XLS] 2.3): sheets of macros, and its encryption. */
function biffFacts(workbook: Buffer): { readonly hasMacroSheet: boolean; readonly isEncrypted: boolean } {
  let hasMacroSheet = false
  let isEncrypted = false
  for (let at = 0; at + 4 <= workbook.length; at += 4 + workbook.readUInt16LE(at + 2)) {
    const type = workbook.readUInt16LE(at)
    if (type === 0x0a) break
    if (type === 0x2f) isEncrypted = true
    if (type === 0x85 && at + 10 <= workbook.length && workbook[at + 9] === 1) hasMacroSheet = true
  }
  return { hasMacroSheet, isEncrypted }
}

/** Follows each chain of sectors once round at most; what lies outside of the file is left out. */
function oleStreams(bytes: Buffer): readonly OleStream[] {
  if (bytes.length < 512) return []
  const sectorBytes = 1 << Math.min(bytes.readUInt16LE(30), 12)
  const miniBytes = 1 << Math.min(bytes.readUInt16LE(32), 8)
  if (sectorBytes < 128 || miniBytes < 16) return []
  const sector = (index: number): Buffer => bytes.subarray((index + 1) * sectorBytes, (index + 2) * sectorBytes)
  const numbersIn = (block: Buffer): number[] =>
    Array.from({ length: block.length >> 2 }, (_, at) => block.readUInt32LE(at * 4))
  const sectors = Math.ceil(bytes.length / sectorBytes)

  const tables = numbersIn(bytes.subarray(76, 512))
  let more = bytes.readUInt32LE(68)
  for (let count = 0; more < sectors && count < sectors; count++) {
    const numbers = numbersIn(sector(more))
    more = numbers.pop() ?? endOfChain
    for (const number of numbers) tables.push(number)
  }
  const next = tables
    .filter((index) => index < sectors)
    .slice(0, sectors)
    .flatMap((index) => numbersIn(sector(index)))

  function chain(start: number, table: readonly number[], most: number): number[] {
    const found: number[] = []
    for (let at = start; at < table.length && found.length < most; at = table[at] ?? endOfChain) found.push(at)
    return found
  }
  const content = (start: number): Buffer => Buffer.concat(chain(start, next, sectors).map(sector))

  const directory = content(bytes.readUInt32LE(48))
  const cutoff = bytes.readUInt32LE(56)
  const miniTable = numbersIn(content(bytes.readUInt32LE(60)))
  const entryAt = (index: number): Buffer | null =>
    index >= 0 && index < maxEntries && (index + 1) * 128 <= directory.length
      ? directory.subarray(index * 128, (index + 1) * 128)
      : null
  const root = entryAt(0)
  const miniStream = root === null ? Buffer.alloc(0) : content(root.readUInt32LE(116))

  function read(entry: Buffer): Buffer {
    const start = entry.readUInt32LE(116)
    const size = Math.min(entry.readUInt32LE(120), bytes.length)
    if (size >= cutoff) return content(start).subarray(0, size)
    const minis = chain(start, miniTable, Math.ceil(size / miniBytes))
    return Buffer.concat(minis.map((at) => miniStream.subarray(at * miniBytes, (at + 1) * miniBytes))).subarray(0, size)
  }

  const streams: OleStream[] = []
  const seen = new Set<number>()
  const open: { readonly index: number; readonly path: string }[] = []
  if (root !== null) open.push({ index: root.readUInt32LE(76), path: '' })
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const entry = entryAt(one.index)
    if (entry === null || seen.has(one.index)) continue
    seen.add(one.index)
    open.push({ index: entry.readUInt32LE(68), path: one.path }, { index: entry.readUInt32LE(72), path: one.path })
    const name = entry.toString('utf16le', 0, Math.max(0, Math.min(64, entry.readUInt16LE(64)) - 2))
    if (entry[66] === 1) open.push({ index: entry.readUInt32LE(76), path: `${one.path}${name}/` })
    else if (entry[66] === 2) streams.push({ path: `${one.path}${name}`, name, read: () => read(entry) })
  }
  return streams
}
