import type { EventName, OperationName } from '../../../src-main/contract/operations.ts'
import type { Problem } from '../../../src-main/contract/result.ts'

/** How the page reaches the router: the desktop's bridge, or loopback HTTP and WebSocket in browser mode. */
export interface Transport {
  /** Answers with a `Result`; rejects only when the other side cannot be reached. */
  readonly call: (operation: OperationName, args: unknown) => Promise<unknown>
  /** Returns the unsubscription. */
  readonly on: (event: EventName, listener: (payload: unknown) => void) => () => void
  /** `false` when events stopped coming, `true` when they come again and what was shown must be read anew. */
  readonly onConnection: (listener: (connected: boolean) => void) => void
  /** Resolves when events arrive, so that nothing that is opened goes unheard. */
  readonly ready: () => Promise<void>
  /** Asks for files; a token, or null when dismissed. */
  readonly pick: (kind: 'files' | 'folder') => Promise<string | null>
  /** A drop's files; must be called within the drop event. Null when it holds none. */
  readonly grantDrop: (data: DataTransfer) => Promise<string | null>
  /** A self-contained page as a PDF file; null where the host has none and the print dialog must do. */
  readonly savePdf: ((html: string, name: string) => Promise<unknown>) | null
  readonly onCommand: (listener: (command: string) => void) => void
}

/** The host did not take the files of an upload; `problem` says why and what to do. */
export class UploadRefused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}
