import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { readEnvironment } from '../environment.ts'
import { logLine } from '../review/log.ts'
import { runCli } from './run.ts'

/** Entry of the command line: `node src-main/cli/main.ts COMMAND …`. */

/** `EX_SOFTWARE` of sysexits.h. */
const faultExitCode = 70

const projectDir = join(import.meta.dirname, '..', '..')

// Half of the time of a short check is compiling. In a folder of its own: what lies in the system's temporary folder anyone could write.
const compileCacheDir = join(projectDir, '.cache', 'compile')
enableCompileCache(compileCacheDir)

// Else a heap of which a fifth is in use grows on until it is worth collecting: a list of a million rows takes half as much memory so.
setFlagsFromString('--heap-growing-percent=30')

// A reader that has seen enough (`| head`) is no failure: the exit code stays what the review says.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fault(error)
  })
}
// Node's own exit code for a fault is 1, which here means findings.
process.on('uncaughtException', fault)

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdoutIsTerminal: process.stdout.isTTY,
  stderrIsTerminal: process.stderr.isTTY,
  columns: (process.stdout.isTTY && process.stdout.columns) || 100,
  environment: readEnvironment(),
  workingDir: process.cwd(),
  projectDir,
  workerFile: join(projectDir, 'src-main', 'review', 'worker.ts'),
  compileCacheDir,
  version: version(join(projectDir, 'package.json')),
  now: () => new Date(),
  cores: availableParallelism(),
  stopSignal,
})

function fault(error: unknown): never {
  process.stderr.write(logLine(new Date(), 'fault', {}, error))
  process.exit(faultExitCode)
}

function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  return stop.signal
}

function version(packageFile: string): string {
  const content: unknown = JSON.parse(readFileSync(packageFile, 'utf8'))
  const value: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null
  return typeof value === 'string' ? value : '0.0.0'
}
