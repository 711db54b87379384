import type { AudienceColumns } from '../../intake/audience-columns.ts'
import type { AudienceUse, Consent } from '../../intake/campaign-settings.ts'
import type { Channel } from '../../contract/report.ts'
import type { DatedValue } from '../values.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'

/** What a rule asks of each row of a list, in a form that goes through a million of them. */
export interface RowCheck {
  /** For one table; null: it has no column that the rule asks for. */
  readonly start: (columns: AudienceColumns, context: RowContext) => RowTally | null
}

/** What rows are judged by beside themselves. */
export interface RowContext {
  /** `YYYY-MM-DD`, when the message goes out. */
  readonly day: string
  /** null: no message, only the list. */
  readonly channel: Channel | null
  readonly use: AudienceUse
  /** What the manifest says of the whole audience. */
  readonly consent: Consent | null
  /** The first phrase of the set in a cell, as it stands there; null: none. */
  readonly phraseIn: (set: PhraseSet, cell: string) => string | null
  /** Told of each row that is found, when somebody asked for the rows themselves; left out: nobody did. */
  readonly onFound?: (column: number, row: readonly string[], number: number) => void
}

export interface RowTally {
  readonly add: (row: readonly string[], number: number) => void
  readonly finish: () => readonly ColumnFinding[]
}

/** What a rule found in one column. */
export interface ColumnFinding {
  /** As the table writes it. */
  readonly column: string
  readonly count: number
  readonly total: number
  /** At most ten; excerpts as they may be shown. */
  readonly first: readonly { readonly row: number; readonly excerpt: string }[]
  readonly why: readonly string[]
  /** Dated values that cells were found by, at most five. */
  readonly values?: readonly DatedValue[]
}

export const maxFirstRows = 10
