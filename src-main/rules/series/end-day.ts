import * as de from 'chrono-node/de'
import * as en from 'chrono-node/en'
import * as es from 'chrono-node/es'
import * as fr from 'chrono-node/fr'
import * as pt from 'chrono-node/pt'
import { addDays, isoDay } from './days.ts'

const maxSentenceUnits = 400
/** A day further off is not when an offer ends: an anniversary, a season. */
const maxDaysAhead = 120

/** Which language's way of writing days a sentence is read in. */
const readers = new Map([
  ['en', en.casual],
  ['de', de.casual],
  ['fr', fr.casual],
  ['es', es.casual],
  ['pt', pt.casual],
])

/**
 * The last of the days that a sentence names (“Sunday”, “5 March”, “in three days”), seen from the day on which it is read;
 * `YYYY-MM-DD`, null: it names none. `british`: 3/5 is the third of May.
 */
export function endDayIn(sentence: string, day: string, language: string, british: boolean): string | null {
  const reader = language === 'en' && british ? en.GB : (readers.get(language) ?? en.casual)
  const noon = new Date(`${day}T12:00:00Z`)
  const days = reader
    .parse(sentence.slice(0, maxSentenceUnits), { instant: noon, timezone: 0 }, { forwardDate: true })
    .flatMap(({ start, end }) => {
      const last = end ?? start
      const saysDay = last.isCertain('day') || last.isCertain('weekday')
      if (!saysDay) return []
      const [year, month, date] = [last.get('year'), last.get('month'), last.get('day')]
      return year === null || month === null || date === null ? [] : [isoDay(Date.UTC(year, month - 1, date))]
    })
    .filter((found) => found >= day && found <= addDays(day, maxDaysAhead))
  return days.sort().at(-1) ?? null
}
