import type { z } from 'zod'
import type { Certainty, Finding, Severity } from '../../contract/report.ts'
import type { NotCheckedCode } from '../../contract/codes.ts'
import type { ByteSpan, Utf16Span } from '../../contract/span.ts'
import type { TextPart } from '../../intake/message.ts'
import type { RowCheck } from '../audience/row-check.ts'
import type { Rule } from '../pack.ts'
import type { CompiledPattern } from '../patterns/pattern.ts'
import type { PhraseRole, PhraseSet } from '../phrases/phrase-index.ts'
import type { DatedValue } from '../values.ts'
import type { Scene } from '../scene.ts'
import type { SeriesCheck } from '../series/series-check.ts'

/** A check kind: one file each. `Options` is `check` of a rule, as its schema has validated it. */
export interface Kind<Options extends { readonly kind: string }> {
  readonly name: Options['kind']
  readonly schema: z.ZodType<Options>
  /** What the options refer to, each with its path inside `check`; looked at when a pack is loaded. */
  readonly refers: (options: Options) => References
  /** Done once; the function it gives is called for every message. */
  readonly compile: (rule: Rule<Options>, build: Build) => Evaluate
  /** What is asked of each row of a list; only for kinds that look at rows. */
  readonly rows?: (rule: Rule<Options>, build: Build) => RowCheck
  /** What is asked of messages together; only for kinds that look at a series. What `compile` gives then notes what a message says. */
  readonly series?: (rule: Rule<Options>) => SeriesCheck
  /** One sentence on what the rule looks for, for screens and `rules show`. */
  readonly explain: (options: Options) => string
}

export interface References {
  readonly phrases?: readonly Placed<string>[]
  readonly words?: readonly Placed<string>[]
  readonly patterns?: readonly Placed<string>[]
  readonly values?: readonly Placed<string>[]
  /** Header fields that phrases are looked for in. */
  readonly fields?: readonly string[]
  /** Ids of other rules. */
  readonly rules?: readonly Placed<string>[]
}

export interface Placed<T> {
  readonly value: T
  readonly path: readonly (string | number)[]
}

/** What compiling a rule may ask for. All of it was looked at when the pack was loaded. */
export interface Build {
  /** Phrases written out and word lists together; their sureness comes with the hits. `role`: `sought` when left out. */
  readonly phrases: (any: readonly string[], words: readonly string[], role?: PhraseRole) => PhraseSet
  readonly pattern: (source: string) => CompiledPattern
  /** Pieces of text without which the pattern cannot match; null when it may match anything. */
  readonly pieces: (source: string) => PhraseSet | null
  readonly values: (name: string) => readonly DatedValue[]
  /** Entries of a word list as they are written, for lists of names rather than phrases. */
  readonly written: (words: string) => readonly string[]
}

export type Evaluate = (scene: Scene) => readonly Hit[]

/** What a rule found, before findings are told, merged and numbered. */
export interface Hit {
  /** The part that the finding names. */
  readonly part: string
  /** What the span counts in; null: the hit has no place. */
  readonly source: Pick<TextPart, 'part' | 'text' | 'toSource'> | null
  readonly span: Utf16Span | null
  /** In the input, where the part has no text of its own (a header, an attachment's name). */
  readonly bytes?: ByteSpan | null
  readonly certainty: Certainty
  /** The most that the finding may be (a draft that the provider completes). */
  readonly atMost?: Severity
  /** Stands for `{match}`, as the message has it. */
  readonly match: string
  /** The match and its sentence in one form, whatever letters they were written with. Empty where there is none. */
  readonly normalised: { readonly match: string; readonly sentence: string }
  /** Where the excerpt is taken from: the text around, and the match in it. */
  readonly around: { readonly text: string; readonly start: number; readonly end: number }
  /** An identifier: never shown as it is. */
  readonly secret?: boolean
  /**
   * Names what the finding is about where one fact stands behind many messages (a list's bad column, a programme without
   * an opt-out word): findings of a rule with the same fact are one group, whatever the message. Never holds an identifier.
   */
  readonly fact?: string
  /** What it is about where it has no match: findings of several rules with the same clauses and topic are one group of a message. */
  readonly topic?: string
  /** Of a list of recipients: how many rows, in which column, and the first of them. */
  readonly rows?: NonNullable<Finding['rows']>
  /** What was measured and its value, for a finding without a match: with another value it is another finding. */
  readonly measured?: string
  /** Dated values that the finding rests on; told among its sources. */
  readonly values?: readonly DatedValue[]
  /** Which of the rule's sentences tells it; `message` when left out. */
  readonly tell?: 'message' | 'draft'
  readonly explain: readonly string[]
}

/** What a rule could not look at in a message. */
export interface RuleGap {
  readonly code: NotCheckedCode
  readonly reason: string
  readonly material: boolean
}
