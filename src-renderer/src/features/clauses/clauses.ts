import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer, Args } from '../../../../src-main/contract/operation-schemas.ts'
import type { OperationName } from '../../../../src-main/contract/operations.ts'
import { usePeople } from '../decide/people.ts'
import { clauseOfPermalink, parseClauseRef, type ClauseRef } from './clause-ref.ts'
import { clauseTree, type TreeNode } from './clause-tree.ts'

type Policies = Answer<'library.policies'>

/** Policies, their versions and clauses, and the page of the clause that is looked at. */
export const useClauses = defineStore('clauses', () => {
  const client = useClient()
  const notices = useNotices()
  const navigation = useNavigation()
  const people = usePeople()
  const tree = shallowRef<Answer<'clauses.tree'> | null>(null)
  const library = shallowRef<Policies>({ problem: null, policies: [], watched: [] })
  const texts = shallowRef<ReadonlyMap<string, Answer<'library.version'>['clauses']>>(new Map())
  /** Of the pack; null where no pack knows the clause. */
  const page = shallowRef<Answer<'clauses.page'> | null>(null)
  /** Of the library, for the same clause. */
  const own = shallowRef<Answer<'library.clause'> | null>(null)
  /** What the workspace keeps under it, of messages that are not open. */
  const kept = shallowRef<Answer<'clauses.kept'> | null>(null)
  const filter = ref('')
  const found = shallowRef<Answer<'library.search'>>({ hits: [], total: 0 })
  /** Version nodes that a person opened, others that were closed. */
  const opened = ref(new Set<string>())
  const closed = ref(new Set<string>())

  const clauseRef = computed<ClauseRef | null>(() =>
    navigation.clause === null ? null : parseClauseRef(navigation.clause),
  )
  const nodes = computed(() =>
    clauseTree({ pack: tree.value, imported: library.value.policies, texts: texts.value }, filter.value),
  )
  const policy = computed(() => library.value.policies.find((one) => one.policy === clauseRef.value?.policy) ?? null)
  /** Watched clauses that an import changed and nobody has looked at since, by `policy:clause`. */
  const changed = computed(
    () =>
      new Map<string, { readonly changedIn: string; readonly change: string | null }>(
        library.value.watched.flatMap(({ policy: name, clause, changedIn, change }) =>
          changedIn === null ? [] : [[`${name}:${clause}`, { changedIn, change }] as const],
        ),
      ),
  )

  function isOpen(node: TreeNode): boolean {
    // Of many versions, the one in force is what one looks for first.
    if (node.kind === 'version' && !isCurrent(node)) return opened.value.has(node.id)
    return !closed.value.has(node.id)
  }

  function isCurrent(node: Extract<TreeNode, { kind: 'version' }>): boolean {
    return tree.value?.policy === node.policy && tree.value.version === node.title
  }

  function toggle(node: TreeNode): void {
    const wasOpen = isOpen(node)
    if (node.kind === 'version' && !isCurrent(node)) {
      if (wasOpen) opened.value.delete(node.id)
      else {
        opened.value.add(node.id)
        void loadText(node.policy, node.title)
      }
    } else if (wasOpen) closed.value.add(node.id)
    else closed.value.delete(node.id)
  }

  async function loadText(name: string, version: string): Promise<void> {
    const key = `${name}@${version}`
    if (texts.value.has(key)) return
    await fetchText(name, version)
  }

  async function fetchText(name: string, version: string): Promise<void> {
    const key = `${name}@${version}`
    const result = await client.call('library.version', { policy: name, version })
    if (result.ok) texts.value = new Map([...texts.value, [key, result.value.clauses]])
    else notices.report(result.problem)
  }

  async function loadTree(): Promise<void> {
    const [result, kept] = await Promise.all([client.call('clauses.tree', {}), client.call('library.policies', {})])
    if (kept.ok) library.value = kept.value
    else notices.report(kept.problem)
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    tree.value = result.value
    navigation.clause ??= result.value.clauses[0]?.id ?? null
    await showInTree()
  }

  /** The version that a clause is looked at in stands open. */
  async function showInTree(): Promise<void> {
    const ref = clauseRef.value
    if (ref?.version == null || (ref.policy === tree.value?.policy && ref.version === tree.value.version)) return
    opened.value.add(`version ${ref.policy}@${ref.version}`)
    await loadText(ref.policy, ref.version)
  }

  async function loadPage(): Promise<void> {
    const wanted = navigation.clause
    const ref = clauseRef.value
    if (wanted === null || ref === null) return
    const known = ref.version === null ? client.call('clauses.page', { clause: wanted }) : null
    const asked = client.call('library.clause', { ...ref })
    void showInTree()
    const first = await known
    // What the pack says is there at once.
    if (first?.ok === true && navigation.clause === wanted && page.value?.id !== wanted) {
      page.value = first.value
      own.value = null
    }
    const kept = await asked
    // In a version, a clause has the pack's page when it is matched to one of the pack's.
    const to = ref.version === null ? null : kept.ok ? (kept.value.imported?.to ?? null) : null
    const result = to === null ? first : await client.call('clauses.page', { clause: `${ref.policy}:${to}` })
    if (navigation.clause !== wanted) return
    own.value = kept.ok ? kept.value : null
    page.value = result?.ok === true ? result.value : null
    if (!kept.ok) notices.report(kept.problem)
    if (result?.ok === false && ref.version === null) notices.report(result.problem)
    keepAddress(wanted)
    await loadKept()
  }

  async function loadKept(): Promise<void> {
    const id = page.value?.id ?? null
    if (kept.value !== null && keptOf !== id) kept.value = null
    keptOf = id
    if (id === null) return
    const result = await client.call('clauses.kept', { clause: id })
    if (page.value?.id !== id) return
    if (result.ok) kept.value = result.value
    else notices.report(result.problem)
  }
  let keptOf: string | null = null

  let asked = 0
  /** All versions' words; the last question asked is the one that is answered. */
  async function search(): Promise<void> {
    const mine = ++asked
    const query = filter.value
    const linked = clauseOfPermalink(query)
    if (linked !== null) {
      filter.value = ''
      navigation.clause = linked
      return
    }
    if (query.trim() === '') {
      found.value = { hits: [], total: 0 }
      return
    }
    const result = await client.call('library.search', { query: query.slice(0, 500), policy: null })
    if (mine !== asked) return
    if (result.ok) found.value = result.value
    else notices.report(result.problem)
  }
  watch(filter, () => void search())

  /** As a person: asks for a name first where there is none. */
  async function act<O extends OperationName>(operation: O, args: Args<O>): Promise<boolean> {
    const result = await people.act(operation, args)
    return result.ok
  }

  async function addNote(text: string): Promise<boolean> {
    const ref = clauseRef.value
    return ref !== null && act('library.note', { ...ref, text })
  }

  async function watchClause(watched: boolean): Promise<void> {
    const ref = clauseRef.value
    if (ref !== null) await act('library.watch', { ...ref, watched })
  }

  async function markSeen(): Promise<void> {
    const ref = clauseRef.value
    if (ref !== null) await act('library.seen', { policy: ref.policy, clause: ref.clause })
  }

  client.on('library.changed', () => {
    void loadTree().then(loadPage)
    void search()
    for (const key of texts.value.keys()) {
      const at = key.indexOf('@')
      void fetchText(key.slice(0, at), key.slice(at + 1))
    }
  })

  return {
    tree,
    library,
    page,
    own,
    kept,
    filter,
    found,
    nodes,
    policy,
    changed,
    clauseRef,
    isOpen,
    toggle,
    loadTree,
    loadPage,
    addNote,
    watchClause,
    markSeen,
    act,
  }
})

/** In a browser the address leads here again: beside the token that opens the workbench at all. */
function keepAddress(clause: string): void {
  const fragment = new URLSearchParams(location.hash.slice(1))
  if (!fragment.has('token')) return
  fragment.set('clause', clause)
  history.replaceState(null, '', `#${fragment.toString()}`)
}

/** The clause that the address names; null: none. */
export function clauseOfAddress(): string | null {
  const named = new URLSearchParams(location.hash.slice(1)).get('clause')
  return named !== null && parseClauseRef(named) !== null ? named : null
}
