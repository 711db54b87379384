import type { PolicyChange, PolicyDiff } from '../contract/policy-document.ts'
import { assertNever } from '../contract/result.ts'
import { visible } from './visible.ts'

export const policyDiffFormats = ['text', 'json', 'html', 'md'] as const
export type PolicyDiffFormat = (typeof policyDiffFormats)[number]

/** A redline by clause: only what changed, with the number of what is left out. */
export function policyDiffDocument(diff: PolicyDiff, format: PolicyDiffFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(diff, null, 2)}\n`
    case 'text':
      return asText(diff)
    case 'md':
      return asMarkdown(diff)
    case 'html':
      return asHtml(diff)
    default:
      return assertNever(format)
  }
}

const marks = { equal: ['', ''], delete: ['[-', '-]'], insert: ['{+', '+}'] } as const

function asText(diff: PolicyDiff): string {
  const lines = [`${visible(diff.old.version)} → ${visible(diff.new.version)}`, statsLine(diff), '']
  for (const change of diff.changes) {
    lines.push(title(change), `  ${wordsAs(change, (op, text) => `${marks[op][0]}${visible(text)}${marks[op][1]}`)}`)
    if (change.duty.length > 0) lines.push(`  duty: ${change.duty.join(', ')}`)
    lines.push('')
  }
  return lines.join('\n')
}

function asMarkdown(diff: PolicyDiff): string {
  const escaped = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
  const wrap = { equal: ['', ''], delete: ['~~', '~~'], insert: ['**', '**'] } as const
  const lines = [`# ${escaped(diff.old.version)} → ${escaped(diff.new.version)}`, '', statsLine(diff), '']
  for (const change of diff.changes) {
    // A mark must not stand beside a blank.
    const words = wordsAs(change, (op, text) => {
      const [lead = '', core = '', tail = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text)?.slice(1) ?? []
      return core === '' ? text : `${lead}${wrap[op][0]}${escaped(core)}${wrap[op][1]}${tail}`
    })
    lines.push(`## ${escaped(title(change))}`, '', words, '')
    if (change.duty.length > 0) lines.push(`Duty: ${change.duty.map(escaped).join(', ')}`, '')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function asHtml(diff: PolicyDiff): string {
  const tag = { equal: null, delete: 'del', insert: 'ins' } as const
  const changes = diff.changes.map((change) => {
    const words = wordsAs(change, (op, text) =>
      tag[op] === null ? escapeHtml(text) : `<${tag[op]}>${escapeHtml(text)}</${tag[op]}>`,
    )
    const duty = change.duty.length > 0 ? `<p class="duty">Duty: ${change.duty.map(escapeHtml).join(', ')}</p>` : ''
    return `<section class="${change.kind}"><h2>${escapeHtml(title(change))}</h2><p>${words}</p>${duty}</section>`
  })
  const name = `${escapeHtml(diff.old.version)} → ${escapeHtml(diff.new.version)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.6 system-ui, sans-serif; color: #1d1f23; }
h1 { font-size: 1.4rem; } h2 { margin: 1.6rem 0 0.3rem; font-size: 1rem; } p { margin: 0.3rem 0; }
del { background: #fce3e0; color: #8f1d17; } ins { background: #dff3e3; color: #14532d; text-decoration: none; border-bottom: 1px solid; }
.duty { color: #8a5300; } .cosmetic { color: #565c66; } section { break-inside: avoid; }
</style>
</head>
<body>
<h1>${name}</h1>
<p>${escapeHtml(statsLine(diff))}</p>
${changes.join('\n')}
</body>
</html>
`
}

function title({ kind, moved, old, new: news }: PolicyChange): string {
  const names = (parts: PolicyChange['old']): string =>
    [...new Set(parts.map(({ heading, clause }) => [heading, clause].filter(Boolean).join(' ')))]
      .filter(Boolean)
      .join(', ')
  const [before, after] = [visible(names(old)), visible(names(news))]
  const where = before === '' || after === '' || before === after ? before || after : `${before} → ${after}`
  return `${moved === true ? `${kind} and moved` : kind}: ${where}`.replace(/: $/, '')
}

function wordsAs(
  { words }: PolicyChange,
  show: (op: PolicyChange['words'][number]['op'], text: string) => string,
): string {
  return words.map(({ op, text }) => show(op, text)).join('')
}

function statsLine({ stats }: PolicyDiff): string {
  return Object.entries(stats)
    .filter(([kind, count]) => kind === 'kept' || count > 0)
    .map(([kind, count]) => `${String(count)} ${kind}`)
    .join(', ')
}

function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
