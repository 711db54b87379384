/** A value of `values/<name>.yaml`: counts from `from` to before `until`. */
export interface DatedValue {
  readonly value: string
  readonly from: string | null
  readonly until: string | null
  readonly source: string | null
  readonly verify: boolean
  /** Places where it counts (`US`, `US-FL`, `EU`); null: everywhere. */
  readonly region: readonly string[] | null
}

/** What dated values are chosen by. */
export interface When {
  /** When the message goes out, `YYYY-MM-DD`. */
  readonly day: string
  /** Where the recipients are; empty: unknown. */
  readonly region: readonly string[]
}

/** Whether the value counts on a day, `YYYY-MM-DD`. */
export function isInForce(value: DatedValue, day: string): boolean {
  return (value.from === null || value.from <= day) && (value.until === null || day < value.until)
}

/** Whether the value counts for a message that goes out then and there. */
export function countsAt(value: DatedValue, { day, region }: When): boolean {
  return isInForce(value, day) && countsIn(value, region)
}

/**
 * Whether the value counts for recipients in these places: one of them lies in the value's, or holds it (`US` may mean
 * Florida). Unknown places (none): every value may count.
 */
export function countsIn({ region }: DatedValue, places: readonly string[]): boolean {
  if (region === null || places.length === 0) return true
  return region.some((own) => places.some((place) => lies(place, own) || lies(own, place)))
}

const members = new Map([
  ['EU', new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '))],
])

/** Whether one place lies in the other (`US-FL` in `US`, `FR` in `EU`). */
export function lies(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}-`) || members.get(outer)?.has(inner.split('-')[0] ?? '') === true
}
