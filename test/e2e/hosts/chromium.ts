import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from '@playwright/test'
import { windowSize, type Host, type RunningHost, type StartOptions } from './host.ts'

const root = join(import.meta.dirname, '../../..')
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** Browser mode: the `serve` command, looked at with Chromium. */
export function chromiumHost(): Host {
  if (!existsSync(executablePath)) {
    return { available: false, reason: `no Chromium at ${executablePath}; install it or set CHROMIUM_PATH` }
  }
  let browser: Browser | null = null
  return {
    available: true,
    start: async (options) => start((browser ??= await chromium.launch({ executablePath, args: switches })), options),
    close: async () => {
      await browser?.close()
    },
  }
}

async function start(browser: Browser, options: StartOptions): Promise<RunningHost> {
  const server = spawn(
    process.execPath,
    [join(root, 'src-main/cli/main.ts'), 'serve', '--no-open', '--data', options.dataDir, ...options.paths],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const url = await firstLine(server)
  const context = await browser.newContext({
    viewport: windowSize,
    colorScheme: options.theme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  page.on('console', options.onConsole)
  page.on('pageerror', options.onPageError)
  // From the first listener on Chromium's own dialog, which nobody could answer, is kept away; a moment later than it is asked for.
  page.on('filechooser', () => undefined)
  await page.goto(url)
  return {
    page,
    async chooseFiles(paths, openDialog) {
      const chooser = page.waitForEvent('filechooser')
      await openDialog()
      await (await chooser).setFiles([...paths])
    },
    // `serve --no-open` opens nothing, ever.
    openedOutside: () => Promise.resolve([]),
    async close() {
      await context.close()
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
    },
    async kill() {
      server.kill('SIGKILL')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      await context.close()
    },
  }
}

async function firstLine(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server has no standard output')
  const lines = createInterface({ input: server.stdout })
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(server, 'exit').then(([code]) => {
      throw new Error(`serve ended with ${String(code)} before it was ready`)
    }),
  ])
  lines.close()
  return line
}
