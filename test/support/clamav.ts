import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Set to the folder of Debian's `clamav-testfiles` package, which is fetched for the tests and not part of the project. */
const variable = 'CLAUSEBENCH_CLAMAV_TESTFILES'

export interface ProgramFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Harmless programs, each packed in another way; null when they are not there. */
export function programFiles(): readonly ProgramFile[] | null {
  const folder = process.env[variable]
  if (folder === undefined || folder === '' || !existsSync(folder)) return null
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
}

export const howToGetProgramFiles = `set ${variable} to the folder of Debian's clamav-testfiles`
