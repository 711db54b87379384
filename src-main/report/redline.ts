import type { ChangeCounts, PolicyVersionFacts, RedlineChange } from '../contract/library-operations.ts'
import { escapeHtml, htmlPage } from './escape-html.ts'

/** A redline as it leaves the program. */
export interface RedlinePage {
  readonly policy: string
  readonly older: PolicyVersionFacts
  readonly newer: PolicyVersionFacts
  readonly changes: readonly RedlineChange[]
  readonly stats: ChangeCounts
  /** Cosmetic changes are counted and not shown. */
  readonly substantive: boolean
}

const kindWords: Readonly<Record<RedlineChange['kind'], string>> = {
  added: 'Added',
  removed: 'Removed',
  reworded: 'Reworded',
  moved: 'Moved',
  split: 'Split',
  merged: 'Merged',
  cosmetic: 'Cosmetic',
}

export function kindWord({ kind, moved }: RedlineChange): string {
  return moved === true ? `${kindWords[kind]} and moved` : kindWords[kind]
}

export function shownChanges({ changes, substantive }: RedlinePage): readonly RedlineChange[] {
  return changes.filter(({ kind }) => !substantive || kind !== 'cosmetic')
}

/** “Prohibited Conduct 3 → 4”: where a change stands in both versions. */
export function changePlace({ old, new: news }: RedlineChange): string {
  const name = (places: RedlineChange['old']): string =>
    [...new Set(places.map(({ heading, number }) => [heading, number].filter(Boolean).join(' ')))].join(', ')
  const [before, after] = [name(old), name(news)]
  return before === '' || after === '' || before === after ? before || after : `${before} → ${after}`
}

export function redlineTitle({ policy, older, newer }: RedlinePage): string {
  return `${newer.title ?? older.title ?? policy}: ${older.version} → ${newer.version}`
}

/** What was counted, and what is left out. */
export function redlineStatistics(page: RedlinePage): string {
  const counted = Object.entries(page.stats)
    .filter(([kind, count]) => kind === 'kept' || count > 0)
    .map(([kind, count]) => `${String(count)} ${kind}`)
    .join(', ')
  const hidden = page.changes.length - shownChanges(page).length
  if (hidden === 0) return counted
  return `${counted}. ${String(hidden)} cosmetic ${hidden === 1 ? 'change is' : 'changes are'} not shown.`
}

/** Where both texts come from, so that a reader can hold them against their files. */
export function redlineSources({ older, newer }: RedlinePage): readonly string[] {
  return [older, newer].map(({ version, date, effective, captured, file, sha256, basis }) =>
    [
      version,
      date === null ? null : `printed ${date}`,
      effective === null ? null : `effective ${effective}`,
      captured === null ? null : `captured ${captured}`,
      basis === 'second-hand' ? 'not read first-hand' : null,
      file,
      `SHA-256 ${sha256}`,
    ]
      .filter((part) => part !== null)
      .join(' · '),
  )
}

/** A page that loads and runs nothing, for a screen and for paper. */
export function redlineHtml(page: RedlinePage): string {
  const tag = { equal: null, delete: 'del', insert: 'ins' } as const
  const changes = shownChanges(page).map((change) => {
    const words = change.words
      .map(({ op, text }) => (tag[op] === null ? escapeHtml(text) : `<${tag[op]}>${escapeHtml(text)}</${tag[op]}>`))
      .join('')
    const duty =
      change.duty.length > 0 ? `<p class="duty">Duty words: ${change.duty.map(escapeHtml).join(', ')}</p>` : ''
    return `<section class="change ${change.kind}"><h2><span class="kind">${kindWord(change)}</span> ${escapeHtml(changePlace(change))}</h2><p>${words}</p>${duty}</section>`
  })
  return htmlPage({
    title: redlineTitle(page),
    style: redlineStyle,
    body: `<h1>${escapeHtml(redlineTitle(page))}</h1>
<p>${escapeHtml(redlineStatistics(page))}</p>
<p class="key"><del>taken out</del> <ins>put in</ins></p>
${changes.length === 0 ? '<p>No change is shown.</p>' : changes.join('\n')}
<footer>${redlineSources(page)
      .map((line) => `<p>${escapeHtml(line)}</p>`)
      .join('')}</footer>`,
  })
}

const redlineStyle = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--paper:#fff;--out:#8f1d17;--out-soft:#fce3e0;--in:#14482c;--in-soft:#dff3e3}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--dim:#a3adb8;--line:#3a424b;--paper:#15191e;--out:#ffb4ac;--out-soft:#4a2320;--in:#a6e3ba;--in-soft:#1d3b28}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:50rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3;margin:0 0 .4rem}
h2{font-size:1rem;margin:0 0 .2rem}
p{margin:.3rem 0}
.kind{display:inline-block;min-width:5.5rem;color:var(--dim);font-weight:400}
.change{padding:.8rem 0;border-top:1px solid var(--line);break-inside:avoid}
.duty,.key,footer{color:var(--dim);font-size:.9rem}
del{background:var(--out-soft);color:var(--out)}
ins{background:var(--in-soft);color:var(--in);text-decoration:underline}
footer{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:.5rem}
@page{margin:18mm}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--line:#999;--paper:#fff;--out:#000;--out-soft:#fff;--in:#000;--in-soft:#fff}
body{max-width:none;padding:0;font-size:10.5pt}
ins{font-weight:600}
h2{break-after:avoid}}
`
