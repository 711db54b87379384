import type { SpokenLanguage } from '../contract/settings-words.ts'
import type { LargeFilePlace } from '../intake/large-file.ts'
import type { AudienceFile } from '../intake/campaign-settings.ts'
import type { MessageDefaults } from '../intake/message.ts'
import type { Problem } from '../contract/result.ts'
import type { Finding, InputEntry, PackEntry, PackProblem, ReportMessage } from '../contract/report.ts'
import type { PackSelection, Clause } from '../rules/pack.ts'
import type { SeriesMessage } from '../rules/series/series-message.ts'

/** What crosses between the main thread and a review worker: plain data only. */

export interface ReviewSettings {
  readonly packs: PackSelection
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** Region codes, empty: unknown. */
  readonly region: readonly string[]
  /** Recipients of all messages that name none; left out or null: none. */
  readonly audience?: AudienceFile | null
  /** What a person said of the columns of lists; left out: nothing. */
  readonly columns?: ListColumns
}

/** By a list's name in the report: which of its columns holds a field, by the column's own name; empty: none does. */
export type ListColumns = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface FileTask {
  /** Absolute path; never in a report, a log or an answer to the page. */
  readonly path: string
  /** As the report names it. */
  readonly input: string
  /** Named by the user, not found in a folder: an unknown kind is then `unreadable`, not `ignored`. */
  readonly named: boolean
  readonly defaults: MessageDefaults
  readonly settings: ReviewSettings
  /** It holds earlier messages: they serve rules over a series and are not judged. */
  readonly isHistory?: boolean
  /** Places at which a worker was lost, in their order: the review goes on behind the last of them. */
  readonly lost?: readonly LostPlace[]
}

/** Where a review of a file stands. */
export interface ReviewPlace {
  /** Among the inputs in the file, from 0, which is the file itself. */
  readonly input: number
  /** Among the messages of that input, from 0; null: the input itself is being read. */
  readonly message: number | null
}

export interface LostPlace extends ReviewPlace {
  readonly problem: Problem
}

/** What a worker tells while it reviews a file: what it has since it told last, and what it begins. */
export interface ReviewNews extends FileReview {
  readonly place: ReviewPlace
}

export interface ReviewedMessage {
  readonly report: ReportMessage
  /** What lists show: subject, title or first words. */
  readonly name: string
  /** Among the messages of its input, from 0. */
  readonly ordinal: number
  /** Hash of what it is, apart from the others in its file; left out: of the bytes of its input. */
  readonly content?: string
  /** Of a file that is too large to be held: where the message stands in it. */
  readonly place?: LargeFilePlace
  /** What rules over a series need of it; left out: nothing. */
  readonly series?: SeriesMessage
}

export interface FileReview {
  readonly inputs: readonly InputEntry[]
  readonly messages: readonly ReviewedMessage[]
}

/** A message again, for a view of it: read anew from its file, which must still have the reviewed bytes. */
export interface ShowTask {
  readonly file: FileTask
  /** Of the file's bytes that were reviewed. */
  readonly sha256: string
  /** The message's input: the file's own, or that of a member of it. */
  readonly input: string
  /** Which of the input's messages, from 0. */
  readonly ordinal: number
  /** Of a file that is too large to be held: where the message stands in it. */
  readonly place?: LargeFilePlace
  /** What to mark. */
  readonly findings: readonly Finding[]
}

/** What a person selected in the text that the Text view shows under `part`. */
export interface LocateTask extends ShowTask {
  readonly part: string
  readonly start: number
  readonly end: number
  /** What else makes the finding: goes into its fingerprint. */
  readonly about: readonly string[]
}

export interface CompareTask extends ShowTask {
  /** Kept of the message as it was. */
  readonly old: Uint8Array
}

export interface RenderTask extends ShowTask {
  readonly theme: 'light' | 'dark'
  /** As a mail program in dark mode shows it. */
  readonly dark: boolean
  readonly language: SpokenLanguage
}

export interface LinkTask extends ShowTask {
  /** From 1, in order of the message. */
  readonly link: number
}

/** Rows of lists that findings of a message are about, by the findings' numbers. */
export interface RowsTask extends ShowTask {
  readonly numbers: readonly number[]
  /** With the column that names a person. */
  readonly keys: boolean
}

/** Messages that are judged together. */
export interface SeriesTask {
  readonly settings: ReviewSettings
  readonly messages: readonly SeriesMessage[]
}

export interface PackDescription {
  readonly entries: readonly PackEntry[]
  readonly problems: readonly PackProblem[]
  readonly policies: readonly PolicyDescription[]
}

export interface PolicyDescription {
  readonly policy: string
  readonly title: string
  readonly version: string
  readonly basis: 'primary' | 'second-hand'
  readonly clauses: readonly Clause[]
  readonly rules: readonly {
    readonly id: string
    readonly title: string
    readonly severity: 'error' | 'warning' | 'info'
    readonly why: string
    readonly clauses: readonly string[]
  }[]
}
