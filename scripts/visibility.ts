import { join } from 'node:path'
import { fetchCorpus } from '../test/corpus/fetch.ts'
import { chromiumPath, hasChromium, openChromium } from '../test/visibility/chromium-reader.ts'
import { compareMail, type Disagreement } from '../test/visibility/compare.ts'
import { corpusMails, foundationMails, mailgenMails, ownMails, type HtmlMail } from '../test/visibility/html-mails.ts'
import { addTo, newTally, type Tally } from '../test/visibility/tally.ts'

/**
 * `npm run test:visibility`: what the program says of every text node of hundreds of HTML mails, held against what a real
 * Chromium computes. `docs/visibility.md` says what counts as hidden. `-- --all` takes all mails of the corpus, `-- --tuned`
 * the half that may be looked at alone. Closed by one line `N passed, N failed`.
 */

const least = { mails: 300, hiddenOfOwn: 1_000, foundShare: 0.97, wronglyHiddenShare: 0.01, sameTreeShare: 0.99 }
const usualCorpusMails = 560
const ownMailCount = 240
const maxListed = 40

const root = join(import.meta.dirname, '..')
const options = new Set(process.argv.slice(2))
const started = performance.now()

if (!hasChromium()) {
  const isCi = process.env.CI === 'true'
  console.log(`SKIPPED: no Chromium at ${chromiumPath}; install it or set CHROMIUM_PATH.`)
  console.log(isCi ? '0 passed, 1 failed' : '0 passed, 0 failed, 1 skipped')
  process.exit(isCi ? 1 : 0)
}

const files = fetchCorpus(join(root, '.cache', 'corpus'))
const mails = [
  ...ownMails(ownMailCount),
  ...foundationMails(),
  ...mailgenMails(),
  ...corpusMails(files, options.has('--all') ? Infinity : usualCorpusMails),
].filter((mail) => !options.has('--tuned') || !mail.untouched)

const reader = await openChromium()
const queue = mails.values()
const disagreements: Disagreement[] = []
const tallies = new Map<string, Tally>()
const odd: string[] = []
let viewMs = 0

function tallyOf(mail: Pick<HtmlMail, 'source' | 'untouched'>): Tally {
  const key = `${mail.source}, ${mail.untouched ? 'untouched' : 'tuned'}`
  const known = tallies.get(key) ?? newTally()
  tallies.set(key, known)
  return known
}

async function lane(): Promise<void> {
  const read = await reader.newLane()
  for (const mail of queue) {
    const page = await read(mail.html)
    const compared = compareMail(mail, page)
    viewMs += compared.viewMs
    if (compared.nodes === null) {
      odd.push(mail.untouched ? 'a mail of the untouched half' : mail.name)
      continue
    }
    addTo(tallyOf(mail), compared.nodes)
    disagreements.push(...compared.disagreements)
  }
}

await Promise.all([lane(), lane()])
await reader.close()

const failures: string[] = []
let passed = 0
function expectThat(isMet: boolean, sentence: string): void {
  if (isMet) passed++
  else failures.push(sentence)
}
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

function judge(name: string, { hidden, found, shown, wronglyHidden }: Tally, isBar: boolean): void {
  const foundShare = hidden === 0 ? 1 : found / hidden
  const wrongShare = shown === 0 ? 0 : wronglyHidden / shown
  console.log(
    `${name.padEnd(20)} hidden by Chromium: ${String(hidden)}, found ${percent(foundShare)}; shown: ${String(shown)}, called hidden ${percent(wrongShare)}`,
  )
  if (!isBar) return
  expectThat(foundShare >= least.foundShare, `${name}: found ${percent(foundShare)} of what Chromium hides`)
  expectThat(wrongShare <= least.wronglyHiddenShare, `${name}: called ${percent(wrongShare)} of what is shown hidden`)
}

console.log(`Chromium ${reader.version}, ${String(mails.length)} mails, ${String(reader.refused())} requests refused`)
for (const name of [...tallies.keys()].sort()) judge(name, tallies.get(name) ?? newTally(), false)
for (const untouched of options.has('--tuned') ? [false] : [false, true]) {
  const all = newTally()
  for (const source of ['corpus', 'packages', 'made'] as const) addTo(all, tallyOf({ source, untouched }))
  judge(untouched ? 'all, untouched' : 'all, tuned', all, true)
}
const hiddenOfOwn = (tallies.get('made, tuned')?.hidden ?? 0) + (tallies.get('made, untouched')?.hidden ?? 0)
expectThat(mails.length >= least.mails, `only ${String(mails.length)} mails`)
if (!options.has('--tuned')) {
  expectThat(hiddenOfOwn >= least.hiddenOfOwn, `only ${String(hiddenOfOwn)} hidden nodes in own mails`)
}
if (odd.length > 0) console.log(`not compared, for Chromium made another tree of them: ${odd.join(', ')}`)
expectThat(1 - odd.length / mails.length >= least.sameTreeShare, `${String(odd.length)} mails could not be compared`)

const reasons = new Map<string, number>()
for (const { browser, view } of disagreements) {
  const key = `Chromium: ${browser ?? 'shown'}; view: ${view ?? 'shown'}`
  reasons.set(key, (reasons.get(key) ?? 0) + 1)
}
console.log(`${String(disagreements.length)} nodes are told otherwise:`)
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${String(count)}  ${reason}`)
// the untouched half is counted and not looked at
const listed = disagreements.filter(({ mail }) => !mail.untouched)
for (const { mail, browser, view, markup } of listed.slice(0, maxListed)) {
  console.log(`  ${mail.source} ${mail.name}: Chromium ${browser ?? 'shown'}, view ${view ?? 'shown'}: ${markup}`)
}
if (listed.length > maxListed) console.log(`  … and ${String(listed.length - maxListed)} more of the tuned half`)
console.log(
  `${((performance.now() - started) / 1000).toFixed(0)} s, of these ${(viewMs / 1000).toFixed(1)} s for the views`,
)
for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${String(passed)} passed, ${String(failures.length)} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
