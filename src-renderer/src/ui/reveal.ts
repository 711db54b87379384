/** A piece of a text: shown as it is, or by its code because it would be invisible or turn the reading order. */
export type TextPiece =
  | { readonly kind: 'plain'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'revealed'; readonly code: string; readonly start: number; readonly end: number }

// Controls, format characters (bidi, zero width, tags), separators and default-ignorables that draw nothing.
// Tab and line breaks are white space like any other.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu
const whiteSpace = /[\t\n\r]/
const emojiBefore = /\p{Extended_Pictographic}(?:[\u{1f3fb}-\u{1f3ff}]|\ufe0f)?$/u
const emojiAfter = /^\p{Extended_Pictographic}/u

/** Splits a text so that nothing in it is hidden; pieces together cover it without gap. */
export function revealInvisible(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const match of text.matchAll(invisible)) {
    const start = match.index
    const end = start + match[0].length
    if (whiteSpace.test(match[0]) || joinsEmoji(text, start, end)) continue
    if (start > at) pieces.push({ kind: 'plain', text: text.slice(at, start), start: at, end: start })
    pieces.push({ kind: 'revealed', code: codeOf(match[0]), start, end })
    at = end
  }
  if (at < text.length) pieces.push({ kind: 'plain', text: text.slice(at), start: at, end: text.length })
  return pieces
}

/** The joiner that makes one sign of several emoji hides nothing. */
function joinsEmoji(text: string, start: number, end: number): boolean {
  return (
    text[start] === '\u200d' &&
    emojiBefore.test(text.slice(Math.max(0, start - 4), start)) &&
    emojiAfter.test(text.slice(end, end + 2))
  )
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
