import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { audienceFields } from '../contract/audience-words.ts'
import type { Answer, Args, CampaignId, EventPayload, FileToken, Handlers } from '../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { holdsUnchanged } from './already-open.ts'
import { clausePage, clauseTree } from './clause-pages.ts'
import { keptViolations } from './kept-violations.ts'
import type { GivenPack } from '../rules/pack.ts'
import type { ListColumns, PackDescription, ReviewSettings } from './job.ts'
import { createKeptColumns } from './kept-columns.ts'
import { createStore } from '../store/store.ts'
import { createDrafts } from './drafts.ts'
import { createImpact, type ImpactUse } from './impact/impact.ts'
import { createOwnRules } from './rule-editor/own-rules.ts'
import { createMessageViews } from './message-views.ts'
import { keepReviewed } from './people/keep.ts'
import { createPeople, type PeopleOperation } from './people/people.ts'
import { createSeenMessages, isTouched } from './people/seen-messages.ts'
import { createOpenCampaigns } from './open-campaigns.ts'
import { createLibraryUse } from './policies/library.ts'
import { createReviewPool } from './pool.ts'
import type { WorkbenchPorts } from './ports.ts'
import { createPreferences } from './preferences.ts'
import { openedName } from './shown-paths.ts'
import { programVersions } from './program-versions.ts'
import { ownPackId } from './rule-editor/own-pack.ts'
import { createSession } from './session.ts'
import { createGrants, type Grants } from './tokens.ts'

export interface Workbench {
  readonly handlers: Handlers
  /** For what a person chose outside the page: dialogs, drops, uploads. */
  readonly grants: Grants
  /** Ends the workers and drops what is open. */
  readonly close: () => Promise<void>
}

const done = ok({ done: true } as const)

