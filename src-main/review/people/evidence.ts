import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Args } from '../../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { loadFile } from '../../intake/load.ts'
import type { AttestationAct } from '../../store/acts.ts'
import type { Store } from '../../store/store-calls.ts'
import type { Grants } from '../tokens.ts'
import { scopeKey } from './identity.ts'
import type { SeenMessage } from './seen-messages.ts'

const maxEvidenceBytes = 20 * 1024 * 1024
const maxEvidenceFiles = 10

/** An answer to a question that only a person can answer, with the files that prove it. */
export async function answerAct(
  { attestation, scope, answer, note, expires, evidence }: Args<'attestation.answer'>,
  seen: SeenMessage,
  grants: Pick<Grants, 'paths'>,
  store: Pick<Store, 'keepContent'>,
): Promise<Result<AttestationAct>> {
  const asked = seen.attestations.find(({ id }) => id === attestation)
  if (asked === undefined) return fail('not-found', 'Nothing in this message asks for that any more.')
  const whom = scopeKey(scope, seen.open, seen.key)
  if (whom === null) return fail('bad-request', 'This message has no such audience or client to answer for.')
  const paths = evidence === null ? [] : grants.paths(evidence)
  if (paths === null) return fail('not-found', 'These files are no longer at hand. Choose them again.')
  if (paths.length > maxEvidenceFiles) return fail('too-large', 'Not more than ten files can be evidence at once.')
  const kept: { name: string; sha256: string }[] = []
  for (const path of paths) {
    const bytes = await loadFile(path, { maxBytes: maxEvidenceBytes })
    if (!bytes.ok) return bytes
    const sha256 = createHash('sha256').update(bytes.value).digest('hex')
    const stored = await store.keepContent(sha256, bytes.value)
    if (!stored.ok) return stored
    kept.push({ name: basename(path), sha256 })
  }
  const { clause, question } = asked
  return ok({
    kind: 'attestation',
    attestation,
    clause,
    question,
    scope,
    scopeKey: whom,
    answer,
    note: note.trim(),
    expires,
    evidence: kept,
  })
}
