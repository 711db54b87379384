import { randomBytes } from 'node:crypto'
import type { PolicyDocument } from '../../contract/policy-document.ts'
import type { Problem } from '../../contract/result.ts'

/** What was read and is not stored yet. */
export type PreviewedFile =
  | { readonly file: string; readonly problem: Problem }
  | {
      readonly file: string
      readonly problem: null
      readonly document: PolicyDocument
      readonly original: Uint8Array
      /** Clauses whose match a person put right, by where they begin. */
      readonly corrected: ReadonlySet<number>
    }

export interface Previews {
  readonly add: (files: readonly PreviewedFile[]) => string
  readonly get: (id: string) => readonly PreviewedFile[] | null
  readonly replace: (id: string, at: number, file: PreviewedFile) => void
  readonly drop: (id: string) => void
}

/** The last ones alone: they hold their files' bytes. */
export function createPreviews(mostKept = 3): Previews {
  const kept = new Map<string, PreviewedFile[]>()
  return {
    add(files) {
      const id = randomBytes(12).toString('base64url')
      kept.set(id, [...files])
      for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
      return id
    },
    get: (id) => kept.get(id) ?? null,
    replace(id, at, file) {
      const files = kept.get(id)
      if (files !== undefined) files[at] = file
    },
    drop: (id) => void kept.delete(id),
  }
}
