import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

export interface WindowLook {
  readonly preload: string
  readonly bounds: Rectangle | { readonly width: number; readonly height: number }
  readonly background: string
  /** Developer tools, in the checkout only. */
  readonly devTools: boolean
}

export const smallestWindow = { width: 800, height: 560 } as const

/** Every window of the program is made with exactly these; whatever a security setting's default is, it is written out. */
export function windowOptions(look: WindowLook): BrowserWindowConstructorOptions {
  return {
    ...look.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'clausebench',
    show: false,
    backgroundColor: look.background,
    webPreferences: {
      preload: look.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
      // Dictionaries would be fetched.
      spellcheck: false,
      devTools: look.devTools,
    },
  }
}
