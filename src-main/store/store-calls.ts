import type { Problem, Result } from '../contract/result.ts'
import type { PolicyDocument } from '../contract/policy-document.ts'
import type { Act } from './acts.ts'
import type { PolicyImport, StoredPolicy, VersionFacts } from './library.ts'
import type { ClauseNote, MatchCorrection, NewConfirmation, RuleConfirmation, WatchedClause } from './library-people.ts'
import type { ClauseHits } from './library-search.ts'
import type { Impact, ImpactQuestion } from '../policy/impact.ts'
import type { JudgedContent, RuleSet } from './judged.ts'
import type { KeptMessage } from './kept-findings.ts'
import type { PackFile } from './library-pack.ts'
import type { MessageRecord } from './message-record.ts'
import type {
  ActOnMessage,
  DecisionElsewhere,
  KeptAttestation,
  KeptRevision,
  KeptSnapshot,
  KnownMessage,
  MessageKey,
  RevisionToKeep,
} from './workspace.ts'
import type { WorkspaceListing } from './workspaces.ts'

/** What the main thread asks of the store's worker: plain data both ways. */
export interface StoreCalls {
  readonly workspaces: () => {
    readonly workspaces: readonly WorkspaceListing[]
    readonly reviewer: string | null
    /** Why the one that should be open is not. */
    readonly problem: Problem | null
  }
  readonly createWorkspace: (title: string) => string
  readonly openWorkspace: (id: string) => true
  readonly renameWorkspace: (id: string, title: string) => true
  readonly copyWorkspace: (id: string, title: string) => string
  readonly setReviewer: (name: string) => true
  /** Fails with `no-reviewer` until a name is known. Texts are masked on the way. */
  readonly act: (acts: readonly ActOnMessage[]) => { readonly by: string; readonly at: string }
  readonly keep: (revision: RevisionToKeep) => true
  readonly isKept: (place: string, content: string) => boolean
  readonly records: (places: readonly string[]) => readonly (MessageRecord | null)[]
  readonly elsewhere: (fingerprints: readonly string[], place: string) => readonly DecisionElsewhere[]
  readonly attestations: () => readonly KeptAttestation[]
  readonly reasons: (kind: string, max: number) => readonly string[]
  readonly acted: () => readonly KnownMessage[]
  /** Messages that are corrected texts of others: from where a message lies to where its decisions lie. */
  readonly revisedPlaces: () => ReadonlyMap<string, string>
  /** Messages of the open workspace with a finding under one of these clauses (full ids), open or not. */
  readonly keptUnder: (clauses: readonly string[]) => readonly KeptMessage[]
  readonly revisions: (place: string) => readonly KeptRevision[]
  readonly revision: (
    place: string,
    content: string,
  ) => { readonly report: string; readonly bytes: Uint8Array | null } | null
  readonly sign: (
    signed: { readonly message: MessageKey; readonly content: string; readonly document: string; readonly id: string },
    act: Act & { readonly kind: 'sign-off' },
  ) => true
  /** In whichever workspace it lies. */
  readonly snapshot: (id: string) => KeptSnapshot | null
  /** The imported words of a policy version's clauses, by the ids of the pack; empty: it was not imported. */
  readonly clauseTexts: (policy: string, version: string) => readonly (readonly [string, string])[]
  /** With identifiers hidden, as long as before. */
  readonly masked: (text: string) => string
  readonly keepContent: (sha256: string, bytes: Uint8Array) => true

