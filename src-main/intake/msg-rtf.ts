import type { Charset } from './charset.ts'
import { decodeText, windows1252 } from './charset.ts'
import { limits } from './limits.ts'
import { charsetOfCodePage } from './msg-properties.ts'

/** What a body in Rich Text Format holds: the HTML or text that was wrapped in it, else its own words. */
export interface RtfBody {
  readonly kind: 'html' | 'text'
  /** HTML or plain text was put into RTF, and is taken out unchanged ([MS-OXRTFEX]). */
  readonly isWrapped: boolean
  readonly text: string
}

const maxRtfBytes = 2 * limits.maxTextUnits
const headBytes = 16

/** Undoes the compression of `PidTagRtfCompressed` ([MS-OXRTFCP]); null: damaged. */
export function decompressRtf(bytes: Buffer): Buffer | null {
  if (bytes.length < headBytes) return null
  const rawBytes = Math.min(bytes.readUInt32LE(4), maxRtfBytes)
  const kind = bytes.toString('latin1', 8, 12)
  if (kind === 'MELA') return bytes.subarray(headBytes, headBytes + rawBytes)
  if (kind !== 'LZFu') return null
  const dictionary = Buffer.alloc(4096)
  let write = dictionary.write(initialDictionary, 'latin1')
  const out = Buffer.alloc(rawBytes)
  let length = 0
  const put = (byte: number): void => {
    if (length < rawBytes) out[length++] = byte
    dictionary[write] = byte
    write = (write + 1) % 4096
  }
  let position = headBytes
  while (position < bytes.length && length < rawBytes) {
    const control = bytes[position++] ?? 0
    for (let bit = 0; bit < 8 && position < bytes.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[position++] ?? 0)
        continue
      }
      const token = ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0)
      position += 2
      const offset = token >> 4
      if (offset === write) return out.subarray(0, length)
      for (let index = 0; index < (token & 0x0f) + 2; index++) put(dictionary[(offset + index) % 4096] ?? 0)
    }
  }
  return out.subarray(0, length)
}

const initialDictionary =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'

interface Group {
  /** Nothing in it is text: font tables, pictures, what RTF alone needs. */
  skipped: boolean
  /** Between `\htmlrtf` and `\htmlrtf0`: RTF beside the HTML it stands for. */
  beside: boolean
  /** In `\*\htmltag`: markup as it was. */
  inTag: boolean
  charset: Charset
  /** Characters that follow a `\u` and stand for it in old readers. */
  fallbackCount: number
}

const skippedGroups =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header[lrf]?|footer[lrf]?|listtable|listoverridetable|generator|themedata|colorschememapping|datastore|latentstyles|rsidtbl|xmlnstbl|mmathPr|bkmkstart|bkmkend|filetbl|revtbl)$/

const signs: Readonly<Record<string, string>> = {
  par: '\r\n',
  line: '\r\n',
  sect: '\r\n',
  page: '\r\n',
  row: '\r\n',
  cell: '\t',
  tab: '\t',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  emspace: '\u2003',
  enspace: '\u2002',
  zwj: '\u200d',
  zwnj: '\u200c',
}

const controlWord = /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?/y
const maxGroupDepth = 1_000

