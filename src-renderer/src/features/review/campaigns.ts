import { defineStore } from 'pinia'
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNotices } from '../../app/notices.ts'
import { useSettings } from '../../app/settings.ts'
import type {
  CampaignId,
  CampaignSummary,
  FileToken,
  MessageId,
  MessageSummary,
} from '../../../../src-main/contract/operation-schemas.ts'
import type { InputEntry } from '../../../../src-main/contract/report.ts'
import type { Result } from '../../../../src-main/contract/result.ts'

export interface OpenCampaign {
  readonly summary: CampaignSummary
  readonly messages: readonly MessageSummary[]
  readonly inputs: readonly InputEntry[]
}

/** A person has hardly begun to read what was offered first. */
const settlesWithinMs = 2_000

export interface MessageRef {
  readonly campaign: CampaignId
  readonly message: MessageId
}

/** Open campaigns with what is known of their messages; kept current by events while a review runs. */
export const useCampaigns = defineStore('campaigns', () => {
  const client = useClient()
  const notices = useNotices()
  const settings = useSettings()
  /** Replaced piece by piece and triggered by hand: thousands of messages need no deep proxies. */
  const byId = shallowRef(new Map<CampaignId, OpenCampaign>())
  const selected = shallowRef<MessageRef | null>(null)
  const collapsed = ref(new Set<CampaignId>())
  const opening = ref(false)
  /** The campaign whose first message is to be shown as soon as it is there. */
  let awaited: CampaignId | null = null
  /** The message that was chosen by that, and not by a person. */
  let offered: MessageRef | null = null
  /** The message of the last session, as soon as it is there and unless a person chooses another. */
  let remembered: MessageRef | null = null

  /** Newest first. */
  const all = computed(() => [...byId.value.values()].reverse())
  const current = computed(() =>
    selected.value === null ? (all.value[0] ?? null) : (byId.value.get(selected.value.campaign) ?? null),
  )
  const running = computed(() => all.value.filter(({ summary }) => !summary.finished && !summary.cancelled))
  const selectedSummary = computed(() => {
    const ref = selected.value
    return ref === null ? null : (byId.value.get(ref.campaign)?.messages.find(({ id }) => id === ref.message) ?? null)
  })

  function change(id: CampaignId, next: (campaign: OpenCampaign) => OpenCampaign): void {
    const campaign = byId.value.get(id)
    if (campaign === undefined) return
    byId.value.set(id, next(campaign))
    triggerRef(byId)
  }

  function put(summary: CampaignSummary): void {
    const known = byId.value.get(summary.id)
    byId.value.set(summary.id, { messages: known?.messages ?? [], inputs: known?.inputs ?? [], summary })
    triggerRef(byId)
  }

  function selectFirst(id: CampaignId): void {
    const first = byId.value.get(id)?.messages[0]
    if (first === undefined) return
    awaited = null
    if (selected.value?.campaign === id && selected.value.message === first.id) return
    offered = { campaign: id, message: first.id }
    selected.value = offered
  }

  /** The remembered message, if it has come; a person who has chosen meanwhile is left alone. */
  function selectRemembered(id: CampaignId): boolean {
    const wanted = remembered
    if (wanted?.campaign !== id || (selected.value !== null && selected.value !== offered)) return false
    if (byId.value.get(id)?.messages.some((message) => message.id === wanted.message) !== true) return false
    remembered = null
    awaited = null
    offered = null
    selected.value = wanted
    return true
  }

  client.on('campaign.opened', ({ campaign }) => put(campaign))
  client.on('campaign.inputs', ({ campaign, inputs }) =>
    change(campaign, (known) => ({ ...known, inputs: mergeBy(known.inputs, inputs, (input) => input.path) })),
  )
  client.on('campaign.messages', ({ campaign, messages }) => {
    change(campaign, (known) => ({ ...known, messages: mergeBy(known.messages, messages, (message) => message.id) }))
    if (!selectRemembered(campaign) && awaited === campaign) selectFirst(campaign)
  })
  client.on('campaign.progress', ({ campaign }) => {
    const settled = (campaign.finished || campaign.cancelled) && !isSettled(byId.value.get(campaign.id)?.summary)
    put(campaign)
    if (settled) void read(campaign.id)
  })
  client.onConnection((connected) => {
    if (connected) void readAll()
  })

  /** Messages in their final order, whichever worker was first. */
  async function read(id: CampaignId): Promise<void> {
    const result = await client.call('campaign.messages', { campaign: id })
    if (!result.ok) return
    const { messages, inputs } = result.value
    change(id, (known) => ({ ...known, messages, inputs }))
    if (selectRemembered(id)) return
    if (awaited === id || mayMoveToFirst(id)) selectFirst(id)
  }

  /** Workers answer in any order: after a short review the first of the list is offered instead of the first that came. */
  function mayMoveToFirst(id: CampaignId): boolean {
    const elapsedMs = byId.value.get(id)?.summary.elapsedMs ?? Infinity
    return offered !== null && selected.value === offered && offered.campaign === id && elapsedMs < settlesWithinMs
  }

  async function readAll(): Promise<void> {
    const result = await client.call('campaign.list', {})
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    const { campaigns } = result.value
    const ids = new Set(campaigns.map(({ id }) => id))
    for (const id of byId.value.keys()) if (!ids.has(id)) byId.value.delete(id)
    for (const summary of campaigns) put(summary)
    await Promise.all(campaigns.map(({ id }) => read(id)))
    if (selectedSummary.value === null) selected.value = null
  }

  async function open(token: FileToken): Promise<CampaignId | null> {
    opening.value = true
    const result = await client.call('campaign.open', { token })
    opening.value = false
    if (!result.ok) {
      notices.report(result.problem)
      return null
    }
    if (!settings.kept.welcomed) void settings.change({ welcomed: true })
    awaited = result.value.campaign
    selectFirst(result.value.campaign)
    return result.value.campaign
  }

  /** Opens what `ask` gives: nothing when it was dismissed. */
  async function openFrom(ask: () => Promise<Result<FileToken | null>>): Promise<CampaignId | null> {
    const result = await ask()
    if (!result.ok) {
      notices.report(result.problem)
      return null
    }
    return result.value === null ? null : open(result.value)
  }

  async function openSample(): Promise<void> {
    await openFrom(async () => {
      const result = await client.call('sample.grant', {})
      return result.ok ? { ok: true, value: result.value.token } : result
    })
  }

  async function cancel(id: CampaignId): Promise<void> {
    const result = await client.call('campaign.cancel', { campaign: id })
    if (!result.ok) notices.report(result.problem)
  }

  async function close(id: CampaignId): Promise<void> {
    const result = await client.call('campaign.close', { campaign: id })
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    byId.value.delete(id)
    triggerRef(byId)
    if (selected.value?.campaign !== id) return
    selected.value = null
    const next = all.value[0]
    if (next !== undefined) selectFirst(next.summary.id)
  }

  function select(ref: MessageRef): void {
    awaited = null
    remembered = null
    if (selected.value?.campaign === ref.campaign && selected.value.message === ref.message) return
    selected.value = ref
  }

  function toggle(id: CampaignId, open = collapsed.value.has(id)): void {
    if (open) collapsed.value.delete(id)
    else collapsed.value.add(id)
  }

  /**
   * What was open when the page loads, then what was named on the command line, else what was open in the last session.
   * True: files were named.
   */
  async function start(
    last: readonly { readonly token: FileToken }[],
    place: { readonly campaign: number; readonly message: string } | null,
    current: MessageRef | null,
  ): Promise<boolean> {
    await readAll()
    const initial = await client.call('app.initial', {})
    if (initial.ok && initial.value.token !== null) {
      await open(initial.value.token)
      return true
    }
    if (all.value[0] !== undefined) {
      remembered = current
      if (current === null || !selectRemembered(current.campaign)) selectFirst(all.value[0].summary.id)
      return false
    }
    for (const [at, { token }] of last.entries()) {
      const id = await open(token)
      if (id === null || place?.campaign !== at) continue
      // The contract's ids of messages are these very strings; one that is not there any more is never chosen.
      remembered = { campaign: id, message: place.message as MessageRef['message'] }
      selectRemembered(id)
    }
    return false
  }

  return {
    all,
    current,
    running,
    selected,
    selectedSummary,
    collapsed,
    opening,
    start,
    open,
    openFrom,
    openSample,
    cancel,
    close,
    select,
    toggle,
  }
})

function isSettled(summary: CampaignSummary | undefined): boolean {
  return summary !== undefined && (summary.finished || summary.cancelled)
}

/** Known entries, replaced where a newer one has the same key, then the new ones. */
function mergeBy<T>(known: readonly T[], newer: readonly T[], key: (entry: T) => string): readonly T[] {
  const fresh = new Map(newer.map((entry) => [key(entry), entry]))
  const kept = known.map((entry) => {
    const replacement = fresh.get(key(entry))
    fresh.delete(key(entry))
    return replacement ?? entry
  })
  return [...kept, ...fresh.values()]
}
