/**
 * What is noise between two versions of a policy, and nothing else: white space, glyphs of quotes and dashes, hyphenation, bullets, numbering,
 * icon words, Unicode forms. Case, commas, and/or, numbers, quotes around a term and targets of links are not.
 */

const icons =
  /\b(?:arrow_(?:forward|back|upward|downward|right|left|drop_down)|chevron_(?:right|left)|expand_(?:more|less)|open_in_new|keyboard_arrow_(?:down|up|right)|content_copy|more_(?:vert|horiz)|check_circle|info_outline|north_east)\b/g

/** One glyph for each sign, so that a redline shows no retypesetting. Length may change. */
export function retypeset(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/[‘’‚‛′`´]/g, "'")
      .replace(/[“”„‟″«»]|''/g, '"')
      .replace(/[‐‑‒–—―−]/g, '-')
      // What typesetting makes of the letter of a list.
      .replace(/©/g, '(c)')
      .replace(/\s*-{2,}\s*|\s+-\s+/g, ' - ')
      .replace(icons, ' ')
      .replace(/[¶🔗⚓]/gu, '')
      .replace(/\*+|^[•◦▪‣·]\s*/g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ([,.;:!?)])/g, '$1')
      .trim()
  )
}

/** Equal for two texts whose difference is noise alone. */
export function noiseless(text: string): string {
  return retypeset(text).replace(/[\s-]+/g, '')
}

/** Words for likeness: lower case, without signs. */
export function wordsOf(text: string): string[] {
  return (
    retypeset(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
