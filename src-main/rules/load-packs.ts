import { join } from 'node:path'
import type { PackProblem, SourceRef } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { readPackFiles, type PackFiles } from './loading/pack-files.ts'
import type { PackFolder } from './loading/pack-folder.ts'
import {
  chooseVersion,
  clausesOf,
  lineageOf,
  readClauseFiles,
  sourceRef,
  startOf,
  type ChosenVersion,
} from './loading/policy-version.ts'
import { readDeclaration } from './loading/pack-declaration.ts'
import { readRuleFiles, type DeclaredRule } from './loading/rule-files.ts'
import { readValueLists, type ValueLists } from './loading/values-files.ts'
import { packPhrases, readWordLists, type PackPhrases, type WordLists } from './loading/words.ts'
import { readLocales, type Locales } from './loading/locales.ts'
import { parseYaml } from './loading/yaml-file.ts'
import { lookingKinds, wordKinds } from './kinds/kinds.ts'
import type { Clause, Pack, PackSelection, Rule } from './pack.ts'
import type { PatternEngine } from './patterns/pattern.ts'
import { judgePattern, openVerdictCache, type ProofTimeouts, type VerdictCache } from './patterns/safety.ts'
import type { PackDeclaration } from './schemas/pack-schema.ts'
import type { ClausesFile } from './schemas/clauses-schema.ts'
import type { Look } from '../views/view.ts'

/** The packs of a selection, read and checked, with all that compiling needs. */
export interface LoadedPacks {
  /** The provider's pack, its overlays, then own packs. */
  readonly packs: readonly Pack[]
  /** By pack id. */
  readonly resources: ReadonlyMap<string, PackResources>
  /** How each pattern may be run. */
  readonly patterns: ReadonlyMap<string, PatternEngine>
  /** Old rule id: new one. */
  readonly aliases: ReadonlyMap<string, string>
  /** Full clause id: the first of the clauses that say the same. */
  readonly twins: ReadonlyMap<string, string>
  /** The day the versions were chosen by. */
  readonly asOf: string
  /** The days from which versions of the policies are in force, in order; the choice changes on no other. */
  readonly versionDays: readonly string[]
  /** Whether no rule was left out because the proof of its pattern ran out of time; another start may be luckier. */
  readonly settled: boolean
  /** Ids that no further rule may have: those of rules for other versions and of rules switched off among them. */
  readonly ruleIds: readonly string[]
  /** The shipped values, which every pack may name. */
  readonly values: ValueLists
}

export interface PackResources {
  readonly words: WordLists
  readonly phrases: PackPhrases
  /** The pack's own first, then the shipped ones. */
  readonly values: ValueLists
  readonly locales: Locales
}

/**
 * Loads the packs of a selection. Fails with `no-pack` when a folder of own packs holds none or a named pack or version
 * is not there; everything wrong inside a pack is in its `problems`, and leaves out what it concerns alone.
 */
export async function loadPacks(selection: PackSelection, timeouts?: ProofTimeouts): Promise<Result<LoadedPacks>> {
  const files = await readPackFiles(selection)
  return files.ok ? loadPackFiles(files.value, selection, timeouts) : files
}

/** The same from files that were read before. */
export async function loadPackFiles(
  files: PackFiles,
  selection: PackSelection,
  timeouts?: ProofTimeouts,
): Promise<Result<LoadedPacks>> {
  const shipped = files.shipped.map(readOnce)
  const own = files.own.map(readOnce)
  const chosen = choose(shipped, own, selection)
  if (!chosen.ok) return chosen
  return ok(await assemble(chosen.value, [...shipped, ...own], valuesOnce(files.values), selection, timeouts))
}

/** The default selection's packs were loaded before, without own ones: the same with these. They come last and change no file of the others. */
export async function addOwnPacks(
  before: LoadedPacks,
  folders: PackFiles['own'],
  selection: PackSelection,
  timeouts?: ProofTimeouts,
): Promise<LoadedPacks> {
  const own = folders.map(readOnce)
  const choices = own.map((pack) => inForce(pack, selection.asOf))
  return assemble(choices, own, { lists: before.values, problems: [] }, selection, timeouts, before)
}

/** A pack's folder with its `pack.yaml` and versions read. */
interface ReadPack {
  readonly folder: PackFolder
  /** Null: its `pack.yaml` cannot be used. */
  readonly declaration: PackDeclaration | null
  readonly versions: readonly ClausesFile[]
  readonly problems: readonly PackProblem[]
  readonly problemAt: (path: readonly PropertyKey[], message: string) => PackProblem
}

