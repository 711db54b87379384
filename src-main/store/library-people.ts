import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

/** What people wrote about clauses, beside the policies' own text. `clause` is the id within its policy, `C3.9`. */

export interface ClauseNote {
  readonly id: number
  readonly policy: string
  /** That was on the screen when it was written; null: the pack's own. */
  readonly version: string | null
  readonly clause: string
  readonly text: string
  readonly by: string
  /** ISO 8601. */
  readonly at: string
}

export interface WatchedClause {
  readonly policy: string
  readonly clause: string
  readonly version: string | null
  readonly by: string
  readonly at: string
  /** Version whose import changed it since somebody looked, and how. */
  readonly changedIn: string | null
  readonly change: string | null
}

/** Which clause of the pack a person said an imported one is. */
export interface MatchCorrection {
  readonly section: string
  readonly number: string
  readonly text: string
  /** `C3.9`; null: none of the pack's. */
  readonly clause: string | null
}

/** A named person's word that a rule serves a clause as it is worded now, or that it does so no longer. */
export interface RuleConfirmation {
  readonly rule: string
  readonly policy: string
  readonly version: string
  readonly clause: string
  /** SHA-256 of the clause's text without noise. */
  readonly wording: string
  readonly stands: boolean
  readonly note: string
  readonly by: string
  readonly at: string
}

export type NewConfirmation = Omit<RuleConfirmation, 'by' | 'at'>

export interface LibraryPeople {
  /** From old to new. */
  readonly notes: (policy: string) => readonly ClauseNote[]
  readonly addNote: (note: Omit<ClauseNote, 'id'>) => number
  /** It stays in the file with who took it away; false: there is none, or it was taken away before. */
  readonly removeNote: (id: number, by: string, at: string) => boolean
  readonly watches: () => readonly WatchedClause[]
  readonly watch: (one: Pick<WatchedClause, 'policy' | 'clause' | 'version' | 'by' | 'at'>) => void
  readonly unwatch: (policy: string, clause: string) => void
  readonly markChanged: (policy: string, clause: string, changedIn: string | null, change: string | null) => void
  readonly corrections: (policy: string) => readonly MatchCorrection[]
  readonly rememberCorrection: (policy: string, correction: MatchCorrection, by: string, at: string) => void
  /** The last word on each rule, clause and wording. */
  readonly confirmations: (policy: string) => readonly RuleConfirmation[]
  readonly confirm: (confirmation: RuleConfirmation) => void
}

export function libraryPeople(database: DatabaseSync): LibraryPeople {
  const statement = {
    notes: database.prepare('SELECT * FROM clause_note WHERE policy = ? AND removed_at IS NULL ORDER BY id'),
    addNote: database.prepare(
      'INSERT INTO clause_note (policy, version, clause, text, by, at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    removeNote: database.prepare(
      'UPDATE clause_note SET removed_by = ?, removed_at = ? WHERE id = ? AND removed_at IS NULL',
    ),
    watches: database.prepare('SELECT * FROM watched_clause ORDER BY policy, clause'),
    watch: database.prepare(
      'INSERT INTO watched_clause (policy, clause, version, by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    unwatch: database.prepare('DELETE FROM watched_clause WHERE policy = ? AND clause = ?'),
    markChanged: database.prepare(
      'UPDATE watched_clause SET changed_in = ?, change = ? WHERE policy = ? AND clause = ?',
    ),
    corrections: database.prepare('SELECT * FROM match_correction WHERE policy = ? ORDER BY id DESC'),
    remember: database.prepare(
      'INSERT INTO match_correction (policy, section, number, text, clause, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    confirmations: database.prepare(
      `SELECT * FROM rule_confirmation WHERE id IN
         (SELECT MAX(id) FROM rule_confirmation WHERE policy = ? GROUP BY rule, clause, wording) ORDER BY id`,
    ),
    confirm: database.prepare(
      `INSERT INTO rule_confirmation (rule, policy, version, clause, wording, stands, note, by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
  return {
    notes: (policy) =>
      statement.notes.all(policy).map((row) => ({
        id: Number(row.id),
        policy: text(row.policy),
        version: textOrNull(row.version),
        clause: text(row.clause),
        text: text(row.text),
        by: text(row.by),
        at: text(row.at),
      })),
    addNote: ({ policy, version, clause, text: words, by, at }) =>
      Number(statement.addNote.run(policy, version, clause, words, by, at).lastInsertRowid),
    removeNote: (id, by, at) => Number(statement.removeNote.run(by, at, id).changes) > 0,
    watches: () =>
      statement.watches.all().map((row) => ({
        policy: text(row.policy),
        clause: text(row.clause),
        version: textOrNull(row.version),
        by: text(row.by),
        at: text(row.at),
        changedIn: textOrNull(row.changed_in),
        change: textOrNull(row.change),
      })),
    watch: ({ policy, clause, version, by, at }) => void statement.watch.run(policy, clause, version, by, at),
    unwatch: (policy, clause) => void statement.unwatch.run(policy, clause),
    markChanged: (policy, clause, changedIn, change) =>
      void statement.markChanged.run(changedIn, change, policy, clause),
    corrections: (policy) =>
      statement.corrections.all(policy).map((row) => ({
        section: text(row.section),
        number: text(row.number),
        text: text(row.text),
        clause: textOrNull(row.clause),
      })),
    rememberCorrection: (policy, { section, number, text: words, clause }, by, at) =>
      void statement.remember.run(policy, section, number, words, clause, by, at),
    confirmations: (policy) =>
      statement.confirmations.all(policy).map((row) => ({
        rule: text(row.rule),
        policy: text(row.policy),
        version: text(row.version),
        clause: text(row.clause),
        wording: text(row.wording),
        stands: row.stands === 1,
        note: text(row.note),
        by: text(row.by),
        at: text(row.at),
      })),
    confirm: ({ rule, policy, version, clause, wording, stands, note, by, at }) =>
      void statement.confirm.run(rule, policy, version, clause, wording, stands ? 1 : 0, note, by, at),
  }
}

const text = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: SQLOutputValue | undefined): string | null => (typeof value === 'string' ? value : null)
