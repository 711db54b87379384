import type { ThemeChoice } from '../contract/settings-words.ts'

/** What the system's own parts (menus, dialogs) are told of a theme: they know no contrast of ours. */
export function systemTheme(choice: ThemeChoice): 'system' | 'light' | 'dark' {
  switch (choice) {
    case 'contrast-light':
      return 'light'
    case 'contrast-dark':
      return 'dark'
    case 'system':
    case 'light':
    case 'dark':
      return choice
  }
}
