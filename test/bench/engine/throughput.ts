import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { readInput } from '../../../src-main/intake/read.ts'
import { compileRules, type CompiledRules } from '../../../src-main/rules/compile.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { fetchCorpus } from '../../corpus/fetch.ts'
import { withPack } from './made-up-rules.ts'
import { measuredOn, verdict } from '../measured.ts'

/**
 * `node test/bench/engine/throughput.ts [STEP]`: the CPU time of the corpus (of every STEP-th mail) from bytes to findings, with the
 * shipped packs filled up to 500 rules and 5,000 words, beside that of bare postal-mime on the same mails in the same run.
 */

const root = join(import.meta.dirname, '..', '..', '..')
const asOf = '2026-11-23'
const wantedRules = 500
const wantedWords = 5_000
const goal = 4
const step = Number(process.argv[2] ?? '1')
const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

const files = fetchCorpus(join(root, '.cache', 'corpus'))
const mails = files.filter((_, at) => at % step === 0).map((file) => readFileSync(file))

async function compiled(own: readonly string[]): Promise<CompiledRules> {
  const loaded = await loadPacks({ shipped: join(root, 'resources', 'packs'), own, named: [], asOf })
  if (!loaded.ok) throw new Error(loaded.problem.message)
  return compileRules(loaded.value)
}

/** As many rules and words as the packs lack; half of the words stand in the corpus. */
function missingRules({ rules, index }: CompiledRules): string {
  const missing = Math.max(0, wantedRules - rules.length)
  const newWords = Math.max(0, wantedWords - index.words().length)
  const count = Math.max(missing, Math.ceil(newWords / 40))
  if (count === 0) return ''
  const seen = new Set<string>()
  for (let at = 0; at < mails.length && seen.size < 20_000; at += 7)
    for (const [word] of (mails[at]?.toString('latin1') ?? '')
      .toLowerCase()
      .matchAll(/(?<![a-z])[a-z]{5,12}(?![a-z])/g))
      seen.add(word)
  const occurring = [...seen].filter((word) => !index.holds(word))
  const words = Math.max(2, Math.ceil(newWords / count))
  return Array.from({ length: count }, (_, rule) => {
    const phrases = Array.from({ length: words }, (_one, at) => {
      const number = rule * words + at
      return at % 2 === 0 ? (occurring[(number / 2) % occurring.length] ?? 'qov') : `zax${number.toString(36)}qov`
    })
    return `- { id: bench/r${String(rule)}, clauses: [C1], message: x, check: { kind: phrases, any: [${phrases.join(', ')}] } }\n`
  }).join('')
}

async function cpuMs(work: (mail: Uint8Array) => unknown): Promise<number> {
  const begun = process.cpuUsage()
  for (const mail of mails) await work(mail)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

console.log(`throughput (${measuredOn()})`)
const shipped = await compiled([])
const yaml = missingRules(shipped)
const rules = yaml === '' ? shipped : await withPack(yaml, (folder) => compiled([folder]))
console.log(
  `shipped: ${String(shipped.rules.length)} rules, ${String(shipped.index.words().length)} words; with those made up: ${String(rules.rules.length)} rules, ${String(rules.index.words().length)} words`,
)

const peer = (mail: Uint8Array): Promise<unknown> => PostalMime.parse(mail)
const phases = { read: 0, views: 0, judge: 0 }
let findings = 0

function own(bytes: Uint8Array): void {
  const begun = performance.now()
  const outcome = readInput(bytes, { input: 'mail.eml', named: true, defaults })
  phases.read += performance.now() - begun
  for (const message of 'messages' in outcome ? outcome.messages : []) {
    const built = performance.now()
    const views = buildViews(message)
    const judged = performance.now()
    findings += judge(rules, views, { asOf, region: [] }).findings.length
    phases.views += judged - built
    phases.judge += performance.now() - judged
  }
}

// Once over a part to warm up, then measured.
for (const mail of mails.slice(0, 500)) {
  await peer(mail)
  own(mail)
}
for (const phase of ['read', 'views', 'judge'] as const) phases[phase] = 0
findings = 0
const peerMs = await cpuMs(peer)
const ownMs = await cpuMs(own)
const each = (ms: number): string => `${(ms / mails.length).toFixed(2)} ms`
console.log(
  `${String(mails.length)} mails, ${String(findings)} findings; CPU a mail: postal-mime ${each(peerMs)}, bytes to findings ${each(ownMs)}: ${(ownMs / peerMs).toFixed(2)} × (goal ${String(goal)} ×): ${verdict(ownMs <= goal * peerMs)}`,
)
console.log(`by the clock: read ${each(phases.read)}, views ${each(phases.views)}, rules ${each(phases.judge)}`)
