import { inputSource } from '../../src-main/intake/byte-source.ts'
import type { HeaderField, Message, TextPart } from '../../src-main/intake/message.ts'
import type { Entity } from '../../src-main/intake/mime-tree.ts'
import { readMimeTree } from '../../src-main/intake/mime-tree.ts'
import type { Encoding } from '../support/mail/naive-decode.ts'
import { naiveText, naiveTransfer } from '../support/mail/naive-decode.ts'

const samplesPerPart = 48

export interface MapCheck {
  readonly parts: number
  readonly spans: number
  /** What is wrong, empty when every span is exact. */
  readonly faults: readonly string[]
}

/**
 * Holds the maps of an e-mail against its bytes: for spans all over every text part and header value, decoding the bytes
 * that the map names must give the text (base64: contain it, since bytes come in groups).
 */
export function checkMaps(bytes: Uint8Array, message: Message): MapCheck {
  const faults: string[] = []
  const leaves = leavesOf(readMimeTree(inputSource(bytes), { start: 0, end: bytes.length }).root)
  let spans = 0
  let parts = 0
  for (const part of message.texts) {
    if (part.kind !== 'text' && part.kind !== 'html') continue
    parts++
    spans += checkBody(bytes, part, leaves, faults)
  }
  for (const field of message.headers) {
    parts++
    spans += checkHeader(bytes, field, leaves, faults)
  }
  return { parts, spans, faults }
}

function leavesOf(entity: Entity): Entity[] {
  return entity.children.length === 0 ? [entity] : entity.children.flatMap(leavesOf)
}

/** Whole text, edges, and spans of 1, 2, 7 … characters at even distances; no half of a surrogate pair. */
export function sampleSpans(text: string): { start: number; end: number }[] {
  const lengths = [1, 2, 7, 40, 333]
  const spans = [{ start: 0, end: text.length }]
  const step = Math.max(1, Math.floor(text.length / samplesPerPart))
  for (let start = 0, index = 0; start < text.length; start += step, index++) {
    spans.push({ start, end: Math.min(text.length, start + (lengths[index % lengths.length] ?? 1)) })
  }
  if (text.length > 0) spans.push({ start: text.length - 1, end: text.length })
  return spans
    .filter((span) => span.end > span.start)
    .map(({ start, end }) => ({
      start: isLowSurrogate(text, start) && start > 0 ? start - 1 : start,
      end: isLowSurrogate(text, end) && end < text.length ? end + 1 : end,
    }))
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xdc00 && unit <= 0xdfff
}

function checkBody(bytes: Uint8Array, part: TextPart, leaves: readonly Entity[], faults: string[]): number {
  const { text, toSource } = part
  if (toSource === null) return 0
  const whole = toSource({ start: 0, end: text.length })
  const leaf = leaves.find(({ body }) => body.start <= whole.start && whole.end <= body.end)
  if (text.length === 0) return 0
  if (leaf === undefined) {
    faults.push(`${part.part}: its bytes lie in no leaf`)
    return 0
  }
  const encoding = leaf.encoding ?? 'identity'
  // Not to be decoded from the middle of a line; its own tests hold it against its bytes.
  if (encoding === 'uuencode') return 0
  const labels = charsetLabels(leaf, encoding, bytes)
  const samples = sampleSpans(text)
  for (const span of samples) {
    const source = toSource(span)
    const expected = text.slice(span.start, span.end)
    const isExact =
      means(bytes.subarray(source.start, source.end), encoding, labels, expected) ||
      meansInPieces(bytes, { text, toSource }, span, encoding, labels)
    if (!isExact) {
      faults.push(`${part.part} ${String(span.start)}–${String(span.end)}: ${JSON.stringify(expected.slice(0, 40))}`)
    }
  }
  return samples.length
}

/**
 * A span with something between its characters that is no text of the mail (a soft line break of `format=flowed` and the quote
 * marks after it, a signature's armour, a uuencoded file): each stretch without such a gap must mean its own bytes.
 */
function meansInPieces(
  bytes: Uint8Array,
  { text, toSource }: { readonly text: string; readonly toSource: NonNullable<TextPart['toSource']> },
  span: { readonly start: number; readonly end: number },
  encoding: Encoding,
  labels: readonly string[],
): boolean {
  let start = span.start
  let last = toSource({ start, end: start + 1 })
  for (let unit = start + 1; unit <= span.end; unit++) {
    const next = unit === span.end ? null : toSource({ start: unit, end: unit + 1 })
    if (next === null || next.start > last.end) {
      const source = toSource({ start, end: unit })
      if (!means(bytes.subarray(source.start, source.end), encoding, labels, text.slice(start, unit))) return false
      if (next !== null && !isNoText(naiveTransfer(encoding, bytes.subarray(last.end, next.start)))) return false
      start = unit
    }
    if (next !== null) last = next
  }
  return true
}

