import type { Finding, Report, ReportMessage } from '../contract/report.ts'
import { groups, localClause, notCheckedEntries, verdictWords } from './digest.ts'
import { escapeHtml as text, htmlPage } from './escape-html.ts'
import { htmlReportStyle } from './html-style.ts'
import { counted } from './lines.ts'

/**
 * The report as one HTML file that loads and runs nothing, for reading, sending and printing: message by message, then
 * what was not read, what was not checked, what is to be attested, and the notice.
 */
export function htmlReport(report: Report): string {
  return htmlPage({
    title: title(report),
    style: htmlReportStyle,
    body: `<header>
<h1>${text(title(report))}</h1>
<p class="facts">${text(`clausebench ${report.tool.version} · reviewed ${report.reviewedAt} · as of ${report.asOf}`)}</p>
</header>
<main>
${[summary(report), packs(report), ...report.messages.map(message), inputs(report), notChecked(report), attestations(report)].filter((section) => section !== '').join('\n')}
</main>
<footer><p>${text(report.notice)}</p></footer>`,
  })
}

function title({ messages }: Report): string {
  const campaigns = [...new Set(messages.flatMap(({ campaign }) => campaign ?? []))]
  return campaigns.length === 1 && campaigns[0] !== undefined ? `Review of ${campaigns[0]}` : 'Review'
}

function summary({ summary: counts }: Report): string {
  const { error, warning, info } = counts.bySeverity
  const rows: readonly (readonly [string, number])[] = [
    ['Messages', counts.messages],
    ['with errors', counts.errors],
    ['to review', counts.toReview],
    ['not fully checked', counts.notFullyChecked],
    ['with nothing found', counts.nothingFound],
  ]
  const clauses = Object.entries(counts.byClause)
  return `<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<dl class="counts">${rows.map(([name, count]) => `<div><dt>${name}</dt><dd>${String(count)}</dd></div>`).join('')}</dl>
<p>${text(`${counted(counts.groups, 'fact')} found: ${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(info, 'hint')}.`)}</p>
${clauses.length === 0 ? '' : `<p>By clause: ${clauses.map(([clause, count]) => `${text(localClause(clause))}&nbsp;(${String(count)})`).join(', ')}</p>`}</section>`
}

function packs(report: Report): string {
  return `<section aria-labelledby="packs"><h2 id="packs">Judged by</h2><ul>${report.packs
    .map(({ id, version, basis, rules, note, problems }) => {
      const told = problems.map(
        ({ file, line, column, message: problem }) =>
          `<li>${text(`${file}:${String(line)}:${String(column)} ${problem}`)}</li>`,
      )
      return `<li>${text(`${id} ${version}`)}, ${counted(rules, 'rule')}${basis === 'primary' ? '' : ', read second-hand'}${note === null ? '' : `. ${text(note)}`}${told.length === 0 ? '' : `<ul class="problems">${told.join('')}</ul>`}</li>`
    })
    .join('')}</ul></section>`
}

function message(one: ReportMessage, index: number): string {
  const id = `m${String(index + 1)}`
  const facts: readonly (readonly [string, string | null])[] = [
    ['From', one.from],
    ['Subject', one.subject],
    ['Campaign', one.campaign],
    ['Client', one.client],
    ['Date', one.date],
    ['Send at', one.sendAt],
    ['Language', one.language],
  ]
  const given = facts.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`<div><dt>${name}</dt><dd>${text(value)}</dd></div>`],
  )
  return `<section class="message" aria-labelledby="${id}"><h2 id="${id}">${text(one.id)}</h2>
<p class="verdict ${one.verdict}">${text(`${one.channel ?? 'recipients'} · ${verdictWords(one.verdict)}`)}</p>
${given.length === 0 ? '' : `<dl class="facts">${given.join('')}</dl>`}
${one.findings.length === 0 ? '' : `<ol class="findings">${groups(one.findings).map(findingItem).join('')}</ol>`}</section>`
}

/** What a person has yet to hold against the official text says so. */
function sourceLine({ id, value, verify }: Finding['sources'][number]): string {
  return `${id}${value === null ? '' : `: ${value}`}${verify ? ' (to be verified)' : ''}`
}

