import { createI18n } from 'vue-i18n'
import en from './en.json'

const dates = {
  short: { month: 'short', day: 'numeric' },
  long: { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
} as const
const numbers = {
  seconds: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  percent: { style: 'percent' },
} as const

/** Texts of the screens. Messages are compiled to data, never to functions, so the page needs no `eval`. */
export function createTexts() {
  return createI18n({
    legacy: false,
    locale: 'en',
    fallbackLocale: 'en',
    messages: { en },
    datetimeFormats: { en: dates, de: dates, fr: dates, es: dates, pseudo: dates },
    numberFormats: { en: numbers, de: numbers, fr: numbers, es: numbers, pseudo: numbers },
  })
}
