import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { compileRules } from '../src-main/rules/compile.ts'
import { loadPacks } from '../src-main/rules/load-packs.ts'
import type { Finding } from '../src-main/contract/report.ts'
import { innocentMails } from '../test/eval/innocent-mails.ts'
import { judgeFile, judgeLabelled, type Judged } from '../test/eval/judge-labelled.ts'
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
const byHalf = new Map<string, readonly Judged[]>()
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
  byHalf.set(half, judged)
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
const clean = [
  ...cleanOf('proper campaigns, first half', 'half-a'),
  ...cleanOf('proper campaigns, second half', 'half-b'),
  ...(await packageMails()),
]
parts.push(
  '',
  '## Clean messages',
  '',
  'Things to look at: groups of findings at warning or error under any clause, formal ones included. Content: all clauses but P7, P8 and C14.',
  '',
  cleanTable(clean),
)
for (const { key, counts, errors } of clean)
  sums[key] = { found: 0, wrong: counts.filter((count) => count > 2).length, errors }
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

/** Messages that break no clause. */
interface Clean {
  readonly key: string
  readonly name: string
  /** Things to look at in each. */
  readonly counts: readonly number[]
  readonly errors: number
  /** With a finding at warning or error on content. */
  readonly onContent: number
}

function cleanOf(name: string, half: string): Clean[] {
  const proper = (byHalf.get(half) ?? []).filter(({ message }) => message.clause === '*')
  if (proper.length === 0) return []
  return [
    cleanRow(
      `${half} proper`,
      name,
      proper.map(({ serious }) => serious),
    ),
  ]
}

async function packageMails(): Promise<Clean[]> {
  const mails = await innocentMails()
  return (['foundation-emails', 'mailgen'] as const).map((from) => {
    const findings = mails
      .filter((mail) => mail.from === from)
      .map((mail) => judgeFile(mail, rules, asOf).filter(({ severity }) => severity !== 'info'))
    return cleanRow(from, from === 'mailgen' ? 'mails that mailgen writes' : 'templates of foundation-emails', findings)
  })
}

function cleanRow(key: string, name: string, serious: readonly (readonly Finding[])[]): Clean {
  return {
    key,
    name,
    counts: serious.map((findings) => new Set(findings.map(({ group }) => group)).size),
    errors: serious.filter((findings) => findings.some(({ severity }) => severity === 'error')).length,
    onContent: serious.filter((findings) => findings.some(isOnContent)).length,
  }
}

function isOnContent({ clauses }: Finding): boolean {
  return clauses.some((clause) => !/:(?:P7|P8|C14)$/.test(clause))
}

function cleanTable(clean: readonly Clean[]): string {
  return [
    '| messages | number | with an error | with a finding on content | things to look at: median | 95th percentile | most |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...clean.map(({ name, counts, errors, onContent }) => {
      const inOrder = [...counts].sort((a, b) => a - b)
      const at = (share: number): string => String(inOrder[Math.ceil(inOrder.length * share) - 1] ?? 0)
      return `| ${name} | ${String(counts.length)} | ${String(errors)} | ${String(onContent)} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`
    }),
  ].join('\n')
}

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
