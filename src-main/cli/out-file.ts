import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Why a document could not be written to `file` later; null when nothing speaks against it. Asked before the work begins. */
export async function checkOut(file: string): Promise<string | null> {
  const folder = await stat(dirname(file)).catch(() => null)
  if (!folder?.isDirectory()) return '--out names a file in a folder that does not exist.'
  const present = await stat(file).catch(() => null)
  return present !== null && !present.isFile() ? '--out names something that is no file.' : null
}

/** Writes beside the file and renames, so that the file is always the old or the new one. Null when done, else what went wrong. */
export async function writeOut(file: string, document: string | Iterable<string>): Promise<string | null> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(document)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    return null
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return `The document could not be written to --out${code}. Choose a place where you may write.`
  }
}
