import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Problem } from '../../../src-main/contract/result.ts'

interface Announcement {
  readonly id: number
  readonly text: string
}

const keptAnnouncements = 4

/** What is said to everyone: a problem on the screen, a change read out to those who do not see it. */
export const useNotices = defineStore('notices', () => {
  const problem = ref<Problem | null>(null)
  /** The last things read out: a new one never takes the place of one that is still to be heard. */
  const announcements = ref<readonly Announcement[]>([])
  let said = 0
  /** In the status bar: where a link really leads. */
  const linkTarget = ref<string | null>(null)

  return {
    problem,
    announcements,
    linkTarget,
    report: (next: Problem) => void (problem.value = next),
    dismiss: () => void (problem.value = null),
    announce(text: string): void {
      if (text === '') return
      said += 1
      announcements.value = [...announcements.value.slice(1 - keptAnnouncements), { id: said, text }]
    },
    showLink: (target: string | null) => void (linkTarget.value = target),
  }
})
