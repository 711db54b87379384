import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useClient } from '../../api/client.ts'
import type { Args, SessionPage } from '../../../../src-main/contract/operation-schemas.ts'
import { useCampaigns } from './campaigns.ts'
import { useMessageList } from './message-list.ts'
import { useOpenMessage } from './open-message.ts'

const keepAfterMs = 500

/** Remembers what was open and how it was looked at, and brings it back. */
export const useSession = defineStore('session', () => {
  const client = useClient()
  const campaigns = useCampaigns()
  const list = useMessageList()
  const open = useOpenMessage()
  const restored = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const state = computed((): Args<'session.set'> => {
    const ids = campaigns.all.map(({ summary }) => summary.id).reverse()
    const { selected } = campaigns
    const at = selected === null ? -1 : ids.indexOf(selected.campaign)
    return {
      campaigns: ids,
      page: {
        selected: selected === null || at === -1 ? null : { campaign: at, message: selected.message },
        view: open.view,
        second: open.second,
        filter: list.filter.slice(0, 200),
        sort: list.sort,
        group: list.group,
      },
    }
  })

  watch(
    () => (restored.value ? JSON.stringify(state.value) : null),
    (now) => {
      if (now === null) return
      clearTimeout(timer)
      timer = setTimeout(() => void client.call('session.set', state.value), keepAfterMs)
    },
  )

  function look(page: SessionPage): void {
    open.view = page.view
    open.second = page.second
    list.filter = page.filter
    list.sort = page.sort
    list.group = page.group
  }

  /** What was open when the program ended; what was named at its start comes alone. */
  async function start(): Promise<void> {
    const last = await client.call('session.get', {})
    const page = last.ok ? last.value.page : null
    const isFresh = await campaigns.start(
      last.ok ? last.value.campaigns : [],
      page?.selected ?? null,
      last.ok ? last.value.current : null,
    )
    // A filter of yesterday must not hide files that were named just now.
    if (page !== null && !isFresh) look(page)
    restored.value = true
  }

  return { start }
})
