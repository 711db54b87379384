import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { MessageGrouping, MessageSort } from '../../../../src-main/contract/session-words.ts'
import { useCampaigns, type MessageRef } from './campaigns.ts'
import { rowKey } from './list-rows.ts'

/** How the list of messages is looked at, and which of them are marked for doing one thing to all. */
export const useMessageList = defineStore('message-list', () => {
  const campaigns = useCampaigns()
  const filter = ref('')
  const sort = ref<MessageSort>('order')
  const group = ref<MessageGrouping>('campaign')
  /** Keys of rows. */
  const marked = shallowRef<ReadonlySet<string>>(new Set())

  /** In the order of the campaigns; those that were closed meanwhile are gone. */
  const markedMessages = computed<readonly MessageRef[]>(() => {
    if (marked.value.size === 0) return []
    return campaigns.all.flatMap(({ messages }) =>
      messages
        .map(({ campaign, id }): MessageRef => ({ campaign, message: id }))
        .filter((message) => marked.value.has(rowKey(message))),
    )
  })

  function toggle(key: string): void {
    const next = new Set(marked.value)
    if (!next.delete(key)) next.add(key)
    marked.value = next
  }

  const mark = (keys: readonly string[]): void => void (marked.value = new Set([...marked.value, ...keys]))
  const unmarkAll = (): void => void (marked.value = new Set())

  return { filter, sort, group, marked, markedMessages, toggle, mark, unmarkAll }
})