/** Who writes a rule has the same folders read at every key. */
const readBefore = new WeakMap<PackFolder, ReadPack>()
const valuesBefore = new WeakMap<PackFiles['values'], ReturnType<typeof readValueLists>>()

function readOnce(folder: PackFolder): ReadPack {
  const read = readBefore.get(folder) ?? readPack(folder)
  readBefore.set(folder, read)
  return read
}

function valuesOnce(values: PackFiles['values']): ReturnType<typeof readValueLists> {
  const read = valuesBefore.get(values) ?? readValueLists(values)
  valuesBefore.set(values, read)
  return read
}

function readPack(folder: PackFolder): ReadPack {
  const file = 'pack.yaml'
  const unusable = (problems: readonly PackProblem[]): ReadPack => ({
    folder,
    declaration: null,
    versions: [],
    problems: [...folder.problems, ...problems],
    problemAt: (_, message) => ({ code: 'bad-pack', rule: null, file, line: 1, column: 1, message }),
  })
  const parsed = parseYaml(folder.files.get(file) ?? '')
  if ('problems' in parsed) return unusable(parsed.problems.map((problem) => ({ ...problem, rule: null, file })))
  const read = readDeclaration(parsed.file, folder.name)
  if (read.declaration === null) return unusable(read.problems.map((problem) => ({ ...problem, rule: null, file })))
  const { declaration } = read
  const problemAt = (path: readonly PropertyKey[], message: string): PackProblem => ({
    code: 'bad-pack',
    rule: null,
    file,
    message,
    ...parsed.file.placeOf(path),
  })
  const { versions, problems } = readClauseFiles(folder.files, declaration.policy)
  const own: PackProblem[] = read.problems.map((problem) => ({ ...problem, rule: null, file }))
  const saysVersion = own.some(({ message }) => message.startsWith('version'))
  if (versions.length === 0 && declaration.version === undefined && !saysVersion)
    own.push(problemAt([], 'version is missing; a pack without clauses/ needs one'))
  if (versions.length > 0 && declaration.version !== undefined)
    own.push(problemAt(['version'], 'version: leave it out; the files in clauses/ are the versions'))
  return { folder, declaration, versions, problems: [...folder.problems, ...problems, ...own], problemAt }
}

interface Choice {
  readonly pack: ReadPack
  readonly version: ChosenVersion | null
}

function choose(
  shipped: readonly ReadPack[],
  own: readonly ReadPack[],
  selection: PackSelection,
): Result<readonly Choice[]> {
  const all = [...shipped, ...own]
  if (selection.named.length === 0) {
    const overlays = new Set(shipped.flatMap(({ declaration }) => declaration?.overlays ?? []))
    const providers = shipped.filter((pack) => !overlays.has(idOf(pack)))
    const drawn = providers.flatMap(({ declaration }) =>
      (declaration?.overlays ?? []).flatMap((id) => shipped.find((pack) => idOf(pack) === id) ?? []),
    )
    return ok([...new Set([...providers, ...drawn, ...own])].map((pack) => inForce(pack, selection.asOf)))
  }
  const chosen = new Map<ReadPack, Choice>()
  for (const name of selection.named) {
    const [id = '', version] = name.split('@')
    const pack = all.find((one) => idOf(one) === id)
    if (pack === undefined)
      return fail('no-pack', `There is no pack “${id}”; there are: ${all.map(idOf).join(', ') || 'none'}.`)
    if (version === undefined) {
      chosen.set(pack, inForce(pack, selection.asOf))
      continue
    }
    const versions = pack.versions.map((one) => one.version)
    const file = pack.versions.find((one) => one.version === version)
    if (file === undefined && (versions.length > 0 || pack.declaration?.version !== version)) {
      return fail(
        'no-pack',
        `The pack “${id}” has no version “${version}”; it has: ${versions.join(', ') || (pack.declaration?.version ?? 'none')}.`,
      )
    }
    chosen.set(pack, { pack, version: file === undefined ? null : { file, note: null } })
  }
  return ok([...chosen.values()])
}

function inForce(pack: ReadPack, asOf: string): Choice {
  return { pack, version: chooseVersion(pack.versions, asOf) }
}

function idOf({ declaration, folder }: ReadPack): string {
  return declaration?.id ?? folder.name
}

