import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from '@playwright/test'
import { chromiumHost } from '../e2e/hosts/chromium.ts'
import { workbenchPage, type WorkbenchPage } from '../e2e/pages/workbench.ts'
import { pageClock, type PageClock } from './ui/clock.ts'
import { measureFirstWindow } from './ui/first-window.ts'
import { writeMails } from './ui/mails.ts'
import { createReport, share } from './ui/report.ts'
import { tasksDuring } from './ui/trace.ts'

/**
 * `node test/bench/ui.ts [MESSAGES] [OPENED] [PART …]` (parts: many, findings, large, script, window; all when none is named): how the page feels, in Chromium over the real workbench, as numbers beside their budgets:
 * a list of 10,000 messages, choosing, filtering, a message with 1,000 findings, a mail of 5 MB, the first script, what is left behind
 * after 500 messages were opened, and (where ELECTRON_EXEC names an Electron) the first window. Exit code 1 where a budget is not kept.
 * Tasks are counted by their CPU time in a trace, waits by the clock.
 */

const root = join(import.meta.dirname, '../..')
const messages = Number(process.argv[2] ?? 10_000)
const opened = Math.min(Number(process.argv[3] ?? 500), messages - 1)
const named = process.argv.slice(4)
const isAsked = (part: string): boolean => named.length === 0 || named.includes(part)
const reviewedWithinMs = 900_000
const { add, addTasks, broken } = createReport(console.log)

async function measureList(page: Page, workbench: WorkbenchPage, clock: PageClock): Promise<void> {
  const box = await workbench.messages.list.boundingBox()
  if (box === null) throw new Error('no list')
  await page.mouse.move(box.x + 20, box.y + 100)
  const scrolling = await tasksDuring(page, async () => {
    for (let step = 0; step < 120; step++) {
      await page.mouse.wheel(0, step < 60 ? 900 : -1_400)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
  })
  addTasks(`scrolling a list of ${messages}: longest task`, scrolling, 50)

  await workbench.messages.list.focus()
  await clock.untilShown(() => page.keyboard.press('End'))
  await clock.untilShown(() => page.keyboard.press('Home'))
  const next: number[] = []
  const choosing = await tasksDuring(page, async () => {
    for (let step = 0; step < 60; step++) next.push(await clock.untilShown(() => page.keyboard.press('ArrowDown')))
  })
  add('choosing the next message until it is shown with its marks: median', share(next, 0.5), 'ms', 100)
  add('choosing the next message until it is shown with its marks: p95', share(next, 0.95), 'ms', 100)
  addTasks('choosing the next message: longest task', choosing, 50)
  const far: number[] = []
  // Each goes ten rows on, and there must be a next one.
  const steps = Math.min(40, Math.floor((messages - 62) / 10))
  for (let step = 0; step < steps; step++) far.push(await clock.untilShown(() => page.keyboard.press('PageDown')))
  add('choosing a message further on: median', share(far, 0.5), 'ms', 100)
  add('choosing a message further on: p95', share(far, 0.95), 'ms', 100)

  await workbench.messages.filter.focus()
  const typed: number[] = []
  const filtering = await tasksDuring(page, async () => {
    for (const letter of 'sale clause:c3.9') typed.push(await clock.untilDrawn(() => page.keyboard.press(letter)))
  })
  add('filtering as one types: median', share(typed, 0.5), 'ms', 50)
  add('filtering as one types: p95', share(typed, 0.95), 'ms', 50)
  addTasks('filtering as one types: longest task', filtering, 50)
  await page.keyboard.press('Escape')
}

async function measureFindings(page: Page, workbench: WorkbenchPage): Promise<void> {
  await workbench.findings.cards.first().waitFor()
  await workbench.message.rendered()
  const groups = await workbench.findings.region.locator('.pane-count').innerText()
  const clock = await pageClock(page)
  await workbench.messages.list.focus()
  const steps: number[] = []
  const stepping = await tasksDuring(page, async () => {
    for (let step = 0; step < 60; step++) steps.push(await clock.untilDrawn(() => page.keyboard.press('F8')))
    for (let step = 0; step < 60; step++) steps.push(await clock.untilDrawn(() => page.keyboard.press('Shift+F8')))
  })
  add(`from finding to finding among ${groups}: median`, share(steps, 0.5), 'ms', 100)
  add(`from finding to finding among ${groups}: p95`, share(steps, 0.95), 'ms', 100)
  addTasks(`from finding to finding among ${groups}: longest task`, stepping, 50)
}

async function metrics(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics: list } = await session.send('Performance.getMetrics')
  return new Map(list.map(({ name, value }) => [name, value]))
}

