import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Problem } from '../../../src-main/contract/result.ts'

/** What is said to everyone: a problem on the screen, a change read out to those who do not see it. */
export const useNotices = defineStore('notices', () => {
  const problem = ref<Problem | null>(null)
  const announcement = ref('')
  /** In the status bar: where a link really leads. */
  const linkTarget = ref<string | null>(null)

  return {
    problem,
    announcement,
    linkTarget,
    report: (next: Problem) => void (problem.value = next),
    dismiss: () => void (problem.value = null),
    announce: (text: string) => void (announcement.value = text),
    showLink: (target: string | null) => void (linkTarget.value = target),
  }
})
