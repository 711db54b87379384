import type { CampaignId, MessageId, MessageSummary } from '../../contract/operation-schemas.ts'
import type { MessageReview, ReviewState } from '../../contract/review-operations.ts'
import type { BindingPart } from '../../contract/review-words.ts'
import type { ReportMessage } from '../../contract/report.ts'
import { fail, ok, type Problem, type Result } from '../../contract/result.ts'
import { emptyRecord, type MessageRecord } from '../../store/message-record.ts'
import type { Store } from '../../store/store-calls.ts'
import type { KeptAttestation, MessageKey } from '../../store/workspace.ts'
import type { PolicyDescription } from '../job.ts'
import type { OpenCampaign, OpenCampaigns, OpenMessage } from '../open-campaigns.ts'
import { countGroups } from '../summary.ts'
import { attested } from './attested.ts'
import { bindingChanges, bindingOf } from './binding.ts'
import { groupStates, type GroupState } from './decided.ts'
import { messageKey } from './identity.ts'
import { reviewState, withPeople } from './overlay.ts'

/** An open message with what people did about it. */
export interface SeenMessage {
  readonly open: OpenMessage
  readonly key: MessageKey
  readonly record: MessageRecord
  readonly attestations: MessageReview['attestations']
  /** With decisions and people's own findings. */
  readonly report: ReportMessage
  readonly states: readonly GroupState[]
  /** What was changed since it was signed; null: it was never signed. */
  readonly changed: readonly BindingPart[] | null
  readonly summary: MessageSummary
}

export interface SeenMessages {
  readonly one: (campaign: CampaignId, message: MessageId) => Promise<Result<SeenMessage>>
  /** All of a campaign, or those named; those that are not there are left out. */
  readonly many: (campaign: CampaignId, messages?: readonly MessageId[]) => Promise<readonly SeenMessage[]>
  /** Messages with a finding of one of these groups. */
  readonly withGroups: (campaign: CampaignId, groups: ReadonlySet<string>) => readonly MessageId[]
  /** What is known of them is read anew at the next question; nothing named: of all. */
  readonly forget: (campaign?: CampaignId, messages?: readonly MessageId[]) => void
  /** Answers to attestations were changed: they may hold for any message. */
  readonly forgetAttestations: () => void
  /** Why nothing is kept; null: it is. */
  readonly problem: () => Problem | null
}

export interface SeenPorts {
  readonly campaigns: OpenCampaigns
  readonly store: Pick<Store, 'records' | 'attestations' | 'revisedPlaces'>
  readonly policies: () => Promise<readonly PolicyDescription[]>
  readonly today: () => string
}

interface Known {
  readonly key: MessageKey
  readonly record: MessageRecord
  readonly changed: readonly BindingPart[] | null
}

/** Asked of the store at once. */
const batch = 500

