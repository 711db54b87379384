import { randomBytes } from 'node:crypto'
import type { FileToken } from '../contract/operation-schemas.ts'

/** Files a person chose (dialog, drop, command line, upload), kept here under tokens that say nothing about them. */
export interface Grants {
  readonly grant: (paths: readonly string[]) => FileToken
  /** The paths behind a token; null when it is unknown or forgotten. */
  readonly paths: (token: FileToken) => readonly string[] | null
}

const tokenBytes = 32

/** Tokens hold as long as the program runs; beyond `maxGrants` the oldest is forgotten. */
export function createGrants(maxGrants = 1000): Grants {
  const grants = new Map<FileToken, readonly string[]>()
  return {
    grant(paths) {
      // 43 characters of base64url: what the contract's schema for tokens asks for.
      const token = randomBytes(tokenBytes).toString('base64url') as FileToken
      grants.set(token, [...paths])
      const [oldest] = grants.keys()
      if (grants.size > maxGrants && oldest !== undefined) grants.delete(oldest)
      return token
    },
    paths: (token) => grants.get(token) ?? null,
  }
}
