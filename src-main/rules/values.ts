/** A value of `values/<name>.yaml`: counts from `from` to before `until`. */
export interface DatedValue {
  readonly value: string
  readonly from: string | null
  readonly until: string | null
  readonly source: string | null
  readonly verify: boolean
}

/** Whether the value counts on a day, `YYYY-MM-DD`. */
export function isInForce(value: DatedValue, day: string): boolean {
  return (value.from === null || value.from <= day) && (value.until === null || day < value.until)
}
