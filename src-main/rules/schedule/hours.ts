import type { DatedValue } from '../values.ts'
import { countsAt } from '../values.ts'

/** When people of a place may be reached: `US-TX mon-sat 09:00-21:00` of a list of dated values. */
export interface Hours {
  /** `US`, `US-TX` */
  readonly place: string
  /** 1 Monday to 7 Sunday. */
  readonly days: ReadonlySet<number>
  readonly fromMinute: number
  readonly untilMinute: number
  readonly value: DatedValue
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Lines that are none are left out. */
export function readHours(values: readonly DatedValue[]): readonly Hours[] {
  return values.flatMap((value): readonly Hours[] => {
    const found = /^([A-Z]{2}(?:-[A-Z]{2})?) ([a-z]{3})(?:-([a-z]{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(value.value)
    if (found === null) return []
    const [, place = '', first = '', last = first, ...times] = found
    const from = dayNames.indexOf(first) + 1
    const until = dayNames.indexOf(last) + 1
    if (from === 0 || until < from) return []
    const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = times.map(Number)
    const days = new Set(Array.from({ length: until - from + 1 }, (_, at) => from + at))
    return [{ place, days, fromMinute: fromHour * 60 + fromMinute, untilMinute: untilHour * 60 + untilMinute, value }]
  })
}

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly day: string
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number
  readonly minute: number
}

/** The hours that a time offends against, of all places that count; empty: it is allowed. */
export function offended(hours: readonly Hours[], places: ReadonlySet<string>, time: LocalTime): readonly Hours[] {
  const when = { day: time.day, region: [...places] }
  const inForce = hours.filter(({ place, value }) => places.has(place) && countsAt(value, when))
  return [...new Set(inForce.map(({ place }) => place))].flatMap((place) => {
    const ofPlace = inForce.filter((one) => one.place === place)
    const today = ofPlace.filter(({ days }) => days.has(time.weekday))
    const isAllowed = today.some(
      ({ fromMinute, untilMinute }) => fromMinute <= time.minute && time.minute < untilMinute,
    )
    return isAllowed ? [] : (today.length > 0 ? today : ofPlace).slice(0, 1)
  })
}
