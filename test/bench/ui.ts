import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from '@playwright/test'
import { chromiumHost } from '../e2e/hosts/chromium.ts'
import { mail } from '../e2e/mails.ts'
import { workbenchPage, type WorkbenchPage } from '../e2e/pages/workbench.ts'

/**
 * `node test/bench/ui.ts`: how the page feels, in Chromium over the real workbench, as numbers beside their budgets: a list of
 * 10,000 messages, choosing, filtering, a message with 1,000 findings, a mail of 5 MB, the first script, and what is left behind
 * after 500 messages were opened. Exit code 1 where a budget is not kept.
 */

const root = join(import.meta.dirname, '../..')
const messages = Number(process.argv[2] ?? 10_000)
const opened = Number(process.argv[3] ?? 500)

interface Line {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly budget: number
}
const lines: Line[] = []

function report(what: string, value: number, unit: string, budget: number): void {
  const line = { what, value, unit, budget }
  lines.push(line)
  const kept = value <= budget ? 'kept' : 'NOT KEPT'
  console.log(
    `${what.padEnd(62)} ${value.toFixed(value < 100 ? 1 : 0).padStart(9)} ${unit.padEnd(5)} budget ${budget}  ${kept}`,
  )
}

const share = (values: readonly number[], of: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * of) - 1)] ?? 0

const foot =
  '<p>Alder Games, 12 Mill Lane, Springfield, IL 62701. <a href="https://www.aldergames.example/leave">Unsubscribe</a></p>'

async function writeMails(folder: string): Promise<void> {
  await mkdir(join(folder, 'many'), { recursive: true })
  for (let at = 0; at < messages; at += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, messages - at) }, (_, step) => {
        const number = at + step
        const html = `<h1>Offer ${number}</h1><p>The cups are back, and so is number ${number}.</p>${
          number % 3 === 0 ? '<p>Claim your 50 free spins at our online casino.</p>' : ''
        }${foot}`
        return writeFile(
          join(folder, 'many', `${String(number).padStart(5, '0')}.eml`),
          mail({ subject: `Offer ${number} ${number % 7 === 0 ? 'sale' : 'news'}`, text: 'The cups are back.', html }),
        )
      }),
    )
  }
  const spins = Array.from(
    { length: 1000 },
    (_, at) => `<p>Day ${at}: claim your ${at + 2} free spins at our online casino number ${at}.</p>`,
  )
  await mkdir(join(folder, 'findings'))
  await writeFile(
    join(folder, 'findings', 'thousand.eml'),
    mail({ subject: 'A thousand', html: spins.join('\n') + foot }),
  )
  const block = '<table><tr><td style="padding:8px"><p>Our makers tell you how it came about.</p></td></tr></table>'
  const large = block.repeat(Math.ceil((5 * 1024 * 1024) / block.length))
  await mkdir(join(folder, 'large'))
  await writeFile(
    join(folder, 'large', 'large.eml'),
    mail({ subject: 'Five megabytes', html: `<p>Claim your free spins at our online casino.</p>${large}${foot}` }),
  )
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly dur?: number
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly name?: string }
}

/** Milliseconds of the longest tasks of page threads while `act` runs. */
async function longestTasks(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('no browser')
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  await act()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly TraceEvent[] }
  const threads = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return trace.traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && threads.has(`${pid} ${tid}`))
    .map(({ dur = 0 }) => dur / 1000)
    .sort((a, b) => b - a)
}

/** Installs `window.timed`: milliseconds from a key or click to the frame after the message with its marks is there. */
async function installClock(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = []
    let from = 0
    const begin = () => (from = performance.now())
    window.addEventListener('keydown', begin, { capture: true })
    window.addEventListener('click', begin, { capture: true })
    new MutationObserver((changes) => {
      if (from === 0 || !changes.some(({ target }) => (target as Element).hasAttribute('data-loaded'))) return
      const started = from
      from = 0
      requestAnimationFrame(() => times.push(performance.now() - started))
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-loaded'] })
    Reflect.set(window, 'timed', times)
  })
}
const timesOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => Reflect.get(window, 'timed') as readonly number[])

async function select(page: Page, before: number): Promise<void> {
  await page.keyboard.press('ArrowDown')
  while ((await timesOf(page)).length <= before) await page.waitForTimeout(5)
}

