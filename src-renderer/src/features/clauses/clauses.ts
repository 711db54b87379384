import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'
import { clauseTree } from './clause-tree.ts'

/** The policy's clauses and the page of the one that is looked at. */
export const useClauses = defineStore('clauses', () => {
  const client = useClient()
  const notices = useNotices()
  const navigation = useNavigation()
  const tree = shallowRef<Answer<'clauses.tree'> | null>(null)
  const page = shallowRef<Answer<'clauses.page'> | null>(null)
  const filter = ref('')
  const nodes = computed(() => (tree.value === null ? [] : clauseTree(tree.value, filter.value)))

  async function loadTree(): Promise<void> {
    const result = await client.call('clauses.tree', {})
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    tree.value = result.value
    navigation.clause ??= result.value.clauses[0]?.id ?? null
  }

  async function loadPage(): Promise<void> {
    const wanted = navigation.clause
    if (wanted === null) return
    const result = await client.call('clauses.page', { clause: wanted })
    if (navigation.clause !== wanted) return
    if (result.ok) page.value = result.value
    else notices.report(result.problem)
  }

  return { tree, page, filter, nodes, loadTree, loadPage }
})