/** The workbench behind every page, whatever host shows it: each operation of the contract as a function. */
export function createWorkbench(ports: WorkbenchPorts): Workbench {
  const pool = createReviewPool({
    workerFile: ports.workerFile,
    jobs: ports.jobs,
    compileCacheDir: ports.compileCacheDir ?? join(ports.dataDir, 'cache', 'compile'),
  })
  const grants = createGrants()
  const store = createStore({ workerFile: ports.storeWorkerFile, folder: join(ports.dataDir, 'workspaces') })
  const campaigns = createOpenCampaigns({
    pool,
    emit(event, payload) {
      ports.emit(event, payload)
      if (event === 'campaign.messages') void tellOfPeople(payload as EventPayload<'campaign.messages'>)
    },
  })
  const seen = createSeenMessages({
    campaigns,
    store,
    policies: async () => {
      const description = await packs()
      return description.ok ? description.value.policies : []
    },
    today: ports.today,
  })
  const views = createMessageViews(seen, pool)
  const drafts = createDrafts({
    campaigns,
    pool,
    grants,
    async keep({ campaign, message }) {
      const one = await seen.one(campaign, message)
      return one.ok ? keepReviewed(one.value, store, pool) : one
    },
    dataDir: ports.dataDir,
  })
  const preferences = createPreferences(ports.dataDir)
  const session = createSession(ports.dataDir)
  const keptColumns = createKeptColumns(ports.dataDir)
  const columnsOf = new Map<CampaignId, ListColumns>()
  const pathsOf = new Map<CampaignId, readonly string[]>()
  const samplesDir = join(ports.resourcesDir, 'samples')
  let initial = ports.initialPaths
  let described: { readonly asOf: string; readonly packs: Promise<Result<PackDescription>> } | null = null

  const ownRules = createOwnRules({
    store,
    pool,
    campaigns,
    grants,
    settings,
    packs,
    emit: ports.emit,
    schemasDir: join(ports.resourcesDir, 'schemas'),
    dataDir: ports.dataDir,
    jobs: ports.jobs,
    onChanged() {
      described = null
      impact.forget()
      void judgeAgain()
      return Promise.resolve()
    },
  })
  const impact = createImpact({
    store,
    pool,
    campaigns,
    settings,
    writtenFor: ownRules.writtenFor,
    async open(paths) {
      const opened = await openPaths(paths, false)
      return opened.ok ? ok(opened.value.campaign) : opened
    },
    emit: ports.emit,
    dataDir: ports.dataDir,
    version: ports.version,
  })

  /** What is open, by the packs as they are now. */
  async function judgeAgain(): Promise<void> {
    for (const { id } of campaigns.list()) {
      const used = await packsFor(pathsOf.get(id) ?? [])
      if (used.ok) void campaigns.rejudge(id, used.value.settings.packs, used.value.entries)
    }
  }

  function settings(): TodaysSettings {
    const asOf = ports.today()
    const shipped = join(ports.resourcesDir, 'packs')
    const cacheDir = join(ports.dataDir, 'cache')
    const kept = ports.compiledPacks && { ...ports.compiledPacks, writable: join(cacheDir, 'packs') }
    const given = ownRules.given()
    const packs = { shipped, own: [], given, named: [], asOf, cacheDir, ...(kept && { kept }) }
    return { packs, asOf, region: [] }
  }

  /** The packs of today; asked for once a day, and when own rules were changed. */
  async function packs(): Promise<Result<PackDescription>> {
    await ownRules.ready()
    const today = settings()
    if (described?.asOf !== today.asOf) described = { asOf: today.asOf, packs: pool.describePacks(today) }
    return described.packs
  }

  function currentMessage(): Answer<'session.get'>['current'] {
    const current = session.current()
    const messages = current === null ? undefined : campaigns.get(current.campaign)?.messages
    const id = [...(messages?.keys() ?? [])].find((one) => one === current?.message)
    return current === null || id === undefined ? null : { campaign: current.campaign, message: id }
  }

  /** Messages are shown as soon as they are read; what people did about them before follows. */
  async function tellOfPeople({ campaign, messages }: EventPayload<'campaign.messages'>): Promise<void> {
    const known = await seen.many(
      campaign,
      messages.map(({ id }) => id),
    )
    const touched = known.filter(isTouched)
    if (touched.length > 0)
      ports.emit('campaign.messages', { campaign, messages: touched.map(({ summary }) => summary) })
  }

  /** A second start, or a second window, with a file that is on the screen: it is shown there. */
  async function alreadyOpen(paths: readonly string[]): Promise<CampaignId | null> {
    for (const id of session.openedFrom(paths)) {
      const open = campaigns.get(id)
      if (open !== null && (await holdsUnchanged(open, paths))) return id
    }
    return null
  }

  async function openCampaign(token: FileToken): Promise<Result<Answer<'campaign.open'>>> {
    const paths = grants.paths(token)
    if (paths === null) return fail('not-found', 'These files are no longer at hand. Open them again.')
    // What the program laid out itself is no file of anybody’s to open again from a list.
    const isListed = !grants.isPassing(token) && impact.namedFor(paths) === null
    if (isListed) await preferences.opened(paths, new Date()).catch(() => undefined)
    return openPaths(paths, grants.isPassing(token))
  }

  /** The packs of today, or those that the messages are laid out for. */
  async function packsFor(paths: readonly string[]): Promise<Result<OpenedWith>> {
    const description = await packs()
    const named = impact.namedFor(paths)
    const today = settings()
    if (!description.ok) return description
    if (named === null) return ok({ settings: today, entries: description.value.entries })
    const own = today.packs.given.length > 0 && !named.includes(ownPackId) ? [ownPackId] : []
    const asked = { ...today, packs: { ...today.packs, named: [...named, ...own] } }
    const described = await pool.describePacks(asked)
    return described.ok ? ok({ settings: asked, entries: described.value.entries }) : described
  }

  async function openPaths(paths: readonly string[], isPassing: boolean): Promise<Result<Answer<'campaign.open'>>> {
    const used = await packsFor(paths)
    if (!used.ok) return used
    const open = await alreadyOpen(paths)
    if (open !== null) return ok({ campaign: open })
    const columns = await keptColumns.of(paths)
    const campaign = campaigns.open(paths, { ...used.value.settings, columns }, used.value.entries)
    columnsOf.set(campaign, columns)
    pathsOf.set(campaign, paths)
    if (!isPassing) {
      session.opened(campaign, paths)
      keptColumns.opened(campaign, paths)
    }
    return ok({ campaign })
  }

  /** What a person said of a list holds for all messages that go to it, and is kept for the next time. */
  async function correctColumns({
    campaign,
    list,
    columns,
  }: Args<'campaign.columns'>): Promise<Result<{ done: true }>> {
    if (campaigns.get(campaign) === null) return notOpen()
    const fields = audienceFields.map((field) => {
      const column = columns.find((one) => one.field === field)
      return [field, column?.name ?? ''] as const
    })
    const all = { ...columnsOf.get(campaign), [list]: Object.fromEntries(fields) }
    columnsOf.set(campaign, all)
    await keptColumns.keep(campaign, all)
    return (await campaigns.recheck(campaign, all)) ? done : notOpen()
  }

  const library = createLibraryUse({
    store,
    pool,
    grants,
    campaigns,
    packs,
    emit: ports.emit,
    version: ports.version,
  })

  const handlers: Handlers = {
    ...library.handlers,
    ...ownRules.handlers,
    ...impact.handlers,
    ...withSigned(
      createPeople({
        campaigns,
        seen,
        store,
        pool,
        grants,
        packs,
        emit: ports.emit,
        version: ports.version,
        valuesDir: join(ports.resourcesDir, 'values'),
        today: ports.today,
      }),
      impact.signed,
    ),
    'app.info': () =>
      now(ok({ name: 'clausebench', version: ports.version, host: ports.host, platform: ports.platform })),
    'app.initial': () => {
      const paths = initial
      initial = []
      return now(ok({ token: paths.length === 0 ? null : grants.grant(paths) }))
    },
    'app.about': async (asked) => {
      const description = asked.packs ? await packs() : null
      return ok({
        dataFolder: ports.dataDir,
        versions: programVersions(ports.version),
        packs: description?.ok === true ? [...description.value.entries] : [],
      })
    },
    'session.get': async () => {
      const { campaigns: open, page } = await session.last()
      return ok({
        campaigns: open.map((paths) => ({ token: grants.grant(paths), name: openedName(paths) })),
        page,
        current: currentMessage(),
      })
    },
    'session.set': async ({ campaigns: ids, page }) => {
      await session.keep(ids, page)
      return done
    },
    'settings.get': async () => ok(await preferences.settings()),
    'settings.set': async (change) => {
      await preferences.change(change)
      return done
    },
    'sample.grant': async () => {
      return ok({ token: grants.grantPassing(await sampleFolders(samplesDir)) })
    },
    'recents.list': async () => {
      const recents = await preferences.recents()
      return ok({ recents: recents.map(({ id, name, openedAt }) => ({ id, name, openedAt })) })
    },
    'recents.grant': async ({ id }) => {
      const recent = (await preferences.recents()).find((candidate) => candidate.id === id)
      if (!recent) return fail('not-found', 'This entry is no longer in the list.')
      const present = await Promise.all(recent.paths.map(exists))
      if (!present.includes(true)) return fail('not-found-on-disk', 'The files are no longer where they were.')
      return ok({ token: grants.grant(recent.paths) })
    },
    'campaign.open': ({ token }) => openCampaign(token),
    'campaign.cancel': ({ campaign }) => now(campaigns.cancel(campaign) ? done : notOpen()),
    'campaign.close': ({ campaign }) => now(campaigns.close(campaign) ? done : notOpen()),
    'campaign.list': () => now(ok({ campaigns: campaigns.list().map(({ summary }) => summary()) })),
    'campaign.messages': async ({ campaign }) => {
      const open = campaigns.get(campaign)
      if (!open) return notOpen()
      const messages = await seen.many(campaign)
      return ok({ messages: messages.map(({ summary }) => summary), inputs: [...open.inputs] })
    },
    'campaign.columns': (args) => correctColumns(args),
    'message.get': (args) => views.get(args),
    'message.rendered': (args) => views.rendered(args),
    'message.text': (args) => views.text(args),
    'message.source': (args) => views.source(args),
    'message.headers': (args) => views.headers(args),
    'message.files': (args) => views.files(args),
    'message.schedule': (args) => views.schedule(args),
    'message.phone': (args) => views.phone(args),
    'message.recipients': (args) => views.recipients(args),
    'recipients.unmask': (args) => views.unmask(args),
    'recipients.drop': (args) => views.drop(args),
    'draft.check': (args) => drafts.check(args),
    'draft.save': (args) => drafts.save(args),
    'link.inspect': (args) => views.link(args),
    'link.open': async (args) => {
      const link = await views.link(args)
      if (!link.ok) return link
      if (!link.value.opens)
        return fail('unsafe-link', 'This address is not opened: only https and mailto addresses are.')
      return (await ports.openExternal(link.value.href))
        ? done
        : fail('not-available-here', 'No browser can be opened here. Copy the address instead.')
    },
    'clauses.tree': async () => {
      const description = await packs()
      if (!description.ok) return description
      const [policy] = description.value.policies
      return policy ? ok(clauseTree(policy, campaigns.list())) : fail('no-pack', 'No pack has clauses.')
    },
    'clauses.page': async ({ clause }) => {
      const description = await packs()
      return description.ok ? clausePage(description.value.policies, campaigns.list(), clause) : description
    },
    'clauses.kept': async ({ clause }) => {
      const description = await packs()
      if (!description.ok) return description
      return keptViolations(description.value.policies, campaigns.list(), store, clause)
    },
  }

  // The first campaign should not wait for what it needs in any case.
  void packs()
  void store.workspaces()

  return {
    handlers,
    grants,
    async close() {
      campaigns.closeAll()
      await Promise.all([pool.close(), store.close()])
    },
  }
}

interface OpenedWith {
  readonly settings: ReviewSettings
  readonly entries: PackDescription['entries']
}

type TodaysSettings = ReviewSettings & { readonly packs: { readonly given: readonly GivenPack[] } }

/** What was found in a message is kept by rule when it is signed: for the day on which its policy changes. */
function withSigned(
  people: Pick<Handlers, PeopleOperation>,
  signed: ImpactUse['signed'],
): Pick<Handlers, PeopleOperation> {
  return {
    ...people,
    'review.sign': async (args) => {
      const done = await people['review.sign'](args)
      if (done.ok) await signed(args.campaign, args.message, done.value.id)
      return done
    },
  }
}

/** What is at hand at once, in the form of what is not. */
function now<T>(result: Result<T>): Promise<Result<T>> {
  return Promise.resolve(result)
}

function notOpen(): Result<never> {
  return fail('not-found', 'This campaign is no longer open.')
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** The sample campaigns, each a folder. */
async function sampleFolders(samplesDir: string): Promise<string[]> {
  const entries = await readdir(samplesDir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(samplesDir, name))
    .sort()
}
