import type { PlaceCount } from '../audience/places.ts'
import type { CompiledRules } from '../compile.ts'
import type { DatedValue } from '../values.ts'
import { isInForce } from '../values.ts'
import { readHours, type Hours, type LocalTime } from './hours.ts'
import { timeIn, type SendTime } from './send-time.ts'
import { readGeography, whereabouts, type Geography, type Whereabouts } from './zones.ts'

/** Hours and places that the rules on sending times go by. */
export interface SendingHours {
  readonly hours: readonly Hours[]
  readonly geography: Geography
}

/** One zone with the places whose law counts there: when the message comes, and when it may not. */
export interface ZoneTime {
  readonly zone: string
  readonly places: readonly string[]
  readonly people: number
  readonly basis: Whereabouts['basis']
  readonly certain: boolean
  readonly time: LocalTime
  readonly offends: boolean
  /** Minutes of that day, `[from, until)`, ascending, without overlaps. */
  readonly forbidden: readonly { readonly from: number; readonly until: number }[]
  readonly laws: readonly DatedValue[]
}

export interface Timeline {
  /** The most people first, those that offend before the others. */
  readonly zones: readonly ZoneTime[]
  readonly unknown: number
}

const geographyLists = ['us-state-zones', 'us-zip-states', 'us-area-codes'] as const

/** Of all rules that look at the time of sending, in the packs that were loaded. */
export function sendingHours({ rules, loaded }: CompiledRules): SendingHours {
  const values = (pack: string, name: string): readonly DatedValue[] =>
    loaded.resources.get(pack)?.values.get(name) ?? []
  const lists = new Set<readonly DatedValue[]>()
  let geography: Geography | null = null
  for (const { rule } of rules) {
    const name: unknown = Reflect.get(rule.check, 'hours')
    if (rule.check.kind !== 'schedule' || typeof name !== 'string') continue
    lists.add(values(rule.pack.id, name))
    const [states, zips, codes] = geographyLists.map((list) => values(rule.pack.id, list))
    geography ??= readGeography(states ?? [], zips ?? [], codes ?? [])
  }
  return { hours: [...lists].flatMap(readHours), geography: geography ?? readGeography([], [], []) }
}

/** When a message comes to people in their own zones. `count` of a place may be 0: the message itself says where. */
export function timeline(time: SendTime, places: readonly PlaceCount[], { hours, geography }: SendingHours): Timeline {
  const zones = new Map<string, ZoneTime>()
  let unknown = 0
  for (const place of places) {
    const where = whereabouts(place, geography)
    if (where === null) {
      unknown += place.count
      continue
    }
    for (const candidate of where.candidates) {
      const key = `${candidate.zone} ${candidate.places.join(' ')}`
      const known = zones.get(key)
      zones.set(key, {
        ...(known ?? zoneTime(candidate.zone, candidate.places, timeIn(time, candidate.zone), hours)),
        people: (known?.people ?? 0) + place.count,
        basis: known?.basis ?? where.basis,
        certain: (known?.certain ?? true) && where.isCertain && where.candidates.length === 1,
      })
    }
  }
  const sorted = [...zones.values()].sort((a, b) => Number(b.offends) - Number(a.offends) || b.people - a.people)
  return { zones: sorted, unknown }
}

const dayMinutes = 24 * 60

function zoneTime(
  zone: string,
  places: readonly string[],
  time: LocalTime,
  hours: readonly Hours[],
): Omit<ZoneTime, 'people' | 'basis' | 'certain'> {
  const laws = hours.filter(({ place, value }) => places.includes(place) && isInForce(value, time.day))
  const isForbidden = new Uint8Array(dayMinutes)
  for (const place of new Set(laws.map((law) => law.place))) {
    const today = laws.filter((law) => law.place === place && law.days.has(time.weekday))
    for (let minute = 0; minute < dayMinutes; minute++) {
      if (!today.some(({ fromMinute, untilMinute }) => fromMinute <= minute && minute < untilMinute))
        isForbidden[minute] = 1
    }
  }
  const forbidden: { from: number; until: number }[] = []
  for (let minute = 0; minute < dayMinutes; minute++) {
    if (isForbidden[minute] !== 1) continue
    const last = forbidden[forbidden.length - 1]
    if (last?.until === minute) last.until++
    else forbidden.push({ from: minute, until: minute + 1 })
  }
  return {
    zone,
    places,
    time,
    offends: isForbidden[time.minute] === 1,
    forbidden,
    laws: [...new Set(laws.map(({ value }) => value))],
  }
}
