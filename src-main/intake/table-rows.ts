import type { Problem } from '../contract/result.ts'
import type { AudienceColumns } from './audience-columns.ts'
import { isWithoutNames, recogniseColumns } from './audience-columns.ts'
import type { AudienceUse } from './campaign-settings.ts'

/** What a reader of a table gives as it goes on: rows, the names of the columns first, and what ended them early. */
export type TableEvent =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** A table of recipients that can be read from its beginning any number of times. */
export interface AudienceTable {
  /** As the report names it. */
  readonly input: string
  /** Which content it has; tables with the same are read once. */
  readonly identity: string
  /** What the manifest says of its columns and its use; null: as it looks. */
  readonly corrected: Readonly<Partial<Record<string, string>>>
  readonly as: AudienceUse | null
  readonly events: () => AsyncGenerator<TableEvent>
}

/** Rows that columns are told by when their names say nothing. */
const sampleRows = 200

/**
 * Reads a table from its beginning to its end. `onColumns` comes first, once; `onRow` with each row that is not empty,
 * numbered from 1 after the names. Answers what ended the table early.
 */
export async function readTable(
  table: AudienceTable,
  onColumns: (columns: AudienceColumns) => void,
  onRow: (row: readonly string[], number: number) => void,
  onProgress: () => void = () => undefined,
): Promise<Problem | null> {
  let names: readonly string[] | null = null
  const waiting: (readonly string[])[] = []
  const state = { isSettled: false }
  let number = 0
  let problem: Problem | null = null
  const row = (cells: readonly string[]): void => {
    number++
    if (cells.some((cell) => cell !== '')) onRow(cells, number)
  }
  const settle = (): void => {
    if (state.isSettled) return
    state.isSettled = true
    onColumns(recogniseColumns(names ?? [], waiting, table.corrected))
    waiting.splice(0).forEach(row)
  }
  for await (const event of table.events()) {
    onProgress()
    if (event.kind === 'problem') {
      problem = event.problem
      break
    }
    for (const cells of event.rows) {
      if (names === null) {
        const isRow = isWithoutNames(cells)
        // Names of its own: a person's address is no name of a column.
        names = isRow ? cells.map((_, column) => `column ${String(column + 1)}`) : cells
        if (isRow) waiting.push(cells)
      } else if (state.isSettled) row(cells)
      else if (waiting.push(cells) >= sampleRows) settle()
    }
  }
  settle()
  return problem
}
