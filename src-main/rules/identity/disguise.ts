import { fold } from '../lens/fold.ts'

export const disguises = ['punycode', 'mixed-script', 'confusable', 'turned-round'] as const
/**
 * How a name or host is made to look like another: written in code, letters of several scripts in one word, letters of
 * another script that look Latin, or signs that turn the order of letters round.
 */
export type Disguise = (typeof disguises)[number]

const beyondAscii = /[^\0-\x7f]/
const otherScripts = ['Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Cherokee', 'Georgian', 'Thai'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
)

/** Whether a word or a label of a host has letters of more than one script. */
export function mixesScripts(label: string): boolean {
  const scripts = otherScripts.filter((script) => script.test(label)).length
  return scripts + (/\p{Script=Latin}/u.test(label) ? 1 : 0) > 1
}

/** Accents alone (münchen) look like themselves; letters of another script that look Latin do not. */
export function looksLatin(shown: string, folded: string): boolean {
  return (
    beyondAscii.test(shown) &&
    !beyondAscii.test(folded) &&
    /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(shown)
  )
}

/** Of the address of a mailbox or a link: `host` as written, `hostUnicode` as a reader would write it. */
export function hostDisguises(host: string, hostUnicode: string): Disguise[] {
  const isMixed = hostUnicode.split('.').some(mixesScripts)
  return [
    ...(/(?:^|\.)xn--/i.test(host) ? (['punycode'] as const) : []),
    ...(isMixed ? (['mixed-script'] as const) : []),
    ...(!isMixed && looksLatin(hostUnicode, fold(hostUnicode, 'soft').text) ? (['confusable'] as const) : []),
  ]
}

const word = /[\p{L}\p{M}\p{N}]+/gu
/** Marks of direction are usual in names from right to left; embeddings and overrides are not (Unicode TR 36, §2.4). */
const turning = /[\u202a\u202b\u202d\u202e\u2066-\u2068]/

/** Of a name. A word of another script made of look-alikes alone may be a real word (Роса): it counts beside Latin words. */
export function nameDisguises(name: string): Disguise[] {
  const words = name.match(word) ?? []
  // “Ωmega” is an ornament: the letters must pass for Latin ones.
  const isMixed = words.some((one) => mixesScripts(one) && !beyondAscii.test(fold(one, 'soft').text))
  const hasLatin = words.some((one) => /\p{Script=Latin}/u.test(one))
  const posing = words.some((one) => one.length > 1 && looksLatin(one, fold(one, 'soft').text))
  return [
    ...(isMixed ? (['mixed-script'] as const) : []),
    ...(!isMixed && posing && hasLatin ? (['confusable'] as const) : []),
    ...(turning.test(name) ? (['turned-round'] as const) : []),
  ]
}
