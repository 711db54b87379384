import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useClient } from '../../api/client.ts'
import { useNotices } from '../../app/notices.ts'
import type { Answer, Args, FileToken } from '../../../../src-main/contract/operation-schemas.ts'
import type { ListedRule } from '../../../../src-main/contract/rule-operations.ts'
import { usePeople } from '../decide/people.ts'
import { useCampaigns } from '../review/campaigns.ts'
import { asOwnText, ruleGroups, templateText, writtenId } from './rule-groups.ts'

export interface OpenRule {
  /** Of the editor: another one is another text. */
  readonly key: string
  readonly rule: string
  readonly pack: string
  /** null: it was never saved. */
  readonly file: string | null
  readonly isOwn: boolean
  readonly saved: string
  /** Counts how often what was written was thrown away: the editor shows the text anew. */
  readonly turn: number
}

interface Draft {
  readonly open: OpenRule
  readonly text: string
}

const ownPack = 'own'
/** Long enough for a word, short enough to seem at once. */
const checkAfterMs = 250
const searchAfterMs = 700
const keepAfterMs = 500
const maxDrafts = 50

/** The packs' rules, and the one that is read or written. */
export const useRules = defineStore('rules', () => {
  const client = useClient()
  const notices = useNotices()
  const people = usePeople()
  const campaigns = useCampaigns()
  const listed = shallowRef<Answer<'rules.list'> | null>(null)
  const query = ref('')
  const open = shallowRef<OpenRule | null>(null)
  const text = ref('')
  const schema = shallowRef<Answer<'rules.schema'> | null>(null)
  const tried = shallowRef<Answer<'rules.check'> | null>(null)
  const hits = shallowRef<Answer<'rules.hits'> | null>(null)
  const searching = ref<{ readonly files: number; readonly ofFiles: number } | null>(null)
  const folder = shallowRef<FileToken | null>(null)
  /** Where hits are looked for. */
  const over = ref<'campaign' | 'folder'>('campaign')
  /** Unsaved texts, by file: nothing is lost while another rule is looked at. */
  const drafts = shallowRef<ReadonlyMap<string, Draft>>(new Map())
  let draftsRead: Promise<void> | null = null
  /** As they are now; they outlast the program. */
  const draftsKept = ref(true)
  let keepTimer: ReturnType<typeof setTimeout> | null = null
  let checkTimer: ReturnType<typeof setTimeout> | null = null
  let searchTimer: ReturnType<typeof setTimeout> | null = null
  let lastCheck = 0
  let lastSearch = 0

  const groups = computed(() => ruleGroups(listed.value?.packs ?? [], listed.value?.rules ?? [], query.value))
  const isChanged = computed(() => open.value?.isOwn === true && text.value !== open.value.saved)
  const ownProblems = computed(() => listed.value?.packs.find(({ isOwn }) => isOwn)?.problems ?? [])
  const chosen = computed(
    () => listed.value?.rules.find(({ id, pack }) => id === open.value?.rule && pack === open.value.pack) ?? null,
  )

  /** Every text that is not saved, the one in the editor among them. */
  const unsaved = computed((): readonly Draft[] => {
    const all = new Map(drafts.value)
    const now = open.value
    if (now !== null) {
      if (isChanged.value) all.set(now.key, draftOf(now))
      else all.delete(now.key)
    }
    return [...all.values()]
  })

  /** Who asks while the answer is on its way waits for the same one. */
  function load(): Promise<void> {
    loading ??= readAll().finally(() => (loading = null))
    return loading
  }
  let loading: Promise<void> | null = null

  async function readAll(): Promise<void> {
    draftsRead ??= readDrafts()
    void readSchema()
    const [result] = await Promise.all([client.call('rules.list', {}), draftsRead])
    if (result.ok) listed.value = result.value
    else notices.report(result.problem)
  }

  async function readSchema(): Promise<void> {
    if (schema.value !== null) return
    const known = await client.call('rules.schema', {})
    if (known.ok) schema.value = known.value
  }

  /** What was not saved when the program ended. */
  async function readDrafts(): Promise<void> {
    const kept = await client.call('rules.drafts', {})
    if (!kept.ok) return
    const read = kept.value.drafts.map(({ document, rule, yaml: written }): Draft => {
      const key = document ?? newKey()
      return {
        open: { key, rule, pack: ownPack, file: document, isOwn: true, saved: '', turn: 0 },
        text: written,
      }
    })
    drafts.value = new Map([...read.map((draft) => [draft.open.key, draft] as const), ...drafts.value])
  }

  async function keep(written: Args<'rules.keepDrafts'>['drafts']): Promise<void> {
    const result = await client.call('rules.keepDrafts', { drafts: written })
    // A newer text waits for its turn otherwise.
    if (keepTimer !== null) return
    if (result.ok) draftsKept.value = true
    else notices.report(result.problem)
  }

  /** What is in the editor, by the name that its text gives it. */
  function draftOf(of: OpenRule): Draft {
    return { open: { ...of, rule: writtenId(text.value) ?? of.rule }, text: text.value }
  }

  function keepDraft(): void {
    const before = open.value
    if (before?.isOwn !== true) return
    if (text.value === before.saved) forget(before.key)
    else drafts.value = new Map([...drafts.value, [before.key, draftOf(before)]])
  }

  function forget(key: string): void {
    drafts.value = new Map([...drafts.value].filter(([one]) => one !== key))
  }

  function show(next: OpenRule): void {
    keepDraft()
    const draft = drafts.value.get(next.key)
    open.value = next
    text.value = draft?.text ?? next.saved
    tried.value = null
    hits.value = null
    if (next.isOwn) lookSoon(0)
  }

  async function choose({ pack, id }: Pick<ListedRule, 'pack' | 'id'>): Promise<void> {
    const result = await client.call('rules.open', { pack, rule: id })
    if (!result.ok) {
      notices.report(result.problem)
      return
    }
    const { file, isOwn, text: saved } = result.value
    show({ key: isOwn ? file : `${pack} ${id}`, rule: id, pack, file: isOwn ? file : null, isOwn, saved, turn: 0 })
  }

  /** From elsewhere, by its id alone. */
  async function showRule(id: string): Promise<void> {
    query.value = ''
    if (listed.value === null) await load()
    const rule = listed.value?.rules.find((one) => one.id === id)
    if (rule !== undefined) await choose(rule)
  }

  /** A text that is not saved; where its file is gone, it is one of none. */
  async function chooseDraft({ open: of }: Draft): Promise<void> {
    if (of.key === open.value?.key) return
    const { file } = of
    const result = file === null ? null : await client.call('rules.open', { pack: ownPack, rule: file })
    if (result?.ok === true) show({ ...of, saved: result.value.text })
    else show({ ...of, file: null, saved: '' })
  }

  let drafted = 0
  const newKey = (): string => `new ${String(++drafted)}`

  function draft(rule: string, from: string): void {
    show({ key: newKey(), rule, pack: ownPack, file: null, isOwn: true, saved: '', turn: 0 })
    write(from)
  }

  /** Back to what was saved; what never was is gone. */
  function discard(): void {
    const asked = open.value
    if (asked?.isOwn !== true) return
    forget(asked.key)
    text.value = asked.saved
    if (asked.file === null) open.value = null
    else {
      open.value = { ...asked, turn: asked.turn + 1 }
      lookSoon(0)
    }
  }

  function create(): void {
    draft('own/new-rule', templateText)
  }

  function copyToOwn(): void {
    const from = open.value
    if (from !== null) draft(`own/${from.rule.slice(from.rule.indexOf('/') + 1)}`, asOwnText(from.saved, from.rule))
  }

  function write(next: string): void {
    text.value = next
    lookSoon(checkAfterMs)
  }

  function lookSoon(afterMs: number): void {
    if (checkTimer !== null) clearTimeout(checkTimer)
    if (searchTimer !== null) clearTimeout(searchTimer)
    checkTimer = setTimeout(() => void check(), afterMs)
    searchTimer = setTimeout(() => void search(), afterMs === 0 ? 0 : searchAfterMs)
  }

  async function check(): Promise<void> {
    const asked = open.value
    if (asked?.isOwn !== true) return
    const number = ++lastCheck
    const result = await client.call('rules.check', { document: asked.file, yaml: text.value })
    if (number !== lastCheck || open.value?.key !== asked.key) return
    if (result.ok) tried.value = result.value
    else notices.report(result.problem)
  }

  async function search(): Promise<void> {
    const asked = open.value
    if (asked?.isOwn !== true) return
    const campaign = campaigns.current?.summary.id ?? null
    const where =
      over.value === 'campaign'
        ? campaign === null
          ? null
          : { campaign }
        : folder.value === null
          ? null
          : { token: folder.value }
    const number = ++lastSearch
    if (where === null) {
      hits.value = null
      return
    }
    searching.value = { files: 0, ofFiles: 0 }
    const result = await client.call('rules.hits', { document: asked.file, yaml: text.value, over: where })
    if (number !== lastSearch) return
    searching.value = null
    if (open.value?.key !== asked.key) return
    if (result.ok) hits.value = result.value
    else if (result.problem.code !== 'cancelled') notices.report(result.problem)
  }

  async function chooseFolder(): Promise<void> {
    const picked = await client.pick('folder')
    if (!picked.ok) {
      notices.report(picked.problem)
      return
    }
    if (picked.value === null) return
    folder.value = picked.value
    over.value = 'folder'
    await search()
  }

  async function save(): Promise<boolean> {
    const asked = open.value
    if (asked?.isOwn !== true) return false
    const written = text.value
    const result = await people.act('rules.save', { document: asked.file, yaml: written })
    if (!result.ok) return false
    forget(asked.key)
    if (open.value?.key === asked.key) {
      const { file } = result.value
      const rule = tried.value?.rules[0] ?? asked.rule
      // The editor goes on with the same text: its key stays.
      open.value = { ...asked, file, rule, saved: written }
      lookSoon(0)
    }
    return true
  }

  async function remove(): Promise<void> {
    const asked = open.value
    if (asked?.isOwn !== true) return
    if (asked.file !== null) {
      const result = await people.act('rules.remove', { document: asked.file })
      if (!result.ok) return
    }
    forget(asked.key)
    open.value = null
    text.value = ''
  }

  async function switchOff(rule: string, reason: string | null): Promise<boolean> {
    const result = await people.act('rules.off', { rule, reason })
    return result.ok
  }

  client.on('rules.changed', () => void readAll())
  watch(
    () =>
      unsaved.value
        .slice(0, maxDrafts)
        .map(({ open: { file, rule }, text: written }) => ({ document: file, rule, yaml: written.slice(0, 200_000) })),
    (now, before) => {
      // Before they were read, there is nothing to be kept.
      if (draftsRead === null || JSON.stringify(now) === JSON.stringify(before)) return
      if (keepTimer !== null) clearTimeout(keepTimer)
      draftsKept.value = false
      keepTimer = setTimeout(() => {
        keepTimer = null
        void keep(now)
      }, keepAfterMs)
    },
  )
  client.on('rules.progress', ({ files, ofFiles }) => {
    if (searching.value !== null) searching.value = { files, ofFiles }
  })
  watch(
    () => campaigns.current?.summary.id,
    () => {
      if (over.value === 'campaign') void search()
    },
  )

  return {
    listed,
    groups,
    query,
    open,
    chosen,
    text,
    schema,
    tried,
    hits,
    searching,
    over,
    folder,
    isChanged,
    unsaved,
    draftsKept,
    ownProblems,
    load,
    choose,
    showRule,
    chooseDraft,
    discard,
    create,
    copyToOwn,
    write,
    search,
    chooseFolder,
    save,
    remove,
    switchOff,
  }
})
