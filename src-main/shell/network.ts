import type { App, Session } from 'electron'
import { isPageUrl } from './page-address.ts'

/** What a window may load at all: the page, what the page made itself, and in the checkout the developer tools. */
export function mayLoad(address: string, devTools: boolean): boolean {
  if (isPageUrl(address)) return true
  if (/^(?:data|about):/.test(address)) return true
  if (address.startsWith('blob:')) return isPageUrl(address.slice('blob:'.length))
  return devTools && address.startsWith('devtools://')
}

/** Before `ready`: Chromium's own errands (updates of components, field trials, name look-ups) are not run either. */
export function silenceChromium(app: App): void {
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('no-pings')
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

export function denyNetwork(session: Session, devTools: boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !mayLoad(details.url, devTools) }))
}
