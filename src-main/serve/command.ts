import type { Environment } from '../environment.ts'

/** What the command line gives to `serve`. */
export interface ServeIo {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly environment: Environment
  /** Folder that relative paths stand in. */
  readonly workingDir: string
  /** The checkout (or the installed package): holds `resources/`, `out/`, `src-main/`. */
  readonly projectDir: string
  readonly version: string
  /** Aborted on SIGINT and SIGTERM: the server then ends cleanly and the promise resolves. */
  readonly stop: AbortSignal
}

/** `clausebench serve`: resolves with the exit code when it has ended: 0 after a stop, 2 when the call is wrong. */
export async function serveCommand(argv: readonly string[], io: ServeIo): Promise<number> {
  io.stderr(`serve is not ready yet (${argv.join(' ')})\n`)
  return Promise.resolve(2)
}
