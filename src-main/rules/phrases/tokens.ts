import { isSpacedUnit } from './word-units.ts'

/** A text cut into tokens: a word, a space, or any other single unit. Their number is `count`; arrays may be longer. */
export interface Tokens {
  readonly count: number
  /** By the vocabulary; 0: a token that no phrase holds. */
  readonly ids: Int32Array
  /** In UTF-16 units; a token ends where the next one starts. */
  readonly starts: Int32Array
}

export interface Vocabulary {
  /** The arrays are used again by the next call. */
  readonly tokensOf: (text: string) => Tokens
}

export interface VocabularyBuilder {
  /** Numbers of a folded literal's tokens; those that are new become known. */
  readonly learn: (literal: string) => readonly number[]
  /** What was learned, in order of the numbers. */
  readonly words: () => readonly string[]
}

/** White space and the hyphen are one token: `risk free` is `risk-free`. */
export const space = 1

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x2d
}

export function vocabularyBuilder(): VocabularyBuilder {
  const ids = new Map<string, number>()
  return {
    learn(literal) {
      const learned: number[] = []
      for (let at = 0; at < literal.length;) {
        const end = tokenEnd(literal, at)
        learned.push(isSpace(literal.charCodeAt(at)) ? space : idOf(literal.slice(at, end)))
        at = end
      }
      return learned
    },
    words: () => [...ids.keys()],
  }

  function idOf(word: string): number {
    const known = ids.get(word)
    if (known !== undefined) return known
    const id = ids.size + space + 1
    ids.set(word, id)
    return id
  }
}

/** Letters and digits of a script with spaces between words hold together; all else stands for itself. */
function tokenEnd(text: string, start: number): number {
  let end = start + 1
  if (!isSpacedUnit(text.charCodeAt(start))) return end
  while (end < text.length && isSpacedUnit(text.charCodeAt(end))) end++
  return end
}

/** A word's number is its place in the list, after that of the space. */
export function vocabularyOf(words: readonly string[]): Vocabulary {
  const mask = 2 ** Math.ceil(Math.log2(words.length * 2 + 2)) - 1
  const table = new Int32Array(mask + 1)
  words.forEach((word, place) => {
    let slot = hashOf(word, 0, word.length) & mask
    while (table[slot] !== 0) slot = (slot + 1) & mask
    table[slot] = place + space + 1
  })

  function idAt(text: string, start: number, end: number): number {
    let slot = hashOf(text, start, end) & mask
    for (let id = table[slot] ?? 0; id !== 0; id = table[slot] ?? 0) {
      const word = words[id - space - 1] ?? ''
      if (word.length === end - start && text.startsWith(word, start)) return id
      slot = (slot + 1) & mask
    }
    return 0
  }

  let ids = new Int32Array(1_024)
  let starts = new Int32Array(1_024)
  return {
    tokensOf(text) {
      let count = 0
      for (let at = 0; at < text.length; count++) {
        // The end of the last token is noted behind it.
        if (count + 2 > ids.length) {
          ids = lengthened(ids)
          starts = lengthened(starts)
        }
        const end = tokenEnd(text, at)
        ids[count] = isSpace(text.charCodeAt(at)) ? space : idAt(text, at, end)
        starts[count] = at
        at = end
      }
      starts[count] = text.length
      return { count, ids, starts }
    },
  }
}

function lengthened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 2)
  longer.set(array)
  return longer
}

/** Fowler, Noll and Vo's hash, over UTF-16 units. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
