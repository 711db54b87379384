import type { ByteSpan } from '../contract/span.ts'
import { lazily } from './lazily.ts'
import type { SpanMap } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'

/** Bytes to parse and the way back to the input: the input itself, or what stood inside an encoding of it. */
export interface ByteSource {
  readonly bytes: Buffer
  /** From a span of `bytes` to a span of the input. */
  readonly toInput: (span: ByteSpan) => ByteSpan
}

/** The bytes of a whole input, without a copy. */
export function inputSource(bytes: Uint8Array): ByteSource {
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), toInput: (span) => span }
}

/** Pieces of a source as one; ascending. */
export function piecesOf(source: ByteSource, pieces: readonly ByteSpan[]): ByteSource {
  const first = pieces[0] ?? { start: 0, end: 0 }
  const last = pieces.at(-1) ?? first
  const cuts = pieces.slice(1).map((piece, index) => ({ start: pieces[index]?.end ?? piece.start, end: piece.start }))
  return withoutBytes(source, { start: first.start, end: last.end }, cuts)
}

/** A source without some of its bytes; `cuts` are ascending and do not touch. */
export function withoutBytes(source: ByteSource, range: ByteSpan, cuts: readonly ByteSpan[]): ByteSource {
  const kept: Buffer[] = []
  let position = range.start
  for (const cut of [...cuts, { start: range.end, end: range.end }]) {
    kept.push(source.bytes.subarray(position, cut.start))
    position = cut.end
  }
  const map = lazily((): SpanMap<'byte', 'byte'> => {
    const builder = spanMapBuilder<'byte', 'byte'>()
    let start = range.start
    for (const cut of [...cuts, { start: range.end, end: range.end }]) {
      builder.linear(cut.start - start, start)
      start = cut.end
    }
    return builder.build()
  })
  return { bytes: Buffer.concat(kept), toInput: (span) => source.toInput(map().toOrigin(span)) }
}
