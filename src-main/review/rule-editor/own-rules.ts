import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Args, Answer, EventPayload, Handlers } from '../../contract/operation-schemas.ts'
import type { EventName } from '../../contract/operations.ts'
import type { PackProblem } from '../../contract/report.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { discover } from '../../intake/discover.ts'
import type { GivenPack, PackSelection } from '../../rules/pack.ts'
import { ruleSources } from '../../rules/rule-sources.ts'
import type { Store } from '../../store/store-calls.ts'
import type { FileTask, PackDescription, ReviewSettings } from '../job.ts'
import type { OpenCampaigns } from '../open-campaigns.ts'
import type { ReviewPool } from '../pool.ts'
import { shareNumbers } from '../series.ts'
import type { Grants } from '../tokens.ts'
import type { RulesDescription } from './describe-rules.ts'
import {
  adjusted,
  declarationFile,
  declarationOf,
  declarationText,
  freeFile,
  ownPackId,
  ownPackOf,
  withFile,
  withoutAdjustments,
  type OwnFile,
} from './own-pack.ts'
import { createRuleDrafts } from './rule-drafts.ts'
import type { FileHit, FileHits } from './rule-hits.ts'

export interface OwnRulesPorts {
  readonly store: Pick<Store, 'ownPackFiles' | 'saveOwnPackFiles'>
  readonly pool: Pick<ReviewPool, 'describeRules' | 'tryRules' | 'ruleHits' | 'seriesHits'>
  readonly campaigns: Pick<OpenCampaigns, 'get'>
  readonly grants: Pick<Grants, 'paths'>
  /** With the own pack as it is saved. */
  readonly settings: () => ReviewSettings
  readonly packs: () => Promise<Result<PackDescription>>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  readonly schemasDir: string
  /** Where drafts are kept. */
  readonly dataDir: string
  /** Files that are looked through at a time. */
  readonly jobs: number
  /** Another own pack is in force. */
  readonly onChanged: () => Promise<void>
}

export type RuleOperation =
  `rules.${'list' | 'open' | 'schema' | 'check' | 'hits' | 'drafts' | 'keepDrafts' | 'save' | 'remove' | 'off'}`

export interface OwnRules {
  readonly handlers: Pick<Handlers, RuleOperation>
  /** The library's own pack as it was read or saved last; empty: there is none. */
  readonly given: () => readonly GivenPack[]
  /** Once it was read from the library; a library that cannot be read has none. */
  readonly ready: () => Promise<void>
  /** Versions of the policy that rules say they are for, by rule; null: all. */
  readonly writtenFor: () => Promise<ReadonlyMap<string, readonly string[] | null>>
}

const done = ok({ done: true } as const)
const schemaFile = 'clausebench-pack-1-rules.schema.json'
const maxHits = 200
const superseded = fail('cancelled', 'A newer text is being looked for.')
const tellEveryMs = 200