/** A pack on its way: rules come and go until all packs are read. */
interface Draft {
  /** Null: of a pack that was loaded before. */
  readonly choice: Choice | null
  readonly pack: Omit<Pack, 'rules' | 'problems'>
  readonly problems: PackProblem[]
  /** Rules that build on others, with the way to their places. */
  readonly building: DeclaredRule[]
  rules: Rule[]
}

async function assemble(
  choices: readonly Choice[],
  available: readonly ReadPack[],
  shared: { readonly lists: ValueLists; readonly problems: readonly PackProblem[] },
  selection: PackSelection,
  timeouts: ProofTimeouts | undefined,
  before?: LoadedPacks,
): Promise<LoadedPacks> {
  const policies = knownPolicies(before?.packs ?? [], choices, available, selection.asOf)
  const cache = await openVerdictCache(selection.cacheDir ?? null, [join(selection.values ?? selection.shipped, '..')])
  const patterns = new Map<string, PatternEngine>(before?.patterns)
  const resources = new Map<string, PackResources>(before?.resources)
  const ruleIds = new Set<string>(before?.ruleIds)
  const drafts: Draft[] = before?.packs.map(loadedDraft) ?? []

  for (const choice of choices) {
    const draft = draftOf(choice)
    drafts.push(draft)
    const { declaration, folder } = choice.pack
    if (declaration === null) continue
    if (resources.has(declaration.id)) {
      draft.problems.push(
        choice.pack.problemAt(['id'], `id: another pack is called “${declaration.id}” too; this one is left out`),
      )
      continue
    }
    const words = readWordLists(folder.files)
    const values = readValueLists(folder.files)
    const locales = readLocales(folder.files)
    draft.problems.push(...words.problems, ...values.problems, ...locales.problems)
    const lists = new Map([...shared.lists, ...values.lists])
    const phrases = packPhrases(words.lists)
    resources.set(declaration.id, { words: words.lists, phrases, values: lists, locales: locales.locales })
    const read = readRuleFiles(folder.files, {
      words: words.lists,
      phrases,
      hasValues: (name) => lists.has(name),
    })
    draft.problems.push(...read.problems)
    for (const declared of read.rules) {
      // What serves other versions alone may name clauses that this one does not have.
      if (declared.declaration.versions?.includes(draft.pack.version) === false) {
        ruleIds.add(declared.declaration.id)
        continue
      }
      const problem =
        ruleProblem(declared, declaration, policies, ruleIds) ??
        (await patternProblem(declared, patterns, cache, timeouts))
      if (problem !== null) draft.problems.push(problem)
      else {
        ruleIds.add(declared.declaration.id)
        if (declared.rules.length > 0) draft.building.push(declared)
        draft.rules.push(ruleOf(declared, draft.pack, declaration.languages ?? null, policies))
      }
    }
  }
  await cache.save()
  drafts[0]?.problems.push(...shared.problems)
  const aliases = new Map([
    ...(before?.aliases ?? []),
    ...choices.flatMap(({ pack }) => Object.entries(pack.declaration?.aliases ?? {})),
  ])
  leaveOutDangling(drafts, ruleIds, aliases)
  const adjusted = drafts.map((draft) => adjust(draft, drafts, aliases))
  return {
    packs: drafts.map(({ pack, rules, problems }, at) => ({
      ...pack,
      note: [...(pack.note === null ? [] : [pack.note]), ...(adjusted[at] ?? [])].join(' ') || null,
      rules,
      problems: problems.sort(byPlace),
    })),
    resources,
    patterns,
    aliases,
    twins: new Map([...(before?.twins ?? []), ...twinsOf(choices)]),
    asOf: selection.asOf,
    versionDays: [
      ...new Set([...(before?.versionDays ?? []), ...available.flatMap(({ versions }) => versions.map(startOf))]),
    ].sort(),
    settled: cache.settled() && before?.settled !== false,
    ruleIds: [...ruleIds],
    values: shared.lists,
  }
}

function loadedDraft({ rules, problems, ...pack }: Pack): Draft {
  return { choice: null, pack, problems: [...problems], building: [], rules: [...rules] }
}

function draftOf({ pack, version }: Choice): Draft {
  const { declaration, folder, problems } = pack
  return {
    choice: { pack, version },
    pack: {
      id: declaration?.id ?? folder.name,
      version: version?.file.version ?? declaration?.version ?? '0',
      title: version?.file.title ?? declaration?.title ?? folder.name,
      policy: declaration?.policy ?? folder.name,
      basis: version?.file.basis ?? declaration?.basis ?? 'primary',
      note: version?.note ?? null,
      sha256: folder.sha256,
      clauses: version === null ? [] : clausesOf(version.file),
      lineage: version === null ? null : lineageOf(version.file),
    },
    problems: [...problems],
    building: [],
    rules: [],
  }
}

