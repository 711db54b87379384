/* eslint-disable no-empty-pattern -- Playwright reads from the pattern which other fixtures one needs */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type ConsoleMessage } from '@playwright/test'
import { startCanary, type Canary } from './canary.ts'
import { chromiumHost } from './hosts/chromium.ts'
import { electronHost } from './hosts/electron.ts'
import type { Host, HostName, RunningHost } from './hosts/host.ts'
import { workbenchPage, type WorkbenchPage } from './pages/workbench.ts'

export interface HostOption {
  /** Set by the project: which host the suite runs in. */
  readonly host: HostName
}

export interface Workbench extends WorkbenchPage {
  readonly chooseFiles: RunningHost['chooseFiles']
  readonly openedOutside: RunningHost['openedOutside']
  /** Ends the program and starts it again with its data, and with nothing named. */
  readonly startAgain: () => Promise<Workbench>
}

interface LaunchOptions {
  /** Named on the command line; none: the empty workbench. */
  readonly paths?: readonly string[]
  readonly theme?: 'light' | 'dark'
}

interface TestFixtures {
  /** Starts the workbench with a data folder of its own. What the page complains of fails the test. */
  readonly launch: (options?: LaunchOptions) => Promise<Workbench>
  /** Counts the requests that reach it: none may. */
  readonly canary: Canary
  /** An empty folder, removed afterwards. */
  readonly folder: string
}

interface WorkerFixtures {
  readonly runner: Host
}

export const test = base.extend<TestFixtures & HostOption, WorkerFixtures & { readonly hostName: HostName }>({
  host: ['chromium', { option: true }],
  hostName: [async ({}, use, info) => use(info.project.name as HostName), { scope: 'worker' }],
  runner: [
    async ({ hostName }, use) => {
      const runner = hostName === 'electron' ? electronHost() : chromiumHost()
      await use(runner)
      if (runner.available) await runner.close()
    },
    { scope: 'worker' },
  ],
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'clausebench-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  canary: async ({}, use) => {
    const canary = await startCanary()
    await use(canary)
    await canary.close()
  },
  launch: async ({ runner }, use, info) => {
    if (!runner.available) {
      if (process.env.CI === 'true') throw new Error(runner.reason)
      info.skip(true, runner.reason)
      return
    }
    const complaints: string[] = []
    const running: { readonly host: RunningHost; readonly dataDir: string }[] = []
    async function start(dataDir: string, paths: readonly string[], theme: 'light' | 'dark'): Promise<Workbench> {
      if (!runner.available) throw new Error(runner.reason)
      const host = await runner.start({
        paths,
        dataDir,
        theme,
        onConsole: (message) => {
          if (isComplaint(message)) complaints.push(`console ${message.type()}: ${message.text()}`)
        },
        onPageError: (error) => complaints.push(`page error: ${error.message}`),
      })
      running.push({ host, dataDir })
      await host.page.evaluate(() => {
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`),
        )
      })
      const workbench = workbenchPage(host.page)
      await workbench.started()
      return {
        ...workbench,
        chooseFiles: host.chooseFiles,
        openedOutside: host.openedOutside,
        async startAgain() {
          await host.close()
          running.splice(
            running.findIndex((one) => one.host === host),
            1,
          )
          return start(dataDir, [], theme)
        },
      }
    }
    await use(async ({ paths = [], theme = 'light' } = {}) =>
      start(await mkdtemp(join(tmpdir(), 'clausebench-data-')), paths, theme),
    )
    for (const { host, dataDir } of running) {
      await host.close()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    }
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
  },
})

export { expect } from '@playwright/test'

/** Loads that the message frame's own policy blocks are what it is there for; they are counted by the canary instead. */
function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() !== 'error' && message.type() !== 'warning') return false
  return !message.location().url.startsWith('about:srcdoc')
}
