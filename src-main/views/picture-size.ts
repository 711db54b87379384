/** How large a picture's own file draws it. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** From the head of a PNG, GIF, JPEG, WebP or BMP file; null for other files and damaged ones. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = readerOf(file)?.(file) ?? null
  return size === null || size.width <= 0 || size.height <= 0 ? null : size
}

type Reader = (file: Buffer) => PictureSize | null

function readerOf(file: Buffer): Reader | null {
  if (file.length < 10) return null
  const magic = file.toString('latin1', 0, 12)
  if (magic.startsWith('\x89PNG\r\n\x1a\n')) return png
  if (/^GIF8[79]a/.test(magic)) return gif
  if (magic.startsWith('\xff\xd8')) return jpeg
  if (/^RIFF[^]{4}WEBP/.test(magic)) return webp
  return magic.startsWith('BM') ? bmp : null
}

function png(file: Buffer): PictureSize | null {
  if (file.length < 24 || file.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

function gif(file: Buffer): PictureSize {
  return { width: file.readUInt16LE(6), height: file.readUInt16LE(8) }
}

function bmp(file: Buffer): PictureSize | null {
  return file.length < 26 ? null : { width: file.readInt32LE(18), height: Math.abs(file.readInt32LE(22)) }
}

/** The first frame header (ITU T.81, B.2.2); before it stand segments that say how long they are. */
function jpeg(file: Buffer): PictureSize | null {
  let at = 2
  while (at + 9 <= file.length) {
    if (file[at] !== 0xff) return null
    const marker = file[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) }
    at += 2 + Math.max(2, file.readUInt16BE(at + 2))
  }
  return null
}

/** RFC 9649: lossy, lossless, or with a header for more (§2.5 to §2.7). */
function webp(file: Buffer): PictureSize | null {
  if (file.length < 30) return null
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = file.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}
