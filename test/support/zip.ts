import { strToU8, zipSync, type Zippable } from 'fflate'

/** A ZIP archive with these files, deflated; a value may be an archive of its own. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => [name, bytesOf(content)] as const)
  return Buffer.from(zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date('2026-11-20T10:00:00') }))
}

/** A ZIP archive whose one entry is a symbolic link, as Unix writes it. */
export function zipWithLink(name: string, target: string): Buffer {
  const files: Zippable = { [name]: [strToU8(target), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }
  return Buffer.from(zipSync(files))
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? strToU8(content) : content
}

/** Where the central directory speaks of the nth entry; and where that entry itself begins. */
export function entryPlaces(zip: Buffer, index: number): { readonly central: number; readonly local: number } {
  let central = zip.readUInt32LE(zip.length - 22 + 16)
  for (let n = 0; n < index; n++) {
    central += 46 + zip.readUInt16LE(central + 28) + zip.readUInt16LE(central + 30) + zip.readUInt16LE(central + 32)
  }
  return { central, local: zip.readUInt32LE(central + 42) }
}

/** The archive with a field of an entry overwritten in both of its headers, as no honest program writes it. */
export function withField(
  zip: Buffer,
  index: number,
  field: 'flags' | 'method' | 'unpackedBytes' | 'checksum',
  value: number,
): Buffer {
  const copy = Buffer.from(zip)
  const { central, local } = entryPlaces(copy, index)
  switch (field) {
    case 'flags':
      copy.writeUInt16LE(value, central + 8)
      copy.writeUInt16LE(value, local + 6)
      break
    case 'method':
      copy.writeUInt16LE(value, central + 10)
      copy.writeUInt16LE(value, local + 8)
      break
    case 'checksum':
      copy.writeUInt32LE(value, central + 16)
      copy.writeUInt32LE(value, local + 14)
      break
    case 'unpackedBytes':
      copy.writeUInt32LE(value, central + 24)
      copy.writeUInt32LE(value, local + 22)
      break
  }
  return copy
}
