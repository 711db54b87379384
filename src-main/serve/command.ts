import { cpus } from 'node:os'
import { join } from 'node:path'
import { platformDataDir } from '../data-folder.ts'
import type { Environment } from '../environment.ts'
import { localDate } from '../local-date.ts'
import { logLine } from '../review/log.ts'
import { createWorkbench } from '../review/workbench.ts'
import { createRouter } from '../router.ts'
import { compiledPacks } from '../rules/program.ts'
import { parseServeArguments, serveUsage, type ServeArguments } from './arguments.ts'
import { createEventSockets } from './event-sockets.ts'
import { openInBrowser } from './open-in-browser.ts'
import { buildState, pageSources, runBuild } from './page-build.ts'
import { startLoopbackServer, type LoopbackServer } from './server.ts'
import { createUploads } from './uploads.ts'

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

/** `clausebench serve`: resolves with the exit code when it has ended: 0 after a stop, 2 when it could not be started. */
export async function serveCommand(argv: readonly string[], io: ServeIo): Promise<number> {
  const parsed = parseServeArguments(argv, io.workingDir)
  if (!parsed.ok) {
    io.stderr(`${parsed.problem.message} clausebench serve --help says more.\n`)
    return 2
  }
  if (parsed.value.kind === 'help') {
    io.stdout(serveUsage)
    return 0
  }
  return (await isPageReady(io)) ? serve(parsed.value, io) : 2
}

async function isPageReady(io: ServeIo): Promise<boolean> {
  const state = await buildState(io.projectDir, 'out/renderer/index.html', pageSources)
  if (state === 'current') return true
  io.stderr(state === 'missing' ? 'Building the page, once …\n' : 'The page is older than its sources: building it …\n')
  if (await runBuild(io.projectDir, io.stderr)) return true
  io.stderr('The page could not be built; the lines above say why.\n')
  return false
}

/** The built ones, where they stand for the sources: they are at work in half of the time. */
async function workerFiles(projectDir: string): Promise<{ readonly review: string; readonly store: string }> {
  const built = join(projectDir, 'out', 'main')
  const state = await buildState(projectDir, 'out/main/worker.cjs', ['src-main', 'package-lock.json'])
  return state === 'current'
    ? { review: join(built, 'worker.cjs'), store: join(built, 'store-worker.cjs') }
    : {
        review: join(projectDir, 'src-main', 'review', 'worker.ts'),
        store: join(projectDir, 'src-main', 'store', 'store-worker.ts'),
      }
}

async function serve(options: ServeArguments, io: ServeIo): Promise<number> {
  const mayOpenBrowser = options.openBrowser && io.environment.hasDisplay
  const events = createEventSockets()
  const uploads = await createUploads()
  const workers = await workerFiles(io.projectDir)
  const workbench = createWorkbench({
    host: 'browser',
    version: io.version,
    platform: process.platform,
    resourcesDir: join(io.projectDir, 'resources'),
    dataDir: options.dataDir ?? io.environment.dataDir ?? platformDataDir(io.environment),
    workerFile: workers.review,
    compiledPacks: compiledPacks(io.projectDir),
    compileCacheDir: join(io.projectDir, '.cache', 'compile'),
    storeWorkerFile: workers.store,
    jobs: Math.max(1, cpus().length),
    initialPaths: options.paths,
    openExternal: (url) => (mayOpenBrowser ? openInBrowser(url) : Promise.resolve(false)),
    emit: events.emit,
    today: () => localDate(new Date()),
  })
  const onBug = (event: string, error: unknown): void => io.stderr(logLine(new Date(), event, {}, error))
  let server: LoopbackServer
  try {
    server = await startLoopbackServer({
      port: options.port,
      pageDir: join(io.projectDir, 'out', 'renderer'),
      router: createRouter(workbench.handlers, onBug),
      grants: workbench.grants,
      uploads,
      events,
      onBug: (error) => onBug('request', error),
    })
  } catch {
    io.stderr(`Port ${options.port} cannot be used; leave --port out to get a free one.\n`)
    await Promise.all([workbench.close(), uploads.close()])
    return 2
  }
  io.stdout(`${server.url}\n`)
  if (mayOpenBrowser && !(await openInBrowser(server.startUrl))) {
    io.stderr('No browser could be opened; open the address yourself.\n')
  }
  await stopped(io.stop)
  await server.close()
  await Promise.all([workbench.close(), uploads.close()])
  return 0
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
