import type { AttachmentFact } from '../../views/view.ts'

/** Extensions that run when opened, for `double-extension` where a rule names none itself. */
export const programExtensions: ReadonlySet<string> = new Set(
  'ade adp app apk bat chm cmd com cpl exe hta iso jar js jse lnk msi msp pif ps1 reg scr sct sh vb vbe vbs wsc wsf wsh'.split(
    ' ',
  ),
)

/** Extensions that readers take for a harmless document. */
export const documentExtensions: ReadonlySet<string> = new Set(
  'avi csv doc docx gif htm html jpeg jpg mov mp3 mp4 odt pdf png ppt pptx rtf tif tiff txt wav xls xlsx xml zip'.split(
    ' ',
  ),
)

/** Media types by content (views/file-type.ts) that are programs. */
export const programTypes: ReadonlySet<string> = new Set([
  'application/x-dosexec',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/java-vm',
  'application/vnd.ms-htmlhelp',
  'application/vnd.symbian.install',
  'text/x-shellscript',
])

/** What the bytes of a file with this extension may be. Extensions that are not here may be anything. */
const contentsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    pdf: ['application/pdf'],
    png: ['image/png'],
    jpg: ['image/jpeg'],
    jpeg: ['image/jpeg'],
    gif: ['image/gif'],
    bmp: ['image/bmp'],
    tif: ['image/tiff'],
    tiff: ['image/tiff'],
    webp: ['image/webp'],
    zip: ['application/zip'],
    docx: ['application/zip', 'application/x-ole-storage'],
    xlsx: ['application/zip', 'application/x-ole-storage'],
    pptx: ['application/zip', 'application/x-ole-storage'],
    odt: ['application/zip'],
    doc: ['application/x-ole-storage', 'application/rtf', 'application/zip', 'text/html'],
    xls: ['application/x-ole-storage', 'application/zip', 'text/html'],
    ppt: ['application/x-ole-storage', 'application/zip'],
    rtf: ['application/rtf'],
    rar: ['application/vnd.rar'],
    '7z': ['application/x-7z-compressed'],
    gz: ['application/gzip'],
  }),
)

const images = new Set(['png', 'jpg', 'jpeg', 'gif', 'bmp', 'tif', 'tiff', 'webp'])

/** Why the bytes do not fit the name; null when they do, or nothing is known of either. Programs are told apart by `program`. */
export function mismatchedType({ extensions, trueType }: AttachmentFact): string | null {
  const last = extensions.at(-1)
  if (last === undefined || trueType === null) return null
  const expected = contentsOf.get(last)
  if (expected === undefined || expected.includes(trueType)) return null
  // A picture saved under another picture's name deceives nobody.
  if (images.has(last) && trueType.startsWith('image/') && trueType !== 'image/svg+xml') return null
  return `named .${last}, its bytes are ${trueType}`
}
