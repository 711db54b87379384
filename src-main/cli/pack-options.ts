import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'
import type { PackSelection } from '../rules/pack.ts'
import { compiledPacks } from '../rules/program.ts'
import type { CliIo } from './io.ts'

/** Options of every command that reads packs. */
export const packOptions = {
  pack: { type: 'string', multiple: true },
  packs: { type: 'string', multiple: true },
  'as-of': { type: 'string' },
} as const

interface PackValues {
  readonly pack?: string[] | undefined
  readonly packs?: string[] | undefined
}

export function packSelection({ pack = [], packs = [] }: PackValues, asOf: string, io: CliIo): Result<PackSelection> {
  const wrong = pack.find((name) => !/^[\w.-]+(@[\w.-]+)?$/.test(name))
  if (wrong !== undefined) return fail('bad-request', `--pack takes ID or ID@VERSION, not “${wrong}”.`)
  if (packs.includes('')) return fail('bad-request', '--packs takes a folder.')
  return ok({
    shipped: join(io.projectDir, 'resources', 'packs'),
    own: packs.map((folder) => resolve(io.workingDir, folder)),
    named: pack,
    asOf,
    cacheDir: join(io.projectDir, '.cache', 'patterns'),
    kept: { ...compiledPacks(io.projectDir), writable: join(io.projectDir, '.cache', 'packs') },
  })
}
