import type { EventPayload, Handlers, MessageId, CampaignId } from '../../contract/operation-schemas.ts'
import type { EventName } from '../../contract/operations.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { signOffSchema } from '../../contract/sign-off.ts'
import { escapedJson } from '../../report/json.ts'
import { signOffHtml } from '../../report/sign-off.ts'
import type { Store } from '../../store/store-calls.ts'
import type { PackDescription } from '../job.ts'
import { showTask } from '../message-views.ts'
import type { OpenCampaigns } from '../open-campaigns.ts'
import type { ReviewPool } from '../pool.ts'
import type { Grants } from '../tokens.ts'
import { campaignCards } from './cards.ts'
import { compareWithOlder } from './compare.ts'
import { createUndos, decide, undoAnswer } from './decide.ts'
import { answerAct } from './evidence.ts'
import { makeFeedback } from './feedback.ts'
import { actOn, keepReviewed } from './keep.ts'
import { overviewOf } from './overview.ts'
import { ownFindingAct } from './own-finding.ts'
import { reviewOf } from './review-of.ts'
import { reviewReportHtml } from './review-report.ts'
import type { SeenMessage, SeenMessages } from './seen-messages.ts'
import { setRevision, suggestRevisions } from './revisions.ts'
import { isWhole, sign } from './sign.ts'

export interface PeoplePorts {
  readonly campaigns: OpenCampaigns
  readonly seen: SeenMessages
  readonly store: Store
  readonly pool: ReviewPool
  readonly grants: Pick<Grants, 'paths'>
  readonly packs: () => Promise<Result<PackDescription>>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  readonly version: string
  readonly valuesDir: string
  /** `YYYY-MM-DD` */
  readonly today: () => string
}

export type PeopleOperation =
  | `workspace.${'list' | 'create' | 'open' | 'rename' | 'copy'}`
  | 'reviewer.set'
  | `review.${'get' | 'decide' | 'undo' | 'reasons' | 'comment' | 'find' | 'takeBack' | 'outcome' | 'sign' | 'snapshot'}`
  | 'attestation.answer'
  | 'campaign.cards'
  | 'feedback.make'
  | 'report.make'
  | `revision.${'suggest' | 'set'}`
  | 'message.compare'
  | 'overview.get'

const done = ok({ done: true } as const)
const maxReasons = 9
/** Messages whose bytes a person waits for. */
const keptAtOnce = 3

