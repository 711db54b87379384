import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface TreeRun {
  readonly exitCode: number | null
  readonly wallMs: number
  /** Most memory that all processes together held at once (resident; Linux). */
  readonly peakMb: number
  readonly stderr: string
}

const sampleEveryMs = 25

/** Runs a command as users do and looks at the memory of its whole process tree. What it prints is thrown away. */
export function runTree(command: string, args: readonly string[], cwd: string): Promise<TreeRun> {
  const begun = performance.now()
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let peakMb = 0
  let stderr = ''
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
  const timer = setInterval(() => {
    if (child.pid !== undefined) peakMb = Math.max(peakMb, residentMb(child.pid))
  }, sampleEveryMs)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      clearInterval(timer)
      resolve({ exitCode, wallMs: performance.now() - begun, peakMb, stderr })
    })
  })
}

function residentMb(root: number): number {
  const children = new Map<number, number[]>()
  const resident = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    try {
      const status = readFileSync(`/proc/${name}/status`, 'latin1')
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0)
      resident.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
      children.set(parent, [...(children.get(parent) ?? []), pid])
    } catch {
      // It has ended in between.
    }
  }
  let all = 0
  const open = [root]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    all += resident.get(pid) ?? 0
    open.push(...(children.get(pid) ?? []))
  }
  return all
}
