import type { Charset } from './charset.ts'
import { runShifted } from './charset-shifted.ts'
import { multiByteMap } from './multi-byte-map.ts'
import type { SpanMap, SpanMapBuilder } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'

type Builder = SpanMapBuilder<'utf16', 'byte'>

/** Which bytes each UTF-16 unit of `text` = `decodeText(bytes, charset)` was decoded from. */
export function charsetMap(bytes: Uint8Array, charset: Charset, text: string): SpanMap<'utf16', 'byte'> {
  const builder: Builder = spanMapBuilder<'utf16', 'byte'>()
  switch (charset.kind) {
    case 'windows-1252':
    case 'single-byte':
    case 'code-page':
      builder.linear(bytes.length, 0)
      break
    case 'utf-8':
      // Every unit takes at least one byte, so equal lengths leave one byte each.
      if (bytes.length === text.length) builder.linear(bytes.length, 0)
      else mapUtf8(bytes, builder)
      break
    case 'utf-16':
      mapUtf16(bytes, charset.label === 'utf-16be', builder)
      break
    case 'multi-byte':
      return multiByteMap(bytes, charset.label, text)
    case 'shifted':
      runShifted(bytes, charset.label, (units, start, end) => {
        if (units.length === 1 && end - start === 1) builder.linear(1, start)
        else builder.atomic(units.length, start, end)
      })
      break
  }
  if (builder.length() !== text.length) {
    // Only a bug could bring this about; then claim the whole, never a wrong place.
    const whole = spanMapBuilder<'utf16', 'byte'>()
    whole.atomic(text.length, 0, bytes.length)
    return whole.build()
  }
  return builder.build()
}

/** Encoding Standard, "UTF-8 decoder": a malformed sequence becomes one U+FFFD for each maximal subpart. */
function mapUtf8(bytes: Uint8Array, builder: Builder): void {
  let position = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (position < bytes.length) {
    const first = bytes[position] ?? 0
    if (first < 0x80) {
      let end = position + 1
      while (end < bytes.length && (bytes[end] ?? 0) < 0x80) end++
      builder.linear(end - position, position)
      position = end
      continue
    }
    const [needed, lowest, highest] = utf8Sequence(first)
    let end = position + 1
    let seen = 0
    for (; seen < needed && end < bytes.length; seen++, end++) {
      const next = bytes[end] ?? 0
      const low = seen === 0 ? lowest : 0x80
      const high = seen === 0 ? highest : 0xbf
      if (next < low || next > high) break
    }
    if (needed === 3 && seen === 3) builder.atomic(2, position, end)
    else builder.linear(1, position, end - position)
    position = end
  }
}

/** Continuation bytes that a lead byte asks for, and the bounds of the first of them. */
function utf8Sequence(lead: number): readonly [needed: number, lowest: number, highest: number] {
  if (lead >= 0xc2 && lead <= 0xdf) return [1, 0x80, 0xbf]
  if (lead === 0xe0) return [2, 0xa0, 0xbf]
  if (lead === 0xed) return [2, 0x80, 0x9f]
  if (lead >= 0xe1 && lead <= 0xef) return [2, 0x80, 0xbf]
  if (lead === 0xf0) return [3, 0x90, 0xbf]
  if (lead >= 0xf1 && lead <= 0xf3) return [3, 0x80, 0xbf]
  if (lead === 0xf4) return [3, 0x80, 0x8f]
  return [0, 0, 0]
}

function mapUtf16(bytes: Uint8Array, bigEndian: boolean, builder: Builder): void {
  const unitAt = (position: number): number => {
    const first = bytes[position] ?? 0
    const second = bytes[position + 1] ?? 0
    return bigEndian ? first * 256 + second : second * 256 + first
  }
  let position = bytes.length >= 2 && unitAt(0) === 0xfeff ? 2 : 0
  const even = bytes.length - (bytes.length % 2)
  while (position < even) {
    const unit = unitAt(position)
    const next = position + 4 <= even ? unitAt(position + 2) : 0
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
      builder.atomic(2, position, position + 4)
      position += 4
      continue
    }
    // A high surrogate and an odd byte at the very end are one error.
    if (unit >= 0xd800 && unit <= 0xdbff && position + 2 === even && bytes.length > even) {
      builder.atomic(1, position, bytes.length)
      return
    }
    builder.linear(1, position, 2)
    position += 2
  }
  if (position < bytes.length) builder.atomic(1, position, bytes.length)
}
