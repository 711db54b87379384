import type { ConsoleMessage, Page } from '@playwright/test'

/** A started workbench, whichever host it runs in. */
export interface RunningHost {
  readonly page: Page
  /** Paths handed to the program, as the desktop's dialog or the browser's file chooser would. */
  readonly chooseFiles: (paths: readonly string[], openDialog: () => Promise<void>) => Promise<void>
  /** Addresses that were asked to be opened outside, since the start. */
  readonly openedOutside: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>
}

export interface StartOptions {
  /** Named on the command line. */
  readonly paths: readonly string[]
  /** Fresh, and removed by the caller. */
  readonly dataDir: string
  /** Console messages and errors of the page, from its start on. */
  readonly onConsole: (message: ConsoleMessage) => void
  readonly onPageError: (error: Error) => void
  readonly theme: 'light' | 'dark'
}

export type HostName = 'chromium' | 'electron'

/** Either a way to start, or why there is none on this machine. */
export type Host =
  | {
      readonly available: true
      readonly start: (options: StartOptions) => Promise<RunningHost>
      readonly close: () => Promise<void>
    }
  | { readonly available: false; readonly reason: string }

export const windowSize = { width: 1440, height: 900 } as const
