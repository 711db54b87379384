import type { Utf16Span } from '../contract/span.ts'

const signedMessage = '-----BEGIN PGP SIGNED MESSAGE-----'
const signature = '-----BEGIN PGP SIGNATURE-----'
const signatureEnd = '-----END PGP SIGNATURE-----'

interface Line {
  readonly start: number
  readonly next: number
  /** Without white space at its end. */
  readonly text: string
}

/** Armour headers that say nothing to a reader; a comment does. */
const silentHeader = /^(?:Hash|Version|Charset|MessageID|NotDashEscaped):/

/**
 * What the cleartext signature framework put around and into a text (RFC 9580 section 7): the armour's lines, the signature's
 * digits, and `- ` before lines that start with a dash. Ascending; empty for a text that is not signed so. Comments stay:
 * without a program for signatures, a reader sees them.
 */
export function clearSignatureCuts(text: string): readonly Utf16Span[] {
  if (!text.includes(signedMessage)) return []
  const cuts: Utf16Span[] = []
  let state: 'outside' | 'head' | 'text' | 'signature-head' | 'signature' = 'outside'
  for (const line of linesOf(text)) {
    const whole = { start: line.start, end: line.next }
    switch (state) {
      case 'outside':
        if (line.text === signedMessage) {
          cuts.push(whole)
          state = 'head'
        }
        break
      case 'head':
        if (line.text === '' || silentHeader.test(line.text)) cuts.push(whole)
        if (line.text === '') state = 'text'
        break
      case 'text':
        if (line.text === signature) {
          cuts.push(whole)
          state = 'signature-head'
        } else if (text.startsWith('- ', line.start)) cuts.push({ start: line.start, end: line.start + 2 })
        break
      case 'signature-head':
      case 'signature':
        if (line.text === signatureEnd) {
          cuts.push(whole)
          state = 'outside'
        } else if (state === 'signature-head') {
          if (line.text === '' || silentHeader.test(line.text)) cuts.push(whole)
          if (line.text === '') state = 'signature'
        } else if (/^[A-Za-z0-9+/=]{1,100}$/.test(line.text) && !/^[A-Za-z]{1,40}$/.test(line.text)) cuts.push(whole)
        break
    }
  }
  return joinedCuts(cuts)
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start)
    const next = feed < 0 ? text.length : feed + 1
    // Lines of a hostile text can be long; those that matter are not.
    yield { start, next, text: text.slice(start, Math.min(next, start + 200)).trimEnd() }
    start = next
  }
}

function joinedCuts(cuts: readonly Utf16Span[]): readonly Utf16Span[] {
  const joined: { start: number; end: number }[] = []
  for (const cut of cuts) {
    const last = joined.at(-1)
    if (last?.end === cut.start) last.end = cut.end
    else joined.push({ ...cut })
  }
  return joined
}

/**
 * What an armoured OpenPGP message in a text holds (RFC 9580 section 4): its first packet tells. `packed`: compressed or
 * signed as a whole, not encrypted, and not opened either. null: there is none.
 */
export function armouredMessage(text: string): 'encrypted' | 'packed' | null {
  const head = /^-----BEGIN PGP MESSAGE-----[^\n]*\n(?:[A-Za-z]{1,20}:[^\n]*\n)*\s*([A-Za-z0-9+/]{4})/m.exec(text)
  if (head === null) return /^-----BEGIN PGP MESSAGE-----/m.test(text) ? 'encrypted' : null
  return packetKind(Buffer.from(head[1] ?? '', 'base64')[0])
}

/** By the tag in a packet's first byte, in the new and the old form. */
function packetKind(first: number | undefined): 'encrypted' | 'packed' {
  if (first === undefined || first < 0x80) return 'encrypted'
  const tag = (first & 0x40) !== 0 ? first & 0x3f : (first >> 2) & 0x0f
  const isOpen = tag === 2 || tag === 4 || tag === 8 || tag === 11
  return isOpen ? 'packed' : 'encrypted'
}
