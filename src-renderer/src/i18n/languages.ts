import type { LanguageChoice } from '../../../src-main/contract/settings-words.ts'
import en from './en.json'
import { pseudoTexts } from './pseudo.ts'

export type Language = Exclude<LanguageChoice, 'system'>

const spoken = ['en', 'de', 'fr', 'es'] as const

/** The chosen language, or of those the reader prefers (`de-AT`, `en`) the first that there is. */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== 'system') return choice
  for (const tag of preferred) {
    const found = spoken.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (found !== undefined) return found
  }
  return 'en'
}

/** English comes with the page; every other language is fetched when it is spoken. */
export async function textsOf(language: Language): Promise<typeof en> {
  switch (language) {
    case 'en':
      return en
    case 'de':
      return spokenAs(await import('./de.json'))
    case 'fr':
      return spokenAs(await import('./fr.json'))
    case 'es':
      return spokenAs(await import('./es.json'))
    case 'pseudo':
      return pseudoTexts(en)
  }
}

/** What a language has no words for yet is told in English; test/unit/renderer/texts.test.ts counts what that is. */
function spokenAs(file: { readonly default: object }): typeof en {
  return file.default as typeof en
}
