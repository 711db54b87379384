import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readyRules } from '../../../src-main/rules/ready-rules.ts'
import { programOf } from '../../../src-main/rules/program.ts'
import { measuredOn, percentile, verdict } from '../measured.ts'

/**
 * `node test/bench/engine/start.ts`: how long until the shipped packs are compiled and ready, each time in a process of its own: from
 * what was compiled before, and without it.
 */

const root = join(import.meta.dirname, '..', '..', '..')
const runs = 9

async function once(folder: string): Promise<void> {
  const selection = {
    shipped: join(root, 'resources', 'packs'),
    own: [],
    named: [],
    asOf: '2026-11-23',
    cacheDir: join(root, '.cache', 'patterns'),
    kept: { program: programOf(root), folders: [], writable: folder === '' ? null : folder },
  }
  const begun = performance.now()
  const before = process.cpuUsage()
  const rules = await readyRules(selection)
  const { user, system } = process.cpuUsage(before)
  if (!rules.ok) throw new Error(rules.problem.message)
  console.log(JSON.stringify({ cpuMs: (user + system) / 1_000, wallMs: performance.now() - begun }))
}

function measure(folder: string): { readonly cpuMs: number; readonly wallMs: number } {
  const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, 'once', folder], { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  // What `once` printed.
  return JSON.parse(stdout) as { cpuMs: number; wallMs: number }
}

if (process.argv[2] === 'once') await once(process.argv[3] ?? '')
else {
  console.log(`start (${measuredOn()})`)
  const folder = mkdtempSync(join(tmpdir(), 'clausebench-bench-'))
  try {
    measure(folder)
    for (const [name, from, goalMs] of [
      ['from what was compiled before', folder, 150],
      ['compiled anew', '', 1000],
    ] as const) {
      const measured = Array.from({ length: runs }, () => measure(from))
      const wallMs = percentile(
        measured.map(({ wallMs }) => wallMs),
        0.5,
      )
      const cpuMs = percentile(
        measured.map(({ cpuMs }) => cpuMs),
        0.5,
      )
      console.log(
        `packs ready, ${name}: median ${wallMs.toFixed(0)} ms by the clock, ${cpuMs.toFixed(0)} ms CPU (goal ${String(goalMs)} ms): ${verdict(Math.min(wallMs, cpuMs) < goalMs)}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
