import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { pageLimits, seenInPage, type PageText } from './seen-in-page.ts'

/** Where a mail is read. What one of these places shows counts as seen. */
interface Place {
  readonly widthPx: number
  readonly heightPx: number
  readonly dark: boolean
}

const pane: Place = { widthPx: 800, heightPx: 1_000, dark: false }
const elsewhere: readonly Place[] = [
  { widthPx: 1_200, heightPx: 1_000, dark: false },
  { widthPx: 375, heightPx: 800, dark: false },
  { widthPx: 800, heightPx: 1_000, dark: true },
]

export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

export function hasChromium(): boolean {
  return existsSync(chromiumPath)
}

export interface ChromiumReader {
  /** A window of its own, which reads one mail after the other. */
  readonly newLane: () => Promise<(html: string) => Promise<readonly PageText[]>>
  readonly version: string
  /** Requests that mails made and that were refused. */
  readonly refused: () => number
  readonly close: () => Promise<void>
}

/** A document that is written anew keeps the link colours of the one before. */
function forgetLinkColours(): void {
  // a document of frames has no body
  const body = document.body as HTMLElement | null
  for (const name of ['link', 'vlink', 'alink', 'text', 'bgcolor']) body?.removeAttribute(name)
}

/** A real Chromium without script and without a network: all it can load is the mail. */
export async function openChromium(): Promise<ChromiumReader> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      // a preference of this browser alone, which would draw letters of 0.1 em at 6 pixels
      '--blink-settings=minimumLogicalFontSize=0',
    ],
  })
  let refused = 0
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    locale: 'en-US',
    serviceWorkers: 'block',
    viewport: { width: pane.widthPx, height: pane.heightPx },
  })
  await context.route('**/*', (route) => {
    refused++
    return route.abort('aborted')
  })
  async function newLane(): Promise<(html: string) => Promise<readonly PageText[]>> {
    const page = await context.newPage()
    let now: Place = pane

    async function look(place: Place): Promise<PageText[]> {
      if (place.widthPx !== now.widthPx || place.heightPx !== now.heightPx) {
        await page.setViewportSize({ width: place.widthPx, height: place.heightPx })
      }
      if (place.dark !== now.dark) await page.emulateMedia({ colorScheme: place.dark ? 'dark' : 'light' })
      now = place
      return page.evaluate(seenInPage, pageLimits)
    }

    return async (html) => {
      await page.evaluate(forgetLinkColours)
      await page.setContent(html, { waitUntil: 'commit' })
      let texts: readonly PageText[] = await look(pane)
      for (const place of elsewhere) {
        if (!texts.some(({ hidden }) => hidden !== null)) break
        const there = await look(place)
        texts = texts.map((text, at) => (there[at]?.hidden === null ? { ...text, hidden: null } : text))
      }
      return texts
    }
  }

  return { newLane, version: browser.version(), refused: () => refused, close: () => browser.close() }
}
