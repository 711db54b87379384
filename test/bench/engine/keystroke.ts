import { join } from 'node:path'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { readInput } from '../../../src-main/intake/read.ts'
import { compileRules } from '../../../src-main/rules/compile.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { measuredOn, percentile, threadCpuMs, verdict } from '../measured.ts'
import { htmlDraft, plainDraft } from './sample-text.ts'

/**
 * `node test/bench/engine/keystroke.ts`: a draft is edited letter by letter; how long from the edited text to its new findings, with a
 * worker that reads, views and judges the whole draft with the shipped packs. Message and answer cross the thread. Beside the time by the
 * clock stands the worker's CPU time, which other work on the machine does not stretch.
 */

const asOf = '2026-11-23'
const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
const warmUp = 10
const strokes = 40

interface Answer {
  readonly findings: readonly unknown[]
  readonly cpuMs: number
}

if (isMainThread) await measure()
else await serve()

async function serve(): Promise<void> {
  const shipped = join(import.meta.dirname, '..', '..', '..', 'resources', 'packs')
  const loaded = await loadPacks({ shipped, own: [], named: [], asOf })
  if (!loaded.ok) throw new Error(loaded.problem.message)
  const rules = compileRules(loaded.value)
  parentPort?.on('message', ({ name, text }: { name: string; text: string }) => {
    const cpuMs = threadCpuMs()
    const outcome = readInput(new TextEncoder().encode(text), { input: name, named: true, defaults })
    const message = 'messages' in outcome ? outcome.messages[0] : undefined
    if (message === undefined) throw new Error('not read')
    const { findings } = judge(rules, buildViews(message), { asOf, region: [] })
    parentPort?.postMessage({ findings, cpuMs: cpuMs() } satisfies Answer)
  })
  parentPort?.postMessage('ready')
}

async function measure(): Promise<void> {
  console.log(`keystroke (${measuredOn()})`)
  const worker = new Worker(new URL(import.meta.url))
  const answer = (): Promise<Answer> => new Promise((resolve) => worker.once('message', resolve))
  await answer()
  const drafts = [
    { name: '100 KB plain', file: 'draft.txt', text: plainDraft(100_000), goalMs: 16 },
    { name: '100 KB HTML', file: 'draft.html', text: htmlDraft(100_000), goalMs: 40 },
    { name: '1 MB plain', file: 'draft.txt', text: plainDraft(1_000_000), goalMs: 60 },
    { name: '1 MB HTML', file: 'draft.html', text: htmlDraft(1_000_000), goalMs: 500 },
  ]
  for (const { name, file, text, goalMs } of drafts) {
    const times: number[] = []
    const cpu: number[] = []
    let found = 0
    const middle = text.indexOf(' ', text.length / 2)
    for (let stroke = 0; stroke < warmUp + strokes; stroke++) {
      const edited = `${text.slice(0, middle)}${'abcdefgh'.repeat(20).slice(0, stroke)}${text.slice(middle)}`
      const begun = performance.now()
      worker.postMessage({ name: file, text: edited })
      const { findings, cpuMs } = await answer()
      found = findings.length
      if (stroke < warmUp) continue
      times.push(performance.now() - begun)
      cpu.push(cpuMs)
    }
    const p95 = percentile(cpu, 0.95)
    console.log(
      `${name}: CPU median ${percentile(cpu, 0.5).toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms (goal ${String(goalMs)} ms): ${verdict(p95 < goalMs)}; by the clock ${percentile(times, 0.5).toFixed(1)} and ${percentile(times, 0.95).toFixed(1)} ms; ${String(found)} findings`,
    )
  }
  await worker.terminate()
}
