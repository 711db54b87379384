import type { DatabaseSync } from 'node:sqlite'

/** A file of the library's own pack, as it was saved last. */
export interface PackFile {
  /** In the pack: `rules/own-x.yaml`. */
  readonly path: string
  readonly text: string
}

/** The library's own pack. Every text that was ever saved stays, with who saved it and when. */
export interface LibraryPack {
  /** In order of their paths. */
  readonly files: () => readonly PackFile[]
  /** `text` null: the file is taken out of the pack. */
  readonly save: (path: string, text: string | null, by: string, at: string) => void
}

/** A step of the library's schema. */
export const libraryPackSchema = `
  CREATE TABLE own_pack_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    text TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX own_pack_path ON own_pack_file (path);
  CREATE TRIGGER own_pack_file_stays BEFORE UPDATE ON own_pack_file
    BEGIN SELECT RAISE(ABORT, 'own_pack_file is append-only'); END;
  CREATE TRIGGER own_pack_file_remains BEFORE DELETE ON own_pack_file
    BEGIN SELECT RAISE(ABORT, 'own_pack_file is append-only'); END;
`

export function libraryPack(database: DatabaseSync): LibraryPack {
  const present = database.prepare(
    `SELECT path, text FROM own_pack_file
     WHERE id IN (SELECT MAX(id) FROM own_pack_file GROUP BY path) AND text IS NOT NULL ORDER BY path`,
  )
  const save = database.prepare('INSERT INTO own_pack_file (path, text, by, at) VALUES (?, ?, ?, ?)')
  return {
    files: () => present.all().map(({ path, text }) => ({ path: String(path), text: String(text) })),
    save: (path, text, by, at) => void save.run(path, text, by, at),
  }
}
