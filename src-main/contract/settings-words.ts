/** What the settings can be chosen from. Without zod: the page takes these words. */

export const themeChoices = ['system', 'light', 'dark', 'contrast-light', 'contrast-dark'] as const
/** `pseudo` is for tests: every text of a locale file stands between marks, so that one which is in none shows. */
export const languageChoices = ['system', 'en', 'de', 'fr', 'es', 'pseudo'] as const
export const motionChoices = ['system', 'reduced'] as const

/** What the program speaks. */
export const spokenLanguages = ['en', 'de', 'fr', 'es'] as const

export type SpokenLanguage = (typeof spokenLanguages)[number]
export type ThemeChoice = (typeof themeChoices)[number]
export type LanguageChoice = (typeof languageChoices)[number]
export type MotionChoice = (typeof motionChoices)[number]

/** Of the desktop's windows; in browser mode the browser has a zoom of its own. */
export const zoomRange = { min: 0.8, max: 2, step: 0.1 } as const

/** What a program starts with that has never been asked for anything else. */
export const firstSettings = {
  theme: 'system',
  language: 'system',
  motion: 'system',
  zoom: 1,
  letterKeys: true,
  keys: {},
  panes: {},
  welcomed: false,
} as const
