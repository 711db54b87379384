import { randomBytes } from 'node:crypto'

const letters = '23456789abcdefghjkmnpqrstuvwxyz'

/** `s-` and twelve characters that are not confused with one another. */
export function newSnapshotId(): string {
  return `s-${[...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('')}`
}
