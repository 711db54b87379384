import type { CompiledRules } from '../../../src-main/rules/compile.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { measuredOn } from '../measured.ts'
import { packOf } from './made-up-rules.ts'
import { messageOfText, plainDraft } from './sample-text.ts'

/**
 * `node test/bench/engine/scaling.ts`: what a message costs with 100 and with 1,000 rules whose words do not occur in it, and
 * with a text of 0.1, 1 and 10 MB.
 */

/** Five phrases a rule, of syllables that no text here holds; with context, so that a hit would have more to do. */
function silentRules(count: number): string {
  const syllables = ['zax', 'vub', 'qok', 'jif', 'xem', 'wuz', 'kij', 'pof', 'yub', 'dru']
  const word = (n: number): string =>
    [n % 10, Math.floor(n / 10) % 10, Math.floor(n / 100) % 10, Math.floor(n / 1_000) % 10]
      .map((at) => syllables[at])
      .join('')
  return Array.from({ length: count }, (_, at) => {
    const phrases = Array.from({ length: 5 }, (_one, n) => `"${word(at * 5 + n)} {${word(at * 5 + n + 1)}|offer}"`)
    return `- id: bench/r${String(at)}\n  clauses: [B1]\n  check: { kind: phrases, any: [${phrases.join(', ')}], near: { any: [deposit], within: sentence }, lenses: [folded, deobfuscated] }\n  message: x\n`
  }).join('')
}

/** The best of some runs: what else the machine does only adds. */
function bestMs(rules: CompiledRules, text: string, runs: number): number {
  const message = messageOfText(text)
  let best = Infinity
  for (let run = 0; run < runs; run++) {
    const begun = process.cpuUsage()
    judge(rules, buildViews(message), { asOf: '2026-11-23', region: [] })
    const { user, system } = process.cpuUsage(begun)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

console.log(`scaling (${measuredOn()})`)
const text = plainDraft(200_000)
const few = (await packOf(silentRules(100))).rules
const many = (await packOf(silentRules(1_000))).rules
bestMs(few, text, 10)
bestMs(many, text, 10)
const fewMs = bestMs(few, text, 25)
const manyMs = bestMs(many, text, 25)
console.log(
  `200 KB: 100 rules ${fewMs.toFixed(1)} ms, 1,000 rules ${manyMs.toFixed(1)} ms: ${(manyMs / fewMs).toFixed(2)} × (goal: under 1.5 ×)`,
)
const sizes = [100_000, 1_000_000, 10_000_000].map((units) => ({
  units,
  ms: bestMs(few, plainDraft(units), units > 5e6 ? 4 : 12),
}))
for (const { units, ms } of sizes)
  console.log(`${String(units / 1e6)} MB: ${ms.toFixed(1)} ms, ${(ms / (units / 1e6)).toFixed(1)} ms a MB`)
