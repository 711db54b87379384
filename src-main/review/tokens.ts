import { randomBytes } from 'node:crypto'
import type { FileToken } from '../contract/operation-schemas.ts'

/** Files a person chose (dialog, drop, command line, upload), kept here under tokens that say nothing about them. */
export interface Grants {
  readonly grant: (paths: readonly string[]) => FileToken
  /** For what is not to be found again (an upload's folder, the sample): it does not enter the recents. */
  readonly grantPassing: (paths: readonly string[]) => FileToken
  /** The paths behind a token; null when it is unknown or forgotten. */
  readonly paths: (token: FileToken) => readonly string[] | null
  readonly isPassing: (token: FileToken) => boolean
}

interface Grant {
  readonly paths: readonly string[]
  readonly passing: boolean
}

const tokenBytes = 32

/** Tokens hold as long as the program runs; beyond `maxGrants` the oldest is forgotten. */
export function createGrants(maxGrants = 1000): Grants {
  const grants = new Map<FileToken, Grant>()

  function add(grant: Grant): FileToken {
    // 43 characters of base64url: what the contract's schema for tokens asks for.
    const token = randomBytes(tokenBytes).toString('base64url') as FileToken
    grants.set(token, grant)
    const [oldest] = grants.keys()
    if (grants.size > maxGrants && oldest !== undefined) grants.delete(oldest)
    return token
  }

  return {
    grant: (paths) => add({ paths: [...paths], passing: false }),
    grantPassing: (paths) => add({ paths: [...paths], passing: true }),
    paths: (token) => grants.get(token)?.paths ?? null,
    isPassing: (token) => grants.get(token)?.passing ?? false,
  }
}
