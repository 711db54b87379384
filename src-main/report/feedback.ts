import type { Finding } from '../contract/report.ts'
import { localClause } from './digest.ts'
import { escapeHtml, htmlPage } from './escape-html.ts'
import { counted } from './lines.ts'

/** What an author is told of a message: only what a reviewer stands behind. */
export interface Feedback {
  readonly title: string
  readonly reviewer: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly messages: readonly FeedbackMessage[]
}

export interface FeedbackMessage {
  readonly name: string
  readonly from: string | null
  readonly outcome: string | null
  /** Each with the words under “how to fix” that the reviewer chose. */
  readonly cards: readonly FeedbackCard[]
  /** Texts of the message with marks of the cards; masked. */
  readonly texts: readonly FeedbackText[]
}

export interface FeedbackCard {
  readonly number: number
  readonly lead: Finding
  readonly fix: string
  /** A question to the author; null: none was asked. */
  readonly question: string | null
  readonly comments: readonly string[]
}

export interface FeedbackText {
  readonly part: string
  readonly pieces: readonly { readonly text: string; readonly number: number | null }[]
}

const closing =
  'This lists what a reviewer confirmed, asked or noted. What is not listed was not thereby permitted: the provider decides, by the letter or the spirit of its policy.'

/** One file that loads nothing, for the author of the messages. */
export function feedbackHtml(feedback: Feedback): string {
  return htmlPage({
    title: feedback.title,
    style,
    body: `<header><h1>${escapeHtml(feedback.title)}</h1>
<p class="dim">${escapeHtml(`${feedback.reviewer} · ${feedback.day}`)}</p></header>
<main>${feedback.messages.map(message).join('\n')}</main>
<footer><p>${escapeHtml(closing)}</p></footer>`,
  })
}

function message({ name, from, outcome, cards, texts }: FeedbackMessage): string {
  return `<section class="message"><h2>${escapeHtml(name)}</h2>
<p class="dim">${escapeHtml([from, outcome].filter((part) => part !== null).join(' · '))}</p>
<ol class="cards">${cards.map(card).join('')}</ol>
${texts.map(markedText).join('')}</section>`
}

function card({ number, lead, fix, question, comments }: FeedbackCard): string {
  const paragraphs: readonly (readonly [string, string])[] = [
    ['Question', question ?? ''],
    ['Why', lead.why],
    ['How to fix', fix],
    ...comments.map((comment) => ['Note', comment] as const),
  ]
  return `<li value="${String(number)}" class="${lead.severity}"><h3><span class="severity">${lead.severity === 'info' ? 'hint' : lead.severity}</span> ${escapeHtml(lead.clauses.map(localClause).join(' '))} ${escapeHtml(lead.title)}</h3>
${lead.excerpt === '' ? '' : `<blockquote>${escapeHtml(lead.excerpt)}</blockquote>`}
<p>${escapeHtml(lead.message)}</p>
${paragraphs.map(([name, words]) => (words === '' ? '' : `<p><b>${name}:</b> ${escapeHtml(words)}</p>`)).join('')}</li>`
}

function markedText({ part, pieces }: FeedbackText): string {
  const words = pieces
    .map(({ text, number }) =>
      number === null ? escapeHtml(text) : `<mark>${escapeHtml(text)}<sup>${String(number)}</sup></mark>`,
    )
    .join('')
  return `<h3 class="part">${escapeHtml(part)}</h3><pre>${words}</pre>`
}

/** The same in plain words, for the body of a mail. */
export function feedbackText(feedback: Feedback): string {
  const lines = [feedback.title, `${feedback.reviewer}, ${feedback.day}`]
  for (const { name, outcome, cards } of feedback.messages) {
    lines.push('', `${name}${outcome === null ? '' : ` (${outcome})`}: ${counted(cards.length, 'point')}`)
    for (const { number, lead, fix, question, comments } of cards) {
      const clauses = lead.clauses.map(localClause).join(' ')
      lines.push('', `${String(number)}. ${lead.title} (${clauses})`)
      if (lead.excerpt !== '') lines.push(`   “${lead.excerpt}”`)
      lines.push(`   ${lead.message}`)
      if (question !== null) lines.push(`   Question: ${question}`)
      if (lead.why !== '') lines.push(`   Why: ${lead.why}`)
      if (fix !== '') lines.push(`   How to fix: ${fix}`)
      for (const comment of comments) lines.push(`   Note: ${comment}`)
    }
  }
  return `${[...lines, '', closing].join('\n')}\n`
}

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--paper:#fff;--error:#b3261e;--warning:#8a5300;--info:#0b57a4;--mark:#fde7a8}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--dim:#a3adb8;--line:#3a424b;--paper:#15191e;--error:#ff8a80;--warning:#f0b35a;--info:#82b8f5;--mark:#4d3f12}}
body{margin:0 auto;max-width:48rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 0;border-top:1px solid var(--line);padding-top:1rem}h3{font-size:1rem;margin:0}
p{margin:.3rem 0}.dim,footer,.part{color:var(--dim);font-size:.9rem}
.cards{padding-left:2rem}.cards li{margin:1rem 0;break-inside:avoid}
.severity{text-transform:uppercase;font-size:.8rem}.error .severity{color:var(--error)}.warning .severity{color:var(--warning)}.info .severity{color:var(--info)}
blockquote{margin:.3rem 0;padding:.2rem .8rem;border-left:.25rem solid var(--line)}
pre{white-space:pre-wrap;border:1px solid var(--line);padding:.6rem;font:.9rem/1.5 ui-monospace,monospace}
mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--warning)}mark sup{font-weight:600}
footer{margin-top:2rem;border-top:1px solid var(--line)}
@page{margin:18mm}@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--line:#999;--paper:#fff;--mark:#eee}body{max-width:none;padding:0;font-size:10.5pt}}
`
