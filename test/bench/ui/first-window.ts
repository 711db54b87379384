import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'

/** How long the first window takes until it can be used, and an empty one of the same Electron, in milliseconds. */
export interface FirstWindow {
  readonly own: readonly number[]
  readonly empty: readonly number[]
}

const emptyProgram = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  window.loadURL('data:text/html,<html data-started><title>empty</title><p>empty')
})
`

/** In turns, so that both meet the same machine; the first of each only warms what the system keeps. */
export async function measureFirstWindow(executablePath: string, entry: string, times: number): Promise<FirstWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'clausebench-window-'))
  try {
    const empty = join(folder, 'empty.cjs')
    await writeFile(empty, emptyProgram)
    const profile = join(folder, 'profile')
    const took: { readonly own: number[]; readonly empty: number[] } = { own: [], empty: [] }
    for (let turn = 0; turn <= times; turn++) {
      const emptyMs = await untilUsable(executablePath, [empty, `--user-data-dir=${join(folder, 'empty')}`])
      const ownMs = await untilUsable(executablePath, [entry, `--user-data-dir=${profile}`])
      if (turn === 0) continue
      took.empty.push(emptyMs)
      took.own.push(ownMs)
    }
    return took
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function untilUsable(executablePath: string, args: readonly string[]): Promise<number> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name === 'ELECTRON_RUN_AS_NODE' ? [] : [[name, value] as const],
    ),
  )
  const begun = performance.now()
  const app = await _electron.launch({ executablePath, args: [...args], chromiumSandbox: true, env })
  const page = await app.firstWindow()
  await page.locator('html[data-started]').waitFor({ state: 'attached' })
  const took = performance.now() - begun
  await app.close()
  return took
}