/** The body in RTF bytes; never fails for any bytes. */
export function readRtf(rtf: Buffer): RtfBody {
  const text = rtf.toString('latin1')
  const head = text.slice(0, 2_000)
  const isHtml = /\\fromhtml1?(?![0-9a-z])/.test(head)
  const fonts = fontCharsets(text)
  const ansi = charsetOfCodePage(Number(/\\ansicpg(\d{1,5})/.exec(head)?.[1] ?? 1252)) ?? windows1252
  const out: string[] = []
  let bytes: number[] = []
  let group: Group = { skipped: false, beside: false, inTag: false, charset: ansi, fallbackCount: 1 }
  const outer: Group[] = []
  let toSkip = 0

  const isText = (): boolean => !group.skipped && (group.inTag || !group.beside)
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodeText(Uint8Array.from(bytes), group.charset))
    bytes = []
  }
  const put = (written: string): void => {
    flush()
    if (isText()) out.push(written)
  }
  const putByte = (byte: number): void => {
    if (toSkip > 0) toSkip--
    else if (isText()) bytes.push(byte)
  }

  for (let position = 0; position < text.length;) {
    const unit = text[position]
    if (unit === '{') {
      flush()
      if (outer.length < maxGroupDepth) outer.push(group)
      group = { ...group }
      position++
    } else if (unit === '}') {
      flush()
      group = outer.pop() ?? group
      toSkip = 0
      position++
    } else if (unit !== '\\') {
      if (unit !== '\r' && unit !== '\n') putByte(text.charCodeAt(position))
      position++
    } else {
      controlWord.lastIndex = position
      const word = controlWord.exec(text)
      if (word === null) position = symbol(position)
      else {
        control(word[1] ?? '', word[2] === undefined ? null : Number(word[2]))
        position += word[0].length
      }
    }
  }
  flush()
  const isWrapped = isHtml || /\\fromtext(?![0-9a-z])/.test(head)
  return { kind: isHtml ? 'html' : 'text', isWrapped, text: out.join('') }

  /** A backslash before something else than a letter; answers where it ends. */
  function symbol(position: number): number {
    const sign = text[position + 1]
    switch (sign) {
      case "'": {
        const byte = parseInt(text.slice(position + 2, position + 4), 16)
        if (!Number.isNaN(byte)) putByte(byte)
        return position + 4
      }
      case '*': {
        const name = /^\s*\\([a-zA-Z]{1,32})/.exec(text.slice(position + 2, position + 60))?.[1]
        if (name !== 'htmltag') group.skipped = true
        return position + 2
      }
      case '~':
        put(isHtml && !group.inTag ? '&nbsp;' : '\u00a0')
        return position + 2
      case '_':
        put(isHtml && !group.inTag ? '&shy;' : '\u00ad')
        return position + 2
      case '\r':
      case '\n':
        put('\r\n')
        return position + 2
      default:
        if (sign === '{' || sign === '}' || sign === '\\') putByte(sign.charCodeAt(0))
        return position + 2
    }
  }

  function control(name: string, value: number | null): void {
    if (name === 'htmltag') group.inTag = true
    else if (name === 'htmlrtf') {
      flush()
      group.beside = isHtml && value !== 0
    } else if (name === 'uc') group.fallbackCount = Math.min(8, Math.max(0, value ?? 1))
    else if (name === 'u' && value !== null) {
      put(String.fromCharCode(value & 0xffff))
      toSkip = group.fallbackCount
    } else if (name === 'f' && value !== null) {
      flush()
      group.charset = fonts.get(value) ?? ansi
    } else if (name === 'bin') group.skipped = true
    else if (skippedGroups.test(name)) group.skipped = true
    else {
      const sign = Object.hasOwn(signs, name) ? signs[name] : undefined
      if (sign !== undefined) put(sign)
    }
  }
}

/** What bytes beyond ASCII mean in each font (`\fcharset`). */
function fontCharsets(text: string): ReadonlyMap<number, Charset> {
  const fonts = new Map<number, Charset>()
  const table = text.slice(0, 200_000)
  for (const match of table.matchAll(
    /\\f(\d{1,5})(?:\\[a-eg-z*][a-z]{0,30}-?\d{0,5} ?|\\f(?!charset)[a-z]{1,30} ?){0,6}\\fcharset(\d{1,3})/g,
  )) {
    const codePage = codePageOfFont[match[2] ?? '']
    const charset = codePage === undefined ? null : charsetOfCodePage(codePage)
    if (charset !== null) fonts.set(Number(match[1]), charset)
  }
  return fonts
}

const codePageOfFont: Readonly<Record<string, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
}
