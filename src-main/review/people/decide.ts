import { randomBytes } from 'node:crypto'
import type { Answer, Args, CampaignId, MessageId } from '../../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { DecisionAct } from '../../store/acts.ts'
import type { ActOnMessage } from '../../store/workspace.ts'
import { countFingerprints, partKind } from './decided.ts'
import { actOn } from './keep.ts'
import type { SeenMessage, SeenMessages } from './seen-messages.ts'

/** What leads back behind a decision. */
export interface Undoable {
  readonly campaign: CampaignId
  readonly messages: readonly MessageId[]
  readonly acts: readonly ActOnMessage[]
}

/** Kept as long as the program runs; the oldest are forgotten. */
const maxUndos = 200

export interface Undos {
  readonly add: (undoable: Undoable) => string
  readonly take: (id: string) => Undoable | null
}

export function createUndos(): Undos {
  const kept = new Map<string, Undoable>()
  return {
    add(undoable) {
      const id = randomBytes(9).toString('base64url')
      kept.set(id, undoable)
      const [oldest] = kept.keys()
      if (kept.size > maxUndos && oldest !== undefined) kept.delete(oldest)
      return id
    },
    take(id) {
      const undoable = kept.get(id) ?? null
      kept.delete(id)
      return undoable
    },
  }
}

export interface Decided {
  readonly acts: readonly ActOnMessage[]
  readonly undo: Undoable
  readonly messages: readonly SeenMessage[]
}

/** The acts that decide groups: every fingerprint of each, with as often as it stands there now. */
export async function decide(
  { campaign, targets, decision }: Args<'review.decide'>,
  seen: SeenMessages,
): Promise<Result<Decided>> {
  if (decision !== null && decision.kind !== 'confirmed' && decision.reason.trim() === '')
    return fail('bad-request', 'Say why: only what is confirmed needs no reason.')
  const groups = new Set(targets.map(({ group }) => group))
  const named = new Set(targets.map(({ message }) => message))
  const all = await seen.many(campaign, [...named])
  const acts: ActOnMessage[] = []
  const back: ActOnMessage[] = []
  const touched: SeenMessage[] = []
  for (const message of all) {
    const wanted = targets.filter((target) => target.message === message.open.summary.id).map(({ group }) => group)
    const mine = actsOn(message, new Set(wanted), decision)
    if (mine.length === 0) continue
    acts.push(...mine.map((act) => actOn(message, act)))
    back.push(...mine.map((act) => actOn(message, before(message, act))))
    touched.push(message)
  }
  // One fact behind several messages, such as one bad list, is decided wherever it stands.
  const sharing = seen.withGroups(campaign, groups).filter((id) => !named.has(id))
  for (const message of await seen.many(campaign, sharing)) {
    const mine = actsOn(message, groups, decision)
    acts.push(...mine.map((act) => actOn(message, act)))
    back.push(...mine.map((act) => actOn(message, before(message, act))))
    touched.push(message)
  }
  if (acts.length === 0) return fail('not-found', 'These findings are not there any more.')
  const messages = touched.map(({ open }) => open.summary.id)
  return ok({ acts, undo: { campaign, messages, acts: back }, messages: touched })
}

export function undoAnswer(id: string, messages: readonly unknown[]): Answer<'review.decide'> {
  return { undo: id, changed: messages.length }
}

function actsOn(
  { report }: SeenMessage,
  groups: ReadonlySet<string>,
  decision: Args<'review.decide'>['decision'],
): DecisionAct[] {
  const occurrences = countFingerprints(report.findings)
  const acts = new Map<string, DecisionAct>()
  for (const { fingerprint, group, rule, clauses, part, title } of report.findings) {
    if (!groups.has(group) || acts.has(fingerprint)) continue
    acts.set(fingerprint, {
      kind: 'decision',
      fingerprint,
      rule,
      clauses: [...clauses],
      part: partKind(part),
      title,
      occurrences: occurrences.get(fingerprint) ?? 1,
      decision: decision === null ? null : { ...decision, reason: decision.reason.trim() },
    })
  }
  return [...acts.values()]
}

function before({ record }: SeenMessage, act: DecisionAct): DecisionAct {
  const kept = record.decisions.find(({ fingerprint }) => fingerprint === act.fingerprint)
  return kept === undefined
    ? { ...act, decision: null }
    : { ...act, occurrences: kept.occurrences, decision: kept.decision }
}
