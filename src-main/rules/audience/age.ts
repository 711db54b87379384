/** Years that a person is old on a day, the least and the most that the cell can mean; null: it says no age. */
export interface AgeRange {
  readonly min: number
  readonly max: number
}

/** A birth date: ISO 8601, `DD.MM.YYYY`, `MM/DD/YYYY` or `DD/MM/YYYY` (both where both are days), or a year alone. */
export function ageOfBirthDate(cell: string, day: string): AgeRange | null {
  const dates = datesOf(cell.trim())
  if (dates.length === 0) return null
  const ages = dates.flatMap(([from, to]) => [yearsBetween(to, day), yearsBetween(from, day)])
  const range = { min: Math.min(...ages), max: Math.max(...ages) }
  return range.min < 0 || range.max > 125 ? null : range
}

type DateRange = readonly [from: string, to: string]

function datesOf(cell: string): readonly DateRange[] {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(cell)
  if (iso !== null) return dateOf(iso[1], iso[2], iso[3])
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell)
  if (dotted !== null) return dateOf(dotted[3], dotted[2], dotted[1])
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(cell)
  if (slashed !== null) {
    return [...dateOf(slashed[3], slashed[1], slashed[2]), ...dateOf(slashed[3], slashed[2], slashed[1])]
  }
  const year = /^(?:19|20)\d{2}$/.exec(cell)
  return year === null ? [] : [[`${cell}-01-01`, `${cell}-12-31`]]
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

/** `11`, `11 years`, `10-12`. */
export function ageOfNumber(cell: string): AgeRange | null {
  const found = /^\s*(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(?:y|yrs?|years?(?: old)?|jahre)?\.?\s*$/i.exec(cell)
  if (found === null) return null
  const min = Number(found[1])
  const max = Number(found[2] ?? found[1])
  return max > 125 || min > max ? null : { min, max }
}

/** `3`, `3rd grade`, `Grade 3`, `K`, `Year 4`: grades of American and years of British schools. */
export function ageOfGrade(cell: string): AgeRange | null {
  const written = cell.trim().toLowerCase()
  if (/^(?:pre-?k|preschool|nursery|reception)$/.test(written)) return { min: 3, max: 5 }
  if (/^(?:k|tk|kindergarten|kinder)$/.test(written)) return { min: 5, max: 6 }
  const found = /^(?:(grade|year|class|gr\.?)\s*)?(\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:grade|class))?$/.exec(written)
  const number = Number(found?.[2])
  if (found === null || number < 1 || number > 13) return null
  return found[1] === 'year' ? { min: number + 4, max: number + 5 } : { min: number + 5, max: number + 7 }
}