/** Clauses of each policy that any pack at hand declares, in the version that is judged by. */
type Policies = ReadonlyMap<string, { readonly version: string; readonly clauses: ReadonlyMap<string, Clause> }>

function knownPolicies(
  before: readonly Pack[],
  choices: readonly Choice[],
  available: readonly ReadPack[],
  asOf: string,
): Policies {
  const policies = new Map<string, { version: string; clauses: ReadonlyMap<string, Clause> }>()
  for (const { policy, version, clauses } of before) {
    if (clauses.length === 0 || policies.has(policy)) continue
    policies.set(policy, { version, clauses: new Map(clauses.map((clause) => [clause.id, clause])) })
  }
  const rest = available.map((pack) => ({ pack, version: chooseVersion(pack.versions, asOf) }))
  for (const { pack, version } of [...choices, ...rest]) {
    const policy = pack.declaration?.policy
    if (policy === undefined || version === null || policies.has(policy)) continue
    policies.set(policy, {
      version: version.file.version,
      clauses: new Map(clausesOf(version.file).map((clause) => [clause.id, clause])),
    })
  }
  return policies
}

function fullClause(ref: string, policy: string): string {
  return ref.includes(':') ? ref : `${policy}:${ref}`
}

function ruleProblem(
  declared: DeclaredRule,
  pack: PackDeclaration,
  policies: Policies,
  ruleIds: ReadonlySet<string>,
): PackProblem | null {
  const { declaration, problem } = declared
  if (ruleIds.has(declaration.id))
    return problem('duplicate-rule', `id: another rule is called “${declaration.id}” too; this one is left out`, ['id'])
  for (const [at, ref] of declaration.clauses.entries()) {
    const wrong = clauseProblem(ref, pack.policy, policies)
    if (wrong !== null) return problem('wrong-clause', `clauses: ${wrong}`, ['clauses', at])
  }
  const { source } = declaration
  for (const [at, one] of (source === undefined ? [] : Array.isArray(source) ? source : [source]).entries()) {
    const wrong = 'clause' in one ? clauseProblem(one.clause, pack.policy, policies) : null
    if (wrong !== null)
      return problem(
        'wrong-clause',
        `source: ${wrong}`,
        Array.isArray(source) ? ['source', at, 'clause'] : ['source', 'clause'],
      )
  }
  return null
}

function clauseProblem(ref: string, ownPolicy: string, policies: Policies): string | null {
  const [policy = '', clause = ''] = fullClause(ref, ownPolicy).split(':')
  const known = policies.get(policy)
  // A policy of one's own may stand without a list of its clauses.
  if (known === undefined)
    return policy === ownPolicy
      ? null
      : `there is no policy “${policy}” here; known: ${[...policies.keys()].join(', ') || 'none'}`
  if (known.clauses.has(clause)) return null
  const near = [...known.clauses.keys()].filter((id) => id.split('.')[0] === clause.split('.')[0])
  return `“${clause}” is no clause of ${policy}@${known.version}; ${near.length > 0 ? `near it: ${near.slice(0, 12).join(', ')}` : `it has ${[...known.clauses.keys()].slice(0, 30).join(', ')} …`}`
}

async function patternProblem(
  declared: DeclaredRule,
  patterns: Map<string, PatternEngine>,
  cache: VerdictCache,
  timeouts: ProofTimeouts | undefined,
): Promise<PackProblem | null> {
  for (const { value, path } of declared.patterns) {
    const verdict = await judgePattern(value, cache, timeouts)
    if (verdict === 'unsafe') {
      return declared.problem(
        'unsafe-pattern',
        'this pattern can take far too long on some texts, and holds what the linear engine cannot run (look-around, back-references); write it without nested or neighbouring repeats',
        ['check', ...path],
      )
    }
    patterns.set(value, verdict)
  }
  return null
}

const defaultLook: readonly Look[] = [
  'subject',
  'preheader',
  'title',
  'text',
  'html',
  'image-alt',
  'link-text',
  'attachment-text',
]

