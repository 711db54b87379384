import type { Channel } from '../../contract/report.ts'
import type { AudienceColumns } from '../../intake/audience-columns.ts'
import { regionOf } from './region.ts'

/** What rows say of where their people are, and how many say so. */
export interface PlaceCount extends RecipientPlace {
  readonly count: number
  /** The first of them, at most three. */
  readonly rows: readonly number[]
}

export interface RecipientPlace {
  /** As written; empty: the row does not say. */
  readonly timezone: string
  /** First three digits of an American ZIP code. */
  readonly zip: string
  readonly state: string
  readonly country: string
  /** Area code of a number of the North American plan. */
  readonly areaCode: string
  readonly hasExpressConsent: boolean
}

export interface PlaceTally {
  readonly table: (columns: AudienceColumns) => void
  readonly row: (row: readonly string[], number: number) => void
  readonly finish: () => { readonly places: readonly PlaceCount[]; readonly regions: readonly string[] | null }
}

/** More kinds of places than there are; what a hostile list has beyond it counts with the last. */
const maxPlaces = 20_000
const maxFirst = 3

export function placeTally({ channel }: { readonly channel: Channel | null }): PlaceTally {
  const places = new Map<string, { readonly place: RecipientPlace; count: number; readonly rows: number[] }>()
  const regions = new Set<string>()
  const isPhone = channel === 'sms' || channel === 'mms'
  let saysAllRegions = true
  let at = { timezone: -1, zip: -1, state: -1, country: -1, phone: -1, consent: -1 }
  return {
    table(columns) {
      const consents = isPhone ? (['sms_consent', 'consent'] as const) : (['email_consent', 'consent'] as const)
      at = {
        timezone: columns.indexOf('timezone'),
        zip: columns.indexOf('zip'),
        state: columns.indexOf('state'),
        country: columns.indexOf('country'),
        phone: columns.indexOf('phone'),
        consent: consents.map(columns.indexOf).find((column) => column >= 0) ?? -1,
      }
    },
    row(row, number) {
      const cell = (column: number): string => (column < 0 ? '' : (row[column] ?? '').trim().slice(0, 40))
      const timezone = cell(at.timezone)
      const country = cell(at.country).toUpperCase()
      const state = cell(at.state).toUpperCase()
      const zip = /^\d{5}(?:-\d{4})?$/.test(cell(at.zip)) ? cell(at.zip).slice(0, 3) : ''
      const areaCode = /^(?:\+?1)?([2-9]\d{2})[2-9]\d{6}$/.exec(cell(at.phone).replace(/[\s().-]/g, ''))?.[1] ?? ''
      const hasExpressConsent = /^(?:subscribed?|express(?: written)?|yes|true|1|opted[ _]?in)$/i.test(cell(at.consent))
      const key = `${timezone}|${zip}|${state}|${country}|${areaCode}|${String(hasExpressConsent)}`
      let known = places.get(key)
      if (known === undefined) {
        if (places.size >= maxPlaces) return
        const place = { timezone, zip, state, country, areaCode, hasExpressConsent }
        known = { place, count: 0, rows: [] }
        places.set(key, known)
        const region = regionOf(place)
        if (region.length === 0) saysAllRegions = false
        for (const code of region) regions.add(code)
      }
      known.count++
      if (known.rows.length < maxFirst) known.rows.push(number)
    },
    finish: () => ({
      places: [...places.values()].map(({ place, count, rows }) => ({ ...place, count, rows })),
      regions: saysAllRegions && places.size > 0 ? [...regions].sort() : null,
    }),
  }
}
