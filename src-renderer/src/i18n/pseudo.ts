const letters = new Map([
  ...[...'aeiouyncsAEIOUYNCS'].map((letter, at) => [letter, 'áéíóúýñçšÁÉÍÓÚÝÑÇŠ'[at] ?? letter] as const),
])

/**
 * Texts that can be read but are none of ours: every letter with its accent, every text between marks and a third longer,
 * as German is. What shows without marks is in no locale file.
 */
export function pseudoTexts<T extends object>(texts: T): T {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]: [string, unknown]) => {
      if (typeof value === 'string') return [key, pseudo(value)]
      return [key, typeof value === 'object' && value !== null ? pseudoTexts(value) : value]
    }),
    // The same keys, each value of the kind it was.
  ) as T
}

/** Plural forms (`|`) stay forms, placeholders (`{n}`) stay placeholders. */
function pseudo(text: string): string {
  return text
    .split(' | ')
    .map((form) => {
      const accented = form.replace(/\{[^}]*\}|./gu, (piece) => letters.get(piece) ?? piece)
      return `⟦${accented}${'·'.repeat(Math.ceil(form.length / 3))}⟧`
    })
    .join(' | ')
}
