import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { SettingsFile } from '../review/settings-file.ts'
import { isPageUrl, pageUrl } from './page-address.ts'
import { smallestWindow, windowOptions } from './window-options.ts'
import { besideOthers, placeWindow, type WindowPlace } from './window-place.ts'

export interface WindowsOptions {
  readonly preload: string
  readonly devTools: boolean
  readonly place: SettingsFile<WindowPlace>
}

/** The windows of the program. All show the same workbench; each has its own place in it. */
export interface Windows {
  /** Brings the window that was last used to the front, or opens the first. */
  readonly show: () => Promise<void>
  /** Opens one more. */
  readonly openAnother: () => Promise<void>
  readonly isOwn: (contents: WebContents) => boolean
  readonly ofContents: (contents: WebContents) => BrowserWindow | null
  /** To the page of every window. */
  readonly send: (channel: string, ...values: readonly unknown[]) => void
  /** Of every window, now and later; 1: as drawn. */
  /** To the page of the window that was last used. */
  readonly sendToLast: (channel: string, ...values: readonly unknown[]) => void
  readonly zoom: (factor: number) => void
  /** Resolves when what the windows remember has been written. */
  readonly settled: () => Promise<void>
}

/** Shows nothing to anybody: a page that is only printed. It runs no script and belongs to a session of its own. */
export function hiddenWindow(partition: string): BrowserWindow {
  const { webPreferences } = windowOptions({
    preload: '',
    bounds: smallestWindow,
    background: '#ffffff',
    devTools: false,
  })
  const preferences = { ...webPreferences }
  delete preferences.preload
  return new BrowserWindow({ show: false, webPreferences: { ...preferences, javascript: false, partition } })
}

/** The page's own background, so that nothing flashes before it is drawn. */
const backgrounds = { light: '#ffffff', dark: '#1c1d20' } as const

export function createWindows(options: WindowsOptions): Windows {
  const open = new Set<BrowserWindow>()
  let opening: Promise<void> | null = null
  let settled: Promise<void> = Promise.resolve()
  let zoomFactor = 1
  let last: BrowserWindow | null = null

  async function openWindow(): Promise<void> {
    const place = await options.place.read()
    const workAreas = screen.getAllDisplays().map((display) => display.workArea)
    const window = new BrowserWindow(
      windowOptions({
        preload: options.preload,
        bounds: besideOthers(placeWindow(place.bounds, workAreas), open.size),
        background: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
        devTools: options.devTools,
      }),
    )
    open.add(window)
    last = window
    window.on('focus', () => (last = window))
    if (place.maximized) window.maximize()
    window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    // An empty document needs no address, so nothing asks before it is shown: the page comes back.
    window.webContents.on('did-navigate', (_event, address) => {
      if (!isPageUrl(address)) void window.loadURL(pageUrl)
    })
    window.once('ready-to-show', () => window.show())
    window.on('close', () => {
      const now: WindowPlace = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
      // A place that cannot be remembered is no reason to keep a window open.
      settled = options.place.write(now).catch(() => undefined)
    })
    window.on('closed', () => {
      open.delete(window)
      if (last === window) last = [...open].at(-1) ?? null
    })
    // The factor belongs to the address, so it holds from the first drawing on.
    window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(zoomFactor))
    await window.loadURL(pageUrl)
  }

  return {
    async show() {
      const first = last
      if (first === null) {
        await (opening ??= openWindow().finally(() => {
          opening = null
        }))
        return
      }
      if (first.isMinimized()) first.restore()
      first.show()
      first.focus()
    },
    openAnother: openWindow,
    isOwn: (contents) => [...open].some((window) => !window.isDestroyed() && window.webContents === contents),
    ofContents: (contents) => [...open].find((window) => window.webContents === contents) ?? null,
    send(channel, ...values) {
      for (const window of open) if (!window.isDestroyed()) window.webContents.send(channel, ...values)
    },
    sendToLast(channel, ...values) {
      if (last !== null && !last.isDestroyed()) last.webContents.send(channel, ...values)
    },
    zoom(factor) {
      zoomFactor = factor
      for (const window of open) if (!window.isDestroyed()) window.webContents.setZoomFactor(factor)
    },
    settled: () => settled,
  }
}
