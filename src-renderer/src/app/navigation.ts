import { defineStore } from 'pinia'
import { ref } from 'vue'

export const screens = ['review', 'clauses', 'policies', 'overview', 'settings'] as const
export type Screen = (typeof screens)[number]

/** Which screen is shown, and what it was asked to show. */
export const useNavigation = defineStore('navigation', () => {
  const screen = ref<Screen>('review')
  /** Clause that the Clauses screen shows: `klaviyo-aup:C3.9`, or as a version words it, `acme@2024-05-28:2.1`. */
  const clause = ref<string | null>(null)

  function show(next: Screen): void {
    screen.value = next
  }

  function showClause(id: string): void {
    clause.value = id
    screen.value = 'clauses'
  }

  return { screen, clause, show, showClause }
})
