/** How well a text answers to what was typed; the higher the better, null: not at all. Every word must occur. */
export function matchWords(query: string, text: string): number | null {
  const folded = fold(text)
  let score = 0
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const at = folded.indexOf(word)
    if (at === -1) return null
    // The beginning of the text, then of a word, before anywhere else.
    score += at === 0 ? 3 : /[^\p{L}\p{N}]/u.test(folded[at - 1] ?? '') ? 2 : 1
  }
  return score
}

/** Case and accents make no difference to who looks for something. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The best of a list, at most `max`, the given order kept among equals. */
export function bestMatches<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
  max: number,
): readonly T[] {
  if (query.trim() === '') return items.slice(0, max)
  return items
    .flatMap((item) => {
      const score = matchWords(query, textOf(item))
      return score === null ? [] : [{ item, score }]
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, max)
    .map(({ item }) => item)
}
