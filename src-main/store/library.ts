import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { policyDocumentSchema, type PolicyDocument } from '../contract/policy-document.ts'
import { fail, ok, type Result } from '../contract/result.ts'

/** A policy version as it was imported, with the bytes of its file. */
export interface StoredPolicy {
  readonly document: PolicyDocument
  readonly original: Uint8Array
  /** ISO 8601. */
  readonly importedAt: string
}

export interface PolicyListing {
  readonly policy: string
  readonly version: string
  readonly title: string | null
  readonly basis: PolicyDocument['basis']
  readonly clauses: number
  readonly importedAt: string
}

export interface Library {
  /** All versions, by policy and then from old to new. */
  readonly list: () => PolicyListing[]
  /** null: no such version; without a version the newest. */
  readonly find: (policy: string, version: string | null) => StoredPolicy | null
  /**
   * Keeps a document and its original. The same file twice is kept once; another text under a date that is taken becomes
   * `2021-09-24.2`, and a notice says so. Returns what is stored.
   */
  readonly add: (document: PolicyDocument, original: Uint8Array, importedAt: string) => PolicyDocument
  readonly close: () => void
}

/** “clau” */
const applicationId = 0x636c6175
const schemaVersion = 1
const schema = `
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
  PRAGMA application_id = ${String(applicationId)};
  PRAGMA user_version = ${String(schemaVersion)};
`

/** Opens the library, or makes it. A damaged file, another program's, or one of a newer version is refused and left as it is. */
export function openLibrary(file: string): Result<Library> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
    const problem = prepare(database)
    if (problem !== null) {
      database.close()
      return fail('bad-document', problem)
    }
    return ok(libraryOf(database))
  } catch (error) {
    if (!isSqliteError(error))
      return fail('no-permission', 'The library cannot be made in the data folder. Choose another with --data.')
    return fail(
      'bad-document',
      'The library cannot be read: its file is damaged or in use. It was left as it is; restore a copy of it, or choose another folder with --data.',
    )
  }
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}

/** What speaks against using the file; null when it is ready. */
function prepare(database: DatabaseSync): string | null {
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA busy_timeout = 5000;')
  const value = (pragma: string): unknown => Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
  const version = value('user_version')
  if (version === 0 && value('application_id') === 0 && value('schema_version') === 0) {
    database.exec(`BEGIN; ${schema} COMMIT;`)
    return null
  }
  if (value('application_id') !== applicationId)
    return 'The library’s file belongs to another program. It was left as it is.'
  if (version !== schemaVersion)
    return 'The library was written by a newer version of this program. It was left as it is.'
  return value('quick_check') === 'ok'
    ? null
    : 'The library’s file is damaged. It was left as it is; restore a copy of it.'
}

function libraryOf(database: DatabaseSync): Library {
  const rows = database.prepare('SELECT document, imported_at FROM policy_version ORDER BY policy, place')
  const exact = database.prepare(
    'SELECT document, original, imported_at FROM policy_version WHERE policy = ? AND version = ?',
  )
  const newest = database.prepare(
    'SELECT document, original, imported_at FROM policy_version WHERE policy = ? ORDER BY place DESC LIMIT 1',
  )
  const sameFile = database.prepare('SELECT document FROM policy_version WHERE policy = ? AND sha256 = ?')
  const ofPolicy = database.prepare('SELECT document FROM policy_version WHERE policy = ? ORDER BY place')
  const insert = database.prepare(
    'INSERT INTO policy_version (policy, version, place, sha256, imported_at, document, original) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const move = database.prepare('UPDATE policy_version SET place = ? WHERE policy = ? AND version = ?')

  return {
    list: () =>
      rows.all().map((row) => {
        const { policy, version, title, basis, clauses } = documentOf(row.document)
        return { policy, version, title, basis, clauses: clauses.length, importedAt: String(row.imported_at) }
      }),
    find(policy, version) {
      const row = version === null ? newest.get(policy) : exact.get(policy, version)
      if (row === undefined) return null
      const original = row.original
      return {
        document: documentOf(row.document),
        original: original instanceof Uint8Array ? brotliDecompressSync(original) : new Uint8Array(),
        importedAt: String(row.imported_at),
      }
    },
    add(document, original, importedAt) {
      const present = sameFile.get(document.policy, document.source.sha256)
      if (present !== undefined) return documentOf(present.document)
      const versions = ofPolicy.all(document.policy).map((row) => documentOf(row.document))
      const stored = underFreeVersion(document, new Set(versions.map(({ version }) => version)))
      const ordered = [...versions, stored].toSorted((a, b) => byAge(a, b))
      database.exec('BEGIN IMMEDIATE')
      try {
        insert.run(
          stored.policy,
          stored.version,
          ordered.indexOf(stored),
          stored.source.sha256,
          importedAt,
          JSON.stringify(stored),
          brotliCompressSync(original),
        )
        for (const [place, { version }] of ordered.entries()) move.run(place, stored.policy, version)
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
      return stored
    },
    close: () => database.close(),
  }
}

function documentOf(value: unknown): PolicyDocument {
  return policyDocumentSchema.parse(JSON.parse(String(value)))
}

function underFreeVersion(document: PolicyDocument, taken: ReadonlySet<string>): PolicyDocument {
  if (!taken.has(document.version)) return document
  let count = 2
  while (taken.has(`${document.version}.${String(count)}`)) count++
  const notice = `The text changed without a new date: ${document.version} is already kept with another text.`
  return { ...document, version: `${document.version}.${String(count)}`, notices: [...document.notices, notice] }
}

/** By printed date, then by when the file was captured, then by version. */
function byAge(a: PolicyDocument, b: PolicyDocument): number {
  const key = ({ date, captured, version }: PolicyDocument): string =>
    [date ?? version, captured ?? '', version].join(' ')
  return key(a) < key(b) ? -1 : 1
}
