import type { Answer, Args, EventPayload, Handlers } from '../../contract/operation-schemas.ts'
import type { EventName } from '../../contract/operations.ts'
import type { ImportedClause, PolicyVersionFacts } from '../../contract/library-operations.ts'
import type { PolicyClause, PolicyDocument } from '../../contract/policy-document.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { KnownPolicy } from '../../policy/match-clauses.ts'
import { redlineHtml } from '../../report/redline.ts'
import type { VersionFacts } from '../../store/library.ts'
import type { MatchCorrection } from '../../store/library-people.ts'
import type { Store } from '../../store/store-calls.ts'
import { violationsByMonth } from '../clause-pages.ts'
import type { PackDescription, PolicyDescription } from '../job.ts'
import type { OpenCampaigns } from '../open-campaigns.ts'
import type { ReviewPool } from '../pool.ts'
import type { Grants } from '../tokens.ts'
import { createComparisons, type Comparisons } from './comparisons.ts'
import { cutTexts } from './cut-texts.ts'
import { clauseLineage, type ClauseLineage, type LineageNode, type PolicyHistory } from './lineage.ts'
import { phrasesOf } from './phrases.ts'
import { policyFiles } from './policy-files.ts'
import { createPreviews, type PreviewedFile } from './previews.ts'
import { redlineChanges, wholeText } from './redline.ts'
import { matchedTo, rematch, saidByHand } from './rematch.ts'

export interface LibraryPorts {
  readonly store: Store
  readonly pool: ReviewPool
  readonly grants: Pick<Grants, 'paths'>
  readonly campaigns: OpenCampaigns
  readonly packs: () => Promise<Result<PackDescription>>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  readonly version: string
}

export type LibraryOperation =
  `library.${'policies' | 'version' | 'preview' | 'previewed' | 'match' | 'store' | 'correct' | 'search' | 'clause' | 'lineage' | 'history' | 'redline' | 'export' | 'note' | 'removeNote' | 'watch' | 'seen'}`

export interface LibraryUse {
  readonly handlers: Pick<Handlers, LibraryOperation>
  /** Of stored versions, for whoever asks what a new version means for what was judged under an older one. */
  readonly comparisons: Comparisons
}

const done = ok({ done: true } as const)
const maxHits = 60
const packAnd = (policy: string, clause: string): string => `${policy}:${clause}`

