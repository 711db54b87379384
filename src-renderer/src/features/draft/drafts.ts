import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { MessageRef } from '../review/campaigns.ts'

/** What was changed and not saved, by message: it is there again when the draft is looked at next. */
export const useDrafts = defineStore('drafts', () => {
  const texts = shallowRef<ReadonlyMap<string, string>>(new Map())
  const keyOf = ({ campaign, message }: MessageRef): string => `${campaign} ${message}`

  function keep(of: MessageRef, text: string | null): void {
    const next = new Map(texts.value)
    if (text === null) next.delete(keyOf(of))
    else next.set(keyOf(of), text)
    texts.value = next
  }

  return { keep, of: (message: MessageRef): string | null => texts.value.get(keyOf(message)) ?? null }
})
