import { BrowserWindow, dialog, type App, type WebContents } from 'electron'
import type { ShellTexts } from './texts.ts'
import type { Log } from './log-file.ts'

const reloadsAllowed = 2
const withinMs = 60_000

/** Whether a page that has crashed is loaded again: not when it keeps crashing. `crashes`: earlier times, in milliseconds. */
export function mayReload(crashes: readonly number[], nowMs: number): boolean {
  return crashes.filter((time) => nowMs - time < withinMs).length < reloadsAllowed
}

/** A bug ends the program with a word; a promise nobody waited for is written down; a page that crashed comes back. */
export function watchForFaults(app: App, log: Log, showBox: boolean, texts: () => ShellTexts): void {
  process.on('uncaughtException', (error) => {
    log.bug('uncaught-exception', error)
    if (showBox) {
      const { title, message } = texts().fault
      dialog.showErrorBox(title, message)
    }
    app.exit(1)
  })
  process.on('unhandledRejection', (reason) => log.bug('unhandled-rejection', reason))
  app.on('child-process-gone', (_event, { type, reason }) => log.note('child-process-gone', { type, reason }))
  app.on('web-contents-created', (_event, contents) => {
    reloadAfterCrash(contents, log)
    askAfterHang(contents, log, texts)
  })
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

/** A page that does not answer is waited for, or loaded anew: what was open comes back, as it does after a crash. */
function askAfterHang(contents: WebContents, log: Log, texts: () => ShellTexts): void {
  let question: AbortController | null = null
  contents.on('unresponsive', () => {
    const window = BrowserWindow.fromWebContents(contents)
    if (question !== null || window === null) return
    log.note('page-hangs', {})
    const asked = new AbortController()
    question = asked
    const { message, detail, wait, reload } = texts().hang
    const box = { type: 'warning', message, detail, buttons: [wait, reload], defaultId: 0, cancelId: 0 } as const
    void dialog
      .showMessageBox(window, { ...box, buttons: [...box.buttons], signal: asked.signal })
      .then(({ response }) => {
        question = null
        if (response === 1 && !asked.signal.aborted && !contents.isDestroyed()) contents.forcefullyCrashRenderer()
      })
  })
  contents.on('responsive', () => question?.abort())
}
