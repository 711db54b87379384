/** How a text goes out as SMS (3GPP TS 23.038): in which alphabet, and in how many parts. */
export interface Segments {
  readonly encoding: 'gsm-7' | 'ucs-2'
  readonly segments: number
  /** The first character that the GSM alphabet lacks, as it makes the text dearer; null when there is none. */
  readonly costly: string | null
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** They take two septets. */
const extended = new Set('\f^{}\\[~]|€')

/** GSM 7-bit: 160, then 153 a part; UCS-2: 70 units, then 67. No character is parted. */
export function countSegments(text: string): Segments {
  const costly = Array.from(text).find((character) => !basic.has(character) && !extended.has(character)) ?? null
  const sizes =
    costly === null
      ? Array.from(text, (character) => (extended.has(character) ? 2 : 1))
      : Array.from(text, ({ length }) => length)
  const [alone, each] = costly === null ? [160, 153] : [70, 67]
  const encoding = costly === null ? 'gsm-7' : 'ucs-2'
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, costly }
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > each) {
      segments++
      used = 0
    }
    used += size
  }
  return { encoding, segments, costly }
}

/** How much of a segment's room a text takes: septets, or UTF-16 units where one character is not of the GSM alphabet. */
export function segmentUnits(text: string): number {
  const characters = Array.from(text)
  if (characters.some((character) => !basic.has(character) && !extended.has(character))) return text.length
  return characters.reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0)
}

/** Characters that cost more, each with how often it occurs: those the alphabet lacks, else those that take two septets. */
export function costlyCharacters(text: string): readonly { readonly character: string; readonly count: number }[] {
  const characters = Array.from(text)
  const foreign = characters.filter((character) => !basic.has(character) && !extended.has(character))
  const counts = new Map<string, number>()
  for (const character of foreign.length > 0 ? foreign : characters.filter((one) => extended.has(one)))
    counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts].map(([character, count]) => ({ character, count }))
}
