import { bullet } from './block.ts'

const printedNumber =
  /^(?:(?:section|article|clause|rule|abschnitt|artikel|ziffer|sección|artículo|§)\s*)?((?:\d{1,3}\.)+\d{0,3}|\d{1,3}[.):]|\([a-z0-9]{1,4}\)|[a-z]\)|[A-Z]\.(?=\s+\p{Lu})|[ivxIVX]{1,5}[.)])(?=\s|$)\s*/iu
/** `Section 4 Payment`, `Artikel 4: …` */
const namedNumber =
  /^(?:section|article|clause|rule|abschnitt|artikel|ziffer|sección|artículo|§)\s*(\d{1,3}[a-z]?)\b[.:)]?(?:\s+[-–—]\s+|\s+)(?=\S)/iu

/** `24. September 2021`, `2.5 million`: figures of the sentence. */
const notANumber =
  /^(?:\d{1,2}\.\s+(?:\p{L}+\.?\s+)?\d{4}\b|\d+\.\d+\s*(?:%|(?:percent|per cent|million|billion|times|[kmg]b|hours?|days?)\b))/iu

/** A text without its bullet and number, and how much was taken off. */
export function withoutMark(text: string): {
  readonly text: string
  readonly number: string | null
  readonly offset: number
  readonly isMarked: boolean
} {
  const bulleted = bullet.exec(text)?.[0].length ?? 0
  const rest = text.slice(bulleted)
  const match = printedNumber.exec(rest) ?? namedNumber.exec(rest)
  const taken = notANumber.test(rest) ? null : match
  const offset = bulleted + (taken?.[0].length ?? 0)
  const number = taken?.[1]?.replace(/^\(|[.):]+$/g, '').replace(/\)$/, '') ?? null
  return { text: text.slice(offset), number, offset, isMarked: offset > 0 }
}

/** A line that begins with a number as clauses have it. */
export function beginsNumbered(text: string): boolean {
  return withoutMark(text).number !== null
}
