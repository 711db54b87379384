import type { App, WebContents } from 'electron'
import { isPageUrl } from './page-address.ts'

/**
 * Where a frame may go: the window's own frame to the page (a reload), a frame inside it to what needs no address
 * (the message frame's `about:srcdoc`, with or without the fragment that scrolls it to a mark). Nothing else, ever.
 */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  if (isMainFrame) return isPageUrl(address)
  return /^about:(?:blank|srcdoc)(?:#|$)/.test(address)
}

/** From before the first window on, for every web contents there will be. */
export function guardNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, true)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
