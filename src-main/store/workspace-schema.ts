import { judgedSchema } from './judged.ts'

/** “clwo”: a workspace of this program. */
export const workspaceApplicationId = 0x636c776f

const appendOnly = (table: string): string => `
  CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
  CREATE TRIGGER ${table}_remains BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
`

/**
 * Steps from an empty file to the present form; the file's `user_version` says how many were taken. A step is never changed once it has been
 * released: what is to be different comes as a further step.
 */
export const workspaceMigrations: readonly string[] = [
  `
  CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL UNIQUE,
    report_id TEXT NOT NULL,
    name TEXT NOT NULL,
    campaign TEXT NOT NULL,
    client TEXT,
    first_seen TEXT NOT NULL
  ) STRICT;

  CREATE TABLE content (
    sha256 TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    packed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE revision (
    message INTEGER NOT NULL REFERENCES message (id),
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    report BLOB NOT NULL,
    PRIMARY KEY (message, content)
  ) STRICT;

  CREATE TABLE snapshot (
    id TEXT PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES message (id),
    content TEXT NOT NULL REFERENCES content (sha256),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    packed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    message INTEGER REFERENCES message (id),
    content TEXT,
    subject TEXT,
    supersedes INTEGER REFERENCES event (id),
    payload TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_of_message ON event (message, kind);
  CREATE INDEX event_of_subject ON event (subject, kind);
  CREATE INDEX event_of_kind ON event (kind);
  ${['message', 'content', 'revision', 'snapshot', 'event'].map(appendOnly).join('')}
  `,
  judgedSchema,
]
