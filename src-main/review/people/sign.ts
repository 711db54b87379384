import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Args } from '../../contract/operation-schemas.ts'
import type { Attestation } from '../../contract/report.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { SignOff } from '../../contract/sign-off.ts'
import { newSnapshotId } from '../../store/snapshot-id.ts'
import type { Store } from '../../store/store-calls.ts'
import { notice } from '../check.ts'
import type { PackDescription } from '../job.ts'
import type { OpenCampaign } from '../open-campaigns.ts'
import type { ReviewPool } from '../pool.ts'
import { bindingOf } from './binding.ts'
import { keepReviewed } from './keep.ts'
import { uncheckedOf } from './review-of.ts'
import type { SeenMessage } from './seen-messages.ts'
import { signOffWords } from './sign-off-words.ts'

export interface SignPorts {
  readonly store: Store
  readonly pool: Pick<ReviewPool, 'reviewedBytes'>
  /** Of clausebench. */
  readonly version: string
  readonly valuesDir: string
  readonly now: () => Date
}

export interface ToSign {
  readonly seen: SeenMessage
  readonly campaign: OpenCampaign
  readonly packs: PackDescription
  readonly acknowledged: Args<'review.sign'>['acknowledged']
}

/** Freezes what is on the screen. Refused while an error is undecided or waits, or something unchecked is not acknowledged. */
export async function sign(toSign: ToSign, ports: SignPorts): Promise<Result<string>> {
  const { seen, campaign } = toSign
  const refusal = notReady(toSign)
  if (refusal !== null) return fail('not-ready', refusal)
  const listed = await ports.store.workspaces()
  if (!listed.ok) return listed
  const { reviewer } = listed.value
  if (reviewer === null) return fail('no-reviewer', 'Say who you are first: a sign-off stands under a name.')
  const kept = await keepReviewed(seen, ports.store, ports.pool)
  if (!kept.ok) return kept
  const now = await bindingOf(seen.open)
  const stored = await ports.store.revision(seen.key.place, seen.open.content)
  if (!stored.ok) return stored
  const bytes = stored.value?.bytes ?? null
  if (bytes === null)
    return fail('changed-on-disk', 'The message’s bytes cannot be kept: its file was moved or changed. Open it again.')
  const clauses = await clausesOf(toSign, ports.store)
  const id = newSnapshotId()
  const document: SignOff = {
    schema: 'clausebench-sign-off/1',
    id,
    tool: { name: 'clausebench', version: ports.version },
    signedBy: reviewer,
    signedAt: ports.now().toISOString(),
    statement: signOffWords(seen),
    notice,
    campaign: seen.key.campaign,
    client: seen.key.client,
    asOf: campaign.summary().asOf,
    region: [...seen.open.task.settings.region],
    binding: now,
    bytes: { sha256: createHash('sha256').update(bytes).digest('hex'), length: bytes.length },
    packs: campaign.summary().packs,
    values: { sha256: await hashOfFolder(ports.valuesDir) },
    clauses,
    report: seen.report,
    acknowledged: uncheckedOf(seen),
    attestations: seen.attestations.map(plainAttestation),
    comments: commentsOf(seen),
  }
  const signed = { message: seen.key, content: seen.open.content, document: JSON.stringify(document), id }
  const done = await ports.store.sign(signed, { kind: 'sign-off', snapshot: id, binding: now })
  return done.ok ? ok(id) : done
}

/** Whether the kept bytes are those that were signed; null: none are kept. */
export function isWhole(signOff: SignOff, bytes: Uint8Array | null): boolean | null {
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex') === signOff.bytes.sha256
}

function notReady({ seen, acknowledged }: ToSign): string | null {
  const errors = seen.states.filter(({ severity }) => severity === 'error')
  const undecided = errors.filter(({ decision }) => decision === null).length
  if (undecided > 0) return `${String(undecided)} of the errors are not decided yet.`
  const waiting = errors.filter(({ decision }) => decision?.decision.kind === 'asked').length
  if (waiting > 0) return `${String(waiting)} of the errors wait for an answer.`
  const said = new Set(acknowledged)
  const silent = uncheckedOf(seen).filter((_, index) => !said.has(index)).length
  return silent === 0 ? null : `${String(silent)} of what could not be checked is not acknowledged yet.`
}

async function clausesOf({ seen, packs }: ToSign, store: Store): Promise<SignOff['clauses']> {
  const ids = new Set([
    ...seen.report.findings.flatMap(({ clauses }) => clauses),
    ...seen.report.notChecked.map(({ clause }) => clause),
    ...seen.attestations.map(({ clause }) => clause),
  ])
  const texts: SignOff['clauses'] = []
  for (const { policy, version, clauses } of packs.policies) {
    const mine = clauses.filter(({ id }) => ids.has(`${policy}:${id}`))
    if (mine.length === 0) continue
    const imported = await store.clauseTexts(policy, version)
    const known = new Map(imported.ok ? imported.value : [])
    for (const { id, heading, summary } of mine) {
      const text = known.get(`${policy}:${id}`) ?? null
      texts.push({
        id: `${policy}:${id}`,
        heading,
        summary,
        text,
        version: text === null ? null : `${policy}@${version}`,
      })
    }
  }
  return texts
}

function plainAttestation({ answeredFor, ...attestation }: SeenMessage['attestations'][number]): Attestation {
  return answeredFor === null ? attestation : { ...attestation, scope: answeredFor }
}

function commentsOf({ record, report }: SeenMessage): SignOff['comments'] {
  const titles = new Map(report.findings.map(({ fingerprint, title }) => [fingerprint, title]))
  return record.comments.map(({ by, at, text, fingerprint }) => ({
    by,
    at,
    text,
    about: fingerprint === null ? null : (titles.get(fingerprint) ?? null),
  }))
}

/** Of all files in it, by name. */
async function hashOfFolder(folder: string): Promise<string> {
  const digest = createHash('sha256')
  const names = await readdir(folder).catch(() => [])
  for (const name of names.toSorted()) {
    const bytes = await readFile(join(folder, name)).catch(() => null)
    if (bytes !== null) digest.update(`${name}\0`).update(bytes)
  }
  return digest.digest('hex')
}