export function createSeenMessages({ campaigns, store, policies, today }: SeenPorts): SeenMessages {
  const known = new Map<CampaignId, Map<MessageId, Known>>()
  let answers: readonly KeptAttestation[] | null = null
  let corrected: ReadonlyMap<string, string> | null = null
  let problem: Problem | null = null

  async function load(campaign: OpenCampaign, messages: readonly OpenMessage[]): Promise<Map<MessageId, Known>> {
    const of = known.get(campaign.id) ?? new Map<MessageId, Known>()
    known.set(campaign.id, of)
    const missing = messages.filter(({ summary }) => !of.has(summary.id))
    for (let at = 0; at < missing.length; at += batch) {
      const some = missing.slice(at, at + batch)
      const { name } = campaign.summary()
      const moved = await revised()
      const keys = some.map((message) => {
        const key = messageKey(message, name)
        return { ...key, place: moved.get(key.place) ?? key.place }
      })
      const records = await store.records(keys.map(({ place }) => place))
      problem = records.ok ? null : records.problem
      for (const [index, message] of some.entries()) {
        const key = keys[index]
        if (key === undefined) continue
        const record = onThisText((records.ok ? records.value[index] : null) ?? emptyRecord, message.content)
        const signed = record.signOffs.at(-1)
        const changed = signed === undefined ? null : bindingChanges(signed.binding, await bindingOf(message))
        of.set(message.summary.id, { key, record, changed })
      }
    }
    return of
  }

  async function revised(): Promise<ReadonlyMap<string, string>> {
    if (corrected === null) {
      const kept = await store.revisedPlaces()
      corrected = kept.ok ? kept.value : new Map()
    }
    return corrected
  }

  async function attestations(): Promise<readonly KeptAttestation[]> {
    if (answers === null) {
      const kept = await store.attestations()
      answers = kept.ok ? kept.value : []
    }
    return answers
  }

  async function see(campaign: OpenCampaign, messages: readonly OpenMessage[]): Promise<SeenMessage[]> {
    const [of, kept, described] = await Promise.all([load(campaign, messages), attestations(), policies()])
    const day = today()
    // What is to be attested is shown of one message; of thousands it matters only where somebody said no.
    const isAsked = messages.length === 1 || kept.some(({ answer }) => answer === 'no' || answer === 'not-obtained')
    return messages.flatMap((open): SeenMessage[] => {
      const found = of.get(open.summary.id)
      // Forgotten while it was asked for: whoever made it forgotten asks again.
      if (found === undefined) return []
      const { key, record, changed } = found
      const asked = isAsked ? attested(open, key, kept, described, day) : []
      if (record === emptyRecord && !asked.some(isDenied)) return [untouched(open, key, asked, day)]
      const { report, states } = withPeople(open.report, record, asked, day)
      const summary = {
        ...open.summary,
        verdict: report.verdict,
        counts: countGroups(report.findings),
        clauses: [...new Set(report.findings.flatMap(({ clauses }) => clauses))],
        review: earlierAsSent(open, reviewState(states, record, (changed?.length ?? 0) > 0)),
      }
      return [{ open, key, record, attestations: asked, report, states, changed, summary }]
    })
  }

  return {
    async one(campaign, message) {
      const open = campaigns.get(campaign)
      if (open === null) return fail('not-found', 'This campaign is no longer open.')
      const found = open.messages.get(message)
      if (found === undefined) return fail('not-found', 'This message is not in the campaign.')
      const [seen] = await see(open, [found])
      return seen === undefined ? fail('not-found', 'This message is not in the campaign.') : ok(seen)
    },
    async many(campaign, messages) {
      const open = campaigns.get(campaign)
      if (open === null) return []
      const wanted =
        messages === undefined ? [...open.messages.values()] : messages.flatMap((id) => open.messages.get(id) ?? [])
      return see(open, wanted)
    },
    withGroups(campaign, groups) {
      const messages = [...(campaigns.get(campaign)?.messages.values() ?? [])]
      return messages
        .filter(({ report }) => report.findings.some(({ group }) => groups.has(group)))
        .map(({ summary }) => summary.id)
    },
    forget(campaign, messages) {
      if (campaign === undefined) known.clear()
      else if (messages === undefined) known.delete(campaign)
      else for (const message of messages) known.get(campaign)?.delete(message)
      if (campaign === undefined) answers = null
      if (messages === undefined) corrected = null
    },
    forgetAttestations: () => void (answers = null),
    problem: () => problem,
  }
}

/** What was asked of an older text of the message says nothing of this one. */
function onThisText(record: MessageRecord, content: string): MessageRecord {
  return record.outcome === null || record.outcome.content === content ? record : { ...record, outcome: null }
}

function isDenied({ status }: SeenMessage['attestations'][number]): boolean {
  return status === 'no' || status === 'not-obtained'
}

/** A message that nobody has done anything about, as most of ten thousand are: nothing is put together before it is asked for. */
function untouched(
  open: OpenMessage,
  key: MessageKey,
  attestations: MessageReview['attestations'],
  today: string,
): SeenMessage {
  let states: readonly GroupState[] | null = null
  const review = {
    open: open.summary.counts,
    decided: 0,
    asked: 0,
    comments: 0,
    outcome: null,
    changedSinceSigned: false,
  }
  return {
    open,
    key,
    record: emptyRecord,
    attestations,
    report: open.report,
    get states() {
      return (states ??= groupStates(open.report.findings, emptyRecord, today))
    },
    changed: null,
    summary: { ...open.summary, review: earlierAsSent(open, review) },
  }
}

/** What manifests name as history was sent, whether anybody said so here or not. */
function earlierAsSent({ isEarlier }: OpenMessage, review: ReviewState): ReviewState {
  return isEarlier === true ? { ...review, outcome: 'sent' } : review
}

/** Whether people have done anything about it. */
export function isTouched({ record, report, open }: SeenMessage): boolean {
  return record !== emptyRecord || report.findings.length !== open.report.findings.length
}
