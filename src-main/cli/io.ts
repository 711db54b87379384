import type { Environment } from '../environment.ts'

/** What a command knows of the process it runs in. */
export interface CliIo {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  /** Of standard output; 100 where that is no terminal. */
  readonly columns: number
  readonly environment: Environment
  /** Folder that relative paths stand in. */
  readonly workingDir: string
  /** Holds `resources/`, `out/`, `src-main/`. */
  readonly projectDir: string
  /** Absolute path of the review worker. */
  readonly workerFile: string
  readonly compileCacheDir: string | null
  /** Of clausebench. */
  readonly version: string
  readonly now: () => Date
  /** Workers by default: the machine's cores. */
  readonly cores: number
  /** Aborted on SIGINT and SIGTERM, once a command has asked for it. */
  readonly stopSignal: () => AbortSignal
}
