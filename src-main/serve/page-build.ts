import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What the built page comes from, in the checkout. An installed package has none of it, and its page is never old. */
export const pageSources = [
  'src-renderer',
  'src-main/contract',
  'electron.vite.config.ts',
  'package-lock.json',
] as const

export type BuildState = 'missing' | 'older' | 'current'

/** Whether `product` (relative to `projectDir`, like `sources`) stands for what the sources now say, by time of change. */
export async function buildState(projectDir: string, product: string, sources: readonly string[]): Promise<BuildState> {
  const built = await changedAt(join(projectDir, product))
  if (built === null) return 'missing'
  const times = await Promise.all(sources.map((source) => newestIn(join(projectDir, source))))
  return times.some((time) => time > built) ? 'older' : 'current'
}

/** Runs the project's build, its output passed on as it comes; false when it failed. */
export function runBuild(projectDir: string, onOutput: (text: string) => void): Promise<boolean> {
  const tool = join(projectDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'error'], {
      cwd: projectDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput)
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}

async function newestIn(path: string): Promise<number> {
  const own = (await changedAt(path)) ?? 0
  let entries
  try {
    entries = await readdir(path, { withFileTypes: true, recursive: true })
  } catch {
    return own
  }
  const files = entries.filter((entry) => entry.isFile())
  const times = await Promise.all(files.map((entry) => changedAt(join(entry.parentPath, entry.name))))
  return times.reduce<number>((newest, time) => Math.max(newest, time ?? 0), own)
}

async function changedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    return null
  }
}