/** What people do with policies and clauses: each operation of the contract as a function. */
export function createLibraryUse(ports: LibraryPorts): LibraryUse {
  const { store, pool, campaigns } = ports
  const previews = createPreviews()
  const comparisons = createComparisons({ store, pool, version: ports.version })

  const changed = (): void => ports.emit('library.changed', {})

  async function described(): Promise<readonly PolicyDescription[]> {
    const packs = await ports.packs()
    return packs.ok ? packs.value.policies : []
  }

  async function packOf(policy: string): Promise<PolicyDescription | null> {
    return (await described()).find((one) => one.policy === policy) ?? null
  }

  async function documentOf(policy: string, version: string): Promise<Result<PolicyDocument>> {
    const document = await store.policyDocument(policy, version)
    if (!document.ok) return document
    return document.value === null ? noVersion : ok(document.value)
  }

  async function factsOf(policy: string, version: string): Promise<Result<VersionFacts>> {
    const listed = await store.policyVersions()
    if (!listed.ok) return listed
    const facts = listed.value.find((one) => one.policy === policy && one.version === version)
    return facts === undefined ? noVersion : ok(facts)
  }

  /** The clause in the version asked for, else in the newest that has it. */
  function placed({ policy, version, clause }: Args<'library.clause'>, history: PolicyHistory): LineageNode | null {
    for (let at = history.documents.length - 1; at >= 0; at--) {
      const document = history.documents[at]
      if (document === undefined || (version !== null && document.version !== version)) continue
      const found =
        document.clauses.find(({ match }) => match?.to === packAnd(policy, clause)) ??
        document.clauses.find(({ id }) => id === clause)
      if (found !== undefined) return { at, clause: found }
    }
    return null
  }

  async function lineageOf(
    args: Args<'library.clause'>,
  ): Promise<Result<{ history: PolicyHistory; node: LineageNode; lineage: ClauseLineage } | null>> {
    const history = await comparisons.history(args.policy)
    if (!history.ok) return history
    const node = placed(args, history.value)
    if (node === null) return ok(null)
    return ok({ history: history.value, node, lineage: clauseLineage(history.value, node.at, node.clause) })
  }

  /** Without the other versions, when these are still being compared. */
  async function textAlone({
    policy,
    version,
    clause,
  }: Args<'library.clause'>): Promise<Result<Answer<'library.clause'>['imported']>> {
    const document = await store.policyDocument(policy, version)
    if (!document.ok) return document
    const found = document.value?.clauses.find(({ id }) => id === clause)
    if (document.value === null || found === undefined) return ok(null)
    const { number, section, text, to, confidence, byHand } = importedClause(found)
    return ok({ version: document.value.version, number, section, text, to, confidence, byHand, phrases: [] })
  }

  async function readPreview({ token, policy }: Args<'library.preview'>): Promise<Result<Answer<'library.preview'>>> {
    const paths = ports.grants.paths(token)
    if (paths === null) return fail('not-found', 'These files are no longer at hand. Choose them again.')
    const files = await policyFiles(paths)
    if (files.length === 0)
      return fail(
        'empty',
        'There is no policy in what was chosen. Choose web pages, Markdown, text, Word or PDF files.',
      )
    const known = (await described()).map((one): KnownPolicy => ({
      id: one.policy,
      title: one.title,
      clauses: one.clauses,
    }))
    const listed = await store.policyVersions()
    const stored = listed.ok ? listed.value : []
    const corrections: Record<string, readonly MatchCorrection[]> = {}
    for (const id of new Set([...known.map((one) => one.id), ...stored.map((one) => one.policy)])) {
      const kept = await store.matchCorrections(id)
      if (kept.ok && kept.value.length > 0) corrections[id] = kept.value
    }
    const read = await Promise.all(
      files.map(async ({ path, file }): Promise<PreviewedFile> => {
        const one = await pool.readPolicyFile({ path, file, policy, known, corrections })
        return one.ok ? { file, problem: null, ...one.value, corrected: new Set() } : { file, problem: one.problem }
      }),
    )
    const preview = previews.add(read)
    return ok({ preview, documents: read.map((one) => summaryOf(one, stored, known)) })
  }

  function previewed(id: string, at: number): Result<Extract<PreviewedFile, { problem: null }>> {
    const file = previews.get(id)?.[at]
    return file?.problem !== null ? noPreview : ok(file)
  }

  async function storeAll({ preview, documents }: Args<'library.store'>): Promise<Result<Answer<'library.store'>>> {
    const chosen: Extract<PreviewedFile, { problem: null }>[] = []
    for (const { document: at, date } of documents) {
      const file = previewed(preview, at)
      if (!file.ok) return file
      chosen.push({ ...file.value, document: dated(file.value.document, date) })
    }
    const dateless = chosen.find(({ document }) => document.version === undated)
    if (dateless !== undefined)
      return fail('bad-value', 'Nothing in this file says of which day it is. Say the date of this version.', {
        file: dateless.file,
      })
    // From old to new, so that a second text under one date comes after the first.
    const ordered = chosen.toSorted((a, b) => ((a.document.captured ?? '') < (b.document.captured ?? '') ? -1 : 1))
    const kept = await store.addPolicies(ordered.map(({ document, original }) => ({ document, original })))
    if (!kept.ok) return kept
    for (const { document, corrected } of ordered) await remember(document, corrected)
    previews.drop(preview)
    changed()
    const fresh = kept.value.filter(({ isNew }) => isNew).map(({ document }) => document)
    // What was imported is there at once; how versions lead to each other, and what people watch, follows.
    void followUp(fresh)
    return ok({
      stored: kept.value.map(({ document, isNew }) => ({
        policy: document.policy,
        version: document.version,
        isNew,
        notices: [...document.notices],
      })),
    })
  }

  async function remember(document: PolicyDocument, corrected: ReadonlySet<number>): Promise<void> {
    const clauses = document.clauses.filter((clause) => corrected.has(placeOf(clause)))
    if (clauses.length > 0) await store.rememberCorrections(document.policy, clauses.map(correctionOf))
  }

  async function followUp(documents: readonly PolicyDocument[]): Promise<void> {
    for (const policy of new Set(documents.map((one) => one.policy))) await comparisons.history(policy)
    await markWatched(documents)
  }

  /** A watched clause is marked when the version that comes after it says something else. */
  async function markWatched(documents: readonly PolicyDocument[]): Promise<void> {
    const watches = await store.watchedClauses()
    if (!watches.ok) return
    for (const { policy, version, clause } of watches.value) {
      const fresh = documents.filter((one) => one.policy === policy)
      if (fresh.length === 0) continue
      const found = await lineageOf({ policy, version: null, clause })
      const older = found.ok && found.value === null ? await lineageOf({ policy, version, clause }) : found
      if (!older.ok || older.value === null) continue
      const { history, lineage } = older.value
      for (const { version: name } of fresh) {
        const at = history.documents.findIndex((one) => one.version === name)
        const change = changeInto(lineage, at)
        if (change !== null) await store.markWatched(policy, clause, name, change)
      }
    }
    changed()
  }

  async function redlineOf({
    policy,
    older,
    newer,
  }: Args<'library.redline'>): Promise<Result<Answer<'library.redline'>>> {
    const [before, after] = [await documentOf(policy, older), await documentOf(policy, newer)]
    const [olderFacts, newerFacts] = [await factsOf(policy, older), await factsOf(policy, newer)]
    if (!before.ok) return before
    if (!after.ok) return after
    if (!olderFacts.ok) return olderFacts
    if (!newerFacts.ok) return newerFacts
    const compared = await comparisons.between(policy, older, newer)
    if (!compared.ok) return compared
    return ok({
      older: pageFacts(olderFacts.value),
      newer: pageFacts(newerFacts.value),
      changes: redlineChanges(compared.value.diff, before.value, after.value),
      stats: { ...compared.value.diff.stats },
      texts: { older: wholeText(before.value), newer: wholeText(after.value) },
    })
  }

  const handlers: LibraryUse['handlers'] = {
    'library.policies': async () => {
      const [listed, watched, packs] = await Promise.all([store.policyVersions(), store.watchedClauses(), described()])
      const versions = listed.ok ? listed.value : []
      const names = [...new Set(versions.map(({ policy }) => policy))]
      return ok({
        problem: listed.ok ? null : listed.problem.message,
        policies: names.map((policy) => {
          const own = versions.filter((one) => one.policy === policy)
          return {
            policy,
            title: packs.find((one) => one.policy === policy)?.title ?? own.at(-1)?.title ?? null,
            hasPack: packs.some((one) => one.policy === policy),
            versions: own.map(pageFacts),
          }
        }),
        watched: (watched.ok ? watched.value : []).map(({ policy, clause, by, changedIn, change }) => ({
          policy,
          clause,
          by,
          changedIn,
          change,
        })),
      })
    },
    'library.version': async ({ policy, version }) => {
      const [facts, document] = [await factsOf(policy, version), await documentOf(policy, version)]
      if (!facts.ok) return facts
      if (!document.ok) return document
      return ok({ facts: pageFacts(facts.value), ...textOf(document.value, await packOf(policy)) })
    },
    'library.preview': readPreview,
    'library.previewed': async ({ preview, document: at }) => {
      const file = previewed(preview, at)
      if (!file.ok) return file
      const { document } = file.value
      return ok(textOf(document, await packOf(document.policy)))
    },
    'library.match': async ({ preview, document: at, clause, to }) => {
      const file = previewed(preview, at)
      if (!file.ok) return file
      const { document, corrected } = file.value
      const found = document.clauses.find(({ id }) => id === clause)
      if (found === undefined) return noClause
      previews.replace(preview, at, {
        ...file.value,
        document: rematch(document, clause, to),
        corrected: new Set([...corrected, placeOf(found)]),
      })
      return Promise.resolve(done)
    },
    'library.store': storeAll,
    'library.correct': async ({ policy, version, clause, to }) => {
      const document = await documentOf(policy, version)
      if (!document.ok) return document
      const found = document.value.clauses.find(({ id }) => id === clause)
      if (found === undefined) return noClause
      const replaced = await store.replacePolicy(rematch(document.value, clause, to))
      if (!replaced.ok) return replaced
      await store.rememberCorrections(policy, [{ ...correctionOf(found), clause: to }])
      changed()
      return done
    },
    'library.search': async ({ query, policy }) => {
      const found = await store.searchClauses(query, policy, maxHits)
      if (!found.ok) return found
      const { hits, total } = found.value
      return ok({
        hits: hits.map(({ policy: name, versions, clause, section, pieces }) => ({
          policy: name,
          versions: [...versions],
          clause,
          section,
          pieces: [...pieces],
        })),
        total,
      })
    },
    'library.clause': async (args) => {
      const { policy, clause } = args
      const found = await soon(lineageOf(args), changed)
      // A version that cannot be compared is told of where versions are compared; its text stands here all the same.
      const placedClause = found?.ok === true ? found.value : null
      const imported = placedClause === null ? await textAlone(args) : ok(importedText(placedClause))
      if (!imported.ok) return imported
      const [notes, watches] = await Promise.all([store.clauseNotes(policy), store.watchedClauses()])
      const names = new Set(
        placedClause?.lineage.nodes.map(
          ({ at, clause: one }) => `${placedClause.history.documents[at]?.version ?? ''} ${one.id}`,
        ),
      )
      const isOfClause = (one: { readonly clause: string; readonly version: string | null }): boolean =>
        one.version === null || names.size === 0 || one.clause === clause
          ? one.clause === clause
          : names.has(`${one.version} ${one.clause}`)
      const watch = watches.ok ? watches.value.find((one) => one.policy === policy && isOfClause(one)) : undefined
      return ok({
        imported: imported.value,
        notes: (notes.ok ? notes.value : [])
          .filter(isOfClause)
          .map(({ id, version, text, by, at }) => ({ id, version, text, by, at })),
        watch: watch === undefined ? null : { by: watch.by, changedIn: watch.changedIn, change: watch.change },
        violations: violationsByMonth(await described(), campaigns.list(), packAnd(policy, clause)),
      })
    },
    'library.lineage': async (args) => {
      const found = await lineageOf(args)
      if (!found.ok) return found
      if (found.value === null) return ok({ versions: [], nodes: [], edges: [], removedIn: null })
      const { history, lineage } = found.value
      const versions = history.documents.map(({ version }) => version)
      const name = (at: number): string => versions[at] ?? ''
      const last = Math.max(...lineage.nodes.map(({ at }) => at))
      return ok({
        versions,
        nodes: lineage.nodes.map(({ at, clause }) => ({
          version: name(at),
          clause: clause.id,
          number: clause.number,
          section: clause.section,
          text: clause.text,
        })),
        edges: lineage.edges.map(({ kind, from, to }) => ({
          kind,
          from: { version: name(from.at), clause: from.clause.id },
          to: { version: name(to.at), clause: to.clause.id },
        })),
        removedIn: versions[last + 1] ?? null,
      })
    },
    'library.history': async ({ policy }) => {
      const listed = await store.policyVersions()
      if (!listed.ok) return listed
      const history = await comparisons.history(policy)
      if (!history.ok) return history
      const facts = listed.value.filter((one) => one.policy === policy)
      return ok({
        versions: facts.map((one, index) => {
          const stats = index === 0 ? undefined : history.value.stats[index - 1]
          return { facts: pageFacts(one), changes: stats === undefined ? null : { ...stats } }
        }),
      })
    },
    'library.redline': redlineOf,
    'library.export': async ({ policy, older, newer, format, substantive }) => {
      const redline = await redlineOf({ policy, older, newer })
      if (!redline.ok) return redline
      const page = { policy, ...redline.value, substantive }
      const name = `${policy}-${older}-${newer}`.replace(/[^\p{L}\p{N}.-]+/gu, '-')
      if (format === 'html')
        return ok({
          name: `${name}.html`,
          mediaType: 'text/html',
          base64: Buffer.from(redlineHtml(page), 'utf8').toString('base64'),
        })
      const file = await pool.redlineDocx({ page })
      if (!file.ok) return file
      return ok({
        name: `${name}.docx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        base64: Buffer.from(file.value).toString('base64'),
      })
    },
    'library.note': async ({ policy, version, clause, text }) => {
      const note = await store.addClauseNote({ policy, version, clause, text })
      if (!note.ok) return note
      changed()
      return ok({ note: note.value })
    },
    'library.removeNote': async ({ note }) => {
      const removed = await store.removeClauseNote(note)
      if (!removed.ok) return removed
      changed()
      return removed.value ? done : fail('not-found', 'This note is not there any more.')
    },
    'library.watch': async ({ policy, version, clause, watched }) => {
      const written = watched
        ? await store.watchClause({ policy, version, clause })
        : await store.unwatchClause(policy, clause)
      if (!written.ok) return written
      changed()
      return done
    },
    'library.seen': async ({ policy, clause }) => {
      const seen = await store.markWatched(policy, clause, null, null)
      if (!seen.ok) return seen
      changed()
      return done
    },
  }

  return { handlers, comparisons }
}

/** As `readPolicy` names it; the main thread does not load the readers for a word. */
const undated = 'undated'
const noVersion = fail('not-found', 'There is no such version in the library any more.')
const noPreview = fail('not-found', 'This preview is no longer at hand. Choose the files again.')
const noClause = fail('not-found', 'This clause is not there any more.')

const soonMs = 400

/** An answer that is at hand; null when it takes longer, and `later` is told when it has come. */
async function soon<T>(answer: Promise<Result<T>>, later: () => void): Promise<Result<T> | null> {
  let isLate = false
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      isLate = true
      resolve(null)
    }, soonMs)
  })
  void answer.then((result) => {
    clearTimeout(timer)
    if (isLate && result.ok) later()
  })
  return Promise.race([answer, late])
}

const placeOf = ({ span }: PolicyClause): number => span.start

const correctionOf = (clause: PolicyClause): MatchCorrection => ({
  section: clause.section,
  number: clause.number,
  text: clause.text,
  clause: matchedTo(clause),
})

function pageFacts(facts: VersionFacts): PolicyVersionFacts {
  const { version, title, basis, date, effective, captured, importedAt, source, topClauses, unmatched } = facts
  return {
    version,
    title,
    basis,
    date,
    effective,
    captured,
    importedAt,
    file: source.path,
    mediaType: source.mediaType,
    sha256: source.sha256,
    clauses: topClauses,
    unmatched,
    notices: facts.notices.filter(isNews),
  }
}

/** What the page tells by itself, from matches as they are now. */
const isNews = (notice: string): boolean => !/^(?:Known clauses that were not found|Clauses that no known)/.test(notice)

function importedClause(clause: PolicyClause): ImportedClause {
  const { id, parent, section, number, text, match } = clause
  const confidence = match?.confidence ?? null
  return {
    id,
    parent,
    section,
    number,
    text,
    to: matchedTo(clause),
    confidence,
    byHand: match?.byHand === true || confidence === saidByHand,
  }
}

function textOf(document: PolicyDocument, pack: PolicyDescription | null): Answer<'library.previewed'> {
  const found = new Set(document.clauses.flatMap((clause) => matchedTo(clause) ?? []))
  const known = (pack?.clauses ?? []).map(({ id, heading }) => ({ id, heading }))
  return {
    clauses: document.clauses.map(importedClause),
    cut: cutTexts(document),
    missing: known.filter(({ id }) => !found.has(id)),
    known,
  }
}

function summaryOf(
  one: PreviewedFile,
  stored: readonly VersionFacts[],
  known: readonly KnownPolicy[],
): Answer<'library.preview'>['documents'][number] {
  if (one.problem !== null)
    return {
      file: one.file,
      problem: one.problem,
      policy: '',
      title: null,
      date: null,
      effective: null,
      captured: null,
      needsDate: false,
      clauses: 0,
      unmatched: 0,
      missing: 0,
      cut: 0,
      storedAs: null,
      notices: [],
    }
  const { document } = one
  const top = document.clauses.filter(({ parent }) => parent === null)
  const matched = new Set(document.clauses.flatMap((clause) => matchedTo(clause) ?? []))
  const pack = known.find(({ id }) => id === document.policy)
  return {
    file: one.file,
    problem: null,
    policy: document.policy,
    title: document.title,
    date: document.date,
    effective: document.effective,
    captured: document.captured,
    needsDate: document.version === undated,
    clauses: top.length,
    unmatched: top.filter(({ match }) => match === null).length,
    missing: pack?.clauses.filter(({ id }) => !matched.has(id)).length ?? 0,
    cut: document.cut.length,
    storedAs:
      stored.find(({ policy, source }) => policy === document.policy && source.sha256 === document.source.sha256)
        ?.version ?? null,
    notices: document.notices.filter(isNews),
  }
}

/** As a person says, where the document does not say of which day it is. */
function dated(document: PolicyDocument, date: string | null): PolicyDocument {
  const isUndated = document.version === undated
  return {
    ...document,
    version: isUndated && date !== null ? date : document.version,
    date: isUndated && date !== null ? date : document.date,
    notices: isUndated && date !== null ? document.notices.filter((one) => !one.includes('--date')) : document.notices,
  }
}

/** What became of a clause in the version at `at`; null: nothing that says something else. */
function changeInto({ nodes, edges }: ClauseLineage, at: number): string | null {
  const into = edges.filter(({ to }) => to.at === at)
  const change = into.find(({ kind }) => kind !== 'kept' && kind !== 'cosmetic')
  if (change !== undefined) return change.kind
  return into.length === 0 && nodes.some((node) => node.at === at - 1) ? 'removed' : null
}

function importedText({
  history,
  node,
  lineage,
}: {
  readonly history: PolicyHistory
  readonly node: LineageNode
  readonly lineage: ClauseLineage
}): NonNullable<Answer<'library.clause'>['imported']> {
  const { clause, at } = node
  const { number, section, text, to, confidence, byHand } = importedClause(clause)
  const nameOf = (index: number): string => history.documents[index]?.version ?? ''
  return {
    version: nameOf(at),
    number,
    section,
    text,
    to,
    confidence,
    byHand,
    phrases: phrasesOf(lineage, node).map((phrase) => ({ text: phrase.text, since: nameOf(phrase.since) })),
  }
}
