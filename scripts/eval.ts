import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { compileRules } from '../src-main/rules/compile.ts'
import { loadPacks } from '../src-main/rules/load-packs.ts'
import { judgeLabelled, type Judged } from '../test/eval/judge-labelled.ts'
import { readHalf } from '../test/eval/labelled.ts'
import { wilson, type Share } from '../test/eval/wilson.ts'

/**
 * `npm run eval`: how well the shipped packs judge the labelled messages of `test/eval/`. Prints the report; `--write`
 * puts it into `docs/evaluation.md` and its sums into `test/eval/baseline.json`; `--check` fails when the sums have fallen below these;
 * `--misses half-a` lists what that half gets wrong (the other half is only counted). Closed by one line `N passed, N failed`.
 */

const root = join(import.meta.dirname, '..')
const asOf = '2026-11-23'

function percent(value: Share | null): string {
  if (value === null) return '–'
  const whole = (share: number): string => (share * 100).toFixed(0)
  return `${whole(value.share)} % (${whole(value.low)}–${whole(value.high)})`
}

function row(name: string, judged: readonly Judged[]): string {
  const violating = judged.filter(({ message }) => message.judgement === 'violates')
  const fine = judged.filter(({ message }) => message.judgement === 'fine')
  const hit = violating.filter(({ found }) => found.length > 0)
  const wrong = fine.filter(({ found }) => found.length > 0)
  const placed = hit.filter(({ overlaps }) => overlaps !== null)
  const cells = [
    name,
    String(violating.length),
    percent(wilson(hit.length, violating.length)),
    percent(wilson(hit.length, hit.length + wrong.length)),
    percent(wilson(placed.filter(({ overlaps }) => overlaps === true).length, placed.length)),
    String(fine.length),
    percent(wilson(fine.filter(({ errors }) => errors.length > 0).length, fine.length)),
  ]
  return `| ${cells.join(' | ')} |`
}

function table(judged: readonly Judged[]): string {
  const clauses = [...new Set(judged.map(({ message }) => message.clause))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return [
    '| clause | violating | recall | precision | marks overlap | innocent | with an error |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...clauses.map((clause) =>
      row(
        clause,
        judged.filter(({ message }) => message.clause === clause),
      ),
    ),
    row('**all**', judged),
  ].join('\n')
}

const loaded = await loadPacks({ shipped: join(root, 'resources', 'packs'), own: [], named: [], asOf })
if (!loaded.ok) throw new Error(loaded.problem.message)
const rules = compileRules(loaded.value)

const misses = process.argv.includes('--misses') ? process.argv[process.argv.indexOf('--misses') + 1] : undefined
const parts = [
  '# Evaluation',
  '',
  'Written by `npm run eval -- --write`. Recall: share of violating messages with an error or a warning under the clause (or its twin).',
  'Precision: share of such findings that are right. In brackets the 95 % Wilson interval.',
]
const baselineFile = join(root, 'test', 'eval', 'baseline.json')
const sums: Record<string, Sums> = {}
let failed = 0
for (const half of ['half-a', 'half-b']) {
  const { messages, bad } = readHalf(join(root, 'test', 'eval', half))
  for (const { file, line, why } of bad) console.error(`${half}/${file}:${String(line)}: ${why}`)
  failed += bad.length
  const judged: Judged[] = []
  for (const message of messages) {
    judged.push(await judgeLabelled(message, rules, asOf))
  }
  sums[half] = sumsOf(judged)
  parts.push('', `## ${half === 'half-a' ? 'First half' : 'Second half (only counted)'}`, '', table(judged))
  if (misses === half) {
    for (const { message, found } of judged) {
      const missed = message.judgement === 'violates' && found.length === 0
      const wrong = message.judgement === 'fine' && found.length > 0
      if (missed || wrong) {
        console.log(`${message.id} ${missed ? 'missed' : `wrong: ${found.map(({ rule }) => rule ?? '').join()}`}`)
      }
    }
  }
}
const report = `${parts.join('\n')}\n`
console.log(report)
if (process.argv.includes('--write')) {
  const options = await resolveConfig(baselineFile)
  writeFileSync(join(root, 'docs', 'evaluation.md'), await format(report, { ...options, parser: 'markdown' }))
  writeFileSync(baselineFile, await format(JSON.stringify(sums), { ...options, parser: 'json' }))
}
let passed = 0
if (process.argv.includes('--check')) {
  // What `--write` wrote.
  const baseline = JSON.parse(readFileSync(baselineFile, 'utf8')) as Record<string, Sums>
  for (const [half, { found, wrong, errors }] of Object.entries(sums)) {
    const before = baseline[half]
    for (const [what, hasFallen] of [
      ['violating messages found', before !== undefined && found < before.found],
      ['innocent messages with a finding', before !== undefined && wrong > before.wrong],
      ['innocent messages with an error', before !== undefined && errors > before.errors],
    ] as const) {
      if (hasFallen) console.log(`${half}: ${what}: worse than in test/eval/baseline.json`)
      if (hasFallen) failed++
      else passed++
    }
  }
}
console.log(`${String(passed)} passed, ${String(failed)} failed`)
process.exitCode = failed > 0 ? 1 : 0

/** Counts of messages. */
interface Sums {
  /** Violating ones with an error or a warning under their clause. */
  readonly found: number
  /** Innocent ones with an error or a warning under the clause they tempt. */
  readonly wrong: number
  /** Innocent ones with an error under any clause. */
  readonly errors: number
}

function sumsOf(judged: readonly Judged[]): Sums {
  const fine = judged.filter(({ message }) => message.judgement === 'fine')
  return {
    found: judged.filter(({ message, found }) => message.judgement === 'violates' && found.length > 0).length,
    wrong: fine.filter(({ found }) => found.length > 0).length,
    errors: fine.filter(({ errors }) => errors.length > 0).length,
  }
}
