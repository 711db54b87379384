import { defineStore } from 'pinia'
import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer, Args } from '../../../../src-main/contract/operation-schemas.ts'
import { usePeople } from '../decide/people.ts'
import { useCampaigns } from '../review/campaigns.ts'

export type ImpactAnswer = Answer<'impact.get'>
export type UnclearClause = ImpactAnswer['cannotTell'][number]

/** What a newer version of a policy means for what was signed under an older one. */
export const useImpact = defineStore('impact', () => {
  const client = useClient()
  const notices = useNotices()
  const people = usePeople()
  const navigation = useNavigation()
  const campaigns = useCampaigns()
  const policies = shallowRef<Answer<'impact.versions'>['policies']>([])
  /** Which versions there are is known. */
  const loaded = ref(false)
  const policy = ref('')
  const older = ref('')
  const newer = ref('')
  const impact = shallowRef<ImpactAnswer | null>(null)
  const loading = ref(false)
  const judging = ref<{ readonly done: number; readonly total: number } | null>(null)
  let asked = 0

  const versions = computed(() => policies.value.find((one) => one.policy === policy.value)?.versions ?? [])
  const pair = computed<Args<'impact.get'> | null>(() =>
    older.value === '' || newer.value === '' || older.value === newer.value
      ? null
      : { policy: policy.value, older: older.value, newer: newer.value },
  )

  async function load(): Promise<void> {
    const result = await client.call('impact.versions', {})
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    policies.value = result.value.policies
    loaded.value = true
    // The one with the most to compare is the provider's own.
    const first = policies.value.toSorted((a, b) => b.versions.length - a.versions.length)[0]
    if (!policies.value.some((one) => one.policy === policy.value) && first !== undefined) choosePolicy(first.policy)
    await ask()
  }

  function choosePolicy(next: string): void {
    policy.value = next
    older.value = versions.value.at(-2)?.version ?? ''
    newer.value = versions.value.at(-1)?.version ?? ''
  }

  async function ask(): Promise<void> {
    const wanted = pair.value
    const number = ++asked
    if (wanted === null) {
      impact.value = null
      return
    }
    loading.value = true
    const result = await client.call('impact.get', wanted)
    if (number !== asked) return
    loading.value = false
    if (result.ok) impact.value = result.value
    else {
      impact.value = null
      notices.report(result.problem)
    }
  }

  async function confirm(rules: readonly string[], clause: string, stands: boolean, note: string): Promise<boolean> {
    const wanted = pair.value
    if (wanted === null) return false
    const result = await people.act('impact.confirm', {
      policy: wanted.policy,
      newer: wanted.newer,
      rules: [...rules],
      clause,
      stands,
      note,
    })
    if (result.ok) await ask()
    return result.ok
  }

  async function judge(): Promise<void> {
    const wanted = pair.value
    if (wanted === null) return
    judging.value = { done: 0, total: impact.value?.unjudged.total ?? 0 }
    const result = await client.call('impact.judge', wanted)
    judging.value = null
    if (!result.ok && result.problem.code !== 'cancelled') notices.report(result.problem)
    await ask()
  }

  async function rereview(list: Args<'impact.rereview'>['list'], at: number | null): Promise<void> {
    const wanted = pair.value
    if (wanted === null) return
    const result = await client.call('impact.rereview', { ...wanted, list, at })
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    navigation.show('review')
    const { campaign } = result.value
    // Its first message is shown as soon as it is read.
    const stop = watch(
      () => campaigns.all.find(({ summary }) => summary.id === campaign)?.messages[0],
      (first) => {
        if (first === undefined) return
        campaigns.select({ campaign, message: first.id })
        void nextTick(() => stop())
      },
      { immediate: true },
    )
  }

  client.on('impact.progress', (progress) => {
    if (judging.value !== null) judging.value = progress
  })

  return {
    policies,
    loaded,
    policy,
    older,
    newer,
    versions,
    pair,
    impact,
    loading,
    judging,
    load,
    choosePolicy,
    ask,
    confirm,
    judge,
    cancel: () => void client.call('impact.cancel', {}),
    rereview,
  }
})
