import type { Page } from '@playwright/test'

/**
 * A clock within the page: milliseconds from a person's act to the frame in which what it asked for is there. It is told by what the
 * page itself shows (`data-loaded` of the message's frame), so nothing is waited for longer than it takes.
 */
export interface PageClock {
  /** From the key to the message with its marks. */
  readonly untilShown: (act: () => Promise<void>) => Promise<number>
  /** From the key or letter to the end of the frame that it changed. */
  readonly untilDrawn: (act: () => Promise<void>) => Promise<number>
}

interface ClockWindow {
  shownAfter: () => Promise<number>
  drawnAfter: () => Promise<number>
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
      shownAfter() {
        begun = 0
        return new Promise((resolve) => {
          const observer = new MutationObserver((changes) => {
            if (begun === 0 || !changes.some(({ target }) => (target as Element).hasAttribute('data-loaded'))) return
            observer.disconnect()
            requestAnimationFrame(() => resolve(performance.now() - begun))
          })
          observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-loaded'] })
        })
      },
      drawnAfter() {
        begun = 0
        return new Promise((resolve) => {
          window.addEventListener(
            'keydown',
            // After the frame: a task that is queued while it is drawn.
            () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun))),
            { capture: true, once: true },
          )
        })
      },
    }
    Object.assign(window, own)
  })
  const timed = async (name: keyof ClockWindow, act: () => Promise<void>): Promise<number> => {
    // The page hears the question before the key: both go the same way, one after the other.
    const answer = page.evaluate((of) => (window as unknown as ClockWindow)[of](), name)
    await act()
    return answer
  }
  return {
    untilShown: (act) => timed('shownAfter', act),
    untilDrawn: (act) => timed('drawnAfter', act),
  }
}
