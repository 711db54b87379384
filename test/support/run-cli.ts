import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { reportSchema, type Report } from '../../src-main/contract/report.ts'

export const projectDir = join(import.meta.dirname, '..', '..')
export const samplesDir = join(projectDir, 'resources', 'samples')
export const mainFile = join(projectDir, 'src-main', 'cli', 'main.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Start {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** The process becomes this user and group; needs root. */
  readonly uid?: number
  readonly timeoutMs?: number
}

/** The command line as a person runs it: the real entry, in a process of its own. */
export function runCli(argv: readonly string[], start: Start = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mainFile, ...argv], {
      cwd: start.cwd ?? projectDir,
      // The test's own environment is what a terminal would have, less what would colour or configure.
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...start.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: start.timeoutMs ?? 60_000,
      killSignal: 'SIGKILL',
      ...(start.uid === undefined ? {} : { uid: start.uid, gid: start.uid }),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export interface Checked extends Ended {
  readonly report: Report
}

/** `check --format json`, its report validated. */
export async function checkJson(argv: readonly string[], start: Start = {}): Promise<Checked> {
  const ended = await runCli(['check', '--format', 'json', ...argv], start)
  try {
    return { ...ended, report: reportSchema.parse(JSON.parse(ended.stdout)) }
  } catch (error) {
    throw new Error(`no valid report (exit code ${String(ended.code)}): ${ended.stderr}`, { cause: error })
  }
}
