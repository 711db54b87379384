import * as zlib from 'node:zlib'
import type { Container, InnerFile } from './attachment-container.ts'
import { container, onlyNamed, stored, terminated, unpacked } from './attachment-container.ts'
import { packageIn, programsIn } from './attachment-ole.ts'
import { isTar, tarContainer } from './attachment-tar.ts'

/** Files in another coding: one file in one, or several in a wrapping. */

/** What lies in a gzip file; of a packed tar archive what lies in that. `maxBytes`: what may be unpacked to tell them apart. */
export function gzipContainer(bytes: Buffer, name: string, maxBytes: number): Container {
  const read: InnerFile['read'] = (most) => unpacked(zlib.gunzipSync, bytes, most)
  const content = read(maxBytes)
  if (content instanceof Buffer && isTar(content)) return tarContainer(content)
  const hasName = ((bytes[3] ?? 0) & 0x0c) === 8
  const inner = hasName ? terminated(bytes, 10, 1024) : name.replace(/\.(?:gz|z)$/i, '').replace(/\.tgz$/i, '.tar')
  return container([{ name: inner, isEncrypted: false, read: () => content }])
}

/** bzip2, xz: not unpacked; the name often says what is inside. */
export function namedInside(name: string): Container {
  const inner = name.replace(/\.(?:bz2|xz|lzma|zst)$/i, '').replace(/\.t(?:bz2?|xz)$/i, '.tar')
  return container(inner === name ? [] : [onlyNamed(inner)], { isCut: inner === name })
}

/** `compress.exe` of old Windows: LZSS with a window of 4 KB. */
export function szddContainer(bytes: Buffer, name: string): Container {
  const inner = name.replace(/\.szdd$/i, '').replace(/_$/, String.fromCharCode(bytes[9] ?? 0x5f))
  return container([{ name: inner, isEncrypted: false, read: (maxBytes) => expanded(bytes.subarray(14), maxBytes) }])
}

function expanded(packed: Buffer, maxBytes: number): Buffer | 'too-large' {
  const window = Buffer.alloc(4096, 0x20)
  const pieces: number[] = []
  let place = 4096 - 16
  const put = (byte: number): void => {
    pieces.push(byte)
    window[place] = byte
    place = (place + 1) & 4095
  }
  for (let at = 0; at < packed.length;) {
    const flags = packed[at++] ?? 0
    for (let bit = 0; bit < 8 && at < packed.length; bit++) {
      if (((flags >> bit) & 1) === 1) put(packed[at++] ?? 0)
      else {
        const low = packed[at++] ?? 0
        const high = packed[at++] ?? 0
        const from = low | ((high & 0xf0) << 4)
        for (let count = (high & 0x0f) + 3, copied = 0; copied < count; copied++)
          put(window[(from + copied) & 4095] ?? 0)
      }
      if (pieces.length > maxBytes) return 'too-large'
    }
  }
  return Buffer.from(pieces)
}

/** Outlook's `winmail.dat` ([MS-OXTNEF]): its attachments. */
export function tnefContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  let title = ''
  let data: Buffer | null = null
  const flush = (): void => {
    if (data !== null) files.push(stored(title === '' ? 'attachment' : title, data))
    title = ''
    data = null
  }
  for (let at = 6; at + 9 <= bytes.length && files.length < 1000;) {
    const attribute = bytes.readUInt32LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const value = bytes.subarray(at + 9, at + 9 + length)
    if (attribute === 0x00069002) flush()
    else if (attribute === 0x00018010) title = terminated(value, 0)
    else if (attribute === 0x0006800f) data = value
    at += 9 + length + 2
  }
  flush()
  return container(files)
}

const maxObjects = 100

/** Objects in an RTF document: OLE 1 packages, and whatever else is embedded in hexadecimal. */
export function rtfContainer(bytes: Buffer): Container {
  const files: InnerFile[] = []
  const text = bytes.toString('latin1')
  const pattern = /\\objdata\b/g
  for (let match = pattern.exec(text); match !== null && files.length < maxObjects; match = pattern.exec(text)) {
    const end = endOfGroup(text, pattern.lastIndex)
    const hex = text.slice(pattern.lastIndex, end).replace(/\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?|[^0-9a-f]/gi, '')
    files.push(...objectIn(Buffer.from(hex, 'hex')))
    pattern.lastIndex = end
  }
  const isLinked = /\\objautlink\b|\\objupdate\b/.test(text)
  return container(files, { acts: isLinked ? [{ kind: 'external', what: 'linked object' }] : [] })
}

