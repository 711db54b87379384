import type { Page } from '@playwright/test'

/** What the page's main thread did, out of a trace of the browser. All times are milliseconds of CPU, so that a busy machine does not count. */

interface TraceEvent {
  readonly name: string
  readonly ph: string
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  /** Microseconds of CPU, where the browser measures them. */
  readonly tdur?: number
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly name?: string }
}

export interface PageTask {
  /** Of CPU. */
  readonly cpuMs: number
  /** From beginning to end, with whatever else the machine did meanwhile. */
  readonly wallMs: number
  /** Of CPU in scripts, without the layout and parsing that these asked for. */
  readonly scriptMs: number
  /** Of CPU by what was done, itself alone, the longest first. */
  readonly parts: readonly (readonly [string, number])[]
}

const layoutNames: ReadonlySet<string> = new Set([
  'ParseHTML',
  'Layout',
  'UpdateLayoutTree',
  'RecalculateStyles',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
  'HitTest',
])
const scriptNames: ReadonlySet<string> = new Set([
  'FunctionCall',
  'EvaluateScript',
  'EventDispatch',
  'TimerFire',
  'FireAnimationFrame',
  'RunMicrotasks',
  'v8.callFunction',
  'v8.run',
])

/** The tasks of the page's main thread while `act` runs, the longest first. */
export async function tasksDuring(page: Page, act: () => Promise<void>): Promise<readonly PageTask[]> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('no browser')
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'v8', 'disabled-by-default-v8.gc', '__metadata'],
  })
  let trace: { readonly traceEvents: readonly TraceEvent[] }
  try {
    await act()
  } finally {
    trace = JSON.parse((await browser.stopTracing()).toString()) as typeof trace
  }
  return tasksOf(trace.traceEvents)
}

export function tasksOf(events: readonly TraceEvent[]): readonly PageTask[] {
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(thread),
  )
  const complete = events
    .filter((event) => event.ph === 'X' && event.dur !== undefined && main.has(thread(event)))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const tasks: PageTask[] = []
  for (const of of main) {
    const own = complete.filter((event) => thread(event) === of)
    for (let at = 0; at < own.length; at++) {
      const task = own[at]
      if (task?.name.endsWith('RunTask') !== true) continue
      const end = task.ts + (task.dur ?? 0)
      const inside: TraceEvent[] = []
      while (own[at + 1] !== undefined && (own[at + 1]?.ts ?? 0) < end) inside.push(own[++at] ?? task)
      tasks.push(taskOf(task, inside))
    }
  }
  return tasks.sort((a, b) => b.cpuMs - a.cpuMs)
}

const cpuOf = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000

/** Events lie in each other like brackets: what lies within is taken off what holds it. */
function taskOf(task: TraceEvent, inside: readonly TraceEvent[]): PageTask {
  const self = new Map<string, number>()
  const add = (name: string, ms: number): void => void self.set(name, (self.get(name) ?? 0) + ms)
  const open: TraceEvent[] = []
  let scriptMs = 0
  add(task.name, cpuOf(task))
  for (const event of [...inside]) {
    while (open.length > 0 && endOf(open.at(-1) ?? event) <= event.ts) open.pop()
    const ms = cpuOf(event)
    add(event.name, ms)
    add((open.at(-1) ?? task).name, -ms)
    const inScript = open.some(({ name }) => scriptNames.has(name))
    const inLayout = open.some(({ name }) => layoutNames.has(name))
    if (scriptNames.has(event.name) && !inScript) scriptMs += ms
    if (layoutNames.has(event.name) && inScript && !inLayout) scriptMs -= ms
    open.push(event)
  }
  return {
    cpuMs: cpuOf(task),
    wallMs: (task.dur ?? 0) / 1000,
    scriptMs: Math.max(0, scriptMs),
    parts: [...self].filter(([, ms]) => ms >= 1).sort(([, a], [, b]) => b - a),
  }
}

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur
