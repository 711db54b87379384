import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '../contract/result.ts'
import { freeName, isSqliteError, pragma, takeStep, type DatabaseForm } from './database-file.ts'

const busyTimeoutMs = 5_000

/**
 * Opens the library's file, or makes it, at once: the command line needs nothing else for it. A damaged file, another program's, or one of a
 * newer version is refused and left as it is; an older one is copied beside itself before each step that brings it up to date.
 */
export function openLibraryFile(file: string, form: DatabaseForm): Result<DatabaseSync> {
  let database: DatabaseSync | null = null
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
    database.exec(`PRAGMA busy_timeout = ${String(busyTimeoutMs)}`)
    const problem = refusal(database, form)
    if (problem !== null) {
      database.close()
      return fail('bad-document', problem)
    }
    database.exec('PRAGMA journal_mode = DELETE')
    migrate(database, file, form)
    return ok(database)
  } catch (error) {
    database?.close()
    if (!isSqliteError(error))
      return fail('no-permission', 'The library cannot be made in the data folder. Choose another with --data.')
    return fail(
      'bad-document',
      'The library cannot be read: its file is damaged or in use. It was left as it is; restore a copy of it, or choose another folder with --data.',
    )
  }
}

/** What speaks against using the file; null when nothing does. */
function refusal(database: DatabaseSync, { applicationId, migrations }: DatabaseForm): string | null {
  const isNew = pragma(database, 'schema_version') === 0 && pragma(database, 'application_id') === 0
  if (isNew && pragma(database, 'user_version') === 0) return null
  if (pragma(database, 'application_id') !== applicationId)
    return 'The library’s file belongs to another program. It was left as it is.'
  if (Number(pragma(database, 'user_version')) > migrations.length)
    return 'The library was written by a newer version of this program. It was left as it is.'
  return pragma(database, 'quick_check') === 'ok'
    ? null
    : 'The library’s file is damaged. It was left as it is; restore a copy of it.'
}

function migrate(database: DatabaseSync, file: string, form: DatabaseForm): void {
  const present = Number(pragma(database, 'user_version'))
  const newest = form.migrations.length
  if (present > 0 && present < newest) keepCopy(database, freeName(`${file}.before-${String(newest)}`))
  for (let version = present; version < newest; version++) takeStep(database, form, version)
}

/** A whole copy; it appears under its name when it is complete. */
function keepCopy(database: DatabaseSync, name: string): void {
  const partial = `${name}.part`
  rmSync(partial, { force: true })
  database.prepare('VACUUM INTO ?').run(partial)
  renameSync(partial, name)
}
