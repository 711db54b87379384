import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useClient } from '../api/client.ts'
import type { Answer } from '../../../src-main/contract/operation-schemas.ts'
import type { Problem } from '../../../src-main/contract/result.ts'

/** What the program is and where it runs. */
export const useProgram = defineStore('program', () => {
  const client = useClient()
  const info = shallowRef<Answer<'app.info'> | null>(null)
  const isMac = computed(() => info.value?.platform === 'darwin')
  const isDesktop = computed(() => info.value?.host === 'electron')

  /** What went wrong, or null. */
  async function load(): Promise<Problem | null> {
    const result = await client.call('app.info', {})
    if (!result.ok) return result.problem
    info.value = result.value
    document.documentElement.dataset.platform = result.value.platform
    return null
  }

  return { info, isMac, isDesktop, load }
})