function isNoText(gap: Uint8Array): boolean {
  const between = Buffer.from(gap).toString('latin1')
  return (
    /^ ?(?:\r?\n)?>* ?$|^(?:\r?\n)?- $|^-----(?:BEGIN|END) PGP SIGN|^begin [0-7]{3}/.test(between) || isArmour(between)
  )
}

function isArmour(between: string): boolean {
  return between.split(/\r?\n/).every((line) => /^(?:[A-Za-z0-9+/=]*|-----END PGP SIGNATURE-----\s*|- )$/.test(line))
}

function charsetLabels(leaf: Entity, encoding: Encoding, bytes: Uint8Array): string[] {
  const declared = leaf.contentType.parameters.get('charset')?.value
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]+)/i.exec(
    Buffer.from(naiveTransfer(encoding, bytes.subarray(leaf.body.start, leaf.body.end))).toString('latin1'),
  )?.[1]
  return [declared, 'utf-8', meta, 'windows-1252', 'big5', 'gbk'].filter((label) => label !== undefined)
}

function means(source: Uint8Array, encoding: Encoding, labels: readonly string[], expected: string): boolean {
  // A character that starts inside a group of four base64 characters has up to two foreign bytes before it.
  const decodings =
    encoding === 'base64'
      ? [0, 1, 2].map((offset) => naiveTransfer(encoding, source).subarray(offset))
      : [naiveTransfer(encoding, source)]
  return decodings.some((decoded) => meansInCharset(decoded, encoding, labels, expected))
}

function meansInCharset(decoded: Uint8Array, encoding: Encoding, labels: readonly string[], expected: string): boolean {
  return labels.some((label) => {
    if (/^iso-2022-jp$/i.test(label)) return meansShifted(decoded, expected)
    const text = naiveText(label, decoded)
    if (text === null) return false
    if (encoding === 'base64') return text.includes(expected)
    // A broken character at the edge may stand for more bytes than its own.
    return (
      text === expected ||
      (expected.includes('\uFFFD') && text.replaceAll('\uFFFD', '').includes(expected.replaceAll('\uFFFD', '')))
    )
  })
}

/** A character of ISO-2022-JP means what it means only after the escape before it. */
function meansShifted(decoded: Uint8Array, expected: string): boolean {
  return ['', '\x1b$B', '\x1b(J'].some((escape) =>
    naiveText('iso-2022-jp', Buffer.concat([Buffer.from(escape, 'latin1'), decoded]))?.includes(expected),
  )
}

function checkHeader(bytes: Uint8Array, field: HeaderField, leaves: readonly Entity[], faults: string[]): number {
  const words = [...field.raw.matchAll(/=\?([^?*]+)(?:\*[^?]*)?\?[bq]\?/gi)].map((match) => match[1] ?? '')
  const declared = leaves.map((leaf) => leaf.contentType.parameters.get('charset')?.value ?? 'utf-8')
  const labels = [...words, 'utf-8', ...declared, 'windows-1252', 'big5']
  let count = 0
  const { toSource } = field
  if (toSource === null) return 0
  for (const [offset, character] of characters(field.value)) {
    count++
    const source = toSource({ start: offset, end: offset + character.length })
    const slice = bytes.subarray(source.start, source.end)
    const written = Buffer.from(slice).toString('latin1')
    const underscores = Buffer.from(written.replaceAll('_', ' ').replace(/\?=\s*=\?[^?]+\?[Qq]\?/g, ''), 'latin1')
    const isExact =
      means(slice, 'identity', labels, character) ||
      means(underscores, 'quoted-printable', labels, character) ||
      means(Buffer.from(written.replace(/\?=\s*=\?[^?]+\?[Bb]\?/g, ''), 'latin1'), 'base64', labels, character)
    const isInside = source.start >= field.range.start && source.end <= field.range.end
    if (!isExact || !isInside) faults.push(`header ${field.name} at ${String(offset)}: ${JSON.stringify(character)}`)
  }
  return count
}

/** At most a few dozen characters of a value, beyond ASCII first. */
function characters(value: string): [number, string][] {
  const all: [number, string][] = []
  let offset = 0
  for (const character of value) {
    all.push([offset, character])
    offset += character.length
  }
  const step = Math.max(1, Math.floor(all.length / 12))
  return all.filter(([, character], index) => index % step === 0 || character > '\x7f').slice(0, 60)
}
