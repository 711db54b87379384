import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useNavigation } from '../../app/navigation.ts'

/** What is shown beside the tree. */
export const clauseViews = ['clause', 'history', 'redline'] as const
export type ClauseView = (typeof clauseViews)[number]

export interface VersionPair {
  readonly policy: string
  readonly older: string
  readonly newer: string
}

export const redlineLayouts = ['inline', 'columns', 'text'] as const
export type RedlineLayout = (typeof redlineLayouts)[number]

/** Which view of the Clauses screen is shown, and which two versions are compared. */
export const useClauseViews = defineStore('clauseViews', () => {
  const navigation = useNavigation()
  const view = ref<ClauseView>('clause')
  const pair = ref<VersionPair | null>(null)
  const substantive = ref(true)
  const layout = ref<RedlineLayout>('inline')
  /** Of the clause that a person came from: its change is shown first. */
  const wanted = ref<string | null>(null)

  function showRedline(policy: string, older: string, newer: string, clause: string | null = null): void {
    pair.value = { policy, older, newer }
    wanted.value = clause
    view.value = 'redline'
    navigation.show('clauses')
  }

  return { view, pair, substantive, layout, wanted, showRedline }
})
