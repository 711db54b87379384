/**
 * Phone numbers of a list, in the order of its rows. At most 15 digits (ITU-T E.164), which a double holds exactly; plain arrays, so
 * that a million of them go from thread to thread in one piece.
 */
export interface NumberList {
  readonly numbers: Float64Array
  /** The row of each, from 1. */
  readonly rows: Uint32Array
}

/** More than that are not compared one by one. */
export const maxNumbers = 1_000_000

export function numberList(numbers: readonly number[], rows: readonly number[]): NumberList {
  return { numbers: Float64Array.from(numbers), rows: Uint32Array.from(rows) }
}

/** A number as one figure with its country code, North American where ten digits have none; null: it is none. */
export function phoneNumber(written: string): number | null {
  if (!/^[\s+\d().\-/]{7,30}$/.test(written)) return null
  const digits = written.replace(/\D/g, '').replace(/^00/, '')
  if (digits.length < 7 || digits.length > 15) return null
  return Number(digits.length === 10 && !written.trim().startsWith('+') ? `1${digits}` : digits)
}

/** Gathers the numbers of lists as their rows go by. */
export interface NumberTally {
  /** A table begins; `column` -1: it has none. */
  readonly table: (column: number) => void
  readonly row: (row: readonly string[], number: number) => void
  /** Null: there are too many. */
  readonly finish: () => NumberList | null
}

export function numberTally(): NumberTally {
  const numbers: number[] = []
  const rows: number[] = []
  let column = -1
  let isTooLong = false
  return {
    table: (next) => void (column = next),
    row(row, at) {
      const number = column < 0 || isTooLong ? null : phoneNumber(row[column] ?? '')
      if (number === null) return
      isTooLong = numbers.length >= maxNumbers
      numbers.push(number)
      rows.push(at)
    },
    finish: () => (isTooLong ? null : numberList(numbers, rows)),
  }
}
