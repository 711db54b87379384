/** Years that a person is old on a day, the least and the most that the cell can mean; null: it says no age. */
export interface AgeRange {
  readonly min: number
  readonly max: number
}

const oldest = 125

/**
 * A birth date: ISO 8601, `YYYYMMDD`, `DD.MM.YYYY`, `MM/DD/YYYY` or `DD/MM/YYYY` (both where both are days), with the
 * month in English words, or a year alone.
 */
export function ageOfBirthDate(cell: string, day: string): AgeRange | null {
  const dates = datesOf(cell.trim())
  if (dates.length === 0) return null
  const ages = dates.flatMap(([from, to]) => [yearsBetween(to, day), yearsBetween(from, day)])
  const range = { min: Math.min(...ages), max: Math.max(...ages) }
  return range.min < 0 || range.max > oldest ? null : range
}

type DateRange = readonly [from: string, to: string]

function datesOf(cell: string): readonly DateRange[] {
  const iso =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(cell) ?? /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(cell)
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3])
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell)
  if (dotted !== null) return dateOf(dotted[3], dotted[2], dotted[1])
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(cell)
  if (slashed !== null) {
    return [...dateOf(slashed[3], slashed[1], slashed[2]), ...dateOf(slashed[3], slashed[2], slashed[1])]
  }
  const inWords = /^(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3})[a-z]*\.?,? (\d{4})$/i.exec(cell)
  if (inWords !== null) return dateOf(inWords[3], monthOf(inWords[2]), inWords[1])
  const monthFirst = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(cell)
  if (monthFirst !== null) return dateOf(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
  const year = /^(?:19|20)\d{2}$/.exec(cell)
  return year === null ? [] : [[`${cell}-01-01`, `${cell}-12-31`]]
}

const months = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** `May` → `5`; no month: `-`, which makes no date. */
function monthOf(word = ''): string {
  const at = months.indexOf(word.toLowerCase())
  return at % 3 === 0 ? String(at / 3 + 1) : '-'
}

function dateOf(year = '', month = '', day = ''): readonly DateRange[] {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = Date.parse(`${written}T00:00:00Z`)
  const isReal = !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(written)
  return isReal ? [[written, written]] : []
}

function yearsBetween(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/** `11`, `11 years`, `10-12`, `under 13`, `65+`, `child`. */
export function ageOfNumber(cell: string): AgeRange | null {
  if (/^\s*(?:child(?:ren)?|kids?|toddlers?|infants?|bab(?:y|ies)|tweens?)\s*$/i.test(cell)) return { min: 0, max: 12 }
  const below = /^\s*(?:under|below|less than|up to|<|unter|u)[ -]?(\d{1,2})s?\s*$/i.exec(cell)
  if (below !== null) return { min: 0, max: Number(below[1]) - (/up to/i.test(cell) ? 0 : 1) }
  const above = /^\s*(?:over |>|from )?(\d{1,2})\s*(?:\+|and (?:over|older|up))\s*$/i.exec(cell)
  if (above !== null) return { min: Number(above[1]), max: oldest }
  const found =
    /^\s*(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(?:y|yo|yrs?(?: old)?|years?(?: old)?|jahre?|ans|a[nñ]os)?\.?\s*$/i.exec(
      cell,
    )
  if (found === null) return null
  const min = Number(found[1])
  const max = Number(found[2] ?? found[1])
  return max > oldest || min > max ? null : { min, max }
}

/** `3`, `3rd grade`, `Grade 3`, `K`, `Year 4`: grades of American and years of British schools. */
export function ageOfGrade(cell: string): AgeRange | null {
  const written = cell.trim().toLowerCase()
  if (/^(?:pre-?k|preschool|nursery|reception)$/.test(written)) return { min: 3, max: 5 }
  if (/^(?:k|tk|kindergarten|kinder|kita|maternelle)$/.test(written)) return { min: 5, max: 6 }
  const found =
    /^(?:(grade|year|yr\.?|class|klasse|gr\.?)\s*)?(\d{1,2})(?:st|nd|rd|th|\.|[a-d])?(?:\s*(?:grade|grader|class|klasse))?$/.exec(
      written,
    )
  const number = Number(found?.[2])
  if (found === null || number < 1 || number > 13) return null
  return found[1]?.startsWith('y') === true
    ? { min: number + 4, max: number + 5 }
    : { min: number + 5, max: number + 7 }
}
