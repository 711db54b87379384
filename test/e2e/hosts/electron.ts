import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { windowSize, type Host, type RunningHost, type StartOptions } from './host.ts'

const root = join(import.meta.dirname, '../../..')
const entry = join('out-22', 'main', 'index.cjs')

/** What `chooseFiles` and `openedOutside` leave in the main process. */
interface Probe {
  opened: string[]
}

/** The desktop window: the built program in a real Electron. */
export function electronHost(): Host {
  const executablePath = process.env.ELECTRON_EXEC
  if (executablePath === undefined) return { available: false, reason: 'no Electron: ELECTRON_EXEC is not set' }
  if (!existsSync(join(root, entry))) {
    return {
      available: false,
      reason: `${entry} is missing: ELECTRON_MAJOR_VER=22 electron-vite build --outDir out-22`,
    }
  }
  if (process.platform === 'linux' && process.env.DISPLAY === undefined) {
    return { available: false, reason: 'no display: run under xvfb-run -a' }
  }
  return { available: true, start: (options) => start(executablePath, options), close: () => Promise.resolve() }
}

async function start(executablePath: string, options: StartOptions): Promise<RunningHost> {
  const app = await _electron.launch({
    executablePath,
    cwd: root,
    args: [entry, `--user-data-dir=${options.dataDir}`, ...options.paths],
    chromiumSandbox: true,
    colorScheme: options.theme,
    locale: 'en-US',
    timezoneId: 'UTC',
    env: environment(),
  })
  const page = await app.firstWindow()
  page.on('console', options.onConsole)
  page.on('pageerror', options.onPageError)
  await page.setViewportSize(windowSize)
  await page.emulateMedia({ colorScheme: options.theme, reducedMotion: 'reduce' })
  await app.evaluate(({ shell }) => {
    const probe: Probe = { opened: [] }
    Reflect.set(globalThis, 'clausebenchProbe', probe)
    shell.openExternal = (url) => {
      probe.opened.push(url)
      return Promise.resolve()
    }
  })
  return {
    page,
    async chooseFiles(paths, openDialog) {
      await app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
        },
        [...paths],
      )
      await openDialog()
    },
    openedOutside: () => app.evaluate(() => (Reflect.get(globalThis, 'clausebenchProbe') as Probe).opened),
    close: () => app.close(),
    async kill() {
      const closed = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await closed
    },
  }
}

/** Ours, in one language and zone; what would turn Electron into plain Node is left out. */
function environment(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') env[name] = value
  }
  return { ...env, LANG: 'en_US.UTF-8', TZ: 'UTC' }
}
