import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '../contract/result.ts'
import { inTransaction } from './transaction.ts'

/** What a file of ours must be, and how an older one becomes so. */
export interface DatabaseForm {
  readonly applicationId: number
  /** From an empty file on; `user_version` counts how many were taken. */
  readonly migrations: readonly string[]
}

/** How long a call waits for another process that is writing. */
const busyTimeoutMs = 5_000

/**
 * Opens a database file, or makes it. A damaged file, another program's or a newer version's is refused before anything is written to
 * it; an older one is copied beside itself before each step that brings it up to date.
 */
export async function openDatabase(path: string, form: DatabaseForm): Promise<Result<DatabaseSync>> {
  let database: DatabaseSync | null = null
  try {
    const isNew = !existsSync(path)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true })
    database.exec(`PRAGMA busy_timeout = ${String(busyTimeoutMs)}`)
    const problem = isNew ? null : refusal(database, form)
    if (problem !== null) {
      database.close()
      return problem
    }
    await migrate(database, path, form)
    // A host without shared memory stays with `delete`; either way every commit is on the disk before it is acknowledged.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    return ok(database)
  } catch (error) {
    database?.close()
    if (!isSqliteError(error)) return fail('no-permission', 'The workspace cannot be written in the data folder.')
    return damaged
  }
}

/** Leaves one file behind when this was the last to have it open. */
export function closeDatabase(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE;')
  } catch {
    // Somebody else has it open and will do this.
  }
  database.close()
}

/** A whole copy while others may write; it appears under its name when it is complete. */
export async function copyDatabase(database: DatabaseSync, to: string): Promise<void> {
  const partial = `${to}.part`
  rmSync(partial, { force: true })
  await backup(database, partial)
  renameSync(partial, to)
}

const damaged = fail(
  'damaged-workspace',
  'This workspace’s file is damaged or in use by another program. It was left as it is: restore a copy of it, or choose another workspace.',
)

function refusal(database: DatabaseSync, { applicationId, migrations }: DatabaseForm): Result<never> | null {
  if (pragma(database, 'application_id') !== applicationId && !isEmpty(database)) {
    return fail('damaged-workspace', 'This file is no workspace of this program. It was left as it is.')
  }
  if (Number(pragma(database, 'user_version')) > migrations.length) {
    return fail(
      'newer-workspace',
      'This workspace was written by a newer version of clausebench. It was left as it is; open it with that version.',
    )
  }
  const isWhole = pragma(database, 'integrity_check(1)') === 'ok'
  const hasOrphans = database.prepare('PRAGMA foreign_key_check').get() !== undefined
  return isWhole && !hasOrphans ? null : damaged
}

async function migrate(database: DatabaseSync, path: string, form: DatabaseForm): Promise<void> {
  const first = Number(pragma(database, 'user_version'))
  for (let version = first; version < form.migrations.length; version++) {
    if (first > 0) await copyDatabase(database, freeName(`${path}.before-${String(version + 1)}`))
    takeStep(database, form, version)
  }
}

/** From this version of the form to the next. */
export function takeStep(database: DatabaseSync, { applicationId, migrations }: DatabaseForm, version: number): void {
  inTransaction(database, () => {
    // Another process may have been faster.
    if (Number(pragma(database, 'user_version')) !== version) return
    database.exec(migrations[version] ?? '')
    database.exec(`PRAGMA application_id = ${String(applicationId)}; PRAGMA user_version = ${String(version + 1)};`)
  })
}

/** The name, or with the next number when there is such a file. */
export function freeName(path: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? path : `${path}-${String(count)}`
    if (!existsSync(name)) return name
  }
}

function isEmpty(database: DatabaseSync): boolean {
  return pragma(database, 'schema_version') === 0 && pragma(database, 'application_id') === 0
}

export function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
}

export function isSqliteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}
