import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Args, Answer, CampaignId, EventPayload, Handlers, MessageId } from '../../contract/operation-schemas.ts'
import type { EventName } from '../../contract/operations.ts'
import type { ReportMessage } from '../../contract/report.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { Impact, ImpactCase, SignedRef, UnclearClause } from '../../policy/impact.ts'
import type { PackSelection } from '../../rules/pack.ts'
import type { PolicyVersions } from '../../rules/policy-versions.ts'
import type { JudgedContent, RuleSet } from '../../store/judged.ts'
import type { Store } from '../../store/store-calls.ts'
import type { ReviewSettings } from '../job.ts'
import type { OpenCampaigns } from '../open-campaigns.ts'
import { createComparisons } from '../policies/comparisons.ts'
import type { ReviewPool } from '../pool.ts'
import { reviewPaths } from '../review-paths.ts'
import { compareClauses } from '../summary.ts'
import type { JudgingRules } from './impact-rules.ts'
import { layOut, type KeptMessage } from './lay-out.ts'
import { askImpact, type AskedImpact } from './question.ts'

export interface ImpactPorts {
  readonly store: Store
  readonly pool: ReviewPool
  readonly campaigns: Pick<OpenCampaigns, 'get'>
  readonly settings: () => ReviewSettings
  /** What a rule says of versions in its file, by rule. */
  readonly writtenFor: () => Promise<ReadonlyMap<string, readonly string[] | null>>
  /** Opens files that the program itself has laid out. */
  readonly open: (paths: readonly string[]) => Promise<Result<CampaignId>>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  readonly dataDir: string
  /** Of clausebench. */
  readonly version: string
}

export type ImpactOperation = `impact.${'versions' | 'get' | 'confirm' | 'judge' | 'cancel' | 'rereview'}`

export interface ImpactUse {
  readonly handlers: Pick<Handlers, ImpactOperation>
  /** What was found in a message that has just been signed is kept by rule. */
  readonly signed: (campaign: CampaignId, message: MessageId, snapshot: string) => Promise<void>
  /** Packs of a campaign that the program laid out itself; null: it is another's. */
  readonly namedFor: (paths: readonly string[]) => readonly string[] | null
  /** Rules or texts are others: what was asked before is asked anew. */
  readonly forget: () => void
}

type Pair = Args<'impact.get'>

const done = ok({ done: true } as const)
const maxShown = 200
/** Messages that are written out and judged at a time. */
const judgedAtOnce = 200
/** Beside the laid out messages; a dot file is not read as one of them. */
const noteFile = '.re-review.json'

