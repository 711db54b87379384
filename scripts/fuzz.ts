import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * `npm run test:fuzz`: the fuzz tests with 10,000 cases a format of text and 1,000 a binary one (`npm test` runs 200 each).
 * A path chooses files. Ends with one line a format, then `N passed, N failed`.
 */

const root = join(import.meta.dirname, '..')
const files = [
  'test/unit/intake/fuzz.test.ts',
  'test/unit/intake/fuzz-documents.test.ts',
  'test/unit/intake/msg.test.ts',
  'test/unit/views/attachment-facts.test.ts',
]
const resultSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), duration: z.number().nullish(), fullName: z.string() }),
      ),
    }),
  ),
})

const folder = join(root, '.cache', 'test')
const report = join(folder, 'fuzz.json')
mkdirSync(folder, { recursive: true })
const asked = process.argv.slice(2)
const counts = { CLAUSEBENCH_FUZZ_TEXT: '10000', CLAUSEBENCH_FUZZ_BINARY: '1000' }
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '-t', 'damaged']
const { status } = spawnSync('vitest', [...args, ...(asked.length > 0 ? asked : files)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...counts, ...process.env },
})
const { testResults } = resultSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
const tests = testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter((test) => test.status === 'passed' || test.status === 'failed')
for (const { fullName, status: end, duration } of tests) {
  console.log(`${end.padEnd(7)} ${((duration ?? 0) / 1000).toFixed(1).padStart(7)} s  ${fullName}`)
}
const failed = tests.filter((test) => test.status === 'failed').length
console.log(`${String(tests.length - failed)} passed, ${String(failed)} failed`)
process.exitCode = status === 0 ? 0 : 1
