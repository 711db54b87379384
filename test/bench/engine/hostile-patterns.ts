import { runRules } from '../../../src-main/rules/judge.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { packOf } from './made-up-rules.ts'
import { messageOfText } from './sample-text.ts'

/**
 * `node test/bench/engine/hostile-patterns.ts`: 200 patterns that are known to run away, each against texts made to make it. Each
 * must be refused with its place, or end within its budget: with its matches, or with an entry that it timed out.
 */

const budgetMs = 400
/** What a rule may take beyond its budget before it looks at the clock. */
const graceMs = 600

/** Shapes from the literature on catastrophic backtracking; `A`, `B` and `C` become letters or classes. */
const shapes = [
  '(A+)+$',
  '(A*)*$',
  '(A|A)*$',
  '(A|AA)+$',
  '(A?){25}A{25}',
  '(A+)*B',
  '(A|B|AB)*C',
  '([A-Z]+)*C',
  '(.*A){12}',
  '(.*)*C',
  '(A+B?)+$',
  '^(A+)+C',
  '(A+A+)+C',
  '(?:A+){2,}C',
  'A*A*A*A*A*C',
  '(A+)(A+)(A+)C$',
  '((A+)+)+C',
  '(?:(A|B)+)*C',
  'A+.*A+.*A+C',
  '(?=(A+)+C)A',
]
const letters: readonly (readonly [a: string, b: string, c: string])[] = [
  ['a', 'b', 'c'],
  ['[a-c]', 'b', 'x'],
  ['\\w', '-', '!'],
  ['\\s', 'x', 'y'],
  ['.', 'b', '\\u2603'],
  ['(?:a|b)', 'b', 'z'],
  ['\\d', ',', 'x'],
  ['[^x]', 'b', 'x'],
  ['(a|á)', 'á', 'q'],
  ['[a-z0-9]', '@', '\\.'],
]

function patterns(): readonly string[] {
  return shapes.flatMap((shape) =>
    letters.map(([a, b, c]) =>
      shape.replace(/\[A-Z\]|[ABC]/g, (one) => (one === 'A' ? a : one === 'B' ? b : one === 'C' ? c : '[a-z]')),
    ),
  )
}

const texts = [
  'a'.repeat(30_000),
  'ab'.repeat(15_000),
  `${'a'.repeat(5_000)}!`.repeat(6),
  ' '.repeat(30_000),
  '1'.repeat(30_000),
  `${'a b '.repeat(7_500)}!`,
  'á'.repeat(20_000),
]

const all = patterns()
const yaml = all
  .map(
    (pattern, at) =>
      `- id: bench/p${String(at)}\n  clauses: [B1]\n  look: [text]\n  check: { kind: pattern, pattern: '${pattern}' }\n  message: x\n`,
  )
  .join('')
const loading = performance.now()
const { rules, problems } = await packOf(yaml)
const loadedMs = performance.now() - loading
const engines = new Map<string, number>()
for (const { rule } of rules.rules) {
  const source = 'pattern' in rule.check && typeof rule.check.pattern === 'string' ? rule.check.pattern : ''
  const engine = rules.loaded.patterns.get(source) ?? 'plainly safe'
  engines.set(engine, (engines.get(engine) ?? 0) + 1)
}
console.log(
  `${String(all.length)} patterns: ${String(problems.length)} refused with their places, ${[...engines].map(([engine, count]) => `${String(count)} ${engine}`).join(', ')}; judged safe or not in ${(loadedMs / 1000).toFixed(1)} s`,
)

let worst = { ms: 0, pattern: '', text: 0 }
let timedOut = 0
let late = 0
let runs = 0
for (const [number, text] of texts.entries()) {
  const views = buildViews(messageOfText(text))
  for (const compiled of rules.rules) {
    const begun = performance.now()
    const { gaps } = runRules(rules, views, { asOf: '2026-11-23', region: [] }, [compiled])
    const ms = performance.now() - begun
    runs++
    if (gaps.some(({ gaps: of }) => of.some(({ code }) => code === 'timed-out'))) timedOut++
    if (ms > budgetMs + graceMs) late++
    if (ms > worst.ms) {
      const { check } = compiled.rule
      worst = { ms, pattern: 'pattern' in check ? String(check.pattern) : '', text: number }
    }
  }
}
console.log(
  `${String(runs)} runs: ${String(timedOut)} ended as timed out, ${String(late)} past their budget of ${String(budgetMs)} ms; the longest ${worst.ms.toFixed(0)} ms (${worst.pattern} on text ${String(worst.text + 1)})`,
)
process.exitCode = late > 0 ? 1 : 0
