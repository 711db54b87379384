/* eslint-disable no-empty-pattern -- Playwright reads from the pattern which other fixtures one needs */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { contentSecurityPolicy } from '../../src-main/page-policy.ts'
import { startCanary, type Canary } from './canary.ts'
import { gambling } from './mails.ts'

/** What only a real Electron can show: windows, sandbox, scheme, permissions, menu, second start. */

interface Shell {
  readonly app: ElectronApplication
  readonly page: Page
}

interface Fixtures {
  /** The profile of the program, fresh. */
  readonly profile: string
  /** Skips the test where there is no Electron; fails it in CI. */
  readonly requireShell: () => void
  readonly startShell: (...paths: readonly string[]) => Promise<Shell>
  readonly canary: Canary
}

const root = join(import.meta.dirname, '../..')
const entry = 'out-22/main/index.cjs'
const executable = process.env.ELECTRON_EXEC ?? ''

const test = base.extend<Fixtures>({
  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'clausebench-shell-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  },
  canary: async ({}, use) => {
    const canary = await startCanary()
    await use(canary)
    await canary.close()
  },
  requireShell: async ({}, use) => {
    await use(() => {
      const missing = whyNot()
      if (missing !== null && process.env.CI === 'true') throw new Error(missing)
      base.skip(missing !== null, missing ?? '')
    })
  },
  startShell: async ({ profile, requireShell }, use) => {
    requireShell()
    const running = new Set<ElectronApplication>()
    await use(async (...paths) => {
      const app = await _electron.launch({
        executablePath: executable,
        cwd: root,
        args: [entry, `--user-data-dir=${profile}`, ...paths],
        chromiumSandbox: true,
        env: ownEnvironment(),
      })
      running.add(app)
      app.once('close', () => running.delete(app))
      const page = await app.firstWindow()
      await page.locator('html[data-started]').waitFor({ state: 'attached' })
      return { app, page }
    })
    for (const app of running) await app.close()
  },
})

function whyNot(): string | null {
  if (executable === '') return 'no Electron: ELECTRON_EXEC is not set'
  if (!existsSync(join(root, entry)))
    return `${entry} is missing: ELECTRON_MAJOR_VER=22 electron-vite build --outDir out-22`
  return process.env.DISPLAY === undefined ? 'no display: run under xvfb-run -a' : null
}

/** Where the program’s page can be led from, as it says on its error output. */
async function debuggerAddress(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /^DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1]
    if (address !== undefined) return `http://${address}`
  }
  throw new Error('the program ended without a word of its debugger')
}

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE')
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}

const options = (page: Page) => page.locator('[role="option"]:not([aria-label^="Campaign"])')

test('S1: the page has no Node, and its process is in the system’s sandbox', async ({ startShell }) => {
  const { app, page } = await startShell()
  const seen = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  )
  expect(seen).toEqual([])
  const frames = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inside = Object.keys(frame.contentWindow ?? {}).filter((name) =>
      ['require', 'process', 'clausebench'].includes(name),
    )
    frame.remove()
    return inside
  })
  expect(frames).toEqual([])
  const pid = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  )
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
})

