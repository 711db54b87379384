import { existsSync } from 'node:fs'
import { ok, type Result } from '../contract/result.ts'
import { openLibrary, type Library } from './library.ts'
import type { StoreCalls } from './store-calls.ts'

type LibraryCall =
  | 'clauseTexts'
  | 'policyVersions'
  | 'policyDocument'
  | 'policyOriginal'
  | 'addPolicies'
  | 'replacePolicy'
  | 'searchClauses'
  | 'clauseNotes'
  | 'addClauseNote'
  | 'removeClauseNote'
  | 'watchedClauses'
  | 'watchClause'
  | 'unwatchClause'
  | 'markWatched'
  | 'matchCorrections'
  | 'rememberCorrections'
  | 'ruleConfirmations'
  | 'confirmRules'
  | 'policyComparison'
  | 'keepPolicyComparison'
  | 'ownPackFiles'
  | 'saveOwnPackFiles'

type LibraryActions = {
  readonly [C in LibraryCall]: (...args: Parameters<StoreCalls[C]>) => Promise<Result<ReturnType<StoreCalls[C]>>>
} & { readonly close: () => void }

interface LibraryWorld {
  readonly file: string
  /** Whoever writes has a name. */
  readonly named: <T>(use: (by: string) => T) => Promise<Result<T>>
  /** Empty until somebody has said who they are. */
  readonly someone: () => Promise<string>
  readonly masked: (text: string) => string
  readonly at: () => string
}

/** What stands behind the library's calls, in the store's worker. Reading makes no file. */
export function createLibraryActions({ file, named, someone, masked, at }: LibraryWorld): LibraryActions {
  let open: Library | null = null

  function opened(): Result<Library> {
    if (open !== null) return ok(open)
    const library = openLibrary(file)
    if (library.ok) open = library.value
    return library
  }

  function reading<T>(empty: T, use: (library: Library) => T): Promise<Result<T>> {
    if (open === null && !existsSync(file)) return Promise.resolve(ok(empty))
    return writing(use)
  }

  function writing<T>(use: (library: Library) => T): Promise<Result<T>> {
    const library = opened()
    return Promise.resolve(library.ok ? ok(use(library.value)) : library)
  }

  async function signed<T>(use: (library: Library, by: string) => T): Promise<Result<T>> {
    const library = opened()
    return library.ok ? named((by) => use(library.value, by)) : library
  }

  return {
    clauseTexts: (policy, version) =>
      reading([], (library) =>
        (library.document(policy, version)?.clauses ?? []).flatMap(({ text, match }) =>
          match === null ? [] : [[match.to, text] as const],
        ),
      ),
    policyVersions: () => reading([], (library) => library.facts()),
    policyDocument: (policy, version) => reading(null, (library) => library.document(policy, version)),
    policyOriginal: (policy, version) => reading(null, (library) => library.find(policy, version)),
    addPolicies: (imports) => writing((library) => library.addAll(imports, at())),
    replacePolicy: (document) =>
      writing((library) => {
        library.replace(document)
        return true
      }),
    searchClauses: (typed, policy, maxHits) =>
      reading({ hits: [], total: 0 }, (library) => library.search(typed, policy, maxHits)),
    clauseNotes: (policy) => reading([], ({ people }) => people.notes(policy)),
    addClauseNote: (note) =>
      signed(({ people }, by) => people.addNote({ ...note, text: masked(note.text), by, at: at() })),
    removeClauseNote: (id) => signed(({ people }, by) => people.removeNote(id, by, at())),
    watchedClauses: () => reading([], ({ people }) => people.watches()),
    watchClause: (one) =>
      signed(({ people }, by) => {
        people.watch({ ...one, by, at: at() })
        return true
      }),
    unwatchClause: (policy, clause) =>
      writing(({ people }) => {
        people.unwatch(policy, clause)
        return true
      }),
    markWatched: (policy, clause, changedIn, change) =>
      writing(({ people }) => {
        people.markChanged(policy, clause, changedIn, change)
        return true
      }),
    matchCorrections: (policy) => reading([], ({ people }) => people.corrections(policy)),
    rememberCorrections: async (policy, corrections) => {
      const by = await someone()
      return writing(({ people }) => {
        for (const correction of corrections) people.rememberCorrection(policy, correction, by, at())
        return true
      })
    },
    ruleConfirmations: (policy) => reading([], ({ people }) => people.confirmations(policy)),
    confirmRules: (confirmations) =>
      signed(({ people }, by) => {
        for (const one of confirmations) people.confirm({ ...one, note: masked(one.note), by, at: at() })
        return true
      }),
    policyComparison: (older, newer, form) => reading(null, (library) => library.comparison(older, newer, form)),
    keepPolicyComparison: (older, newer, form, text) =>
      writing((library) => {
        library.keepComparison(older, newer, form, text)
        return true
      }),
    ownPackFiles: () => reading([], ({ pack }) => pack.files()),
    saveOwnPackFiles: (files) =>
      signed(({ pack }, by) => {
        for (const { path, text } of files) pack.save(path, text, by, at())
        return pack.files()
      }),
    close() {
      open?.close()
      open = null
    },
  }
}
