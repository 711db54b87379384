import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptPacks } from './pack.ts'

/** A name for the code in `src-main/rules` as it stands in the checkout: what other code compiled is not to be used. */
export function programOf(projectDir: string): string {
  const folder = join(projectDir, 'src-main', 'rules')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const hash = createHash('sha256')
  for (const name of files.map((file) => file.replaceAll('\\', '/')).sort())
    hash.update(`${name}\0`).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Where the build of a checkout leaves its compiled packs. */
export function compiledPacks(projectDir: string): Pick<KeptPacks, 'program' | 'folders'> {
  return { program: programOf(projectDir), folders: [join(projectDir, 'out', 'packs')] }
}
