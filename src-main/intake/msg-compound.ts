import type { ByteSpan } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { piecesOf } from './byte-source.ts'

/** A storage of a compound file ([MS-CFB]): a folder of streams and further storages. */
export interface Storage {
  readonly name: string
  readonly streams: ReadonlyMap<string, Stream>
  readonly storages: readonly Storage[]
}

export interface Stream {
  readonly bytes: Buffer
  /** The stream with its places in the file; null when its sectors do not lie there in order. */
  readonly source: ByteSource | null
}

interface Entry {
  readonly name: string
  readonly kind: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly bytes: number
}

const signature = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const noEntry = 0xffffffff
const lastSector = 0xfffffffa // all above it stand for something else than a sector
const storageKind = 1
const streamKind = 2
const rootKind = 5
const entryBytes = 128
const maxEntries = 20_000
const maxDepth = 64

export function isCompoundFile(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature)
}

/** null: damaged beyond reading. Never throws for any bytes; chains that run in circles or out of the file end there. */
export function readCompoundFile(source: ByteSource): Storage | null {
  const { bytes } = source
  if (!isCompoundFile(bytes) || bytes.length < 1024) return null
  const sectorShift = bytes.readUInt16LE(30)
  if (sectorShift !== 9 && sectorShift !== 12) return null
  const sectorBytes = 1 << sectorShift
  const sectorSpan = (sector: number): ByteSpan => {
    const start = Math.min((sector + 1) * sectorBytes, bytes.length)
    return { start, end: Math.min(start + sectorBytes, bytes.length) }
  }
  const sectors = Math.ceil(bytes.length / sectorBytes)
  const fat = readFat(bytes, sectorSpan, sectors)
  const chain = (start: number): number[] => follow(fat, start, sectors)
  const spansOf = (start: number): ByteSpan[] => joined(chain(start).map(sectorSpan))

  const directory = bytesOf(bytes, spansOf(bytes.readUInt32LE(48)))
  const entries = readEntries(directory)
  const [root] = entries
  if (root?.kind !== rootKind) return null
  const miniFat = numbersOf(bytesOf(bytes, spansOf(bytes.readUInt32LE(60))))
  const miniSectors = chain(root.start)
  const cutoff = bytes.readUInt32LE(56)

  const miniBytes = 64
  const miniSpan = (mini: number): ByteSpan => {
    const sector = miniSectors[Math.floor((mini * miniBytes) / sectorBytes)]
    if (sector === undefined) return { start: 0, end: 0 }
    const start = Math.min(sectorSpan(sector).start + ((mini * miniBytes) % sectorBytes), bytes.length)
    return { start, end: Math.min(start + miniBytes, bytes.length) }
  }
  const streamOf = (entry: Entry): Stream => {
    const spans =
      entry.bytes < cutoff
        ? joined(follow(miniFat, entry.start, Math.ceil(entry.bytes / miniBytes)).map(miniSpan))
        : joined(follow(fat, entry.start, Math.min(sectors, Math.ceil(entry.bytes / sectorBytes))).map(sectorSpan))
    return streamIn(source, cutTo(spans, entry.bytes))
  }
  return storageOf(entries, root, streamOf, new Set([0]), 0)
}

function storageOf(
  entries: readonly Entry[],
  entry: Entry,
  streamOf: (entry: Entry) => Stream,
  seen: Set<number>,
  depth: number,
): Storage {
  const streams = new Map<string, Stream>()
  const storages: Storage[] = []
  const waiting = [entry.child]
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const child = entries[index]
    if (child === undefined || seen.has(index)) continue
    seen.add(index)
    waiting.push(child.right, child.left)
    if (child.kind === streamKind) streams.set(child.name, streamOf(child))
    else if (child.kind === storageKind && depth < maxDepth) {
      storages.push(storageOf(entries, child, streamOf, seen, depth + 1))
    }
  }
  storages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { name: entry.name, streams, storages }
}

/** Which sector follows which: the table's own sectors stand in the header and in a chain of further lists. */
function readFat(bytes: Buffer, sectorSpan: (sector: number) => ByteSpan, sectors: number): Uint32Array {
  const places: number[] = []
  for (let at = 76; at < 512; at += 4) places.push(bytes.readUInt32LE(at))
  let list = bytes.readUInt32LE(68)
  for (let count = 0; list <= lastSector && count < sectors; count++) {
    const numbers = numbersOf(bytesOf(bytes, [sectorSpan(list)]))
    places.push(...numbers.subarray(0, -1))
    list = numbers.at(-1) ?? noEntry
  }
  const spans = places.filter((sector) => sector < sectors).map(sectorSpan)
  return numbersOf(bytesOf(bytes, spans.slice(0, sectors)))
}

function follow(table: Uint32Array, start: number, maxCount: number): number[] {
  const chain: number[] = []
  for (let sector = start; sector <= lastSector && chain.length < maxCount; sector = table[sector] ?? noEntry) {
    chain.push(sector)
  }
  return chain
}

function readEntries(directory: Buffer): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + entryBytes <= directory.length && entries.length < maxEntries; at += entryBytes) {
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64))
    entries.push({
      name: directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2)),
      kind: directory[at + 66] ?? 0,
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      bytes: directory.readUInt32LE(at + 120),
    })
  }
  return entries
}

function streamIn(source: ByteSource, spans: readonly ByteSpan[]): Stream {
  const isAscending = spans.every((span, index) => index === 0 || span.start > (spans[index - 1]?.end ?? 0))
  if (!isAscending) return { bytes: bytesOf(source.bytes, spans), source: null }
  const placed = piecesOf(source, spans)
  return { bytes: placed.bytes, source: placed }
}

function bytesOf(bytes: Buffer, spans: readonly ByteSpan[]): Buffer {
  return Buffer.concat(spans.map(({ start, end }) => bytes.subarray(start, end)))
}

function numbersOf(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(Math.floor(bytes.length / 4))
  for (let index = 0; index < numbers.length; index++) numbers[index] = bytes.readUInt32LE(4 * index)
  return numbers
}

/** Neighbours as one. */
function joined(spans: readonly ByteSpan[]): ByteSpan[] {
  const all: { start: number; end: number }[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last?.end === span.start) last.end = span.end
    else if (span.end > span.start) all.push({ ...span })
  }
  return all
}

function cutTo(spans: readonly ByteSpan[], maxBytes: number): ByteSpan[] {
  const kept: ByteSpan[] = []
  let left = maxBytes
  for (const { start, end } of spans) {
    if (left <= 0) break
    kept.push({ start, end: Math.min(end, start + left) })
    left -= end - start
  }
  return kept
}
