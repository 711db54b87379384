import type { SignOff } from '../contract/sign-off.ts'
import { groups, localClause } from './digest.ts'
import { escapeHtml as text, htmlPage } from './escape-html.ts'
import { attestations, findingItem } from './html.ts'
import { htmlReportStyle } from './html-style.ts'
import { counted } from './lines.ts'

/** A sign-off as a page for reading, sending and printing. `isWhole`: the kept bytes are those that were signed; null: they are not at hand. */
export function signOffHtml(signOff: SignOff, isWhole: boolean | null): string {
  const { report } = signOff
  const name = report.subject ?? report.id
  return htmlPage({
    title: `Sign-off ${signOff.id}: ${name}`,
    style: htmlReportStyle,
    body: `<header>
<h1>Sign-off of ${text(name)}</h1>
<p>${text(signOff.statement)}</p>
<p class="facts">${text(`${signOff.signedBy} · ${signOff.signedAt} · ${signOff.id}`)}</p>
</header>
<main>
${[facts(signOff, isWhole), findings(signOff), acknowledged(signOff), attestations(signOff), clauses(signOff), comments(signOff), packs(signOff)].filter((section) => section !== '').join('\n')}
</main>
<footer><p>${text(signOff.notice)}</p></footer>`,
  })
}

function facts(
  { campaign, client, report, binding, bytes, asOf, region, tool }: SignOff,
  isWhole: boolean | null,
): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Message', report.id],
    ['Campaign', campaign],
    ['Client', client ?? '–'],
    ['From', report.from ?? '–'],
    ['Channel', report.channel ?? 'recipients'],
    ['Send at', report.sendAt ?? '–'],
    ['As of', asOf],
    ['Region', region.length === 0 ? 'not said' : region.join(', ')],
    ['Bytes', `${bytes.length.toLocaleString('en')}, SHA-256 ${bytes.sha256}`],
    [
      'Kept bytes',
      isWhole === null ? 'not at hand' : isWhole ? 'are those that were signed' : 'ARE NOT those that were signed',
    ],
    ['Message hash', binding.message],
    ['Schedule', binding.schedule],
    ['Manifest', binding.manifest ?? 'none'],
    ...binding.recipients.map(
      (list) => [`Recipients ${list.name}`, `${counted(list.lines, 'line')}, SHA-256 ${list.sha256}`] as const,
    ),
    ['Program', `${tool.name} ${tool.version}`],
  ]
  return `<section><h2>What was signed</h2><table>${rows.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('')}</table></section>`
}

function findings({ report }: SignOff): string {
  return `<section><h2>Findings and decisions</h2>${
    report.findings.length === 0
      ? '<p>Nothing was found.</p>'
      : `<ol class="findings">${groups(report.findings).map(findingItem).join('')}</ol>`
  }</section>`
}

function acknowledged({ acknowledged: items }: SignOff): string {
  if (items.length === 0) return ''
  return `<section><h2>Not checked, and acknowledged</h2><ul>${items
    .map(({ reason, clauses: touched }) => `<li>${text(`${reason} (${touched.map(localClause).join(', ')})`)}</li>`)
    .join('')}</ul></section>`
}

function clauses({ clauses: texts }: SignOff): string {
  if (texts.length === 0) return ''
  return `<section><h2>Clauses, as they read then</h2><dl class="clause-texts">${texts
    .map(
      ({ id, heading, summary, text: own, version }) =>
        `<dt>${text(`${localClause(id)} ${heading}`)}</dt><dd>${
          own === null
            ? `<p>${text(summary)}</p><p class="facts">Our summary, not the policy’s words.</p>`
            : `<p>${text(own)}</p><p class="facts">${text(version ?? '')}</p>`
        }</dd>`,
    )
    .join('')}</dl></section>`
}

function comments({ comments: said }: SignOff): string {
  if (said.length === 0) return ''
  return `<section><h2>Comments</h2><ul>${said
    .map(
      ({ by, at, text: words, about }) =>
        `<li>${text(`${by}, ${at}${about === null ? '' : ` on ${about}`}: ${words}`)}</li>`,
    )
    .join('')}</ul></section>`
}

function packs({ packs: used, values }: SignOff): string {
  return `<section><h2>Judged by</h2><ul>${used
    .map(
      ({ id, version, rules, sha256 }) =>
        `<li>${text(`${id} ${version}, ${counted(rules, 'rule')}, SHA-256 ${sha256}`)}</li>`,
    )
    .join('')}<li>${text(`dated values, SHA-256 ${values.sha256}`)}</li></ul></section>`
}
