/** What a file is by its first bytes, whatever it calls itself. */

interface Signature {
  readonly type: string
  readonly at: number
  readonly bytes: readonly number[]
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}

const signatures: readonly Signature[] = [
  { type: 'application/x-dosexec', at: 0, bytes: ascii('MZ') },
  { type: 'application/x-elf', at: 0, bytes: [0x7f, ...ascii('ELF')] },
  { type: 'application/x-mach-binary', at: 0, bytes: [0xfe, 0xed, 0xfa, 0xce] },
  { type: 'application/x-mach-binary', at: 0, bytes: [0xfe, 0xed, 0xfa, 0xcf] },
  { type: 'application/x-mach-binary', at: 0, bytes: [0xce, 0xfa, 0xed, 0xfe] },
  { type: 'application/x-mach-binary', at: 0, bytes: [0xcf, 0xfa, 0xed, 0xfe] },
  { type: 'application/zip', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: 'application/zip', at: 0, bytes: [0x50, 0x4b, 0x05, 0x06] },
  { type: 'application/x-ole-storage', at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { type: 'application/vnd.rar', at: 0, bytes: ascii('Rar!\x1a\x07') },
  { type: 'application/x-7z-compressed', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { type: 'application/gzip', at: 0, bytes: [0x1f, 0x8b] },
  { type: 'application/x-bzip2', at: 0, bytes: ascii('BZh') },
  { type: 'application/x-xz', at: 0, bytes: [0xfd, ...ascii('7zXZ'), 0] },
  { type: 'application/vnd.ms-cab-compressed', at: 0, bytes: ascii('MSCF') },
  { type: 'application/x-arj', at: 0, bytes: [0x60, 0xea] },
  { type: 'application/x-ms-compress-szdd', at: 0, bytes: [...ascii('SZDD'), 0x88, 0xf0, 0x27, 0x33] },
  { type: 'application/vnd.ms-htmlhelp', at: 0, bytes: ascii('ITSF') },
  { type: 'application/vnd.ms-tnef', at: 0, bytes: [0x78, 0x9f, 0x3e, 0x22] },
  { type: 'application/vnd.symbian.install', at: 8, bytes: [0x19, 0x04, 0x00, 0x10] },
  { type: 'application/x-tar', at: 257, bytes: ascii('ustar') },
  { type: 'application/x-cpio', at: 0, bytes: ascii('070701') },
  { type: 'application/x-cpio', at: 0, bytes: ascii('070702') },
  { type: 'application/x-cpio', at: 0, bytes: ascii('070707') },
  { type: 'application/x-cpio', at: 0, bytes: [0xc7, 0x71] },
  { type: 'application/x-cpio', at: 0, bytes: [0x71, 0xc7] },
  { type: 'application/x-ms-shortcut', at: 0, bytes: [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0] },
  { type: 'application/x-iso9660-image', at: 32769, bytes: ascii('CD001') },
  { type: 'application/x-vhdx', at: 0, bytes: ascii('vhdxfile') },
  { type: 'application/x-vhd', at: 0, bytes: ascii('conectix') },
  { type: 'application/java-vm', at: 0, bytes: [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0] },
  { type: 'application/rtf', at: 0, bytes: ascii('{\\rtf') },
  { type: 'application/postscript', at: 0, bytes: ascii('%!PS') },
  { type: 'image/png', at: 0, bytes: [0x89, ...ascii('PNG\r\n\x1a\n')] },
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', at: 0, bytes: ascii('GIF87a') },
  { type: 'image/gif', at: 0, bytes: ascii('GIF89a') },
  { type: 'image/bmp', at: 0, bytes: ascii('BM') },
  { type: 'image/tiff', at: 0, bytes: [0x49, 0x49, 0x2a, 0] },
  { type: 'image/tiff', at: 0, bytes: [0x4d, 0x4d, 0, 0x2a] },
]

/** How far into a file HTML may begin, after white space, comments and a byte order mark. */
const sniffedBytes = 1024

/** Media type by content; null when nothing known is seen. */
export function sniffType(bytes: Uint8Array): string | null {
  for (const { type, at, bytes: signature } of signatures) {
    if (signature.every((byte, index) => bytes[at + index] === byte)) return type
  }
  if (
    ascii('RIFF').every((byte, at) => bytes[at] === byte) &&
    ascii('WEBP').every((byte, at) => bytes[8 + at] === byte)
  ) {
    return 'image/webp'
  }
  const head = String.fromCharCode(...bytes.subarray(0, sniffedBytes)).replaceAll('\0', '')
  if (head.includes('%PDF-')) return 'application/pdf'
  if (head.startsWith('#!')) return 'text/x-shellscript'
  const text = head
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replace(/^(?:\s+|<!--[^]*?-->)+/, '')
  if (/^<(?:\?xml[^>]*>\s*(?:<!doctype svg[^>]*>\s*)?)?<?svg[\s>]/i.test(text)) return 'image/svg+xml'
  if (/^<(?:!doctype html|html|head|body|script|iframe|table|div|a|p|style|title|h1|b|br|meta)[\s>]/i.test(text))
    return 'text/html'
  return null
}