async function measureMemory(page: Page, workbench: WorkbenchPage, clock: PageClock): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const lookAtText = async (): Promise<void> => {
    await workbench.message.tab('Text').click()
    await workbench.message.editor.waitFor()
    await workbench.message.tab('Rendered').click()
    await workbench.messages.list.focus()
  }
  await workbench.messages.list.focus()
  await clock.untilShown(() => page.keyboard.press('Home'))
  await lookAtText()
  const warm = Math.min(100, Math.floor(opened / 5))
  let before: ReadonlyMap<string, number> = new Map()
  for (let step = 0; step < opened; step++) {
    // What was opened at first is warming up.
    if (step === warm) before = await metrics(session)
    await clock.untilShown(() => page.keyboard.press('ArrowDown'))
    if (step % 10 === 5) await lookAtText()
  }
  const after = await metrics(session)
  const grown = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  add(`after ${opened} messages, more documents`, grown('Documents'), '', 2)
  add(`after ${opened} messages, more frames`, grown('Frames'), '', 0)
  add(`after ${opened} messages, more listeners`, grown('JSEventListeners'), '', 60)
  add(`after ${opened} messages, more nodes`, grown('Nodes'), '', 2_000)
  add(`after ${opened} messages, more memory`, grown('JSHeapUsedSize') / 1024 / 1024, 'MB', 10)
  add(`after ${opened} messages, models of editors`, await countModels(session), '', 2)
  const editors = await page.evaluate(() => document.querySelectorAll('.monaco-editor[role="code"]').length)
  add(`after ${opened} messages, editors`, editors, '', 2)
}

/** Monaco's models that are still held by anything: objects that have what only they have. */
async function countModels(session: CDPSession): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', { expression: 'Object.prototype' })
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
  const counted = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: `function () {
      let count = 0
      for (const one of this) {
        try {
          const own = Object.getPrototypeOf(one)
          if (own !== null && Object.hasOwn(own, 'getAlternativeVersionId') && Object.hasOwn(own, 'deltaDecorations')) count++
        } catch {}
      }
      return count
    }`,
    returnByValue: true,
  })
  await session.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' })
  return Number(counted.result.value)
}

async function measureLarge(page: Page, workbench: WorkbenchPage, reviewedMs: number): Promise<void> {
  await workbench.message.rendered()
  add('a mail of 5 MB, first reviewed (beside a small one)', reviewedMs, 'ms', 3_000)
  const clock = await pageClock(page)
  await workbench.messages.list.focus()
  await clock.untilShown(() => page.keyboard.press('End'))
  const painted: number[] = []
  const showing = await tasksDuring(page, async () => {
    for (let time = 0; time < 3; time++) {
      painted.push(await clock.untilPainted(() => page.keyboard.press('Home')))
      await workbench.message.rendered()
      await clock.untilShown(() => page.keyboard.press('End'))
    }
  })
  add('a mail of 5 MB that was reviewed, shown again: median', share(painted, 0.5), 'ms', 1_000)
  addTasks('a mail of 5 MB: longest task of our scripts', showing, 50, 'scriptMs')
}

function measureScript(): void {
  const page = readFileSync(join(root, 'out/renderer/index.html'), 'utf8')
  const [, name = ''] = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(page) ?? []
  const preloaded = [...page.matchAll(/rel="modulepreload"[^>]*href="\.?\/?(assets\/[^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  )
  const bytes = [name, ...preloaded].map((file) => gzipSync(readFileSync(join(root, 'out/renderer', file))).length)
  add('first script, compressed', bytes.reduce((sum, one) => sum + one, 0) / 1024, 'KB', 200)
}

async function measureWindow(): Promise<void> {
  const executable = process.env.ELECTRON_EXEC
  const entry = join(root, 'out-22/main/index.cjs')
  if (executable === undefined || !existsSync(entry)) {
    console.log('first window: not measured (ELECTRON_EXEC and out-22 are needed)')
    return
  }
  const { own, empty } = await measureFirstWindow(executable, entry, 3)
  console.log(
    `    first window ${share(own, 0.5).toFixed(0)} ms, an empty one ${share(empty, 0.5).toFixed(0)} ms (medians)`,
  )
  add('first window, beside an empty one of the same Electron', share(own, 0.5) / share(empty, 0.5), '×', 2.5)
}

const host = chromiumHost()
if (!host.available) throw new Error(host.reason)
const folder = await mkdtemp(join(tmpdir(), 'clausebench-bench-'))

async function withWorkbench(
  name: string,
  act: (page: Page, workbench: WorkbenchPage, reviewedMs: number) => Promise<void>,
): Promise<void> {
  if (!host.available || !isAsked(name)) return
  const dataDir = await mkdtemp(join(tmpdir(), 'clausebench-data-'))
  const running = await host.start({
    paths: [join(folder, name)],
    dataDir,
    theme: 'light',
    onConsole: (message) => message.type() === 'error' && console.error(message.text()),
    onPageError: (error) => console.error(error.message),
  })
  try {
    const workbench = workbenchPage(running.page)
    await workbench.started()
    const said = workbench.status.getByText(/reviewed [\d,]+\/[\d,]+ in/)
    await said.waitFor({ timeout: reviewedWithinMs })
    const [, seconds = '0'] = / in ([\d.,]+) s/.exec(await workbench.status.innerText()) ?? []
    await act(running.page, workbench, Number(seconds.replaceAll(',', '')) * 1000)
  } finally {
    await running.close()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

try {
  await writeMails(folder, messages)
  await withWorkbench('many', async (page, workbench) => {
    const clock = await pageClock(page)
    await measureList(page, workbench, clock)
    await measureMemory(page, workbench, clock)
  })
  await withWorkbench('findings', measureFindings)
  await withWorkbench('large', measureLarge)
  if (isAsked('script')) measureScript()
  if (isAsked('window')) await measureWindow()
} finally {
  await host.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
process.exitCode = broken().length > 0 ? 1 : 0
