import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNotices } from '../../app/notices.ts'
import type { Finding, ReportMessage } from '../../../../src-main/contract/report.ts'
import { viewNames, type SecondView, type ViewName } from '../../../../src-main/contract/session-words.ts'
import { useAhead } from './ahead.ts'
import { useCampaigns, type MessageRef } from './campaigns.ts'
import { matchWords } from '../../ui/match-words.ts'
import { clauseNumber, groupFindings, neighbour, type FindingGroup } from './groups.ts'

/** How wide the rendered message is laid out: as much as there is, or as a phone has. */
export type RenderedWidth = 'wide' | 'narrow'

/** The message on the screen: its findings, which of them is chosen, and how it is looked at. */
export const useOpenMessage = defineStore('open-message', () => {
  const client = useClient()
  const campaigns = useCampaigns()
  const notices = useNotices()
  const ahead = useAhead()
  const message = shallowRef<ReportMessage | null>(null)
  /** What `message` was read for; lags behind the selection while it loads. */
  const shown = shallowRef<MessageRef | null>(null)
  const chosenNumber = ref<number | null>(null)
  const view = ref<ViewName>('rendered')
  /** Beside it; null: one view alone. */
  const second = ref<SecondView | null>('auto')
  const width = ref<RenderedWidth>('wide')
  /** As a mail program in dark mode shows it. */
  const dark = ref(false)
  const images = ref(true)
  const hintsOpen = ref(false)
  const explainOpen = ref(false)
  const clauseOpen = ref(false)
  /** Grows when a choice asks the view to scroll to the mark, even to the same one again. */
  const scrollRequest = ref(0)
  /** Grows when there are marks that the views do not show yet. */
  const marksVersion = ref(0)
  /** A step asked for while the selected message is still being read: it is meant for that one, not for the one before. */
  let awaitedStep: { readonly of: MessageRef; readonly direction: 1 | -1 } | null = null

  const groups = computed(() => groupFindings(message.value?.findings ?? []))
  const main = computed(() => groups.value.filter(({ lead }) => lead.severity !== 'info'))
  const hints = computed(() => groups.value.filter(({ lead }) => lead.severity === 'info'))
  const filter = ref('')
  const listed = computed(() => {
    if (filter.value.trim() !== '') return groups.value.filter(({ lead }) => answersTo(lead, filter.value))
    return hintsOpen.value ? groups.value : main.value
  })
  const chosen = computed<FindingGroup | null>(
    () => groups.value.find(({ findings }) => findings.some(({ number }) => number === chosenNumber.value)) ?? null,
  )

  watch(
    () => campaigns.selected,
    async (selected) => {
      if (selected === null) {
        message.value = null
        shown.value = null
        return
      }
      const result = await ahead.take('message.get', { campaign: selected.campaign, message: selected.message })
      // Another message was chosen while this one was read.
      if (campaigns.selected !== selected) return
      if (!result.ok) {
        // What was shown is not what is chosen any more.
        message.value = null
        shown.value = null
        notices.report(result.problem)
        return
      }
      chosenNumber.value = null
      filter.value = ''
      hintsOpen.value = false
      message.value = result.value.message
      shown.value = selected
      if (awaitedStep?.of === selected) step(awaitedStep.direction)
      awaitedStep = null
    },
    { immediate: true },
  )

  /** Chooses the finding with that number, or none. */
  function choose(number: number | null): void {
    chosenNumber.value = number
    if (chosen.value?.lead.severity === 'info') hintsOpen.value = true
    if (number !== null) scrollRequest.value += 1
  }

  function step(direction: 1 | -1): void {
    if (campaigns.selected !== null && shown.value !== campaigns.selected) {
      awaitedStep = { of: campaigns.selected, direction }
      return
    }
    const among = main.value.length === 0 && filter.value === '' ? groups.value : listed.value
    const next = neighbour(among, chosen.value?.id ?? null, direction)
    if (next !== null) choose(next.lead.number)
  }

  /** Reads the message on the screen again: people did something about it. What is chosen stays chosen. */
  async function refresh(): Promise<void> {
    const of = shown.value
    if (of === null) return
    const result = await client.call('message.get', of)
    if (shown.value !== of || !result.ok) return
    const before = marksOf(message.value)
    message.value = result.value.message
    if (marksOf(message.value) !== before) marksVersion.value += 1
  }

  function stepView(direction: 1 | -1): void {
    const at = viewNames.indexOf(view.value)
    view.value = viewNames[(at + direction + viewNames.length) % viewNames.length] ?? 'rendered'
  }

  return {
    message,
    shown,
    chosenNumber,
    view,
    second,
    width,
    dark,
    images,
    filter,
    hintsOpen,
    explainOpen,
    clauseOpen,
    scrollRequest,
    groups,
    main,
    hints,
    listed,
    chosen,
    choose,
    refresh,
    marksVersion,
    step,
    stepView,
  }
})

/** By what its card says of it. */
function answersTo({ severity, certainty, clauses, title, part, excerpt, rule }: Finding, filter: string): boolean {
  const words = [severity, certainty, ...clauses.map(clauseNumber), title, part, excerpt, rule ?? '']
  return matchWords(filter, words.join(' ')) !== null
}

function marksOf(message: ReportMessage | null): string {
  return message?.findings.map(({ fingerprint }) => fingerprint).join() ?? ''
}
