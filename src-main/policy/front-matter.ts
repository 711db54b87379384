import type { Utf16Span } from '../contract/span.ts'
import { datesIn } from './date-words.ts'

/** Notes that programs for web sites keep above a Markdown text, between two lines of hyphens (YAML). */
export interface FrontMatter {
  readonly span: Utf16Span
  readonly title: string | null
  /** `2023-11-02` */
  readonly date: string | null
}

const longest = 8_000
const fields = ['updated', 'last_updated', 'lastupdated', 'last_modified', 'lastmod', 'date', 'published'] as const

export function frontMatter(markdown: string): FrontMatter | null {
  const found = /^\ufeff?---[ \t]*\r?\n([^]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(markdown.slice(0, longest))
  const [whole, notes = ''] = found ?? []
  if (whole === undefined) return null
  const lines = notes.split(/\r?\n/).filter((line) => line.trim() !== '')
  // Each line a field, or what belongs to one: else it is a text between two rules.
  if (lines.length === 0 || !lines.every((line) => /^[\w-]+:(?:\s|$)|^\s+\S|^\s*[-#]/.test(line))) return null
  const said = new Map(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? []
      return name === '' ? [] : [[name.toLowerCase(), value.replace(/^(["'])(.*)\1$/, '$2')] as const]
    }),
  )
  const days = fields.flatMap((name) => datesIn(said.get(name) ?? '', 'month-first').map(({ day }) => day))
  return { span: { start: 0, end: whole.length }, title: said.get('title') || null, date: days[0] ?? null }
}