export function createImpact(ports: ImpactPorts): ImpactUse {
  const { store, pool, dataDir } = ports
  const comparisons = createComparisons({ store, pool, version: ports.version })
  const reReviewsDir = join(dataDir, 're-reviews')
  const rulesBefore = new Map<string, Promise<Result<JudgingRules>>>()
  let versions: Promise<Result<readonly PolicyVersions[]>> | null = null
  let judging: AbortController | null = null

  function knownVersions(): Promise<Result<readonly PolicyVersions[]>> {
    versions ??= pool.knownVersions(ports.settings())
    return versions
  }

  function rulesOf(packs: PackSelection): Promise<Result<JudgingRules>> {
    const key = JSON.stringify(packs)
    const known = rulesBefore.get(key) ?? pool.judgingRules({ ...ports.settings(), packs })
    rulesBefore.set(key, known)
    void known.then(({ ok: isThere }) => {
      if (!isThere) rulesBefore.delete(key)
    })
    for (const oldest of rulesBefore.keys()) if (rulesBefore.size > 6) rulesBefore.delete(oldest)
    return known
  }

  /** All packs of today, one of them at another version. */
  async function selectionFor(
    { pack, versions: known }: PolicyVersions,
    version: string,
  ): Promise<Result<PackSelection>> {
    const { packs } = ports.settings()
    const today = await rulesOf(packs)
    if (!today.ok) return today
    // A version that is only imported is judged by the pack's own, as far as its rules follow.
    const isPacked = known.some((one) => one.version === version)
    const named = today.value.packs.map((one) =>
      isPacked && one.startsWith(`${pack}@`) ? `${pack}@${version}` : idOf(one),
    )
    return ok({ ...packs, named })
  }

  async function policyOf(policy: string): Promise<Result<PolicyVersions>> {
    const known = await knownVersions()
    if (!known.ok) return known
    const found = known.value.find((one) => one.policy === policy)
    return found === undefined ? fail('not-found', 'No pack has rules for this policy.') : ok(found)
  }

  async function ask({
    policy,
    older,
    newer,
  }: Pair): Promise<Result<AskedImpact & { readonly known: PolicyVersions }>> {
    const known = await policyOf(policy)
    if (!known.ok) return known
    const written = await ports.writtenFor()
    const asked = await askImpact(known.value, older, newer, {
      store,
      comparisons,
      judging: async (one, version) => {
        const selection = await selectionFor(one, version)
        return selection.ok ? rulesOf(selection.value) : selection
      },
      writtenFor: (rule) => Promise.resolve(written.get(rule) ?? null),
    })
    return asked.ok ? ok({ ...asked.value, known: known.value }) : asked
  }

  async function impact(
    pair: Pair,
  ): Promise<Result<Impact & { readonly asked: AskedImpact & { readonly known: PolicyVersions } }>> {
    const asked = await ask(pair)
    if (!asked.ok) return asked
    const found = await store.impact(asked.value.question)
    if (!found.ok) return found
    // What signed messages touch comes first, then by clause.
    const unclear = found.value.unclear.toSorted(
      (a, b) => Number(b.reviews.length > 0) - Number(a.reviews.length > 0) || compareClauses(clauseOf(a), clauseOf(b)),
    )
    return ok({ ...found.value, unclear, asked: asked.value })
  }

  async function keptOf(refs: readonly SignedRef[]): Promise<Result<readonly KeptMessage[]>> {
    const messages: KeptMessage[] = []
    for (const [workspace, own] of byWorkspace(refs)) {
      const kept = await store.keptMessages(
        workspace,
        own.map(({ place, content }) => ({ place, content })),
      )
      if (!kept.ok) return kept
      messages.push(...kept.value)
    }
    return ok(messages)
  }

  async function judge(pair: Pair): Promise<Result<Answer<'impact.judge'>>> {
    judging?.abort()
    const abort = new AbortController()
    judging = abort
    const found = await impact(pair)
    if (!found.ok) return found
    const { unjudged, asked } = found.value
    const selection = await selectionFor(asked.known, pair.newer)
    if (!selection.ok) return selection
    const settings = { ...ports.settings(), packs: selection.value }
    const rules = await rulesOf(selection.value)
    if (!rules.ok) return rules
    let judged = 0
    for (const [workspace, refs] of byWorkspace(unjudged)) {
      for (let at = 0; at < refs.length && !abort.signal.aborted; at += judgedAtOnce) {
        const some = refs.slice(at, at + judgedAtOnce)
        const contents = await judgeKept(some, settings, abort.signal)
        if (!contents.ok) return contents
        const kept = await store.keepJudged(workspace, contents.value, setOf(rules.value))
        if (!kept.ok) return kept
        judged += contents.value.length
        ports.emit('impact.progress', { done: judged, total: unjudged.length })
      }
    }
    const wanted = new Set(unjudged.map(({ content }) => content)).size
    return abort.signal.aborted
      ? fail('cancelled', 'Judging was ended. What was judged is kept.')
      : ok({ judged, unread: Math.max(0, wanted - judged) })
  }

  /** What these rules find in messages of which the bytes are kept. */
  async function judgeKept(
    refs: readonly SignedRef[],
    settings: ReviewSettings,
    signal: AbortSignal,
  ): Promise<Result<readonly JudgedContent[]>> {
    const kept = await keptOf(refs)
    if (!kept.ok) return kept
    const folder = join(dataDir, 'cache', 'impact', randomBytes(8).toString('hex'))
    const wanted = new Set(refs.map(({ content }) => content))
    const judged = new Map<string, JudgedContent>()
    try {
      await layOut(folder, 'Signed messages', kept.value)
      for await (const { review } of reviewPaths({ paths: [folder], settings, pool, signal })) {
        const bytes = new Map(review.inputs.map(({ path, sha256 }) => [path, sha256]))
        for (const { report, content, place } of review.messages) {
          const hash = content ?? place?.sha256 ?? bytes.get(report.input) ?? ''
          if (wanted.has(hash)) judged.set(hash, { content: hash, findings: ruleFindings(report) })
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return ok([...judged.values()])
  }

  async function rereview(args: Args<'impact.rereview'>): Promise<Result<Answer<'impact.rereview'>>> {
    const found = await impact(args)
    if (!found.ok) return found
    const selection = await selectionFor(found.value.asked.known, args.newer)
    if (!selection.ok) return selection
    const refs = refsOf(found.value, args)
    if (refs.length === 0) return fail('not-found', 'There is no message to review again.')
    const kept = await keptOf(refs)
    if (!kept.ok) return kept
    const folder = join(reReviewsDir, `under-${args.newer.replace(/[^\w.-]+/g, '-')}-${randomBytes(4).toString('hex')}`)
    const messages = await layOut(folder, `Re-review under ${args.newer}`, kept.value)
    await writeFile(join(folder, noteFile), JSON.stringify({ named: selection.value.named }), { mode: 0o600 })
    const campaign = await ports.open([folder])
    return campaign.ok ? ok({ campaign: campaign.value, messages, unread: refs.length - kept.value.length }) : campaign
  }

  const handlers: ImpactUse['handlers'] = {
    'impact.versions': async () => {
      const [known, listed] = [await knownVersions(), await store.policyVersions()]
      if (!known.ok) return known
      const texts = listed.ok ? listed.value : []
      return ok({
        policies: known.value.map(({ policy, title, versions: packed }) => {
          const imported = texts.filter((one) => one.policy === policy)
          const names = new Map<string, { from: string; basis: 'primary' | 'second-hand' }>()
          for (const { version, from, basis } of packed) names.set(version, { from, basis })
          for (const { version, date, basis } of imported)
            if (!names.has(version)) names.set(version, { from: date ?? version, basis })
          return {
            policy,
            title,
            versions: [...names]
              .toSorted(([a, one], [b, other]) => (one.from + a < other.from + b ? -1 : 1))
              .map(([version, { basis }]) => ({
                version,
                basis,
                inPack: packed.some((one) => one.version === version),
                imported: imported.some((one) => one.version === version),
              })),
          }
        }),
      })
    },
    'impact.get': async (pair) => {
      const found = await impact(pair)
      if (!found.ok) return found
      const { signed, others, fails, fallsAway, unclear, confirmed, unjudged, asked } = found.value
      return ok({
        signed,
        others,
        lineage: asked.lineage,
        fails: shownCases(fails),
        fallsAway: shownCases(fallsAway),
        cannotTell: unclear.flatMap(({ step, rules, reviews }) => {
          const { kind, from, to, note } = step
          if (kind !== 'added' && kind !== 'reworded' && kind !== 'split' && kind !== 'merged') return []
          const heading = asked.wordings.get(to[0] ?? '')?.heading ?? ''
          return [{ kind, from: [...from], to: [...to], heading, note, rules: [...rules], reviews: shownRefs(reviews) }]
        }),
        confirmed: [...confirmed],
        unjudged: shownRefs(unjudged),
      })
    },
    'impact.confirm': async ({ policy, newer, rules, clause, stands, note }) => {
      const known = await policyOf(policy)
      if (!known.ok) return known
      const asked = await ask({ policy, older: known.value.versions[0]?.version ?? newer, newer })
      if (!asked.ok) return asked
      const wording = asked.value.wordings.get(clause)?.sha256
      if (wording === undefined) return fail('not-found', 'This version has no such clause.')
      const about = { policy, version: newer, clause: clause.slice(policy.length + 1), wording, stands, note }
      const confirmed = await store.confirmRules(rules.map((rule) => ({ ...about, rule })))
      return confirmed.ok ? done : confirmed
    },
    'impact.judge': judge,
    'impact.cancel': () => {
      judging?.abort()
      return Promise.resolve(done)
    },
    'impact.rereview': rereview,
  }

  return {
    handlers,
    async signed(campaign, message, snapshot) {
      const open = ports.campaigns.get(campaign)?.messages.get(message)
      if (open === undefined) return
      const rules = await rulesOf(open.task.settings.packs)
      // The sign-off stands; by which rules it was judged is then not known.
      if (!rules.ok) return
      const set = setOf(rules.value)
      await store.keepJudged(null, [{ content: open.content, findings: ruleFindings(open.report) }], set)
      await store.keepSigned(snapshot, rules.value.packs, set)
    },
    namedFor(paths) {
      const [only] = paths
      if (paths.length !== 1 || only === undefined || dirname(only) !== reReviewsDir) return null
      return readNamed(join(only, noteFile))
    },
    forget() {
      rulesBefore.clear()
      versions = null
    },
  }
}

function clauseOf({ step: { from, to } }: UnclearClause): string {
  return from[0] ?? to[0] ?? ''
}

function byWorkspace(refs: readonly SignedRef[]): ReadonlyMap<string, readonly SignedRef[]> {
  const groups = new Map<string, SignedRef[]>()
  for (const ref of refs) {
    const group = groups.get(ref.workspace)
    if (group === undefined) groups.set(ref.workspace, [ref])
    else group.push(ref)
  }
  return groups
}

function readNamed(file: string): readonly string[] | null {
  if (!existsSync(file)) return null
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const named = typeof note === 'object' && note !== null && 'named' in note ? note.named : null
    return Array.isArray(named) && named.every((one) => typeof one === 'string') ? named : null
  } catch {
    return null
  }
}

function refsOf(impact: Impact, { list, at }: Args<'impact.rereview'>): readonly SignedRef[] {
  switch (list) {
    case 'fails':
      return impact.fails.map(({ review }) => review)
    case 'falls-away':
      return impact.fallsAway.map(({ review }) => review)
    case 'unjudged':
      return impact.unjudged
    case 'cannot-tell': {
      const asked = at === null ? impact.unclear : impact.unclear.slice(at, at + 1)
      const refs = asked.flatMap(({ reviews }) => reviews)
      return [...new Map(refs.map((ref) => [`${ref.workspace} ${ref.place}`, ref])).values()]
    }
  }
}

function ruleFindings({ findings }: ReportMessage): JudgedContent['findings'] {
  return findings.flatMap(({ rule, fingerprint, severity, clauses, title, excerpt }) =>
    rule === null ? [] : [{ rule, fingerprint, severity, clauses, title, excerpt }],
  )
}

function setOf({ rules }: JudgingRules): RuleSet {
  return rules.map(({ id, sha256 }) => [id, sha256] as const)
}

function idOf(pack: string): string {
  return pack.split('@')[0] ?? pack
}

function shownRefs(refs: readonly SignedRef[]): Answer<'impact.get'>['unjudged'] {
  return { total: refs.length, shown: refs.slice(0, maxShown).map(shownRef) }
}

function shownRef({
  workspace,
  message,
  campaign,
  client,
  snapshot,
  by,
  at,
}: SignedRef): Answer<'impact.get'>['unjudged']['shown'][number] {
  return { workspace, message, campaign, client, snapshot, by, at }
}

function shownCases(cases: readonly ImpactCase[]): Answer<'impact.get'>['fails'] {
  return {
    total: cases.length,
    shown: cases.slice(0, maxShown).map(({ review, findings }) => ({
      review: shownRef(review),
      findings: findings.map((one) => ({ ...one, clauses: [...one.clauses] })),
    })),
  }
}
