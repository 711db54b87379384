import type { EventName, OperationName } from './operations.ts'

/** What the preload puts on `window.clausebench`, and nothing else. Values are structured clones; answers are `Result`s. */
export interface Bridge {
  readonly call: (operation: OperationName, args: unknown) => Promise<unknown>
  /** Returns the unsubscription. */
  readonly on: (event: EventName, listener: (payload: unknown) => void) => () => void
  /** The native dialog; a token, or null when it was dismissed. */
  readonly openDialog: (kind: 'files' | 'folder') => Promise<string | null>
  /** Files of a drop (`File` objects); their paths go to the main process, never to the page. Null when none is on disk. */
  readonly grantDropped: (files: readonly object[]) => Promise<string | null>
  /** A self-contained page as a PDF file, where the person says. A `Result` of `{ saved }`: false when it was dismissed. */
  readonly savePdf: (html: string, name: string) => Promise<unknown>
  /** Menu commands by id. */
  readonly onCommand: (listener: (command: string) => void) => () => void
}
