import { IANAZone } from 'luxon'
import type { RecipientPlace } from '../audience/places.ts'
import { countryCode, stateCode } from '../audience/region.ts'
import type { DatedValue } from '../values.ts'

/** Where a person may be: a time zone, with the places whose law counts there. */
export interface ZoneCandidate {
  readonly zone: string
  /** `US`, `US-FL` … */
  readonly places: readonly string[]
}

/** All zones a person may be in, and on what that rests. */
export interface Whereabouts {
  readonly candidates: readonly ZoneCandidate[]
  readonly basis: 'time zone' | 'ZIP code' | 'state' | 'area code'
  /** An area code goes with its number to another place; the rest says where people are. */
  readonly isCertain: boolean
}

/** Tables that places are looked up in; made once from the dated values. */
export interface Geography {
  readonly zonesOfState: ReadonlyMap<string, readonly string[]>
  readonly stateOfZip: ReadonlyMap<string, string>
  readonly ofAreaCode: ReadonlyMap<string, { readonly state: string; readonly zones: readonly string[] }>
}

export function readGeography(
  states: readonly DatedValue[],
  zips: readonly DatedValue[],
  areaCodes: readonly DatedValue[],
): Geography {
  const zonesOfState = new Map(
    states.map(({ value }) => {
      const [state = '', ...zones] = value.split(' ')
      return [state, zones] as const
    }),
  )
  const stateOfZip = new Map<string, string>()
  for (const { value } of zips) {
    const [, first = '', last = first, state = ''] = /^(\d{3})(?:-(\d{3}))? ([A-Z]{2})$/.exec(value) ?? []
    for (let zip = Number(first); first !== '' && zip <= Number(last); zip++) {
      stateOfZip.set(String(zip).padStart(3, '0'), state)
    }
  }
  const ofAreaCode = new Map(
    areaCodes.map(({ value }) => {
      const [code = '', state = '', ...zones] = value.split(' ')
      return [code, { state, zones }] as const
    }),
  )
  return { zonesOfState, stateOfZip, ofAreaCode }
}

/** By the profile's time zone, else ZIP, state, area code; null: nothing says where, or it is in no place we know hours of. */
export function whereabouts(place: RecipientPlace, geography: Geography): Whereabouts | null {
  const country = place.country === '' ? null : (countryCode(place.country) ?? 'other')
  if (country !== null && country !== 'US' && country !== 'PR' && country !== 'GU') return null
  const known = geography.stateOfZip.get(place.zip) ?? stateCode(place.state)
  const ofNumber = geography.ofAreaCode.get(place.areaCode)
  const state = known ?? ofNumber?.state ?? null
  const places = ['US', ...(state === null ? [] : [`US-${state}`])]
  const candidates = (zones: readonly string[]): readonly ZoneCandidate[] => zones.map((zone) => ({ zone, places }))
  if (place.timezone !== '' && IANAZone.isValidZone(place.timezone)) {
    const isAmerican = country !== null || state !== null || isZoneOf(place.timezone, geography)
    return isAmerican ? { candidates: candidates([place.timezone]), basis: 'time zone', isCertain: true } : null
  }
  if (known !== null) {
    const zones = geography.zonesOfState.get(known) ?? []
    // Of a state with two zones the number may tell which; both stay in question, for numbers move.
    const basis = geography.stateOfZip.has(place.zip) ? 'ZIP code' : 'state'
    return zones.length === 0 ? null : { candidates: candidates(zones), basis, isCertain: true }
  }
  return ofNumber === undefined
    ? null
    : { candidates: candidates(ofNumber.zones), basis: 'area code', isCertain: false }
}

function isZoneOf(zone: string, { zonesOfState }: Geography): boolean {
  for (const zones of zonesOfState.values()) if (zones.includes(zone)) return true
  return false
}
