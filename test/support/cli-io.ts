import { join } from 'node:path'
import type { CliIo } from '../../src-main/cli/io.ts'

export interface CapturedIo extends CliIo {
  readonly out: () => string
  readonly err: () => string
}

/** A command's surroundings without a process: what it writes is kept. */
export function capturedIo(given: Partial<CliIo> = {}): CapturedIo {
  const projectDir = join(import.meta.dirname, '..', '..')
  let out = ''
  let err = ''
  return {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 100,
    environment: {
      dataDir: null,
      noColor: false,
      hasDisplay: false,
      xdgDataHome: null,
      appData: null,
    },
    workingDir: '/work',
    projectDir,
    workerFile: join(projectDir, 'src-main/review/worker.ts'),
    compileCacheDir: null,
    version: '0.1.0',
    now: () => new Date('2026-11-23T09:30:00Z'),
    cores: 2,
    stopSignal: () => new AbortController().signal,
    ...given,
    out: () => out,
    err: () => err,
  }
}