async function measureList(page: Page, workbench: WorkbenchPage): Promise<void> {
  const box = await workbench.messages.list.boundingBox()
  if (box === null) throw new Error('no list')
  await page.mouse.move(box.x + 20, box.y + 100)
  const scrolling = await longestTasks(page, async () => {
    for (let step = 0; step < 120; step++) {
      await page.mouse.wheel(0, step < 60 ? 900 : -1_400)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
  })
  report(`scrolling a list of ${messages}: longest task`, scrolling[0] ?? 0, 'ms', 50)

  await installClock(page)
  await workbench.messages.list.focus()
  await page.keyboard.press('Home')
  await page.waitForTimeout(500)
  for (let step = 0; step < 60; step++) await select(page, (await timesOf(page)).length)
  const times = (await timesOf(page)).slice(10)
  report('choosing a message until it is shown with its marks: median', share(times, 0.5), 'ms', 100)
  report('choosing a message until it is shown with its marks: p95', share(times, 0.95), 'ms', 100)

  await workbench.messages.filter.focus()
  await page.evaluate(() => {
    const typed: number[] = []
    window.addEventListener(
      'input',
      () => {
        const from = performance.now()
        requestAnimationFrame(() => setTimeout(() => typed.push(performance.now() - from)))
      },
      { capture: true },
    )
    Reflect.set(window, 'typed', typed)
  })
  const typedOf = () => page.evaluate(() => Reflect.get(window, 'typed') as readonly number[])
  for (const letter of 'sale clause:c3.9') {
    const before = (await typedOf()).length
    await page.keyboard.type(letter)
    while ((await typedOf()).length === before) await page.waitForTimeout(5)
  }
  const typed = await typedOf()
  report('filtering as one types: p95', share(typed, 0.95), 'ms', 50)
  await page.keyboard.press('Escape')
}

async function measureFindings(page: Page, workbench: WorkbenchPage): Promise<void> {
  await workbench.findings.cards.first().waitFor()
  await workbench.message.rendered()
  const groups = await workbench.findings.region.locator('.pane-count').innerText()
  const steps: number[] = []
  await workbench.messages.list.focus()
  for (let step = 0; step < 30; step++) {
    steps.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const from = performance.now()
            document.activeElement?.dispatchEvent(
              new KeyboardEvent('keydown', { key: 'F8', bubbles: true, cancelable: true }),
            )
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
          }),
      ),
    )
  }
  report(`from finding to finding among ${groups}: p95`, share(steps, 0.95), 'ms', 100)
}

async function metrics(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics: list } = await session.send('Performance.getMetrics')
  return new Map(list.map(({ name, value }) => [name, value]))
}

async function measureMemory(page: Page, workbench: WorkbenchPage): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await workbench.message.tab('Text').click()
  await workbench.message.editor.waitFor()
  await workbench.message.tab('Rendered').click()
  await installClock(page)
  await workbench.messages.list.focus()
  const some = Math.min(100, Math.floor(opened / 5))
  let before: ReadonlyMap<string, number> = new Map()
  for (let step = 0; step < opened; step++) {
    // What was opened at first is warming up.
    if (step === some) before = await metrics(session)
    await select(page, (await timesOf(page)).length)
    if (step % 10 === 5) {
      await workbench.message.tab('Text').click()
      await workbench.message.editor.waitFor()
      await workbench.message.tab('Rendered').click()
      await workbench.messages.list.focus()
    }
  }
  const after = await metrics(session)
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  report(`after ${opened} messages, more documents`, grown('Documents'), '', 2)
  report(`after ${opened} messages, more frames`, grown('Frames'), '', 0)
  report(`after ${opened} messages, more listeners`, grown('JSEventListeners'), '', 60)
  report(`after ${opened} messages, more nodes`, grown('Nodes'), '', 2_000)
  report(`after ${opened} messages, more memory`, grown('JSHeapUsedSize') / 1024 / 1024, 'MB', 10)
  const editors = await page.evaluate(() => document.querySelectorAll('.monaco-editor[role="code"]').length)
  report(`after ${opened} messages, editors`, editors, '', 2)
}

function measureScript(): void {
  const page = readFileSync(join(root, 'out/renderer/index.html'), 'utf8')
  const [, name = ''] = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(page) ?? []
  report('first script, compressed', gzipSync(readFileSync(join(root, 'out/renderer', name))).length / 1024, 'KB', 200)
}

const host = chromiumHost()
if (!host.available) throw new Error(host.reason)
const folder = await mkdtemp(join(tmpdir(), 'clausebench-bench-'))

async function withWorkbench(
  name: string,
  act: (page: Page, workbench: WorkbenchPage, ready: number) => Promise<void>,
): Promise<void> {
  if (!host.available) return
  const dataDir = await mkdtemp(join(tmpdir(), 'clausebench-data-'))
  const running = await host.start({
    paths: [join(folder, name)],
    dataDir,
    theme: 'light',
    onConsole: (message) => message.type() === 'error' && console.error(message.text()),
    onPageError: (error) => console.error(error.message),
  })
  const workbench = workbenchPage(running.page)
  await workbench.started()
  await workbench.status.getByText(/reviewed [\d,]+\/[\d,]+ in/).waitFor({ timeout: 900_000 })
  const [, seconds = '0'] = / in ([\d.,]+) s/.exec(await workbench.status.innerText()) ?? []
  await act(running.page, workbench, Number(seconds.replaceAll(',', '')) * 1000)
  await running.close()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

try {
  await writeMails(folder)
  await withWorkbench('many', async (page, workbench) => {
    await measureList(page, workbench)
    await measureMemory(page, workbench)
  })
  await withWorkbench('findings', measureFindings)
  await withWorkbench('large', async (page, workbench, reviewedMs) => {
    await workbench.message.rendered()
    report('a mail of 5 MB, first reviewed', reviewedMs, 'ms', 3_000)
    await page.reload()
    const from = Date.now()
    await workbench.started()
    await workbench.message.rendered()
    report('a mail of 5 MB that was reviewed, shown again', Date.now() - from, 'ms', 1_000)
  })
  measureScript()
} finally {
  await host.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
process.exitCode = lines.some(({ value, budget }) => value > budget) ? 1 : 0