test('S2: the page has the contract’s bridge, frozen; what it gives to print becomes a PDF where the person says', async ({
  startShell,
  profile,
}) => {
  const { app, page } = await startShell()
  expect(await page.evaluate(() => Object.keys(window.clausebench ?? {}).sort())).toEqual(
    ['call', 'grantDropped', 'on', 'onCommand', 'openDialog', 'savePdf'].sort(),
  )
  expect(await page.evaluate(() => Reflect.set(window, 'clausebench', {}))).toBe(false)
  expect(await page.evaluate(() => Reflect.set(window.clausebench ?? {}, 'call', () => null))).toBe(false)

  const filePath = join(profile, 'report.pdf')
  await app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to })
  }, filePath)
  const saved = await page.evaluate(() => window.clausebench?.savePdf('<h1>Review report</h1>', 'report'))
  expect(saved).toEqual({ ok: true, value: { saved: true } })
  expect(readFileSync(filePath).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('S4: the app scheme gives the page and nothing else', async ({ startShell }) => {
  const { page } = await startShell()
  const ask = (path: string, method = 'GET') =>
    page.evaluate(
      async ([address = '', way]) => (await fetch(address, { method: way ?? 'GET' })).status,
      [path, method],
    )
  expect(await ask('clausebench://app/index.html')).toBe(200)
  for (const path of [
    '%2e%2e/main/index.cjs',
    '..%2fmain%2findex.cjs',
    '%2fetc%2fpasswd',
    'nothing.html',
    '..%5cmain',
  ]) {
    expect([path, [403, 404].includes(await ask(`clausebench://app/${path}`))]).toEqual([path, true])
  }
  expect(await ask('clausebench://app/index.html', 'POST')).toBe(405)
  const refused = await page.evaluate(() =>
    fetch('file:///etc/passwd').then(
      () => 'read',
      () => 'refused',
    ),
  )
  expect(refused).toBe('refused')
})

test('S5: the policy stands on the page: no evaluation, no inline script, no untrusted markup', async ({
  startShell,
}) => {
  const { page } = await startShell()
  const header = await page.evaluate(async () =>
    (await fetch('clausebench://app/index.html')).headers.get('content-security-policy'),
  )
  expect(header).toBe(contentSecurityPolicy())
  const attempts = await page.evaluate(async () => {
    // The debugger may evaluate within its own call; what runs after it is under the policy like any script.
    await new Promise((resolve) => setTimeout(resolve))
    const outcome = (attempt: () => void): string => {
      try {
        attempt()
        return 'done'
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    const script = document.createElement('script')
    return {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what the policy must refuse
      evaluate: outcome(() => new Function('return 1')),
      markup: outcome(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      inline: outcome(() => (script.textContent = 'window.inlineRan = true')),
      policy: outcome(() => {
        const policies = Reflect.get(window, 'trustedTypes') as {
          createPolicy: (name: string, rules: object) => unknown
        }
        policies.createPolicy('other', {})
      }),
    }
  })
  expect(attempts).toEqual({ evaluate: 'EvalError', markup: 'TypeError', inline: 'TypeError', policy: 'TypeError' })
})

test('S6: the window goes nowhere, opens nothing', async ({ startShell, canary }) => {
  const { app, page } = await startShell()
  const url = page.url()
  for (const address of [canary.origin, 'file:///etc/passwd', 'data:text/html,x', 'clausebench://other/']) {
    await page.evaluate((to) => void (location.href = to), address)
  }
  const opened = await page.evaluate(
    (to) => [window.open(to), window.open('clausebench://app/index.html')],
    canary.origin,
  )
  expect(opened).toEqual([null, null])
  await page.evaluate((to) => {
    for (const target of ['_blank', '_top', '_self']) {
      const link = Object.assign(document.createElement('a'), { href: to, target })
      document.body.append(link)
      link.click()
      link.remove()
    }
  }, canary.origin)
  expect(await page.evaluate(() => location.href)).toBe(url)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(canary.requests()).toEqual([])
  await page.evaluate(() => void (location.href = 'about:blank')).catch(() => undefined)
  await page.waitForURL(url)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
})

test('S7: no permission is granted but copying text', async ({ startShell }) => {
  const { page } = await startShell()
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ]
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    )
  })
  expect(states).toEqual(states.map(() => 'denied'))
  const asked = await page.evaluate(async () => {
    const refused = (asking: Promise<unknown>) =>
      asking.then(
        () => 'given',
        () => 'refused',
      )
    const usb: unknown = Reflect.get(navigator, 'usb')
    return [
      await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
      await refused(navigator.mediaDevices.getDisplayMedia()),
      await refused(new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      await Notification.requestPermission(),
      await refused(
        Promise.resolve().then(() =>
          (usb as { requestDevice: (o: object) => Promise<unknown> }).requestDevice({ filters: [] }),
        ),
      ),
    ]
  })
  expect(asked).toEqual(['refused', 'refused', 'refused', 'denied', 'refused'])
})

test('S9: nothing of this program reaches a server, with or without the page’s policy', async ({
  startShell,
  canary,
}) => {
  const { app, page } = await startShell()
  await page.evaluate(async (origin) => {
    new Image().src = `${origin}/image`
    navigator.sendBeacon(`${origin}/beacon`)
    await fetch(`${origin}/fetch`, { mode: 'no-cors' }).catch(() => null)
    await new Promise((resolve) => {
      const socket = new WebSocket(origin.replace('http', 'ws'))
      socket.onerror = socket.onopen = resolve
    }).catch(() => null)
  }, canary.origin)
  // A window without the page's policy: the session itself must refuse.
  const loaded = await app.evaluate(async ({ BrowserWindow }, origin) => {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    try {
      await window.loadURL(origin)
      return 'loaded'
    } catch (error) {
      return error instanceof Error ? error.message : 'failed'
    } finally {
      window.destroy()
    }
  }, canary.origin)
  expect(loaded).toContain('ERR_BLOCKED_BY_CLIENT')
  expect(canary.requests()).toEqual([])
})

test('S11: a drop of a file is a token; what is no file names nothing', async ({ startShell, profile }) => {
  const { page } = await startShell()
  const file = join(profile, 'mail.eml')
  await writeFile(file, 'Subject: x\r\n\r\nx')
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'test-input' })),
  )
  await page.locator('#test-input').setInputFiles(file)
  const token = await page.evaluate(() => {
    const input = document.querySelector('#test-input')
    return input instanceof HTMLInputElement ? window.clausebench?.grantDropped([...(input.files ?? [])]) : null
  })
  expect(token).toMatch(/^[\w-]{43}$/)
  const forged = await page.evaluate(() => window.clausebench?.grantDropped([{ path: '/etc/passwd', name: 'passwd' }]))
  expect(forged).toBeNull()
  const memory = await page.evaluate(() => window.clausebench?.grantDropped([new File(['x'], '/etc/passwd')]))
  expect(memory).toBeNull()
})