/** The library's own pack: what is written in the rule editor, tried and kept. */
export function createOwnRules(ports: OwnRulesPorts): OwnRules {
  const { store, pool } = ports
  const drafts = createRuleDrafts(ports.dataDir)
  let files: readonly OwnFile[] = []
  let reading: Promise<void> | null = null
  let described: Promise<Result<RulesDescription>> | null = null
  let lastSearch = 0

  function ready(): Promise<void> {
    reading ??= store.ownPackFiles().then((read) => {
      files = read.ok ? read.value : []
    })
    return reading
  }

  const given = (of: readonly OwnFile[] = files): readonly GivenPack[] => {
    const pack = ownPackOf(of)
    return pack === null ? [] : [pack]
  }

  async function description(): Promise<Result<RulesDescription>> {
    // Asked for first, so that the selection is of the own pack as it is read.
    const packs = await ports.packs()
    if (!packs.ok) return packs
    described ??= pool.describeRules(ports.settings())
    return described
  }

  /** The policy that own rules serve: the provider's. */
  async function policy(): Promise<string> {
    const packs = await ports.packs()
    return (packs.ok ? packs.value.policies[0]?.policy : null) ?? ownPackId
  }

  async function saveAll(
    changed: readonly { readonly path: string; readonly text: string | null }[],
  ): Promise<Result<true>> {
    await ready()
    const before = new Map(files.map(({ path, text }) => [path, text]))
    const news = changed.filter(({ path, text }) => (before.get(path) ?? null) !== text)
    if (news.length === 0) return ok(true)
    const saved = await store.saveOwnPackFiles(news)
    if (!saved.ok) return saved
    files = saved.value
    described = null
    await ports.onChanged()
    ports.emit('rules.changed', {})
    return ok(true)
  }

  /** With the file as it is written; what is said of other packs' rules is of no matter to it. */
  async function draft(path: string, text: string | null): Promise<PackSelection> {
    const own = await policy()
    const plain = { path: declarationFile, text: declarationText(withoutAdjustments(declarationOf(files, own))) }
    const all = withFile(files, path, text, own).map((file) => (file.path === declarationFile ? plain : file))
    return { ...ports.settings().packs, given: given(all) }
  }

  async function pathOf({ document, yaml }: Args<'rules.check'>): Promise<string> {
    await ready()
    return document ?? freeFile(idsIn(yaml)[0] ?? 'rule', files)
  }

  async function hits(args: Args<'rules.hits'>): Promise<Result<Answer<'rules.hits'>>> {
    const search = ++lastSearch
    const path = await pathOf(args)
    const savedText = files.find((file) => file.path === path)?.text ?? null
    const rules = [...new Set([...idsIn(args.yaml), ...(savedText === null ? [] : idsIn(savedText))])]
    const tasks = await tasksOf(args.over)
    if (!tasks.ok) return tasks
    const drafted = await draft(path, args.yaml)
    const saved = savedText === null ? null : await draft(path, savedText)
    const found: { readonly hit: FileHit; readonly at: number }[] = []
    const noted: { readonly of: FileHits['noted']; readonly at: number }[] = []
    const series = new Set<string>()
    const share = shareNumbers()
    let messages = 0
    let unread = 0
    let doneFiles = 0
    let next = 0
    let toldMs = performance.now()
    const failed: { problem: Result<never> | null } = { problem: null }

    async function look(): Promise<void> {
      for (let at = next++; search === lastSearch && failed.problem === null; at = next++) {
        const file = tasks.ok ? tasks.value[at] : undefined
        if (file === undefined) return
        const result = await pool.ruleHits({ file, draft: drafted, saved, rules })
        doneFiles++
        if (!result.ok) {
          // One file that cannot be looked through takes nothing from the others; packs that cannot be loaded do.
          if (result.problem.code === 'no-pack') failed.problem = result
          unread++
          continue
        }
        messages += result.value.messages
        unread += result.value.unread
        found.push(...result.value.hits.map((hit) => ({ hit, at })))
        const of = result.value.noted.map(({ name, now, before }) => ({
          name,
          now: now && share(now),
          before: before && share(before),
        }))
        if (of.length > 0) noted.push({ of, at })
        for (const rule of result.value.series) series.add(rule)
        if (performance.now() - toldMs < tellEveryMs) continue
        toldMs = performance.now()
        ports.emit('rules.progress', { messages, files: doneFiles, ofFiles: tasks.ok ? tasks.value.length : 0 })
      }
    }

    await Promise.all(Array.from({ length: ports.jobs }, look))
    if (failed.problem !== null) return failed.problem
    if (search !== lastSearch) return superseded
    const inOrder = noted.toSorted((a, b) => a.at - b.at).flatMap(({ of }) => of)
    const together =
      inOrder.length === 0 ? ok([]) : await pool.seriesHits({ draft: drafted, saved, rules, messages: inOrder })
    if (!together.ok) return together
    if (search !== lastSearch) return superseded
    const ordered = [...found.toSorted((a, b) => a.at - b.at).map(({ hit }) => hit), ...together.value]
    const of = (change: FileHit['change']): FileHit[] => ordered.filter((hit) => hit.change === change)
    const [gained, lost, kept] = [of('gained'), of('lost'), of('kept')]
    const campaign = 'campaign' in args.over ? args.over.campaign : null
    return ok({
      messages,
      hitMessages: new Set([...gained, ...kept].map(({ message }) => message)).size,
      kept: kept.length,
      gained: gained.length,
      lost: lost.length,
      hits: [...gained, ...lost, ...kept].slice(0, maxHits).map((hit) => ({ ...hit, campaign })),
      unread,
      series: [...series],
    })
  }

  async function tasksOf(over: Args<'rules.hits'>['over']): Promise<Result<readonly FileTask[]>> {
    if ('campaign' in over) {
      const open = ports.campaigns.get(over.campaign)
      if (open === null) return fail('not-found', 'This campaign is no longer open.')
      return ok([
        ...new Map(
          [...open.messages.values()].flatMap(({ task, isEarlier }) =>
            isEarlier === true ? [] : [[task.path, task] as const],
          ),
        ).values(),
      ])
    }
    const paths = ports.grants.paths(over.token)
    if (paths === null) return fail('not-found', 'These files are no longer at hand. Choose them again.')
    const settings = ports.settings()
    const tasks: FileTask[] = []
    for await (const item of discover(paths)) {
      if (item.kind !== 'file') continue
      const { path, input, named, defaults } = item
      tasks.push({ path, input, named, defaults, settings })
    }
    return ok(tasks)
  }

  const handlers: OwnRules['handlers'] = {
    'rules.list': async () => {
      const rules = await description()
      if (!rules.ok) return rules
      const { packs, rules: listed } = rules.value
      return ok({ packs: packs.map((pack) => ({ ...pack, problems: [...pack.problems] })), rules: [...listed] })
    },
    'rules.open': async ({ pack, rule }) => {
      const rules = await description()
      if (!rules.ok) return rules
      const found = rules.value.rules.find((one) => one.pack === pack && one.id === rule)
      const own = pack === ownPackId ? files.find(({ path }) => path === (found?.file ?? rule)) : undefined
      if (own !== undefined) return ok({ text: own.text, file: own.path, isOwn: true })
      const text = new Map(rules.value.texts).get(rule)
      return found === undefined || text === undefined
        ? fail('not-found', 'There is no such rule any more.')
        : ok({ text, file: found.file, isOwn: false })
    },
    'rules.schema': async () => {
      const packs = await ports.packs()
      if (!packs.ok) return packs
      const own = await policy()
      const schema = await readFile(join(ports.schemasDir, schemaFile), 'utf8')
      const clauses = packs.value.policies.flatMap((one) =>
        one.clauses.map(({ id, heading }) => ({ id: one.policy === own ? id : `${one.policy}:${id}`, heading })),
      )
      return ok({ schema, clauses })
    },
    'rules.check': async (args) => {
      const path = await pathOf(args)
      const tried = await pool.tryRules({ packs: await draft(path, args.yaml), file: path, text: args.yaml })
      if (!tried.ok) return tried
      const { rules, problems, examples } = tried.value
      return ok({ rules: [...rules], problems: [...problems], examples: [...examples] })
    },
    'rules.hits': hits,
    'rules.drafts': async () => ok({ drafts: [...(await drafts.read())] }),
    'rules.keepDrafts': async ({ drafts: written }) => {
      await drafts.keep(written)
      return done
    },
    'rules.save': async (args) => {
      const path = await pathOf(args)
      const own = await policy()
      const after = withFile(files, path, args.yaml, own)
      const saved = await saveAll(after)
      if (!saved.ok) return saved
      const packs = await ports.packs()
      return ok({ file: path, problems: packs.ok ? problemsIn(packs.value, path) : [] })
    },
    'rules.remove': async ({ document }) => {
      const saved = await saveAll([{ path: document, text: null }])
      return saved.ok ? done : saved
    },
    'rules.off': async ({ rule, reason }) => {
      await ready()
      const text = declarationText(adjusted(declarationOf(files, await policy()), rule, reason))
      const saved = await saveAll([{ path: declarationFile, text }])
      return saved.ok ? done : saved
    },
  }

  return {
    handlers,
    given: () => given(),
    ready,
    async writtenFor() {
      const rules = await description()
      return new Map(rules.ok ? rules.value.rules.map(({ id, versions }) => [id, versions]) : [])
    },
  }
}

function problemsIn({ entries }: PackDescription, path: string): PackProblem[] {
  return entries
    .filter(({ id }) => id === ownPackId)
    .flatMap(({ problems }) => problems.filter(({ file }) => file === path))
}

function idsIn(text: string): string[] {
  return ruleSources({ files: new Map([['rules/draft.yaml', text]]) }).map(({ id }) => id)
}
