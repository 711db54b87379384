import { createI18n } from 'vue-i18n'
import en from './en.json'

/** Texts of the screens. Messages are compiled to data, never to functions, so the page needs no `eval`. */
export function createTexts() {
  return createI18n({
    legacy: false,
    locale: 'en',
    fallbackLocale: 'en',
    messages: { en },
    datetimeFormats: {
      en: {
        short: { month: 'short', day: 'numeric' },
        long: { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
      },
    },
    numberFormats: { en: { seconds: { minimumFractionDigits: 1, maximumFractionDigits: 1 } } },
  })
}
