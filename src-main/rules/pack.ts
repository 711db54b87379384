import type { Certainty, PackProblem, Severity, SourceRef } from '../contract/report.ts'
import type { Channel } from '../contract/report.ts'
import type { Look } from '../views/view.ts'
import type { ExampleMessage } from './schemas/example-schema.ts'

/** A pack as loaded: its format is `clausebench-pack/1` (docs/rules/format.md). */
export interface Pack {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly policy: string
  readonly basis: 'primary' | 'second-hand'
  /** Why this version was taken, where that needs saying; null else. */
  readonly note: string | null
  /** Of all files of the pack, in order of their paths. */
  readonly sha256: string
  readonly clauses: readonly Clause[]
  /** How its clauses follow from an older version's; null: not said. */
  readonly lineage: Lineage | null
  readonly rules: readonly Rule[]
  readonly problems: readonly PackProblem[]
}

export interface Lineage {
  /** The older version. */
  readonly follows: string
  /** What is not named is kept under its id. */
  readonly changes: readonly {
    readonly kind: 'kept' | 'reworded' | 'moved' | 'split' | 'merged' | 'added' | 'removed'
    readonly from: readonly string[]
    readonly to: readonly string[]
    readonly note: string | null
  }[]
}

export interface Clause {
  /** Within the policy, e.g. `C3.9`; in reports `policy:C3.9`. */
  readonly id: string
  readonly parent: string | null
  readonly section: string
  readonly heading: string
  /** In our own words. */
  readonly summary: string
  /** What a file shows; null when nothing does. */
  readonly file: string | null
  /** What a person must judge; null when nothing. */
  readonly judge: string | null
  /** What only a person can answer. */
  readonly attest: readonly Ask[]
  readonly sources: readonly SourceRef[]
}

/** A question that only a person can answer; “yes” is the answer that is wanted. */
export interface Ask {
  /** Of its own, so that an answer holds wherever it is asked; null: by clause and place. */
  readonly id: string | null
  readonly scope: 'message' | 'audience' | 'campaign' | 'client'
  readonly question: string
  /** What to show for a yes; null: not said. */
  readonly evidence: string | null
  /** Whether a yes answers what was found; what a policy forbids outright no yes lifts. */
  readonly lifts: boolean
  /** What calls for it, all of these; null: a finding under the clause, or something there that could not be checked. */
  readonly when: {
    /** Ids, or groups as `lists/*`: one of these rules hit. Null: asked of every message that the rest names. */
    readonly rules: readonly string[] | null
    readonly channels: readonly Channel[] | null
    /** Recipients are there, or it is not known where they are. */
    readonly regions: readonly string[] | null
  } | null
}

/** A rule as declared, defaults filled in. `check` is the validated options of its kind. */
export interface Rule<Check = unknown> {
  readonly id: string
  readonly pack: Pick<Pack, 'id' | 'version' | 'policy' | 'basis'>
  /** Full ids, `klaviyo-aup:C3.9`. */
  readonly clauses: readonly string[]
  readonly title: string
  readonly severity: Severity
  readonly certainty: Certainty
  readonly channels: readonly Channel[] | null
  readonly look: readonly Look[]
  readonly languages: readonly string[] | null
  /** Recipients' places that it is for (`US`, `US-WA`, `EU`); null: everywhere. */
  readonly regions: readonly string[] | null
  /** Languages that its words are in: its own, else the pack's; null: not said, or it looks at no words. */
  readonly writtenFor: readonly string[] | null
  readonly check: { readonly kind: string } & Check
  readonly message: string
  readonly why: string
  readonly fix: string
  readonly sources: readonly SourceRef[]
  readonly examples: RuleExamples
}

export interface RuleExamples {
  readonly violates: readonly Example[]
  readonly fine: readonly Example[]
  readonly gap: readonly Example[]
}

/** A text, or a message of more parts; `{{…}}` is the expected mark. */
export type Example = string | ExampleMessage

/** Which packs to load. */
export interface PackSelection {
  /** Folder that holds the shipped packs (`resources/packs`); dated values lie beside it, in `values`. */
  readonly shipped: string
  /** Folder of the shipped dated values; left out: `values` beside `shipped`. */
  readonly values?: string
  /** `--packs DIR`, absolute. */
  readonly own: readonly string[]
  /** Own packs that lie in no folder: the library's; left out: none. */
  readonly given?: readonly GivenPack[]
  /** `--pack ID[@VERSION]`; empty: the default of `formats.md` §1. */
  readonly named: readonly string[]
  /** ISO date that chooses policy versions. */
  readonly asOf: string
  /** Folder where verdicts on patterns are kept between starts; left out: only in memory. */
  readonly cacheDir?: string
  /** Where compiled packs are kept between starts; left out: nowhere. */
  readonly kept?: KeptPacks
}

/** A pack's files by their paths in it, `pack.yaml` among them. */
export interface GivenPack {
  /** Stands in for an id that cannot be read. */
  readonly name: string
  readonly files: readonly (readonly [path: string, text: string])[]
}

export interface KeptPacks {
  /** Names the program's code: what another one compiled is not taken. */
  readonly program: string
  /** Folders that are only read. */
  readonly folders: readonly string[]
  /** Folder that is read and written; null: none. */
  readonly writable: string | null
}
