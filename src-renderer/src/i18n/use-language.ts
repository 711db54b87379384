import { useI18n } from 'vue-i18n'
import type { LanguageChoice } from '../../../src-main/contract/settings-words.ts'
import { languageFor, textsOf } from './languages.ts'

/** Turns every text of the page into a language; the program's own where there is none of that name. */
export function useLanguage(): (choice: LanguageChoice) => Promise<void> {
  const texts = useI18n({ useScope: 'global' })

  return async (choice) => {
    const language = languageFor(choice, navigator.languages)
    if (!texts.availableLocales.includes(language)) texts.setLocaleMessage(language, await textsOf(language))
    texts.locale.value = language
    document.documentElement.lang = language === 'pseudo' ? 'en' : language
  }
}
