import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClient, type Client } from '../../api/client.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer, FileToken } from '../../../../src-main/contract/operation-schemas.ts'

export type PolicyEntry = Answer<'library.policies'>['policies'][number]
export type PreviewedDocument = Answer<'library.preview'>['documents'][number]
export type PolicyTextAnswer = Answer<'library.previewed'>

export interface VersionRef {
  readonly policy: string
  readonly version: string
}

/** Parts of the screen, each with its tab. */
export const policySections = ['policies', 'rules', 'impact'] as const
export type PolicySection = (typeof policySections)[number]

/** Files that were read and wait for a person's yes. */
interface Import {
  readonly token: FileToken
  readonly id: string
  readonly documents: readonly PreviewedDocument[]
}

/** The library's policies with their versions, and the import that is under way. */
export const usePolicies = defineStore('policies', () => {
  const client = useClient()
  const notices = useNotices()
  const navigation = useNavigation()
  const { t, n } = useI18n()

  const library = shallowRef<Answer<'library.policies'>>({ problem: null, policies: [], watched: [] })
  const loaded = ref(false)
  const section = ref<PolicySection>('policies')
  const chosen = ref<VersionRef | null>(null)
  const shown = shallowRef<Answer<'library.version'> | null>(null)
  const pending = shallowRef<Import | null>(null)
  const reading = ref(false)
  /** Whose versions the files of the import are, where a person says so. */
  const named = ref('')
  const document = ref(0)
  const preview = shallowRef<PolicyTextAnswer | null>(null)
  const dates = ref<Readonly<Record<number, string>>>({})
  const left = ref<ReadonlySet<number>>(new Set())

  /** What will be stored when a person says so. */
  const toStore = computed(() =>
    (pending.value?.documents ?? []).flatMap((one, index) =>
      one.problem === null && one.storedAs === null && !left.value.has(index) ? [{ one, index }] : [],
    ),
  )
  const isDated = (index: number): boolean => /^\d{4}-\d{2}-\d{2}$/.test(dates.value[index] ?? '')
  const undated = computed(() => toStore.value.filter(({ one, index }) => one.needsDate && !isDated(index)))

  async function load(): Promise<void> {
    const result = await client.call('library.policies', {})
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    library.value = result.value
    loaded.value = true
    const entry = result.value.policies.find(({ policy }) => policy === chosen.value?.policy)
    if (entry?.versions.some(({ version }) => version === chosen.value?.version) === true) return
    const first = result.value.policies[0]
    const newest = first?.versions.at(-1)
    chosen.value =
      first === undefined || newest === undefined ? null : { policy: first.policy, version: newest.version }
  }

  async function loadVersion(): Promise<void> {
    const wanted = chosen.value
    if (wanted === null) {
      shown.value = null
      return
    }
    const result = await client.call('library.version', { ...wanted })
    if (chosen.value?.policy !== wanted.policy || chosen.value.version !== wanted.version) return
    if (result.ok) shown.value = result.value
    else notices.report(result.problem)
  }

  /** Reads what was chosen or dropped; nothing is stored before a person has looked. */
  async function importFrom(ask: () => ReturnType<Client['pick']>): Promise<void> {
    const granted = await ask()
    if (!granted.ok) {
      notices.report(granted.problem)
      return
    }
    if (granted.value === null) return
    navigation.show('policies')
    section.value = 'policies'
    named.value = ''
    await read(granted.value, null)
  }

  async function read(token: FileToken, policy: string | null): Promise<void> {
    reading.value = true
    const result = await client.call('library.preview', { token, policy })
    reading.value = false
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    const { preview: id, documents } = result.value
    pending.value = { token, id, documents }
    dates.value = {}
    left.value = new Set()
    document.value = Math.max(
      0,
      documents.findIndex(({ problem }) => problem === null),
    )
    const good = documents.filter(({ problem }) => problem === null).length
    notices.announce(t('policies.readCount', { n: n(good) }, good))
    await loadPreview()
  }

  /** The same files once more, as versions of another policy. */
  async function rename(): Promise<void> {
    const policy = named.value.trim()
    if (pending.value !== null) await read(pending.value.token, policy === '' ? null : policy)
  }

  async function loadPreview(): Promise<void> {
    const at = document.value
    const of = pending.value
    preview.value = null
    if (of === null || of.documents[at]?.problem !== null) return
    const result = await client.call('library.previewed', { preview: of.id, document: at })
    if (document.value !== at || pending.value !== of) return
    if (result.ok) preview.value = result.value
    else notices.report(result.problem)
  }

  async function match(clause: string, to: string | null): Promise<void> {
    if (pending.value === null) return
    const args = { preview: pending.value.id, document: document.value, clause, to }
    const result = await client.call('library.match', args)
    if (!result.ok) notices.report(result.problem)
    await loadPreview()
    announceMatch(to)
  }

  async function correct(clause: string, to: string | null): Promise<void> {
    if (chosen.value === null) return
    const result = await client.call('library.correct', { ...chosen.value, clause, to })
    if (!result.ok) notices.report(result.problem)
    await loadVersion()
    announceMatch(to)
  }

  function announceMatch(to: string | null): void {
    notices.announce(to === null ? t('policies.unmatchedNow') : t('policies.matchedNow', { clause: to }))
  }

  async function store(): Promise<void> {
    const of = pending.value
    if (of === null || toStore.value.length === 0) return
    const documents = toStore.value.map(({ index }) => ({
      document: index,
      date: isDated(index) ? (dates.value[index] ?? null) : null,
    }))
    const result = await client.call('library.store', { preview: of.id, documents })
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    pending.value = null
    preview.value = null
    const last = result.value.stored.at(-1)
    if (last !== undefined) chosen.value = { policy: last.policy, version: last.version }
    const { stored } = result.value
    notices.announce(t('policies.stored', { n: n(stored.length) }, stored.length))
    await load()
    await loadVersion()
  }

  function dismiss(): void {
    pending.value = null
    preview.value = null
  }

  function choose(version: VersionRef): void {
    chosen.value = version
    void loadVersion()
  }

  function setDate(index: number, date: string): void {
    dates.value = { ...dates.value, [index]: date }
  }

  function keep(index: number, kept: boolean): void {
    const next = new Set(left.value)
    if (kept) next.delete(index)
    else next.add(index)
    left.value = next
  }

  client.on('library.changed', () => void load().then(loadVersion))

  return {
    library,
    loaded,
    section,
    chosen,
    shown,
    pending,
    reading,
    named,
    document,
    preview,
    dates,
    left,
    toStore,
    undated,
    load,
    loadVersion,
    importFrom,
    rename,
    loadPreview,
    match,
    correct,
    store,
    dismiss,
    choose,
    setDate,
    keep,
  }
})
