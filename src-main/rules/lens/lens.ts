import type { Look } from '../../views/view.ts'
import { deobfuscate, type IsKnownWord } from './deobfuscate.ts'
import type { StretchesOf } from '../long-text/stretches.ts'
import { foldCase, foldLong, type LensText, type LineBreak } from './fold.ts'

export const lensNames = ['plain', 'folded', 'deobfuscated'] as const
export type LensName = (typeof lensNames)[number]

/** A view's text through each lens, made when first asked for. */
export interface Lenses {
  readonly folded: () => LensText
  readonly cased: () => LensText
  /** Null when the text disguises nothing. */
  readonly deobfuscated: () => LensText | null
}

/** Blocks of HTML are joined by line breaks; in all other texts a single line break may be a wrapped line. */
export function lineBreakOf(look: Look): LineBreak {
  return look === 'html' || look === 'hidden' ? 'hard' : 'soft'
}

/** `isKnownWord`: words cut in two are put together where it says so. */
export function lensesOf(
  text: string,
  lineBreak: LineBreak,
  isKnownWord?: IsKnownWord,
  stretchesOf: StretchesOf = () => null,
): Lenses {
  return {
    folded: once(() => foldLong(text, lineBreak, stretchesOf)),
    cased: once(() => foldCase(text, lineBreak)),
    deobfuscated: once(() => deobfuscate(text, lineBreak, isKnownWord, stretchesOf)),
  }
}

/** Calls at most once and remembers. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
