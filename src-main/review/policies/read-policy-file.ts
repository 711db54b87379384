import type { PolicyDocument } from '../../contract/policy-document.ts'
import { ok, type Result } from '../../contract/result.ts'
import { loadFile } from '../../intake/load.ts'
import type { KnownPolicy } from '../../policy/match-clauses.ts'
import { maxPolicyBytes, readPolicy } from '../../policy/read-policy.ts'
import type { MatchCorrection } from '../../store/library-people.ts'

export interface ReadPolicyTask {
  /** Absolute; never in an answer to the page. */
  readonly path: string
  /** As people are told it. */
  readonly file: string
  readonly policy: string | null
  readonly known: readonly KnownPolicy[]
  /** What people said of matches before, by policy. */
  readonly corrections: Readonly<Record<string, readonly MatchCorrection[]>>
}

export interface ReadPolicyFile {
  readonly document: PolicyDocument
  readonly original: Uint8Array
}

/** Runs in a worker: reads one file as a policy; what people corrected before holds again. */
export async function readPolicyFile(task: ReadPolicyTask): Promise<Result<ReadPolicyFile>> {
  const bytes = await loadFile(task.path, { maxBytes: maxPolicyBytes })
  if (!bytes.ok) return bytes
  const { file, policy, known } = task
  const corrections = new Map(
    Object.entries(task.corrections).map(([id, kept]) => [
      id,
      // The last word on a text counts: from old to new.
      kept.toReversed().map(({ text, clause }) => ({ text, to: clause })),
    ]),
  )
  const read = await readPolicy(bytes.value, {
    path: file,
    policy,
    date: null,
    url: null,
    basis: 'primary',
    known,
    corrections,
  })
  if (!read.ok) return read
  return ok({
    document: read.value.document,
    original: bytes.value,
  })
}
