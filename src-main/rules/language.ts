import { francAll } from 'franc-min'
import type { Views } from '../views/view.ts'
import type { Rule } from './pack.ts'

/** Of texts in no language that is known (ISO 639-2). */
export const undetermined = 'und'

/** Whether a rule is to run on a message: a rule that names its languages speaks of no other; of an unknown one it may. */
export function appliesTo({ languages }: Pick<Rule, 'languages'>, language: string | null): boolean {
  return languages === null || language === null || language === undetermined || languages.includes(language)
}

/** Whether a rule's words are meant for texts in the language, as far as rule or pack say. */
export function isWrittenFor({ writtenFor }: Pick<Rule, 'writtenFor'>, language: string | null): boolean {
  return writtenFor === null || language === null || writtenFor.includes(language)
}

/**
 * The language a message is written in, as a two-letter code (ISO 639-1; three letters where there is none). `null`: too
 * little text to tell; `und`: enough text, and no language that is known stands out.
 */
export function languageOf(views: Views): string | null {
  const words = wordsOf(views)
  if (words.length === 0) return null
  if (isEnglish(words)) return 'en'
  const text = words.join(' ')
  const letters = text.replace(/[^\p{L}]/gu, '').length
  const least = unspaced.test(text) ? minUnspacedLetters : isLatin(text, letters) ? minLetters : minOtherLetters
  if (letters < least) return null
  const [first, second] = francAll(text)
  if (first === undefined || first[0] === undetermined) return undetermined
  const clear = second === undefined || second[1] <= (letters < minUnclearLetters ? clearBelowOfShort : clearBelow)
  if (!clear) return letters < minUnclearLetters && isLatin(text, letters) ? null : undetermined
  return new Intl.Locale(first[0]).language
}

const looked: ReadonlySet<string> = new Set(['subject', 'preheader', 'title', 'text', 'html'])
/** More words tell no more. */
const maxWords = 150
const minLetters = 60
const minUnclearLetters = 200
const minUnspacedLetters = 8
/** Of another alphabet than the Latin: it tells much of the language by itself. */
const minOtherLetters = 20
/** How near the second guess may come to the first (1). */
const clearBelow = 0.92
const clearBelowOfShort = 0.88

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function isLatin(text: string, letters: number): boolean {
  return (text.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 > letters
}

/** Words that readers see, without addresses, numbers and merge tags. */
function wordsOf({ texts }: Views): string[] {
  const words: string[] = []
  for (const { look, text } of texts) {
    if (!looked.has(look)) continue
    const found = text
      .slice(0, 20 * maxWords)
      .replace(/\S*(?:https?:|www\.|@)\S*|\{[{%][^}]*\}\}?/giu, ' ')
      .match(/[\p{L}\p{M}'’]+/gu)
    for (const word of found ?? []) if (words.length < maxWords) words.push(word)
    if (words.length >= maxWords) break
  }
  return words
}

/** Most mails are in English, and function words tell that at no cost. None of them is a word of a neighbouring language. */
const functionWords: ReadonlySet<string> = new Set(
  `the and of to you your for with this that our we are have has been will from what when which who would can could should
   not it's you're don't they their there about just now get more please here how out be by is`.split(/\s+/),
)
const minFunctionWords = 4
const minFunctionShare = 0.16

function isEnglish(words: readonly string[]): boolean {
  const functional = words.filter((word) => functionWords.has(word.toLowerCase().replace('’', "'"))).length
  return functional >= minFunctionWords && functional / words.length >= minFunctionShare
}
