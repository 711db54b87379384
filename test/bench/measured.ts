import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'

/** What every figure is to be read with: commit, day, machine. */
export function measuredOn(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const [first] = cpus()
  return `commit ${commit}, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${String(cpus().length)} × ${first?.model ?? 'unknown'}`
}

/** The value below which a share of the times lies, in milliseconds. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}

/** CPU time of the calling thread since the last call of what it gives. */
export function threadCpuMs(): () => number {
  let before = process.threadCpuUsage()
  return () => {
    const now = process.threadCpuUsage()
    const ms = (now.user - before.user + now.system - before.system) / 1_000
    before = now
    return ms
  }
}

export function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED'
}
