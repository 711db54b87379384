import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSettings } from '../../app/settings.ts'
import type { Answer, Args } from '../../../../src-main/contract/operation-schemas.ts'
import type { Result } from '../../../../src-main/contract/result.ts'
import { spokenLanguages } from '../../../../src-main/contract/settings-words.ts'
import { useAhead } from './ahead.ts'
import { useCampaigns, type MessageRef } from './campaigns.ts'
import { useOpenMessage } from './open-message.ts'

type Look = Pick<Args<'message.rendered'>, 'theme' | 'dark' | 'language'>

/** The rendered message is asked for beside its report, and not after it. */
export const useRenderedAhead = defineStore('rendered-ahead', () => {
  const ahead = useAhead()
  const settings = useSettings()
  const campaigns = useCampaigns()
  const open = useOpenMessage()
  const { locale } = useI18n()
  const language = computed(() => spokenLanguages.find((one) => one === locale.value) ?? 'en')
  /** What an answer holds for, apart from its message. */
  const look = computed((): Look => ({ theme: settings.tone, dark: open.dark, language: language.value }))
  const isShown = computed(() => open.view === 'rendered' || open.second === 'rendered')
  const argsOf = ({ campaign, message }: MessageRef): Args<'message.rendered'> => ({ campaign, message, ...look.value })

  function take(of: MessageRef): Promise<Result<Answer<'message.rendered'>>> {
    return ahead.take('message.rendered', argsOf(of))
  }
  function beginRendered(of: MessageRef): void {
    if (isShown.value) ahead.begin('message.rendered', argsOf(of))
  }
  /** A message that is likely to be chosen next. */
  function begin({ campaign, message }: MessageRef): void {
    ahead.begin('message.get', { campaign, message })
    beginRendered({ campaign, message })
  }

  watch(
    () => campaigns.selected,
    (selected) => {
      if (selected !== null) beginRendered(selected)
    },
    { flush: 'sync' },
  )

  return { look, take, begin }
})
