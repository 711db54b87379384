import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `npm test`: every check of the project, one after the other, closed by one line `N passed, N failed, N skipped`.
 * A stage that fails does not keep the next from running. Names on the command line choose stages: `npm test -- lint unit`.
 */

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Stage {
  readonly name: string
  readonly run: () => Promise<Counts>
  /** Keeps one core busy, so that two of them can run side by side. */
  readonly oneCore?: true
}

const root = join(import.meta.dirname, '..')
const results = join(root, '.cache', 'test')
const ci = process.env.CI === 'true'

/** Runs a tool of the project, its output passed through; resolves with its exit code. */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Runs a tool and shows what it says when it has ended: others may be at work beside it. */
async function one(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Counts> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      said += `${error.message}\n`
      resolve(127)
    })
    child.on('close', (ended) => resolve(ended ?? 1))
  })
  process.stdout.write(said)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

function lint(name: string, what: readonly string[]): Promise<Counts> {
  return one('eslint', [...what, '--cache', '--cache-location', join('.cache', `eslint-${name}`)])
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

function numberAt(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null) return 0
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'number' ? found : 0
}

async function vitest(): Promise<Counts> {
  const file = join(results, 'vitest.json')
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = readJson(file)
  const failed = numberAt(report, 'numFailedTests')
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
  }
}

async function e2e(): Promise<Counts> {
  const file = join(results, 'playwright.json')
  const withDisplay = process.platform === 'linux' && process.env.DISPLAY === undefined
  const command = withDisplay && existsSync('/usr/bin/xvfb-run') ? ['xvfb-run', '-a', 'playwright'] : ['playwright']
  const [program = 'playwright', ...before] = command
  const code = await run(program, [...before, 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const stats: unknown = Reflect.get(Object(readJson(file)), 'stats')
  const failed = numberAt(stats, 'unexpected')
  return {
    passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: numberAt(stats, 'skipped'),
  }
}

/** The program for the Electron of the tests, beside the one that is shipped. */
const buildForTestElectron: Stage = {
  name: 'build-22',
  oneCore: true,
  run: () => one('electron-vite', ['build', '--outDir', 'out-22', '--logLevel', 'warn'], { ELECTRON_MAJOR_VER: '22' }),
}

const stages: readonly Stage[] = [
  // Tests are as much to lint as all they test.
  { name: 'lint', oneCore: true, run: () => lint('program', ['.', '--ignore-pattern', 'test/']) },
  { name: 'lint-tests', oneCore: true, run: () => lint('tests', ['test']) },
  { name: 'format', oneCore: true, run: () => one('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'types-main', oneCore: true, run: () => one('tsc', ['-p', 'tsconfig.main.json']) },
  { name: 'types-preload', oneCore: true, run: () => one('tsc', ['-p', 'tsconfig.preload.json']) },
  { name: 'types-renderer', oneCore: true, run: () => one('vue-tsc', ['-p', 'tsconfig.renderer.json']) },
  { name: 'types-test', oneCore: true, run: () => one('vue-tsc', ['-p', 'tsconfig.test.json']) },
  { name: 'licences', oneCore: true, run: () => one('node', ['scripts/licences.ts']) },
  { name: 'build', oneCore: true, run: () => one('electron-vite', ['build', '--logLevel', 'warn']) },
  ...(process.env.ELECTRON_EXEC === undefined ? [] : [buildForTestElectron]),
  { name: 'unit', run: vitest },
  { name: 'e2e', run: e2e },
]

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !stages.some((stage) => stage.name === name))
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}.`)
  process.exit(2)
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const rows: { name: string; counts: Counts; seconds: number }[] = []
async function runStage(stage: Stage): Promise<void> {
  const started = performance.now()
  const counts = await stage.run()
  const seconds = (performance.now() - started) / 1000
  console.log(`── ${stage.name}: ${counts.failed === 0 ? 'done' : 'failed'} after ${seconds.toFixed(0)} s`)
  rows.push({ name: stage.name, counts, seconds })
}

async function runAll(waiting: Stage[]): Promise<void> {
  for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) await runStage(stage)
}

/** What is built is what the end-to-end tests run. */
const wanted = chosen.includes('e2e') ? [...chosen, 'build', buildForTestElectron.name] : chosen
const asked = stages.filter(({ name }) => chosen.length === 0 || wanted.includes(name))
const sideBySide = asked.filter(({ oneCore }) => oneCore === true)
await Promise.all([runAll(sideBySide), runAll(sideBySide)])
await runAll(asked.filter(({ oneCore }) => oneCore !== true))

console.log('')
for (const { name, counts, seconds } of rows) {
  const skipped = counts.skipped > 0 ? `, ${String(counts.skipped)} skipped` : ''
  console.log(
    `${name.padEnd(16)} ${String(counts.passed)} passed, ${String(counts.failed)} failed${skipped}  (${seconds.toFixed(1)} s)`,
  )
}
const total = (key: keyof Counts): number => rows.reduce((sum, row) => sum + row.counts[key], 0)
const skippedInCi = ci ? total('skipped') : 0
if (skippedInCi > 0) console.log(`In CI nothing may be skipped: ${String(skippedInCi)} skipped.`)
console.log(
  `\n${String(total('passed'))} passed, ${String(total('failed'))} failed, ${String(total('skipped'))} skipped`,
)
process.exitCode = total('failed') > 0 ? 1 : 0