/** What people do with a review: each operation of the contract as a function. */
export function createPeople(ports: PeoplePorts): Pick<Handlers, PeopleOperation> {
  const { seen, store, pool, campaigns } = ports
  const undos = createUndos()

  /** Told to every page; what is known of the messages is read anew. */
  async function changed(campaign: CampaignId, messages: readonly MessageId[]): Promise<void> {
    seen.forget(campaign, messages)
    const again = await seen.many(campaign, messages)
    if (again.length > 0) ports.emit('campaign.messages', { campaign, messages: again.map(({ summary }) => summary) })
    ports.emit('review.changed', { campaign, messages: [...messages] })
  }

  async function act(one: SeenMessage, campaign: CampaignId, done: Parameters<typeof actOn>[1]): Promise<Result<true>> {
    const written = await store.act([actOn(one, done)])
    if (!written.ok) return written
    // Decisions stand whether or not the bytes can be kept beside them; only a sign-off needs these.
    await keepReviewed(one, store, pool)
    await changed(campaign, [one.open.summary.id])
    return ok(true)
  }

  async function keepAll(messages: readonly SeenMessage[]): Promise<void> {
    for (const one of messages) await keepReviewed(one, store, pool)
  }

  async function everythingChanged(): Promise<void> {
    seen.forget()
    ports.emit('workspace.changed', {})
    for (const campaign of campaigns.list()) await changed(campaign.id, [...campaign.messages.keys()])
  }

  return {
    'workspace.list': async () => {
      const listed = await store.workspaces()
      if (!listed.ok) return ok({ workspaces: [], reviewer: null, problem: listed.problem.message })
      const { workspaces, reviewer, problem } = listed.value
      return ok({
        workspaces: workspaces.map((one) => ({ ...one, problem: one.problem?.message ?? null })),
        reviewer,
        problem: problem?.message ?? null,
      })
    },
    'workspace.create': async ({ title }) => {
      const made = await store.createWorkspace(title)
      if (!made.ok) return made
      await everythingChanged()
      return ok({ workspace: made.value })
    },
    'workspace.open': async ({ workspace }) => {
      const opened = await store.openWorkspace(workspace)
      if (!opened.ok) return opened
      await everythingChanged()
      return done
    },
    'workspace.rename': async ({ workspace, title }) => {
      const renamed = await store.renameWorkspace(workspace, title)
      if (!renamed.ok) return renamed
      ports.emit('workspace.changed', {})
      return done
    },
    'workspace.copy': async ({ workspace, title }) => {
      const copied = await store.copyWorkspace(workspace, title)
      if (!copied.ok) return copied
      ports.emit('workspace.changed', {})
      return ok({ workspace: copied.value })
    },
    'reviewer.set': async ({ reviewer }) => {
      const named = await store.setReviewer(reviewer)
      if (!named.ok) return named
      ports.emit('workspace.changed', {})
      return done
    },
    'review.get': async ({ campaign, message }) => {
      const one = await seen.one(campaign, message)
      if (!one.ok) return one
      const { key, states } = one.value
      const open = states.flatMap(({ decision, findings }) =>
        decision === null ? findings.slice(0, 1).map(({ fingerprint }) => fingerprint) : [],
      )
      const [elsewhere, revisions] = await Promise.all([store.elsewhere(open, key.place), store.revisions(key.place)])
      return ok(
        reviewOf(one.value, elsewhere.ok ? elsewhere.value : [], revisions.ok ? revisions.value : [], ports.today()),
      )
    },
    'review.decide': async (args) => {
      const decided = await decide(args, seen)
      if (!decided.ok) return decided
      const written = await store.act(decided.value.acts)
      if (!written.ok) return written
      const keeping = keepAll(decided.value.messages)
      // The decisions are kept; the bytes of many messages may follow while the person goes on.
      if (decided.value.messages.length <= keptAtOnce) await keeping
      const { messages } = decided.value.undo
      await changed(args.campaign, messages)
      return ok(undoAnswer(undos.add(decided.value.undo), messages))
    },
    'review.undo': async ({ undo }) => {
      const back = undos.take(undo)
      if (back === null) return fail('not-found', 'This cannot be undone any more.')
      const written = await store.act(back.acts)
      if (!written.ok) return written
      await changed(back.campaign, back.messages)
      return done
    },
    'review.reasons': async ({ kind }) => {
      const reasons = await store.reasons(kind, maxReasons)
      return reasons.ok ? ok({ reasons: [...reasons.value] }) : reasons
    },
    'review.comment': async ({ campaign, message, group, text }) => {
      const one = await seen.one(campaign, message)
      if (!one.ok) return one
      const about = group === null ? null : one.value.states.find((state) => state.group === group)?.findings[0]
      if (about === undefined) return fail('not-found', 'This finding is not there any more.')
      const said = { kind: 'comment', fingerprint: about?.fingerprint ?? null, text: text.trim() } as const
      const written = await act(one.value, campaign, said)
      return written.ok ? done : written
    },
    'review.find': async (args) => {
      const one = await seen.one(args.campaign, args.message)
      if (!one.ok) return one
      const found = await ownFindingAct(args, one.value, pool)
      if (!found.ok) return found
      const written = await act(one.value, args.campaign, found.value)
      if (!written.ok) return written
      const again = await seen.one(args.campaign, args.message)
      const { fingerprint } = found.value
      const number = again.ok ? again.value.report.findings.find((one) => one.fingerprint === fingerprint)?.number : 0
      return ok({ number: number ?? 0 })
    },
    'review.takeBack': async ({ campaign, message, group }) => {
      const one = await seen.one(campaign, message)
      if (!one.ok) return one
      const own = one.value.states.find((state) => state.group === group)?.findings[0]
      const isOwn = one.value.record.findings.some(({ fingerprint }) => fingerprint === own?.fingerprint)
      if (own === undefined || !isOwn) return fail('not-found', 'Only a person’s own finding can be taken back.')
      const written = await act(one.value, campaign, { kind: 'finding', fingerprint: own.fingerprint, finding: null })
      return written.ok ? done : written
    },
    'review.outcome': async ({ campaign, message, outcome }) => {
      const one = await seen.one(campaign, message)
      if (!one.ok) return one
      const written = await act(one.value, campaign, { kind: 'outcome', outcome })
      return written.ok ? done : written
    },
    'attestation.answer': async (args) => {
      const one = await seen.one(args.campaign, args.message)
      if (!one.ok) return one
      const answer = await answerAct(args, one.value, ports.grants, store)
      if (!answer.ok) return answer
      const written = await store.act([{ message: null, content: null, act: answer.value }])
      if (!written.ok) return written
      seen.forgetAttestations()
      // An answer can hold for any message that is open.
      for (const open of campaigns.list()) await changed(open.id, [...open.messages.keys()])
      return done
    },
    'review.sign': async ({ campaign, message, acknowledged }) => {
      const one = await seen.one(campaign, message)
      const open = campaigns.get(campaign)
      const packs = await ports.packs()
      if (!one.ok) return one
      if (!packs.ok) return packs
      if (open === null) return fail('not-found', 'This campaign is no longer open.')
      if (one.value.open.isEarlier === true)
        return fail('bad-request', 'An earlier message is not judged, and nothing can be signed of it.')
      const toSign = { seen: one.value, campaign: open, packs: packs.value, acknowledged }
      const { version, valuesDir } = ports
      const signed = await sign(toSign, { store, pool, version, valuesDir, now: () => new Date() })
      if (!signed.ok) return signed
      await changed(campaign, [message])
      return ok({ id: signed.value })
    },
    'review.snapshot': async ({ id }) => {
      const kept = await store.snapshot(id)
      if (!kept.ok) return kept
      if (kept.value === null) return fail('not-found', 'There is no such sign-off in this data folder.')
      const signOff = signOffSchema.parse(JSON.parse(kept.value.document))
      return ok({ html: signOffHtml(signOff, isWhole(signOff, kept.value.bytes)), json: escapedJson(signOff) })
    },
    'campaign.cards': async ({ campaign }) => {
      const all = await seen.many(campaign)
      return ok(campaignCards(all.filter(({ summary }) => summary.review?.outcome !== 'sent')))
    },
    'feedback.make': async ({ campaign, message, comments, wording }) => {
      const open = campaigns.get(campaign)
      if (open === null) return fail('not-found', 'This campaign is no longer open.')
      const named = message === null ? undefined : [message]
      const listed = await store.workspaces()
      const mask = async (text: string): Promise<string> => {
        const masked = await store.masked(text)
        return masked.ok ? masked.value : text.replace(/\p{N}/gu, '•')
      }
      return ok(
        await makeFeedback(
          { comments, wording },
          {
            seen: await seen.many(campaign, named),
            title: `Review of ${open.summary().name}`,
            reviewer: (listed.ok ? listed.value.reviewer : null) ?? '',
            day: ports.today(),
            texts: (one) => pool.showText(showTask({ ...one.open, report: one.report })),
            mask,
          },
        ),
      )
    },
    'report.make': async ({ campaign, message }) => {
      const open = campaigns.get(campaign)
      if (open === null) return fail('not-found', 'This campaign is no longer open.')
      const packs = await ports.packs()
      if (!packs.ok) return packs
      const isWhole = message === null
      const all = await seen.many(campaign, isWhole ? undefined : [message])
      const messages = all.filter(({ open: { isEarlier } }) => isEarlier !== true)
      const source = { campaign: open, seen: messages, isWhole, packs: packs.value }
      return ok({ html: reviewReportHtml({ ...source, version: ports.version, now: new Date() }) })
    },
    'revision.suggest': async ({ campaign, message, on }) => {
      const one = await seen.one(campaign, message)
      return one.ok ? ok(await suggestRevisions(one.value, on, ports)) : one
    },
    'revision.set': async ({ campaign, message, place }) => {
      const one = await seen.one(campaign, message)
      if (!one.ok) return one
      const set = await setRevision(one.value, campaigns.get(campaign)?.summary().name ?? '', place, ports)
      if (!set.ok) return set
      seen.forget(campaign)
      await changed(campaign, [message])
      return done
    },
    'message.compare': async ({ campaign, message, content }) => {
      const one = await seen.one(campaign, message)
      return one.ok ? compareWithOlder(one.value, content, store, pool) : one
    },
    'overview.get': async () => {
      const [acted, attestations] = await Promise.all([store.acted(), store.attestations()])
      const open = await Promise.all(
        campaigns.list().map(async (campaign) => ({ campaign, seen: await seen.many(campaign.id) })),
      )
      return ok(
        overviewOf({
          campaigns: open,
          acted: acted.ok ? acted.value : [],
          attestations: attestations.ok ? attestations.value : [],
          today: ports.today(),
        }),
      )
    },
  }
}
