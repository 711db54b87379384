import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { readInput } from '../../../src-main/intake/read.ts'
import { compileRules } from '../../../src-main/rules/compile.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { fetchCorpus } from '../../corpus/fetch.ts'

/**
 * `node test/bench/engine/throughput.ts [STEP]`: the CPU time of every STEP-th mail of the corpus (10 when left out) from
 * bytes to findings with the shipped packs, beside that of bare postal-mime on the same mails in the same run.
 */

const root = join(import.meta.dirname, '..', '..', '..')
const asOf = '2026-11-23'
const step = Number(process.argv[2] ?? '10')
const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

const files = fetchCorpus(join(root, '.cache', 'corpus'))
const mails = files.filter((_, at) => at % step === 0).map((file) => readFileSync(file))
const loading = performance.now()
const loaded = await loadPacks({ shipped: join(root, 'resources', 'packs'), own: [], named: [], asOf })
if (!loaded.ok) throw new Error(loaded.problem.message)
const rules = compileRules(loaded.value)
console.log(
  `${String(rules.rules.length)} rules, ${String(rules.index.words)} words, ready in ${(performance.now() - loading).toFixed(0)} ms`,
)

async function cpuMs(work: (mail: Uint8Array) => unknown): Promise<number> {
  const begun = process.cpuUsage()
  for (const mail of mails) await work(mail)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

const peer = (mail: Uint8Array): Promise<unknown> => PostalMime.parse(mail)
const phases = { read: 0, views: 0, judge: 0 }

function own(bytes: Uint8Array): void {
  const begun = performance.now()
  const outcome = readInput(bytes, { input: 'mail.eml', named: true, defaults })
  phases.read += performance.now() - begun
  for (const message of 'messages' in outcome ? outcome.messages : []) {
    const built = performance.now()
    const views = buildViews(message)
    const judged = performance.now()
    judge(rules, views, { asOf, region: [] })
    phases.views += judged - built
    phases.judge += performance.now() - judged
  }
}

// Once to warm up, then measured.
await cpuMs(peer)
const peerMs = await cpuMs(peer)
await cpuMs(own)
for (const phase of ['read', 'views', 'judge'] as const) phases[phase] = 0
const ownMs = await cpuMs(own)
const each = (ms: number): string => `${(ms / mails.length).toFixed(2)} ms`
console.log(
  `${String(mails.length)} mails; postal-mime ${each(peerMs)}, bytes to findings ${each(ownMs)}: ${(ownMs / peerMs).toFixed(2)} ×`,
)
console.log(`read ${each(phases.read)}, views ${each(phases.views)}, rules ${each(phases.judge)}`)
