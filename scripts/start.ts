import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../src-main/environment.ts'
import { buildState, runBuild } from '../src-main/serve/page-build.ts'

/**
 * `npm start [-- PATH...]`: the desktop window with the sample campaign, or with the named files. Where no desktop can be
 * had, it says why in one sentence and opens the same workbench in the browser.
 */

const root = join(import.meta.dirname, '..')
const electronDir = join(root, 'node_modules', 'electron')
const downloadLimitMs = 60_000
const noticeAfterMs = 2000
/** An Electron that ends with a failure this soon was never seen. */
const startLimitMs = 5000

const named = process.argv.slice(2)
const argumentsOrSample = named.length > 0 ? named : [join(root, 'resources', 'samples')]

const why = cannotShowWindow()
if (why !== null) await browserInstead(why)
else {
  const program = electronProgram() ?? ((await download()) ? electronProgram() : null)
  if (program === null) await browserInstead('Electron could not be downloaded')
  else await desktop(program)
}

function cannotShowWindow(): string | null {
  if (!readEnvironment().hasDisplay) return 'There is no display for a window'
  const overridden = process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined
  if (process.platform === 'linux' && process.getuid?.() === 0 && !overridden) {
    return 'Electron does not run as root with its sandbox'
  }
  return null
}

function electronProgram(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(electronDir, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const program = override === undefined ? join(electronDir, 'dist', name) : join(override, name)
  return existsSync(program) ? program : null
}

/** Quiet when it is quick. */
async function download(): Promise<boolean> {
  const installer = join(electronDir, 'install.js')
  const notice = setTimeout(() => console.error('Fetching the Electron program, once …'), noticeAfterMs)
  const child = spawn(process.execPath, [installer], {
    cwd: root,
    stdio: 'ignore',
    timeout: downloadLimitMs,
    killSignal: 'SIGKILL',
  })
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
  clearTimeout(notice)
  return code === 0
}

async function desktop(program: string): Promise<void> {
  const state = await buildState(root, 'out/main/index.cjs', [
    'src-main',
    'src-renderer',
    'electron.vite.config.ts',
    'package-lock.json',
  ])
  if (state !== 'current') {
    console.error('Building …')
    if (!(await runBuild(root, (text) => process.stderr.write(text)))) {
      console.error('The build failed; the lines above say why.')
      process.exitCode = 1
      return
    }
  }
  const startedMs = performance.now()
  const code = await run(program, ['.', ...argumentsOrSample])
  if (code !== 0 && performance.now() - startedMs < startLimitMs) await browserInstead('Electron did not start')
  else process.exitCode = code
}

async function browserInstead(reason: string): Promise<void> {
  console.error(`${reason}, so the workbench opens in your browser instead.`)
  const cli = join(root, 'src-main', 'cli', 'main.ts')
  process.exitCode = await run(process.execPath, [cli, 'serve', ...argumentsOrSample])
}

/** Runs until it ends, on this terminal; signals go to it, and its exit code comes back. */
function run(program: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env }
  // It would turn Electron into plain Node.
  delete env.ELECTRON_RUN_AS_NODE
  const child = spawn(program, args, { stdio: 'inherit', env })
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  return new Promise((resolve) => {
    const end = (code: number): void => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code)
    }
    child.once('error', () => end(127))
    child.once('close', (code, signal) => end(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  })
}
