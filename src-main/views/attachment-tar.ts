import type { Container, InnerFile } from './attachment-container.ts'
import { container, stored, terminated } from './attachment-container.ts'
import { limits } from '../intake/limits.ts'

const block = 512

/** POSIX tar, and the older kind without its mark, told by the check sum of the first header. */
export function isTar(bytes: Buffer): boolean {
  if (bytes.length < block || bytes[0] === 0) return false
  const said = Number.parseInt(terminated(bytes, 148, 156).trim(), 8)
  let sum = 8 * 0x20
  for (let at = 0; at < block; at++) if (at < 148 || at >= 156) sum += bytes[at] ?? 0
  return sum === said
}

export function tarContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  let longName: string | null = null
  let at = 0
  while (at + block <= bytes.length && bytes[at] !== 0 && files.length < limits.maxArchiveEntries) {
    const size = Number.parseInt(terminated(bytes, at + 124, at + 136).trim(), 8)
    if (!(size >= 0)) break
    const prefix = bytes.toString('latin1', at + 257, at + 262) === 'ustar' ? terminated(bytes, at + 345, at + 500) : ''
    const name = longName ?? [prefix, terminated(bytes, at, at + 100)].filter((part) => part !== '').join('/')
    const type = String.fromCharCode(bytes[at + 156] ?? 0)
    const content = bytes.subarray(at + block, at + block + size)
    longName = null
    if (type === 'L') longName = terminated(content, 0)
    else if (type === 'x') longName = /\d+ path=([^\n]*)\n/.exec(content.toString('utf8', 0, 64 * 1024))?.[1] ?? null
    else if (type === '0' || type === '\0' || type === '7') files.push(stored(name, content))
    at += block + Math.ceil(size / block) * block
  }
  return container(files, { isCut: files.length >= limits.maxArchiveEntries })
}

/** What a cpio header says; null at the end of the archive. */
interface CpioHeader {
  readonly name: string
  readonly start: number
  readonly size: number
  readonly next: number
}

export function isCpio(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 6)
  return (
    /^07070[127]$/.test(head) || (bytes.length > 26 && (head.startsWith('\xc7\x71') || head.startsWith('\x71\xc7')))
  )
}

export function cpioContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  for (let at = 0; files.length < limits.maxArchiveEntries;) {
    const header = cpioHeader(bytes, at)
    if (header === null || header.name === 'TRAILER!!!' || header.next <= at || header.start > bytes.length) break
    if (header.size > 0) files.push(stored(header.name, bytes.subarray(header.start, header.start + header.size)))
    at = header.next
  }
  return container(files, { isCut: files.length >= limits.maxArchiveEntries })
}

function cpioHeader(bytes: Buffer, at: number): CpioHeader | null {
  const magic = bytes.toString('latin1', at, at + 6)
  if (magic === '070707') return textHeader(bytes, at, 76, { size: [65, 76], name: [59, 65], radix: 8, align: 1 })
  if (magic === '070701' || magic === '070702') {
    return textHeader(bytes, at, 110, { size: [54, 62], name: [94, 102], radix: 16, align: 4 })
  }
  if (at + 26 > bytes.length || !isCpio(bytes.subarray(at))) return null
  const isLittle = bytes[at] === 0xc7
  const word = (offset: number): number =>
    isLittle ? bytes.readUInt16LE(at + offset) : bytes.readUInt16BE(at + offset)
  const nameLength = word(20)
  const size = word(22) * 65536 + word(24)
  const start = at + 26 + nameLength + (nameLength % 2)
  return { name: terminated(bytes, at + 26, at + 26 + nameLength), start, size, next: start + size + (size % 2) }
}

interface CpioFields {
  readonly size: readonly [start: number, end: number]
  readonly name: readonly [start: number, end: number]
  readonly radix: number
  readonly align: number
}

function textHeader(bytes: Buffer, at: number, length: number, fields: CpioFields): CpioHeader | null {
  const number = ([start, end]: readonly [number, number]): number =>
    Number.parseInt(bytes.toString('latin1', at + start, at + end), fields.radix)
  const size = number(fields.size)
  const nameLength = number(fields.name)
  if (!(size >= 0) || !(nameLength >= 0)) return null
  const aligned = (place: number): number => at + Math.ceil((place - at) / fields.align) * fields.align
  const start = aligned(at + length + nameLength)
  const name = terminated(bytes, at + length, at + length + nameLength)
  return { name, start, size, next: aligned(start + size) }
}
