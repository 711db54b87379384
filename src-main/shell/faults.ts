import { dialog, type App, type WebContents } from 'electron'
import type { Log } from './log-file.ts'

const reloadsAllowed = 2
const withinMs = 60_000

/** Whether a page that has crashed is loaded again: not when it keeps crashing. `crashes`: earlier times, in milliseconds. */
export function mayReload(crashes: readonly number[], nowMs: number): boolean {
  return crashes.filter((time) => nowMs - time < withinMs).length < reloadsAllowed
}

/** A bug ends the program with a word; a promise nobody waited for is written down; a page that crashed comes back. */
export function watchForFaults(app: App, log: Log, showBox: boolean): void {
  process.on('uncaughtException', (error) => {
    log.bug('uncaught-exception', error)
    if (showBox) {
      dialog.showErrorBox(
        'clausebench has to close',
        'Something went wrong inside the program. What was decided is kept.',
      )
    }
    app.exit(1)
  })
  process.on('unhandledRejection', (reason) => log.bug('unhandled-rejection', reason))
  app.on('child-process-gone', (_event, { type, reason }) => log.note('child-process-gone', { type, reason }))
  app.on('web-contents-created', (_event, contents) => reloadAfterCrash(contents, log))
}

function reloadAfterCrash(contents: WebContents, log: Log): void {
  const crashes: number[] = []
  contents.on('render-process-gone', (_event, { reason }) => {
    log.note('page-gone', { reason })
    if (reason === 'clean-exit' || contents.isDestroyed()) return
    const nowMs = Date.now()
    const again = mayReload(crashes, nowMs)
    crashes.push(nowMs)
    if (again) contents.reload()
  })
}
