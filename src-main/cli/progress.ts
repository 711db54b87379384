import type { CliIo } from './io.ts'

export interface Progress {
  readonly show: (state: { readonly done: number; readonly found: number }) => void
  readonly clear: () => void
}

const everyMs = 100
const afterMs = 500
const eraseLine = '\r\u001b[2K'

/** One line on standard error that counts, when that is a terminal and the work takes longer than half a second. */
export function createProgress(io: CliIo, quiet: boolean): Progress {
  const begun = io.now().getTime()
  let last = begun + afterMs - everyMs
  let visible = false
  if (quiet || !io.stderrIsTerminal) return { show: () => undefined, clear: () => undefined }
  return {
    show({ done, found }) {
      const now = io.now().getTime()
      if (now - last < everyMs) return
      last = now
      visible = true
      io.stderr(`${eraseLine}${done.toLocaleString('en')} of ${found.toLocaleString('en')} files reviewed`)
    },
    clear() {
      if (visible) io.stderr(eraseLine)
      visible = false
    },
  }
}