/** Deceivers put groups into the data; what the next closing brace leaves is enough to tell it. */
function endOfGroup(text: string, start: number): number {
  const end = text.indexOf('}', start)
  return end < 0 ? text.length : end
}

/** [MS-OLEDS] 2.2: a version, a format, three counted strings, then the counted data. */
function objectIn(bytes: Buffer): readonly InnerFile[] {
  let at = 8
  const names: string[] = []
  for (let count = 0; count < 3 && at + 4 <= bytes.length; count++) {
    const length = bytes.readUInt32LE(at)
    if (length > 4096) break
    names.push(terminated(bytes, at + 4, at + 4 + length))
    at += 4 + length
  }
  const data = bytes.subarray(at + 4)
  const found = /^package$/i.test(names[0] ?? '') ? packageIn(data) : []
  if (found.length > 0) return found
  const programs = programsIn(bytes)
  return programs.length > 0
    ? programs
    : [stored(names[0] === undefined || names[0] === '' ? 'object' : names[0], data)]
}

const maxTextBytes = 30 * 1024 * 1024

/** Files in a text: uuencode, and addresses that hold their content themselves. */
export function textContainer(bytes: Buffer): Container {
  if (bytes.length > maxTextBytes) return container([], { isCut: true })
  const text = bytes.toString('latin1')
  return container([...uuencoded(text), ...binHexed(text), ...dataAddresses(text)])
}

function* uuencoded(text: string): Generator<InnerFile> {
  const pattern = /^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n/gm
  let count = 0
  for (let match = pattern.exec(text); match !== null && count < maxObjects; match = pattern.exec(text)) {
    const end = text.indexOf('\nend', pattern.lastIndex)
    if (end < 0) return
    count++
    yield stored(match[1] ?? 'file', uudecoded(text.slice(pattern.lastIndex, end)))
    pattern.lastIndex = end
  }
}

function uudecoded(lines: string): Buffer {
  const pieces = lines.split('\n').map((line) => {
    const length = (line.charCodeAt(0) - 32) & 63
    const bytes: number[] = []
    for (let at = 1; at < line.length && bytes.length < length; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((offset) => (line.charCodeAt(at + offset) - 32) & 63)
      bytes.push((a << 2) | (b >> 4), ((b << 4) & 255) | (c >> 2), ((c << 6) & 255) | d)
    }
    return Buffer.from(bytes.slice(0, length))
  })
  return Buffer.concat(pieces)
}

const binHexLetters = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr'

/** BinHex 4.0 (RFC 1741): six bits a letter, repeats shortened, then a name and the file. */
function* binHexed(text: string): Generator<InnerFile> {
  const start = text.indexOf('(This file must be converted with BinHex')
  const colon = start < 0 ? -1 : text.indexOf('\n:', start)
  if (colon < 0) return
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (let at = colon + 2; at < text.length && text[at] !== ':'; at++) {
    const value = binHexLetters.indexOf(text[at] ?? '')
    if (value < 0) continue
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255)
  }
  const file = Buffer.from(repeated(bytes))
  const nameLength = file[0] ?? 0
  const lengths = 1 + nameLength + 1 + 4 + 4 + 2
  if (lengths + 10 > file.length) return
  yield stored(
    file.toString('latin1', 1, 1 + nameLength),
    file.subarray(lengths + 10, lengths + 10 + file.readUInt32BE(lengths)),
  )
}

/** `90 n`: the byte before it n times in all; `90 00`: itself. */
function repeated(bytes: readonly number[]): number[] {
  const result: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const count = byte === 0x90 ? (bytes[++at] ?? 0) : 0
    if (byte !== 0x90 || count === 0) result.push(byte)
    else for (let more = 1; more < count; more++) result.push(result[result.length - 1] ?? 0)
  }
  return result
}

function* dataAddresses(text: string): Generator<InnerFile> {
  let count = 0
  for (const match of text.matchAll(
    /data:([\w.+-]+\/[\w.+-]+)?[\w=;.-]{0,100};base64,\s{0,10}([A-Za-z0-9+/=%]{16,})/g,
  )) {
    if (++count > maxObjects) return
    const [, type = 'text/plain', content = ''] = match
    if (/^(?:image|font)\//.test(type)) continue
    yield stored(`data:${type}`, Buffer.from(content.replaceAll('%2B', '+').replaceAll('%2F', '/'), 'base64'))
  }
}
