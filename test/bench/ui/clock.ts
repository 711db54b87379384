import type { Page } from '@playwright/test'

/**
 * A clock within the page: milliseconds from a person's act to the frame in which what it asked for is there. It is told by what the
 * page itself shows (`data-loaded` of the message's frame), so nothing is waited for longer than it takes.
 */
export interface PageClock {
  /** From the key to the message with its marks. */
  readonly untilShown: (act: () => Promise<void>) => Promise<number>
  /** From the key to the first drawing of the message's own document: what can be read of it while the rest is still laid out. */
  readonly untilPainted: (act: () => Promise<void>) => Promise<number>
  /** From the key or letter to the end of the frame that it changed. */
  readonly untilDrawn: (act: () => Promise<void>) => Promise<number>
}

interface ClockWindow {
  /** What was armed last. */
  waited: Promise<number>
  armShown: () => void
  armPainted: () => void
  armDrawn: () => void
}

export async function pageClock(page: Page): Promise<PageClock> {
  await page.evaluate(() => {
    let begun = 0
    const begin = (): void => {
      if (begun === 0) begun = performance.now()
    }
    window.addEventListener('keydown', begin, { capture: true })
    window.addEventListener('click', begin, { capture: true })
    const own: ClockWindow = {
      waited: Promise.resolve(0),
      armShown() {
        begun = 0
        own.waited = new Promise((resolve) => {
          const observer = new MutationObserver((changes) => {
            if (begun === 0 || !changes.some(({ target }) => (target as Element).hasAttribute('data-loaded'))) return
            observer.disconnect()
            requestAnimationFrame(() => resolve(performance.now() - begun))
          })
          observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-loaded'] })
        })
      },
      armPainted() {
        begun = 0
        const frame = (): HTMLIFrameElement | null => document.querySelector('iframe[title="Rendered message"]')
        const before = frame()?.contentDocument
        own.waited = new Promise((resolve) => {
          const look = (): void => {
            const inside = frame()?.contentWindow
            const [painted] = inside?.performance.getEntriesByName('first-contentful-paint') ?? []
            const at = (inside?.performance.timeOrigin ?? 0) + (painted?.startTime ?? 0) - performance.timeOrigin
            const isAnother = frame()?.contentDocument !== before
            if (begun > 0 && isAnother && painted !== undefined) resolve(at - begun)
            else requestAnimationFrame(look)
          }
          look()
        })
      },
      armDrawn() {
        begun = 0
        own.waited = new Promise((resolve) => {
          window.addEventListener(
            'keydown',
            // After the frame: a task that is queued while it is drawn.
            () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun))),
            { capture: true, once: true },
          )
        })
      },
    }
    Reflect.set(window, 'benchClock', own)
  })
  // A key can overtake what was asked of the page before it: the clock is armed first, and read when the key has been sent.
  const timed = async (arm: 'armShown' | 'armPainted' | 'armDrawn', act: () => Promise<void>): Promise<number> => {
    await page.evaluate((of) => (Reflect.get(window, 'benchClock') as ClockWindow)[of](), arm)
    await act()
    return page.evaluate(() => (Reflect.get(window, 'benchClock') as ClockWindow).waited)
  }
  return {
    untilShown: (act) => timed('armShown', act),
    untilPainted: (act) => timed('armPainted', act),
    untilDrawn: (act) => timed('armDrawn', act),
  }
}
