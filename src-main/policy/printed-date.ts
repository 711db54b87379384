import type { Block } from './block.ts'

/** Days as the document prints them; `2023-01` where it names no day. */
export interface PrintedDates {
  /** When it was last changed, or posted. */
  readonly date: string | null
  /** From when it holds. */
  readonly effective: string | null
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const dateForms = [
  {
    pattern: new RegExp(`${monthName}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})`, 'i'),
    parts: ([, month, day, year]: string[]) => [year, month, day],
  },
  {
    pattern: new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${monthName},?\\s+(\\d{4})`, 'i'),
    parts: ([, day, month, year]: string[]) => [year, month, day],
  },
  { pattern: /(\d{4})-(\d{2})-(\d{2})/, parts: ([, year, month, day]: string[]) => [year, month, day] },
  {
    pattern: new RegExp(`${monthName},?\\s+(\\d{4})`, 'i'),
    parts: ([, month, year]: string[]) => [year, month, undefined],
  },
] as const

const longestLine = 240
const linesAtEnds = 14

/** Reads “Updated: …”, “Effective …”, “Posted …” in the first and last lines of the document. */
export function printedDates(blocks: readonly Block[]): PrintedDates {
  const lines = [...blocks.slice(0, linesAtEnds), ...blocks.slice(linesAtEnds).slice(-linesAtEnds)].filter(
    ({ text }) => text.length <= longestLine,
  )
  const after = (words: RegExp): string | null => {
    for (const { text } of lines) {
      const match = words.exec(text)
      const found = match === null ? null : firstDate(text.slice(match.index + match[0].length))
      if (found !== null) return found
    }
    return null
  }
  const effective = after(/\b(?:effective(?: date| as of)?|in force (?:from|since)|valid from)\b/i)
  const updated = after(
    /\b(?:last\s+)?(?:updated|revised|modified|changed)\b|\blast (?:update|revision|change)\b|\bversion of\b/i,
  )
  return { date: updated ?? after(/\b(?:posted|published|date)\b/i) ?? effective, effective }
}

/** The first day within some eighty characters; null when there is none. */
function firstDate(text: string): string | null {
  const near = text.slice(0, 80)
  const found = dateForms
    .map(({ pattern, parts }) => ({ match: pattern.exec(near), parts }))
    .flatMap(({ match, parts }) => (match === null ? [] : [{ index: match.index, day: isoDay(parts([...match])) }]))
    .filter(({ day }) => day !== null)
    .toSorted((a, b) => a.index - b.index || (b.day?.length ?? 0) - (a.day?.length ?? 0))
  return found[0]?.day ?? null
}

/** The day that a file's name begins with, as in `2024-05-28b.md`. */
export function dateOfName(name: string): string | null {
  return /(?:^|[^\d])(\d{4}-\d{2}-\d{2})(?!\d)/.exec(name)?.[1] ?? null
}

function isoDay([year = '', month = '', day]: readonly (string | undefined)[]): string | null {
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const monthNumber = named > 0 ? named : Number(month)
  if (monthNumber < 1 || monthNumber > 12) return null
  const start = `${year}-${String(monthNumber).padStart(2, '0')}`
  if (day === undefined) return start
  const iso = `${start}-${day.padStart(2, '0')}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : null
}

/** “Last updated: March 1, 2023”: a line that tells dates and nothing else. */
export function isDateLine(block: Block | undefined): boolean {
  if (block === undefined || block.text.length > 120) return false
  return (
    /\b(?:effective|updated|posted|revised|modified|published)\b/i.test(block.text) &&
    firstDate(block.text.slice(-80)) !== null
  )
}
