import { computed, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCampaigns } from '../features/review/campaigns.ts'
import { revealInvisible } from '../ui/reveal.ts'
import { useNavigation } from './navigation.ts'

/** The title of the window or tab: what is on the screen, then the program. */
export function useWindowTitle(): void {
  const { t } = useI18n()
  const campaigns = useCampaigns()
  const navigation = useNavigation()

  const shown = computed(() => {
    if (navigation.screen !== 'review') return t(`nav.${navigation.screen}`)
    const subject = campaigns.selectedSummary?.name ?? ''
    return [subject, campaigns.current?.summary.name ?? ''].filter(Boolean).map(plain).join(' · ')
  })
  watchEffect(() => {
    document.title = shown.value === '' ? 'clausebench' : `${shown.value} – clausebench`
  })
}

/** A title bar draws what it is given: nothing in a subject may hide or turn what follows. */
function plain(text: string): string {
  return revealInvisible(text.slice(0, 120))
    .map((piece) => (piece.kind === 'plain' ? piece.text : piece.code))
    .join('')
}
