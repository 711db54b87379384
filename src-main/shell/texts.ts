import de from '../../resources/locales/shell/de.json' with { type: 'json' }
import en from '../../resources/locales/shell/en.json' with { type: 'json' }
import es from '../../resources/locales/shell/es.json' with { type: 'json' }
import fr from '../../resources/locales/shell/fr.json' with { type: 'json' }
import type { LanguageChoice } from '../contract/settings-words.ts'

/** What the system's own parts (menus, boxes) say; the page has its texts itself. */
export type ShellTexts = typeof en

const texts: Readonly<Record<'en' | 'de' | 'fr' | 'es', ShellTexts>> = { en, de, fr, es }

/** In the chosen language, else in that of the system (`de-AT`); English where there is none. */
export function shellTexts(choice: LanguageChoice, systemLocale: string): ShellTexts {
  const asked = choice === 'system' ? systemLocale.toLowerCase().split('-')[0] : choice
  return asked === 'de' || asked === 'fr' || asked === 'es' ? texts[asked] : en
}
