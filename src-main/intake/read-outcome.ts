import type { Problem } from '../contract/result.ts'
import type { Message, MessageDefaults } from './message.ts'

export interface ReadSource {
  /** Path as the report names it. */
  readonly input: string
  /** Named by the user, not found in a folder: an unknown kind is then `unreadable`, not `ignored`. */
  readonly named: boolean
  readonly defaults: MessageDefaults
}

export type ReadOutcome =
  | {
      readonly status: 'reviewed' | 'partial'
      readonly messages: readonly Message[]
      /** Why it is `partial`. */
      readonly problem: Problem | null
    }
  | { readonly status: 'unreadable' | 'ignored'; readonly problem: Problem }

/** What a format's reader answers: messages with what could not be read of them, or why there are none. */
export type FormatOutcome =
  | { readonly messages: readonly Message[]; readonly problem: Problem | null }
  | { readonly status: 'unreadable' | 'ignored'; readonly problem: Problem }