function ruleOf(
  { declaration, check }: DeclaredRule,
  pack: Omit<Pack, 'rules' | 'problems'>,
  languages: readonly string[] | null,
  policies: Policies,
): Rule {
  const clauses = declaration.clauses.map((ref) => fullClause(ref, pack.policy))
  return {
    id: declaration.id,
    pack: { id: pack.id, version: pack.version, policy: pack.policy, basis: pack.basis },
    clauses,
    title: declaration.title ?? declaration.message,
    severity: declaration.severity ?? 'warning',
    certainty: declaration.certainty ?? (check.kind === 'phrases' ? 'likely' : 'certain'),
    channels: declaration.channels ?? null,
    look: declaration.look ?? (lookingKinds.has(check.kind) ? defaultLook : []),
    languages: declaration.languages ?? null,
    regions: declaration.regions ?? null,
    writtenFor: declaration.languages ?? (wordKinds.has(check.kind) ? languages : null),
    check,
    message: declaration.message,
    why: declaration.why ?? '',
    fix: declaration.fix ?? '',
    sources: sourcesOf(declaration, clauses, pack.policy, policies),
    examples: {
      violates: declaration.examples?.violates ?? [],
      fine: declaration.examples?.fine ?? [],
      gap: declaration.examples?.gap ?? [],
    },
  }
}

function sourcesOf(
  declaration: DeclaredRule['declaration'],
  clauses: readonly string[],
  policy: string,
  policies: Policies,
): SourceRef[] {
  const { source } = declaration
  const written =
    source === undefined ? clauses.map((clause) => ({ clause })) : Array.isArray(source) ? source : [source]
  const sources = written.flatMap((one) =>
    'clause' in one ? clauseSources(fullClause(one.clause, policy), policies) : [sourceRef(one)],
  )
  return sources.filter(({ id }, at) => sources.findIndex((other) => other.id === id) === at)
}

/** The outside sources that a clause draws in; of a clause without, the clause itself. */
function clauseSources(clause: string, policies: Policies): readonly SourceRef[] {
  const [policy = '', id = ''] = clause.split(':')
  const known = policies.get(policy)
  const own = known?.clauses.get(id)?.sources ?? []
  return own.length > 0 ? own : [sourceRef({ id: known === undefined ? clause : `${policy}@${known.version} ${id}` })]
}

/** A rule over others is left out when one of them is not there; then also what builds on it in turn. */
function leaveOutDangling(drafts: readonly Draft[], ruleIds: Set<string>, aliases: ReadonlyMap<string, string>): void {
  for (let changed = true; changed;) {
    changed = false
    for (const draft of drafts) {
      for (const { declaration, rules, problem } of draft.building) {
        const dangling = rules.find(({ value }) => !ruleIds.has(aliases.get(value) ?? value))
        if (dangling === undefined || !ruleIds.delete(declaration.id)) continue
        changed = true
        draft.rules = draft.rules.filter(({ id }) => id !== declaration.id)
        draft.problems.push(
          problem('bad-value', `there is no rule “${dangling.value}” in the loaded packs`, ['check', ...dangling.path]),
        )
      }
    }
  }
}

/** What was changed of other rules, one sentence each: a reader of the report must know. */
function adjust(draft: Draft, drafts: readonly Draft[], aliases: ReadonlyMap<string, string>): readonly string[] {
  const told: string[] = []
  const pack = draft.choice?.pack
  for (const [at, adjustment] of (pack?.declaration?.adjust ?? []).entries()) {
    const id = aliases.get(adjustment.rule) ?? adjustment.rule
    const holder = drafts.find(({ rules }) => rules.some((rule) => rule.id === id))
    if (holder === undefined) {
      const message = `adjust: there is no rule “${adjustment.rule}” in the loaded packs`
      if (pack !== undefined) draft.problems.push(pack.problemAt(['adjust', at, 'rule'], message))
      continue
    }
    holder.rules =
      'off' in adjustment
        ? holder.rules.filter((rule) => rule.id !== id)
        : holder.rules.map((rule) => (rule.id === id ? { ...rule, severity: adjustment.severity } : rule))
    const change = 'off' in adjustment ? 'is switched off' : `counts as ${adjustment.severity}`
    told.push(`Rule ${id} ${change}: ${adjustment.reason.replace(/[.\s]+$/, '')}.`)
  }
  return told
}

function twinsOf(choices: readonly Choice[]): ReadonlyMap<string, string> {
  const twins = new Map<string, string>()
  for (const { version } of choices) {
    for (const same of version?.file.twins ?? []) {
      for (const clause of same)
        twins.set(`${version?.file.policy ?? ''}:${clause}`, `${version?.file.policy ?? ''}:${same[0] ?? clause}`)
    }
  }
  return twins
}

function byPlace(a: PackProblem, b: PackProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
