import { join } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'
import { createMasker } from '../rules/identifiers/mask.ts'
import { impactOf, type SignedReview } from '../policy/impact.ts'
import type { Act } from './acts.ts'
import { createLibraryActions } from './library-actions.ts'
import type { StoreCall, StoreCalls } from './store-calls.ts'
import type { Workspace } from './workspace.ts'
import { createWorkspaces } from './workspaces.ts'

/** What stands behind each call, in the worker. Calls are carried out one after the other. */
export type StoreActions = {
  readonly [C in StoreCall]: (...args: Parameters<StoreCalls[C]>) => Promise<Result<ReturnType<StoreCalls[C]>>>
} & { readonly close: () => Promise<Result<true>> }

const done = ok(true as const)
const noReviewer = fail('no-reviewer', 'Say who you are first: a decision stands under a name.')

export function createStoreActions(folder: string, now = (): Date => new Date()): StoreActions {
  const workspaces = createWorkspaces(folder)
  const at = (): string => now().toISOString()

  async function inCurrent<T>(use: (workspace: Workspace) => T): Promise<Result<T>> {
    const current = await workspaces.current()
    return current.ok ? ok(use(current.value)) : current
  }

  /** Whoever acts has a name. */
  async function asReviewer<T>(use: (workspace: Workspace, by: string) => T): Promise<Result<T>> {
    const current = await workspaces.current()
    if (!current.ok) return current
    const by = current.value.reviewer()
    return by === null ? noReviewer : ok(use(current.value, by))
  }

  /** Workspaces can be made and named before anybody has said who they are. */
  async function someone(): Promise<string> {
    const current = await workspaces.current()
    return (current.ok ? current.value.reviewer() : null) ?? ''
  }

  /** A name is a person's in every workspace and in the library. */
  async function named<T>(use: (by: string) => T): Promise<Result<T>> {
    const by = await someone()
    return by === '' ? noReviewer : ok(use(by))
  }

  const library = createLibraryActions({ file: join(folder, '..', 'library.sqlite'), named, someone, masked, at })

  return {
    workspaces: async () => {
      const current = await workspaces.current()
      return ok({
        workspaces: await workspaces.list(),
        reviewer: current.ok ? current.value.reviewer() : null,
        problem: current.ok ? null : current.problem,
      })
    },
    createWorkspace: async (title) => workspaces.create(masked(title), await someone(), at()),
    openWorkspace: async (id) => {
      const opened = await workspaces.open(id)
      return opened.ok ? done : opened
    },
    renameWorkspace: async (id, title) => workspaces.rename(id, masked(title), await someone(), at()),
    copyWorkspace: async (id, title) => workspaces.copy(id, masked(title), await someone(), at()),
    setReviewer: (name) =>
      inCurrent((workspace) => {
        workspace.act([{ message: null, content: null, act: { kind: 'reviewer', name } }], name, at())
        return true
      }),
    act: (acts) =>
      asReviewer((workspace, by) => {
        const moment = at()
        workspace.act(
          acts.map((one) => ({ ...one, act: maskedAct(one.act) })),
          by,
          moment,
        )
        return { by, at: moment }
      }),
    keep: (revision) =>
      inCurrent((workspace) => {
        workspace.keep(revision, at())
        return true
      }),
    isKept: (place, content) => inCurrent((workspace) => workspace.isKept(place, content)),
    records: (places) => inCurrent((workspace) => workspace.records(places)),
    elsewhere: (fingerprints, place) => inCurrent((workspace) => workspace.elsewhere(fingerprints, place)),
    attestations: () => inCurrent((workspace) => workspace.attestations()),
    reasons: (kind, max) => inCurrent((workspace) => workspace.reasons(kind, max)),
    revisedPlaces: () => inCurrent((workspace) => workspace.revisedPlaces()),
    acted: () => inCurrent((workspace) => workspace.acted()),
    keptUnder: (clauses) => inCurrent((workspace) => workspace.kept.under(clauses)),
    revisions: (place) => inCurrent((workspace) => workspace.revisions(place)),
    revision: (place, content) => inCurrent((workspace) => workspace.revision(place, content)),
    sign: (signed, act) =>
      asReviewer((workspace, by) => {
        workspace.sign(signed, act, by, at())
        return true
      }),
    snapshot: async (id) => ok(await workspaces.search((workspace) => workspace.snapshot(id))),
    ...library,
    keepJudged: (workspace, judged, rules) => {
      const keep = (one: Workspace): true => {
        one.judged.keep(judged, rules, at())
        return true
      }
      return workspace === null ? inCurrent(keep) : workspaces.within(workspace, keep)
    },
    keepSigned: (snapshot, packs, rules) =>
      inCurrent((workspace) => {
        workspace.judged.keepSigned(snapshot, packs, rules)
        return true
      }),
    impact: async (question) => {
      const reviews: SignedReview[] = []
      await workspaces.each((workspace, id) => {
        for (const review of workspace.judged.signed(id)) reviews.push(review)
      })
      return ok(impactOf(question, reviews))
    },
    keptMessages: (id, messages) =>
      workspaces.within(id, (workspace) =>
        messages.flatMap(({ place, content }) => {
          const kept = workspace.revision(place, content)
          return kept?.bytes === undefined || kept.bytes === null
            ? []
            : [{ place, content, bytes: kept.bytes, report: kept.report }]
        }),
      ),
    masked: (text) => Promise.resolve(ok(masked(text))),
    keepContent: (sha256, bytes) =>
      inCurrent((workspace) => {
        workspace.keepContent(sha256, bytes)
        return true
      }),
    close: () => {
      library.close()
      workspaces.close()
      return Promise.resolve(done)
    },
  }
}

const masker = createMasker(new Set())

/** Only the table of reviewed bytes holds identifiers as they are: what people write is masked like every excerpt. */
function masked(text: string): string {
  return masker.mask(text, 'last4')
}

function maskedAct(act: Act): Act {
  switch (act.kind) {
    case 'decision': {
      const { decision } = act
      if (decision === null) return act
      const { reason, whom } = decision
      return {
        ...act,
        decision: { ...decision, reason: masked(reason), whom: whom === null ? null : masked(whom) },
      }
    }
    case 'comment':
      return { ...act, text: masked(act.text) }
    case 'finding':
      return act.finding === null
        ? act
        : { ...act, finding: { ...act.finding, title: masked(act.finding.title), note: masked(act.finding.note) } }
    case 'attestation':
      return { ...act, note: masked(act.note) }
    case 'title':
      return { ...act, title: masked(act.title) }
    case 'outcome':
    case 'revision-of':
    case 'sign-off':
    case 'reviewer':
      return act
  }
}