  /** All versions in the library, by policy and from old to new. */
  readonly policyVersions: () => readonly VersionFacts[]
  /** null: no such version; without a version the newest. */
  readonly policyDocument: (policy: string, version: string | null) => PolicyDocument | null
  /** With the bytes of its file. */
  readonly policyOriginal: (policy: string, version: string | null) => StoredPolicy | null
  /** All of them or none; the same file twice is kept once. */
  readonly addPolicies: (
    imports: readonly PolicyImport[],
  ) => readonly { readonly document: PolicyDocument; readonly isNew: boolean }[]
  readonly replacePolicy: (document: PolicyDocument) => true
  /** Words that a person typed, in all versions; never a syntax error. */
  readonly searchClauses: (typed: string, policy: string | null, maxHits: number) => ClauseHits
  /** From old to new. Texts are masked on the way in. */
  readonly clauseNotes: (policy: string) => readonly ClauseNote[]
  readonly addClauseNote: (note: Pick<ClauseNote, 'policy' | 'version' | 'clause' | 'text'>) => number
  readonly removeClauseNote: (id: number) => boolean
  readonly watchedClauses: () => readonly WatchedClause[]
  readonly watchClause: (one: Pick<WatchedClause, 'policy' | 'clause' | 'version'>) => true
  readonly unwatchClause: (policy: string, clause: string) => true
  /** What an import did to a watched clause; null: somebody has looked. */
  readonly markWatched: (policy: string, clause: string, changedIn: string | null, change: string | null) => true
  readonly matchCorrections: (policy: string) => readonly MatchCorrection[]
  readonly rememberCorrections: (policy: string, corrections: readonly MatchCorrection[]) => true
  /** The last word on each rule, clause and wording of a policy, withdrawn ones (`stands: false`) among them. */
  readonly ruleConfirmations: (policy: string) => readonly RuleConfirmation[]
  /** In the reviewer's name: the rules serve these clauses as worded, or do so no longer. */
  readonly confirmRules: (confirmations: readonly NewConfirmation[]) => true
  readonly policyComparison: (older: string, newer: string, form: string) => string | null
  readonly keepPolicyComparison: (older: string, newer: string, form: string, text: string) => true

  /** The library's own pack, in order of the paths. */
  readonly ownPackFiles: () => readonly PackFile[]
  /** In the reviewer's name; `text` null takes the file out of the pack. What the pack is then. */
  readonly saveOwnPackFiles: (
    files: readonly { readonly path: string; readonly text: string | null }[],
  ) => readonly PackFile[]
  /** In the workspace that is named; null: in the open one. */
  readonly keepJudged: (workspace: string | null, judged: readonly JudgedContent[], rules: RuleSet) => true
  readonly keepSigned: (snapshot: string, packs: readonly string[], rules: RuleSet) => true
  /** Over all workspaces that can be opened. */
  readonly impact: (question: ImpactQuestion) => Impact
  /** Bytes and report of messages as they were signed; those without bytes are left out. */
  readonly keptMessages: (
    workspace: string,
    messages: readonly { readonly place: string; readonly content: string }[],
  ) => readonly {
    readonly place: string
    readonly content: string
    readonly bytes: Uint8Array
    readonly report: string
  }[]
}

export const storeCalls = [
  'workspaces',
  'createWorkspace',
  'openWorkspace',
  'renameWorkspace',
  'copyWorkspace',
  'setReviewer',
  'act',
  'keep',
  'isKept',
  'records',
  'elsewhere',
  'attestations',
  'reasons',
  'acted',
  'revisedPlaces',
  'keptUnder',
  'revisions',
  'revision',
  'sign',
  'snapshot',
  'clauseTexts',
  'masked',
  'keepContent',
  'policyVersions',
  'policyDocument',
  'policyOriginal',
  'addPolicies',
  'replacePolicy',
  'searchClauses',
  'clauseNotes',
  'addClauseNote',
  'removeClauseNote',
  'watchedClauses',
  'watchClause',
  'unwatchClause',
  'markWatched',
  'matchCorrections',
  'rememberCorrections',
  'ruleConfirmations',
  'confirmRules',
  'policyComparison',
  'keepPolicyComparison',
  'ownPackFiles',
  'saveOwnPackFiles',
  'keepJudged',
  'keepSigned',
  'impact',
  'keptMessages',
] as const satisfies readonly (keyof StoreCalls)[]

export type StoreCall = keyof StoreCalls

/** The same from the other thread. */
export type Store = {
  readonly [C in StoreCall]: (...args: Parameters<StoreCalls[C]>) => Promise<Result<ReturnType<StoreCalls[C]>>>
} & { readonly close: () => Promise<void> }

export interface StoreRequest {
  readonly ticket: number
  readonly call: StoreCall | 'close'
  readonly args: readonly unknown[]
}

export interface StoreAnswer {
  readonly ticket: number
  readonly result: Result<unknown>
}

export interface StoreStart {
  /** Folder of the workspaces. */
  readonly folder: string
}
