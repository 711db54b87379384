/**
 * A text from a message on one line, with nothing in it that acts on a terminal or reorders what is read: controls (a mail's subject can
 * hold an escape sequence), bidirectional overrides and invisible characters are shown by their number.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
      numbered,
    )
}

function numbered(character: string): string {
  return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