/** One finding, as an item of a list. */
export function findingItem(findings: readonly Finding[]): string {
  const [first] = findings
  if (first === undefined) return ''
  const parts = [...new Set(findings.map(({ part }) => part))]
  const paragraphs: readonly (readonly [string, string])[] = [
    ['Why', first.why],
    ['Fix', first.fix],
    ['Source', first.sources.map(sourceLine).join('; ')],
  ]
  return `<li class="finding ${first.severity}" value="${String(first.number)}">
<h3><span class="severity">${first.severity}</span> <span class="clauses">${text(first.clauses.map(localClause).join(' '))}</span> ${text(first.title)}</h3>
<p class="facts">${text([...parts, first.certainty, first.rule ?? 'a person’s own'].join(' · '))}</p>
<p>${text(first.message)}</p>
${first.excerpt === '' ? '' : `<blockquote>${text(first.excerpt)}</blockquote>`}
${first.rows === null ? '' : rows(first.rows)}
${paragraphs.map(([name, words]) => (words === '' ? '' : `<p><b>${name}:</b> ${text(words)}</p>`)).join('')}
${decision(first)}
${first.explain.length === 0 ? '' : `<ul class="explain">${first.explain.map((step) => `<li>${text(step)}</li>`).join('')}</ul>`}
</li>`
}

function rows({ count, column, first }: NonNullable<Finding['rows']>): string {
  const cells = first.map(({ row, excerpt }) => `<tr><td>${String(row)}</td><td>${text(excerpt)}</td></tr>`).join('')
  return `<table><caption>${text(`${counted(count, 'row')}, column ${column}`)}</caption><thead><tr><th scope="col">Row</th><th scope="col">Value</th></tr></thead><tbody>${cells}</tbody></table>`
}

function decision({ decision: made }: Finding): string {
  if (made === null) return ''
  const until = made.expires === null ? '' : `, until ${made.expires}`
  return `<p class="decision"><b>Decision:</b> ${text(`${made.kind} by ${made.by} on ${made.at}${until}. ${made.reason}`)}</p>`
}

function inputs(report: Report): string {
  const told = report.inputs.filter(({ status }) => status !== 'reviewed')
  if (told.length === 0) return ''
  return `<section aria-labelledby="inputs"><h2 id="inputs">Inputs</h2><ul>${told
    .map(
      ({ path, status, problem }) => `<li>${text(path)}: ${status}${problem ? `. ${text(problem.message)}` : ''}</li>`,
    )
    .join('')}</ul></section>`
}

const allMessages = 'all messages'

function which(ids: readonly string[]): string {
  const [only] = ids
  return ids.length === 1 && only !== undefined ? only : counted(ids.length, 'message')
}

function notChecked({ messages }: Report): string {
  const entries = notCheckedEntries(messages)
  return `<section aria-labelledby="not-checked"><h2 id="not-checked">Not checked</h2>${
    entries.length === 0
      ? '<p>Everything that the rules look at was looked at.</p>'
      : `<ul>${entries
          .map(
            ({ clause, reason, material, ids }) =>
              `<li>${text(`${localClause(clause)}: ${reason} (${which(ids)})${material ? '' : ', not material'}`)}</li>`,
          )
          .join('')}</ul>`
  }</section>`
}

export function attestations(report: Pick<Report, 'attestations'>): string {
  if (report.attestations.length === 0) return ''
  return `<section aria-labelledby="attest"><h2 id="attest">To be attested by a person</h2><ul>${report.attestations
    .map(({ clause, question, messages, status, answer, by, at }) => {
      const answered =
        status === 'open' ? 'open' : `${status}${by === null ? '' : ` by ${by}`}${at === null ? '' : ` on ${at}`}`
      const words = `${localClause(clause)}: ${question} (${messages === 'all' ? allMessages : which(messages)}; ${answered})`
      return `<li>${text(`${words}${answer === null ? '' : ` ${answer}`}`)}</li>`
    })
    .join('')}</ul></section>`
}
