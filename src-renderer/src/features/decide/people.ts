import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClient } from '../../api/client.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer, Args, CampaignId, MessageId } from '../../../../src-main/contract/operation-schemas.ts'
import type { OperationName } from '../../../../src-main/contract/operations.ts'
import type { DecisionInput, GroupReview, MessageReview } from '../../../../src-main/contract/review-operations.ts'
import { fail, type Result } from '../../../../src-main/contract/result.ts'
import { useCampaigns, type MessageRef } from '../review/campaigns.ts'
import { useOpenMessage } from '../review/open-message.ts'
import { isEarlier } from '../review/standing.ts'
import { nextOpen } from './next-open.ts'

export type DecisionKind = DecisionInput['kind']
type Target = Args<'review.decide'>['targets'][number]

/** What is asked before it can go on. */
export type Asking =
  'own-finding' | 'comment' | 'edit' | 'sign' | 'feedback' | 'report' | 'cards' | 'bulk' | 'compare' | 'revision' | null

/** What people did about the message on the screen, and what they do now. */
export const usePeople = defineStore('people', () => {
  const client = useClient()
  const notices = useNotices()
  const campaigns = useCampaigns()
  const open = useOpenMessage()
  const { t } = useI18n()

  const review = shallowRef<MessageReview | null>(null)
  /** The message that `review` is of. */
  const of = shallowRef<MessageRef | null>(null)
  const workspaces = shallowRef<Answer<'workspace.list'>>({ workspaces: [], reviewer: null, problem: null })
  /** The form on the chosen card. */
  const form = ref<DecisionKind | 'comment' | null>(null)
  const asking = ref<Asking>(null)
  /** The message that a corrected file was dropped on. */
  const droppedOn = shallowRef<MessageRef | null>(null)
  /** Asked over whatever is on the screen, which goes on when it is answered. */
  const naming = ref(false)
  const undos = ref<readonly string[]>([])
  /** What was asked for before anybody had said who they are. */
  let afterNamed: (() => Promise<unknown>) | null = null

  const byGroup = computed(() => new Map(review.value?.groups.map((one) => [one.group, one])))
  const current = computed(() => workspaces.value.workspaces.find(({ isOpen }) => isOpen) ?? null)

  function stateOf(group: string): GroupReview | null {
    return byGroup.value.get(group) ?? null
  }

  async function load(): Promise<void> {
    const message = open.shown
    if (message === null) {
      review.value = null
      of.value = null
      return
    }
    const result = await client.call('review.get', message)
    if (open.shown !== message) return
    if (!result.ok) return
    review.value = result.value
    of.value = message
  }

  async function loadWorkspaces(): Promise<void> {
    const result = await client.call('workspace.list', {})
    if (result.ok) workspaces.value = result.value
  }

  watch(
    () => open.shown,
    () => {
      form.value = null
      review.value = null
      void load()
    },
    { immediate: true },
  )
  watch(
    () => open.chosen?.id,
    () => (form.value = null),
  )
  client.on('review.changed', ({ campaign, messages }) => {
    const message = open.shown
    if (message?.campaign !== campaign || !messages.includes(message.message)) return
    void open.refresh().then(load)
  })
  client.on('workspace.changed', () => {
    undos.value = []
    void loadWorkspaces()
    void load()
  })
  client.onConnection((connected) => {
    if (connected) void loadWorkspaces()
  })
  void loadWorkspaces()

  /** Calls; where nobody has said who they are, asks for that first and then goes on. */
  async function act<O extends OperationName>(operation: O, args: Args<O>): Promise<Result<Answer<O>>> {
    const result = await client.call(operation, args)
    if (result.ok) return result
    if (result.problem.code !== 'no-reviewer') {
      notices.report(result.problem)
      return result
    }
    return new Promise((resolve) => {
      afterNamed = async () => resolve(await act(operation, args))
      naming.value = true
    })
  }

  async function setReviewer(reviewer: string): Promise<boolean> {
    const result = await client.call('reviewer.set', { reviewer })
    if (!result.ok) {
      notices.report(result.problem)
      return false
    }
    await loadWorkspaces()
    const next = afterNamed
    afterNamed = null
    naming.value = false
    if (next !== null) await next()
    return true
  }

  async function decideAll(
    campaign: CampaignId,
    targets: readonly Target[],
    decision: DecisionInput | null,
  ): Promise<boolean> {
    const most = 400
    for (let at = 0; at < targets.length; at += most) {
      const some = targets.slice(at, at + most)
      const result = await act('review.decide', { campaign, targets: some, decision })
      if (!result.ok) return false
      undos.value = [...undos.value.slice(-99), result.value.undo]
    }
    return true
  }

  /** Decides the chosen group and goes on to the next open one. */
  async function decide(decision: DecisionInput): Promise<void> {
    const group = open.chosen
    const message = open.shown
    if (group === null || message === null) return
    const done = await decideAll(message.campaign, [{ message: message.message, group: group.id }], decision)
    if (!done) return
    form.value = null
    notices.announce(t(`decide.done.${decision.kind}`, { title: group.lead.title }))
    // The answer may come before the event that tells of it.
    await open.refresh()
    await load()
    if (open.shown !== message) return
    const next = nextOpen(open.listed, group.id, (id) => stateOf(id)?.decision == null)
    if (next !== null) open.choose(next.lead.number)
  }

  async function reopen(): Promise<void> {
    const group = open.chosen
    const message = open.shown
    if (group !== null && message !== null)
      await decideAll(message.campaign, [{ message: message.message, group: group.id }], null)
  }

  async function keepOffer(): Promise<void> {
    const offer = open.chosen === null ? null : stateOf(open.chosen.id)?.offer
    if (offer == null) return
    const { kind, reason, whom, expires } = offer.decision
    await decide({ kind, reason, whom, expires })
  }

  async function undo(): Promise<void> {
    const last = undos.value.at(-1)
    if (last === undefined) return
    undos.value = undos.value.slice(0, -1)
    const result = await act('review.undo', { undo: last })
    if (result.ok) notices.announce(t('decide.undone'))
  }

  function reasons(kind: DecisionKind): Promise<readonly string[]> {
    return client.call('review.reasons', { kind }).then((result) => (result.ok ? result.value.reasons : []))
  }

  async function comment(group: string | null, text: string): Promise<boolean> {
    if (open.shown === null) return false
    const result = await act('review.comment', { ...open.shown, group, text })
    if (result.ok) form.value = null
    return result.ok
  }

  function onShown<O extends OperationName>(
    operation: O,
    more: Omit<Args<O>, 'campaign' | 'message'>,
  ): Promise<Result<Answer<O>>> {
    const message = open.shown
    if (message === null) return Promise.resolve(fail('not-found', ''))
    // All operations that are called by this take a message's reference and what is given.
    return act(operation, { ...message, ...more } as unknown as Args<O>)
  }

  /** The next error nobody has decided, in this message or one after it. */
  async function nextOpenError(): Promise<void> {
    const message = open.shown
    if (message === null) return
    const isOpen = (id: string): boolean => stateOf(id)?.decision == null
    const errors = open.main.filter(({ lead }) => lead.severity === 'error')
    const at = errors.findIndex(({ id }) => id === open.chosen?.id)
    const here = errors.slice(at + 1).find(({ id }) => isOpen(id))
    if (here !== undefined) {
      open.choose(here.lead.number)
      return
    }
    const messages = campaigns.current?.messages ?? []
    const place = messages.findIndex(({ id }) => id === message.message)
    const after = [...messages.slice(place + 1), ...messages.slice(0, place)]
    const next = after.find((one) => !isEarlier(one) && (one.review?.open ?? one.counts).error > 0)
    const first = errors.find(({ id }) => isOpen(id))
    if (next === undefined) {
      if (first !== undefined) open.choose(first.lead.number)
      else notices.announce(t('decide.noneOpen'))
      return
    }
    await goTo(message.campaign, next.id)
    const found = open.main.find(({ lead, id }) => lead.severity === 'error' && isOpen(id))
    if (found !== undefined) open.choose(found.lead.number)
  }

  /** Shows a message and waits until what people did about it is known. */
  async function goTo(campaign: CampaignId, message: MessageId): Promise<void> {
    campaigns.select({ campaign, message })
    await new Promise<void>((resolve) => {
      const stop = watch(
        [of, () => open.shown],
        () => {
          // Two campaigns can have messages of one name.
          const isThere = [of.value, open.shown].every((one) => one?.message === message && one.campaign === campaign)
          if (!isThere) return
          queueMicrotask(() => stop())
          resolve()
        },
        { immediate: true },
      )
    })
  }

  /** A file that was dropped on a message: when it has been read and is one message, it is asked whether it corrects that one. */
  async function corrects(on: MessageRef, campaign: CampaignId): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = watch(
        () => campaigns.all.find(({ summary }) => summary.id === campaign)?.summary,
        (summary) => {
          if (summary !== undefined && !summary.finished && !summary.cancelled) return
          queueMicrotask(() => stop())
          resolve()
        },
        { immediate: true },
      )
    })
    const [first, second] = campaigns.all.find(({ summary }) => summary.id === campaign)?.messages ?? []
    if (first === undefined || second !== undefined) return
    await goTo(campaign, first.id)
    // What lies where an older text lay is a revision of it, and nothing is to be asked.
    if ((review.value?.revisions.length ?? 0) > 0) {
      asking.value = 'compare'
      return
    }
    droppedOn.value = on
    asking.value = 'revision'
  }

  return {
    review,
    workspaces,
    current,
    form,
    asking,
    droppedOn,
    corrects,
    naming,
    undos,
    stateOf,
    load,
    loadWorkspaces,
    act,
    setReviewer,
    decideAll,
    decide,
    reopen,
    keepOffer,
    undo,
    reasons,
    comment,
    onShown,
    nextOpenError,
    goTo,
  }
})
