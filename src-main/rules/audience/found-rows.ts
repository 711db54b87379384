import type { Channel } from '../../contract/report.ts'
import type { AudienceColumns } from '../../intake/audience-columns.ts'

/** Rows that rules found something in, asked for by a person: they are told, and kept nowhere. */
export interface RowsAsked {
  /** Rules whose rows are asked for. */
  readonly rules: ReadonlySet<string>
  /** How many are held at most of each rule, list and column. */
  readonly maxRows: number
  readonly take: (found: FoundColumn) => void
}

/** What a rule found in a column of a list. */
export interface FoundColumn {
  readonly rule: string
  readonly input: string
  readonly column: string
  /** Of the column that names a person; null: there is none. */
  readonly key: string | null
  readonly count: number
  /** At most as many as were asked for, in the list's order. */
  readonly rows: readonly FoundRow[]
}

export interface FoundRow {
  /** From 1, after the names of the columns. */
  readonly row: number
  /** As the list has them; no key: empty. */
  readonly cell: string
  readonly key: string
}

/** Holds the rows of one rule in one list until it is known that they are a finding. */
export interface FoundRows {
  readonly add: (column: number, row: readonly string[], number: number) => void
  readonly tell: (column: string) => void
}

export function foundRows(
  rule: string,
  input: string,
  columns: AudienceColumns,
  channel: Channel | null,
  { maxRows, take }: RowsAsked,
): FoundRows {
  const held = new Map<string, { count: number; readonly rows: FoundRow[] }>()
  const keyAt = keyColumn(columns, channel)
  return {
    add(column, row, number) {
      const name = columns.names[column] ?? ''
      const found = held.get(name) ?? { count: 0, rows: [] }
      held.set(name, found)
      found.count++
      if (found.rows.length >= maxRows) return
      found.rows.push({ row: number, cell: row[column]?.trim() ?? '', key: row[keyAt]?.trim() ?? '' })
    },
    tell(column) {
      const found = held.get(column)
      held.delete(column)
      if (found !== undefined) take({ rule, input, column, key: columns.names[keyAt] ?? null, ...found })
    },
  }
}

/** By what the program that sends knows a person. */
function keyColumn(columns: AudienceColumns, channel: Channel | null): number {
  const isPhone = channel === 'sms' || channel === 'mms'
  const [first, second] = isPhone ? (['phone', 'email'] as const) : (['email', 'phone'] as const)
  const at = columns.indexOf(first)
  return at >= 0 ? at : columns.indexOf(second)
}
