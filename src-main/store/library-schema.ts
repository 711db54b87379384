import type { DatabaseForm } from './database-file.ts'
import { libraryPackSchema } from './library-pack.ts'

/** “clau”: the library of this program. */
const libraryApplicationId = 0x636c6175

/**
 * Steps from an empty file to the present form; the file's `user_version` says how many were taken. A step is never changed once it has been
 * released: what is to be different comes as a further step.
 */
const libraryMigrations: readonly string[] = [
  `
  CREATE TABLE policy_version (
    policy TEXT NOT NULL,
    version TEXT NOT NULL,
    place INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    document TEXT NOT NULL,
    original BLOB NOT NULL,
    PRIMARY KEY (policy, version)
  ) STRICT;
  `,
  `
  ALTER TABLE policy_version ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
  UPDATE policy_version SET facts = json_object(
    'title', document ->> '$.title', 'basis', document ->> '$.basis', 'date', document ->> '$.date',
    'effective', document ->> '$.effective', 'captured', document ->> '$.captured',
    'path', document ->> '$.source.path', 'mediaType', document ->> '$.source.mediaType',
    'notices', document -> '$.notices', 'clauses', json_array_length(document, '$.clauses'),
    'top', (SELECT count(*) FROM json_each(document, '$.clauses') AS one WHERE one.value ->> '$.parent' IS NULL),
    'unmatched', (SELECT count(*) FROM json_each(document, '$.clauses') AS one
      WHERE one.value ->> '$.parent' IS NULL AND one.value ->> '$.match' IS NULL));

  CREATE TABLE wording (
    id INTEGER PRIMARY KEY,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (text, section)
  ) STRICT;
  CREATE TABLE clause (
    policy TEXT NOT NULL,
    version TEXT NOT NULL,
    clause TEXT NOT NULL,
    wording INTEGER NOT NULL REFERENCES wording (id),
    PRIMARY KEY (policy, version, clause),
    FOREIGN KEY (policy, version) REFERENCES policy_version (policy, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX clause_of_wording ON clause (wording);

  CREATE VIRTUAL TABLE clause_text USING fts5 (
    section, text, content = 'wording', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
  );
  CREATE TRIGGER wording_added AFTER INSERT ON wording BEGIN
    INSERT INTO clause_text (rowid, section, text) VALUES (new.id, new.section, new.text);
  END;
  INSERT INTO wording (section, text)
    SELECT DISTINCT one.value ->> '$.section', one.value ->> '$.text'
    FROM policy_version, json_each(document, '$.clauses') AS one;
  INSERT INTO clause (policy, version, clause, wording)
    SELECT policy_version.policy, version, one.value ->> '$.id', wording.id
    FROM policy_version, json_each(document, '$.clauses') AS one
    JOIN wording ON wording.text = one.value ->> '$.text' AND wording.section = one.value ->> '$.section';

  CREATE TABLE clause_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    policy TEXT NOT NULL,
    version TEXT,
    clause TEXT NOT NULL,
    text TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    removed_by TEXT,
    removed_at TEXT
  ) STRICT;
  CREATE INDEX note_of_clause ON clause_note (policy, clause);

  CREATE TABLE watched_clause (
    policy TEXT NOT NULL,
    clause TEXT NOT NULL,
    version TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    changed_in TEXT,
    change TEXT,
    PRIMARY KEY (policy, clause)
  ) STRICT;

  CREATE TABLE match_correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    policy TEXT NOT NULL,
    section TEXT NOT NULL,
    number TEXT NOT NULL,
    text TEXT NOT NULL,
    clause TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX correction_of_policy ON match_correction (policy);

  CREATE TABLE rule_confirmation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    policy TEXT NOT NULL,
    version TEXT NOT NULL,
    clause TEXT NOT NULL,
    wording TEXT NOT NULL,
    stands INTEGER NOT NULL,
    note TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX confirmation_of_policy ON rule_confirmation (policy);
  CREATE TRIGGER confirmation_stays BEFORE UPDATE ON rule_confirmation
    BEGIN SELECT RAISE(ABORT, 'rule_confirmation is append-only'); END;
  CREATE TRIGGER confirmation_remains BEFORE DELETE ON rule_confirmation
    BEGIN SELECT RAISE(ABORT, 'rule_confirmation is append-only'); END;

  CREATE TABLE comparison (
    older TEXT NOT NULL,
    newer TEXT NOT NULL,
    form TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (older, newer)
  ) STRICT;
  `,
  libraryPackSchema,
]

export const libraryForm: DatabaseForm = { applicationId: libraryApplicationId, migrations: libraryMigrations }
