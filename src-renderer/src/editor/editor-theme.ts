import type { ThemeChoice } from '../../../src-main/contract/settings-words.ts'

/** The themes an editor can be shown in: all that the program has. */
export type EditorTheme = Exclude<ThemeChoice, 'system'>
