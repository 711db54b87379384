import type { Certainty } from '../../contract/report.ts'
import type { NumberList } from './numbers.ts'
import type { SeriesMessage, SeriesNote } from './series-message.ts'

/** What a rule asks of messages together. */
export interface SeriesCheck {
  /** It needs the numbers of the lists that messages go to. */
  readonly comparesNumbers: boolean
  /** In the order in which the messages go out. */
  readonly over: (messages: readonly NotedMessage[]) => readonly SeriesHit[]
}

/** A message with what the rule at work noted of it. */
export interface NotedMessage extends SeriesMessage {
  readonly note: SeriesNote
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly atMs: number
  /** The last day of what it offers, as it says; null: it does not. */
  readonly ends: string | null
  /** Null: nothing says who gets it; `numbers` null: too many to be compared one by one. */
  readonly recipients: { readonly identity: string; readonly numbers: NumberList | null } | null
}

/** What several messages together show of the last of them. */
export interface SeriesHit {
  readonly message: NotedMessage
  readonly certainty: Certainty
  /** Stands for `{match}`. */
  readonly match: string
  /** What the excerpt shows; empty: nothing. */
  readonly excerpt: string
  /** Names the offer, or the sender: findings with the same are one group. */
  readonly fact: string
  /** With another value it is another finding. */
  readonly measured: string
  readonly rows?: {
    readonly count: number
    readonly column: string
    readonly first: readonly { readonly row: number; readonly excerpt: string }[]
  }
  /** Messages before it, the latest first. */
  readonly related: readonly { readonly id: string; readonly message: string }[]
  readonly explain: readonly string[]
}

/** What a message may be compared with: those of the call, and earlier ones that are named for it. */
export function isKnownTo({ earlier }: NotedMessage, own: NotedMessage): boolean {
  return earlier === undefined || earlier === '' || own.history.some(({ path }) => path === earlier)
}
