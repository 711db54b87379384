import type { PolicyDocument } from '../../contract/policy-document.ts'
import { ok, type Result } from '../../contract/result.ts'
import { loadFile } from '../../intake/load.ts'
import type { KnownPolicy } from '../../policy/match-clauses.ts'
import { maxPolicyBytes, readPolicy } from '../../policy/read-policy.ts'
import type { MatchCorrection } from '../../store/library-people.ts'
import { cutTexts, type CutText } from './cut-texts.ts'
import { remembered } from './rematch.ts'

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
  readonly cut: readonly CutText[]
}

/** Runs in a worker: reads one file as a policy; what people corrected before holds again. */
export async function readPolicyFile(task: ReadPolicyTask): Promise<Result<ReadPolicyFile>> {
  const bytes = await loadFile(task.path, { maxBytes: maxPolicyBytes })
  if (!bytes.ok) return bytes
  const { file, policy, known } = task
  // Some kinds of file are read at once, others not.
  const read = await Promise.resolve(
    readPolicy(bytes.value, { path: file, policy, date: null, url: null, basis: 'primary', known }),
  )
  if (!read.ok) return read
  const { document } = read.value
  return ok({
    document: remembered(document, task.corrections[document.policy] ?? []),
    original: bytes.value,
    cut: cutTexts(document, bytes.value),
  })
}
