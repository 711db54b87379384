import fc from 'fast-check'

/** Generators of mails: text in a charset, in a transfer encoding, in lines of some length. */

export const charsetLabels = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-2',
  'koi8-r',
  'windows-1251',
  'iso-8859-15',
  'macintosh',
  'gb18030',
  'gbk',
  'big5',
  'euc-jp',
  'shift_jis',
  'euc-kr',
  'iso-2022-jp',
] as const

export type CharsetLabel = (typeof charsetLabels)[number]

/** A character and its bytes. */
type Entry = readonly [character: string, bytes: readonly number[]]

const tables = new Map<CharsetLabel, readonly Entry[]>()

/** Some hundred characters that the charset can write, ASCII and others, with their bytes. */
function entriesOf(label: CharsetLabel): readonly Entry[] {
  const known = tables.get(label)
  if (known !== undefined) return known
  const entries = label.startsWith('utf-') ? unicodeEntries(label) : legacyEntries(label)
  tables.set(label, entries)
  return entries
}

const ascii: readonly Entry[] = Array.from('aZ0 =_?.,<>"\'-\t').map((character) => [
  character,
  [character.charCodeAt(0)],
])

function unicodeEntries(label: CharsetLabel): Entry[] {
  return Array.from('aZ0 =_?.<é£ßЖя€漢字ก😀👩🏽️').map((character) => {
    if (label === 'utf-8') return [character, [...Buffer.from(character, 'utf8')]]
    const little = Buffer.from(character, 'utf16le')
    return [character, [...(label === 'utf-16be' ? little.swap16() : little)]]
  })
}

/** By asking the decoder what all pairs of bytes mean. */
function legacyEntries(label: CharsetLabel): Entry[] {
  const entries: Entry[] = [...ascii]
  const add = (bytes: readonly number[]): void => {
    const text = new TextDecoder(label).decode(Uint8Array.from(bytes))
    if (Array.from(text).length === 1 && text !== '\uFFFD' && text > '\x9f') entries.push([text, bytes])
  }
  for (let first = 0x80; first < 0x100; first++) add([first])
  const twoBytes = ['gb18030', 'gbk', 'big5', 'euc-jp', 'shift_jis', 'euc-kr'].includes(label)
  if (twoBytes) {
    for (let first = 0x88; first < 0xf8; first += 5) {
      for (let second = 0x40; second < 0xff; second += 7) add([first, second])
    }
  }
  if (label === 'gb18030') add([0x94, 0x39, 0xda, 0x33])
  return entries
}

/** Text of characters that `label` can write. */
export function textIn(label: CharsetLabel): fc.Arbitrary<string> {
  if (label === 'iso-2022-jp')
    return fc
      .array(fc.constantFrom(...Array.from('aZ =.あいう漢字日本語')), { maxLength: 60 })
      .map((all) => all.join(''))
  return fc
    .array(fc.constantFrom(...entriesOf(label).map(([character]) => character)), { maxLength: 120 })
    .map((all) => all.join(''))
}

export function encodeText(label: CharsetLabel, text: string): Uint8Array {
  if (label === 'iso-2022-jp') return encodeIso2022Jp(text)
  const table = new Map(entriesOf(label))
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes =
        table.get(character) ?? (character === '\r' || character === '\n' ? lineEndBytes(label, character) : null)
      if (bytes === null) throw new Error(`${label} has no ${character}`)
      return bytes
    }),
  )
}

function lineEndBytes(label: CharsetLabel, character: string): number[] {
  const byte = character.charCodeAt(0)
  return label === 'utf-16le' ? [byte, 0] : label === 'utf-16be' ? [0, byte] : [byte]
}

const jis: Readonly<Record<string, readonly number[]>> = {
  あ: [0x24, 0x22],
  い: [0x24, 0x24],
  う: [0x24, 0x26],
  漢: [0x34, 0x41],
  字: [0x3b, 0x7a],
  日: [0x46, 0x7c],
  本: [0x4b, 0x5c],
  語: [0x38, 0x6c],
}

function encodeIso2022Jp(text: string): Uint8Array {
  const bytes: number[] = []
  let isDouble = false
  for (const character of text) {
    const double = jis[character]
    if ((double !== undefined) !== isDouble) {
      bytes.push(0x1b, ...(isDouble ? [0x28, 0x42] : [0x24, 0x42]))
      isDouble = !isDouble
    }
    bytes.push(...(double ?? [character.charCodeAt(0)]))
  }
  if (isDouble) bytes.push(0x1b, 0x28, 0x42)
  return Uint8Array.from(bytes)
}

/** Soft breaks fall wherever a line is full, between the bytes of one character too. */
export function quotedPrintable(bytes: Uint8Array, lineLength: number, lineEnd = '\r\n'): string {
  let out = ''
  let line = ''
  for (const [index, byte] of bytes.entries()) {
    const isText = byte > 0x20 && byte < 0x7f && byte !== 0x3d
    const isInnerSpace = byte === 0x20 && index + 1 < bytes.length && (bytes[index + 1] ?? 0) > 0x20
    const unit =
      isText || isInnerSpace ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
    if (line.length + unit.length >= lineLength) {
      out += `${line}=${lineEnd}`
      line = ''
    }
    line += unit
  }
  return out + line
}

/** Line breaks fall anywhere, inside a group of four too. */
export function base64(bytes: Uint8Array, lineLength: number, lineEnd = '\r\n'): string {
  const text = Buffer.from(bytes).toString('base64')
  return (text.match(new RegExp(`.{1,${String(lineLength)}}`, 'g')) ?? []).join(lineEnd)
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

export function concatBytes(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
  )
}
