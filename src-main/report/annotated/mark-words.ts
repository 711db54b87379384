import type { SpokenLanguage } from '../../contract/settings-words.ts'
import de from '../../../resources/locales/marks/de.json' with { type: 'json' }
import en from '../../../resources/locales/marks/en.json' with { type: 'json' }
import es from '../../../resources/locales/marks/es.json' with { type: 'json' }
import fr from '../../../resources/locales/marks/fr.json' with { type: 'json' }

/** What boxes and pictures of a shown message say of themselves; how a text is hidden is named in CSS's own words. */
export type MarkWords = typeof en

export type MarkLanguage = SpokenLanguage

const words: Readonly<Record<MarkLanguage, MarkWords>> = { en, de, fr, es }

export function markWords(language: MarkLanguage): MarkWords {
  return words[language]
}
