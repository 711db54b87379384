import type { Answer, Mark } from '../contract/operation-schemas.ts'
import type { Finding } from '../contract/report.ts'
import type { ByteSpan, Utf16Span } from '../contract/span.ts'

type SourceView = Answer<'message.source'>

/**
 * The bytes of `range`, at most the first `maxBytes`, as text, with findings on their exact bytes. Bytes that are no UTF-8 are shown as
 * windows-1252, which has a character for every byte. No character is cut at the end.
 */
export function sourceView(
  input: Uint8Array,
  range: ByteSpan,
  findings: readonly Finding[],
  maxBytes: number,
): SourceView {
  const bytes = input.subarray(range.start, range.end)
  const here = findings.flatMap((finding) => inRange(finding, range))
  const shown = bytes.subarray(0, wholeUtf8(bytes, maxBytes))
  const utf8 = decodeUtf8(shown)
  if (utf8 !== null) {
    const place = utf16Spans(shown, here)
    return { text: utf8, shownAs: 'utf-8', omittedBytes: bytes.length - shown.length, marks: marks(here, place) }
  }
  const cut = bytes.subarray(0, maxBytes)
  return {
    text: new TextDecoder('windows-1252').decode(cut),
    shownAs: 'windows-1252',
    omittedBytes: bytes.length - cut.length,
    // One byte, one UTF-16 unit: windows-1252 lies in the basic plane.
    marks: marks(here, ({ start, end }) => (end <= cut.length ? { start, end } : null)),
  }
}

interface Placed {
  readonly finding: Finding
  /** From the start of the range. */
  readonly span: ByteSpan
}

function inRange(finding: Finding, range: ByteSpan): Placed[] {
  const { source } = finding
  if (!source || source.start < range.start || source.end > range.end) return []
  return [{ finding, span: { start: source.start - range.start, end: source.end - range.start } }]
}

/** The largest length up to `maxBytes` that ends between two characters, if the bytes are UTF-8. */
function wholeUtf8(bytes: Uint8Array, maxBytes: number): number {
  if (bytes.length <= maxBytes) return bytes.length
  let end = maxBytes
  while (end > 0 && maxBytes - end < 4 && isContinuation(bytes[end] ?? 0)) end--
  return end
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // A byte order mark stays, so that every unit of the text has its bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** From byte ranges to ranges of the decoded text, in one pass over the bytes; null past their end. */
function utf16Spans(bytes: Uint8Array, placed: readonly Placed[]): (span: ByteSpan) => Utf16Span | null {
  const edges = [...new Set(placed.flatMap(({ span: { start, end } }) => [start, end]))].sort((a, b) => a - b)
  const offsets = new Map<number, number>()
  let at = 0
  let units = 0
  for (const edge of edges) {
    if (edge > bytes.length) break
    for (; at < edge; at++) units += unitsOf(bytes[at] ?? 0)
    offsets.set(edge, units)
  }
  return (span) => {
    const start = offsets.get(span.start)
    const end = offsets.get(span.end)
    return start === undefined || end === undefined ? null : { start, end }
  }
}

/** UTF-16 units of the character that a byte begins; 0 for a byte within a character. */
function unitsOf(byte: number): number {
  if (isContinuation(byte)) return 0
  return byte >= 0xf0 ? 2 : 1
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

function marks(placed: readonly Placed[], place: (span: ByteSpan) => Utf16Span | null): Mark[] {
  return placed.flatMap(({ finding: { number, severity }, span }) => {
    const shown = place(span)
    return shown ? [{ number, severity, span: { start: shown.start, end: shown.end } }] : []
  })
}