test('S16: the desktop listens on no port but those of the test’s own debugger', async ({ startShell }) => {
  const { app } = await startShell()
  const pid = app.process().pid ?? 0
  const listening = listeningSockets([pid, ...descendants(pid)])
  // One for Node's inspector, one for Chromium's: both asked for by the test on the command line.
  expect(listening).toHaveLength(2)
})

test('S20: a second start hands over its paths and ends', async ({ startShell, profile }) => {
  const { page } = await startShell()
  await expect(options(page)).toHaveCount(0)
  const second = spawn(executable, [entry, `--user-data-dir=${profile}`, 'resources/samples', 'javascript:alert(1)'], {
    cwd: root,
    env: ownEnvironment(),
    stdio: 'ignore',
  })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect(options(page).first()).toBeVisible()
  await expect(page.locator('[role="option"][aria-label^="Campaign"]')).toHaveCount(1)
})

test('the menu runs the page’s commands', async ({ startShell }) => {
  const { app, page } = await startShell()
  const choose = (id: string) =>
    app.evaluate(({ Menu }, item) => void Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)
  await choose('open.sample')
  await expect(options(page).first()).toBeVisible()
  await choose('screen.clauses')
  await expect(page.getByRole('tree', { name: 'Clauses', exact: true })).toBeVisible()
  await choose('theme.dark')
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
})

test('the window comes back where it was', async ({ startShell }) => {
  const first = await startShell()
  const bounds = { x: 40, y: 30, width: 1000, height: 640 }
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds)
  await first.app.close()
  const second = await startShell()
  const now = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(now).toMatchObject({ width: bounds.width, height: bounds.height })
})

// Node's own debugger, which the other tests are led by, can bring a program down that ends under it.
test('the program ends by itself when its window is closed', async ({ profile, requireShell }) => {
  requireShell()
  const program = spawn(executable, [entry, `--user-data-dir=${profile}`, '--remote-debugging-port=0'], {
    cwd: root,
    env: ownEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(program, 'exit')
  const debuggerOrigin = await debuggerAddress(program.stderr)
  const pageId = async () => {
    const targets: unknown = await (await fetch(`${debuggerOrigin}/json/list`)).json()
    return Array.isArray(targets)
      ? (targets as { id: string; type: string }[]).find(({ type }) => type === 'page')?.id
      : null
  }
  await expect.poll(pageId).toEqual(expect.any(String))
  await fetch(`${debuggerOrigin}/json/close/${await pageId()}`)
  expect(await ended).toEqual([0, null])
})

test('a page that hangs or crashes comes back with what was open and decided; a second window shows the same', async ({
  startShell,
  profile,
}) => {
  const path = join(profile, 'spins.eml')
  await writeFile(path, gambling)
  const { app, page } = await startShell(path)
  const confirmed = (of: Page) => of.locator('.decision-mark').filter({ hasText: 'Confirmed' })
  await options(page).first().waitFor()
  await page.keyboard.press('F8')
  await page.keyboard.press('1')
  await page.getByRole('dialog', { name: 'Who reviews?' }).getByRole('textbox').fill('Mara Ellison')
  await page.keyboard.press('Enter')
  await expect(confirmed(page)).toHaveCount(1)

  // The system says that a page hangs only once somebody has waited long for it.
  const answered = app.evaluate(
    ({ BrowserWindow, dialog }) =>
      new Promise<string>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve('back'))
        dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
        void contents?.executeJavaScript('setTimeout(() => { for (;;); })').then(() => contents.emit('unresponsive'))
      }),
  )
  await page.waitForEvent('crash')
  expect(await answered).toBe('back')
  const log = readFileSync(join(profile, 'data', 'log', 'clausebench.log'), 'utf8')
  expect(log).toContain('"event":"page-hangs"')
  expect(log).toContain('"event":"page-gone"')

  const opened = app.waitForEvent('window')
  await app.evaluate(({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('window.new')?.click())
  const second = await opened
  await second.locator('html[data-started]').waitFor({ state: 'attached' })
  await expect(options(second)).toHaveCount(1)
  await expect(confirmed(second)).toHaveCount(1)

  // The page that was lost is known to Playwright no more; what it shows is asked of the program.
  const shown = () =>
    app.evaluate(async ({ BrowserWindow }) =>
      Promise.all(
        BrowserWindow.getAllWindows().map(({ webContents }) =>
          webContents.executeJavaScript(
            "[document.querySelectorAll('[role=option][aria-label^=Campaign]').length, document.querySelectorAll('.decision-mark').length].join()",
          ),
        ),
      ),
    )
  await expect.poll(shown).toEqual(['1,1', '1,1'])
})

/** Process ids below one, from the system's own list. */
function descendants(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
  return [...children, ...children.flatMap(descendants)]
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

/** Local addresses of TCP sockets in state LISTEN that these processes hold. */
function listeningSockets(pids: readonly number[]): readonly string[] {
  const held = new Set(pids.flatMap(socketInodes))
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === '0A' && held.has(columns[9] ?? ''))
      .map((columns) => columns[1] ?? ''),
  )
}

function socketInodes(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? []
      return inode === undefined ? [] : [inode]
    })
  } catch {
    return []
  }
}
