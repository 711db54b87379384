import type { App } from 'electron'

const patienceMs = 5000

/** Lets the program end only when `close` has, or after a while without it. */
export function endCleanly(app: App, close: () => Promise<void>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    const outOfPatience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs))
    void Promise.race([close().catch(() => undefined), outOfPatience]).then(() => {
      closed = true
      app.quit()
    })
  })
}
