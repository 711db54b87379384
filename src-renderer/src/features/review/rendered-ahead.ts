import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClient } from '../../api/client.ts'
import { useSettings } from '../../app/settings.ts'
import type { Answer, Args } from '../../../../src-main/contract/operation-schemas.ts'
import type { Result } from '../../../../src-main/contract/result.ts'
import { spokenLanguages } from '../../../../src-main/contract/settings-words.ts'
import { useCampaigns, type MessageRef } from './campaigns.ts'
import { useOpenMessage } from './open-message.ts'

type Look = Pick<Args<'message.rendered'>, 'theme' | 'dark' | 'language'>
type Rendered = Result<Answer<'message.rendered'>>

/** Each may be a mail of some megabytes. */
const maxAhead = 4

/**
 * The rendered message is asked for as soon as it is chosen, beside its report and not after it; those that stand next to it in the list
 * are asked for while a person reads. What is taken is not kept: asking again asks anew.
 */
export const useRenderedAhead = defineStore('rendered-ahead', () => {
  const client = useClient()
  const settings = useSettings()
  const campaigns = useCampaigns()
  const open = useOpenMessage()
  const { locale } = useI18n()
  const language = computed(() => spokenLanguages.find((one) => one === locale.value) ?? 'en')
  /** What an answer holds for, apart from its message. */
  const look = computed((): Look => ({ theme: settings.tone, dark: open.dark, language: language.value }))
  const isShown = computed(() => open.view === 'rendered' || open.second === 'rendered')
  const asked = new Map<string, Promise<Rendered>>()

  const keyOf = ({ campaign, message }: MessageRef): string => JSON.stringify([campaign, message, look.value])
  const ask = (of: MessageRef): Promise<Rendered> => client.call('message.rendered', { ...of, ...look.value })

  function begin(of: MessageRef): void {
    const key = keyOf(of)
    if (!isShown.value || asked.has(key)) return
    asked.set(key, ask(of))
    for (const oldest of asked.keys()) if (asked.size > maxAhead) asked.delete(oldest)
  }

  function take(of: MessageRef): Promise<Rendered> {
    const key = keyOf(of)
    const answer = asked.get(key) ?? ask(of)
    asked.delete(key)
    return answer
  }

  watch(
    () => campaigns.selected,
    (selected) => {
      if (selected !== null) begin(selected)
    },
    { flush: 'sync' },
  )
  // Marks may have changed, by people or by another judgement.
  client.on('review.changed', () => asked.clear())
  client.on('campaign.messages', () => asked.clear())
  client.onConnection(() => asked.clear())

  return { look, take, begin }
})
