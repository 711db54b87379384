/** Dates as English, German, French and Spanish documents write them. */

const months: readonly (readonly string[])[] = [
  ['jan', 'january', 'jänner', 'januar', 'janvier', 'janv', 'enero', 'ene'],
  ['feb', 'february', 'februar', 'février', 'fevrier', 'févr', 'fev', 'febrero'],
  ['mar', 'march', 'märz', 'maerz', 'mrz', 'mär', 'mars', 'marzo'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr'],
  ['may', 'mai', 'mayo'],
  ['jun', 'june', 'juni', 'juin', 'junio'],
  ['jul', 'july', 'juli', 'juillet', 'juil', 'julio'],
  ['aug', 'august', 'août', 'aout', 'agosto', 'ago'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'setiembre'],
  ['oct', 'october', 'oktober', 'okt', 'octobre', 'octubre'],
  ['nov', 'november', 'novembre', 'noviembre'],
  ['dec', 'december', 'dezember', 'dez', 'décembre', 'decembre', 'déc', 'diciembre', 'dic'],
]
const monthOf = new Map(months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))
const monthName = `(${[...monthOf.keys()].toSorted((a, b) => b.length - a.length).join('|')})\\.?`
const foreignMonth =
  /\b(?:jänner|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|avril|juin|juillet|août|enero|febrero|abril|mayo|junio|julio|agosto)\b|\b(?:stand|gültig|wirksam|aktualisier|änderung|mise|vigueur|vigor|actualiz|vigente)\p{L}*/iu

/** Order of day and month where figures alone do not tell. */
export type DateOrder = 'month-first' | 'day-first'

export interface FoundDate {
  readonly start: number
  readonly end: number
  /** `2021-09-24`; `2021-09` where no day is named. */
  readonly day: string
  /** Day and month could stand the other way round. */
  readonly isAmbiguous: boolean
}

type Parts = readonly [year: string | undefined, month: string | undefined, day: string | undefined]

const forms: readonly {
  readonly pattern: RegExp
  readonly parts: (found: readonly (string | undefined)[]) => Parts
}[] = [
  {
    pattern: new RegExp(
      `(?<![\\p{L}\\d])${monthName}[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?\\s*[,-]?\\s*(\\d{4})(?!\\d)`,
      'giu',
    ),
    parts: ([, month, day, year]) => [year, month, day],
  },
  {
    pattern: new RegExp(
      `(?<![\\d.])(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?(?:\\s+day)?[\\s-]+(?:of\\s+|de\\s+|du\\s+)?${monthName},?[\\s-]+(?:de\\s+|del\\s+)?(\\d{4})(?!\\d)`,
      'giu',
    ),
    parts: ([, day, month, year]) => [year, month, day],
  },
  { pattern: /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, parts: ([, year, month, day]) => [year, month, day] },
  {
    pattern: new RegExp(`(?<![\\p{L}\\d])${monthName},?\\s+(?:of\\s+|de\\s+|del\\s+)?(\\d{4})(?!\\d)`, 'giu'),
    parts: ([, month, year]) => [year, month, undefined],
  },
]
const figures = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./])/g

/** All dates of a text, in order. `order` serves dates of bare figures with slashes; dots and hyphens put the day first. */
export function datesIn(text: string, order: DateOrder): FoundDate[] {
  const found: FoundDate[] = []
  const take = (start: number, length: number, day: string | null, isAmbiguous: boolean): void => {
    if (day !== null) found.push({ start, end: start + length, day, isAmbiguous })
  }
  for (const { pattern, parts } of forms)
    for (const match of text.matchAll(pattern)) take(match.index, match[0].length, isoDay(parts([...match])), false)
  for (const match of text.matchAll(figures)) {
    const [whole, first = '', sign, second = '', year = ''] = match
    const full = year.length === 2 ? `20${year}` : year
    const isDayFirst = Number(first) > 12 || (Number(second) <= 12 && (sign !== '/' || order === 'day-first'))
    const day = isDayFirst ? isoDay([full, second, first]) : isoDay([full, first, second])
    take(
      match.index,
      whole.length,
      day,
      Number(first) <= 12 && Number(second) <= 12 && first !== second && sign === '/',
    )
  }
  // A month with a day before one without, where both begin alike.
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  return sorted.filter((one, index) => !sorted.slice(0, index).some((before) => before.end > one.start))
}

/** English documents may go either way; others put the day first. */
export function orderOf(texts: readonly string[]): DateOrder {
  const all = texts.join(' ')
  const isBritish = /\b(?:organisation|behaviour|favour|programme|licence|authorised|united kingdom)\b/i.test(all)
  return isBritish || foreignMonth.test(all) ? 'day-first' : 'month-first'
}

function isoDay([year = '', month = '', day]: Parts): string | null {
  const number = monthOf.get(month.toLowerCase()) ?? Number(month)
  if (!(number >= 1 && number <= 12) || Number(year) < 1970 || Number(year) > 2199) return null
  const start = `${year}-${String(number).padStart(2, '0')}`
  if (day === undefined) return start
  const iso = `${start}-${day.padStart(2, '0')}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : null
}
