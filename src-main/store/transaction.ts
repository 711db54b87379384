import type { DatabaseSync } from 'node:sqlite'

/** All that the work writes, or, when it throws, nothing. Others wait from its first word on. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    database.exec('COMMIT')
    return value
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
