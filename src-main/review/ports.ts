import type { EventName } from '../contract/operations.ts'
import type { EventPayload } from '../contract/operation-schemas.ts'
import type { KeptPacks } from '../rules/pack.ts'

/** What a host (desktop shell, browser mode, a test) gives the workbench. */
export interface WorkbenchPorts {
  readonly host: 'electron' | 'browser'
  readonly version: string
  readonly platform: string
  /** Folder `resources/`. */
  readonly resourcesDir: string
  /** Settings, recents. Made when missing. */
  readonly dataDir: string
  /** Absolute path of the worker's file: `review/worker.ts` in the checkout, `out/main/worker.cjs` when built. */
  readonly workerFile: string
  /** Where packs lie that were compiled before, and by which code; left out: nowhere. */
  readonly compiledPacks?: Pick<KeptPacks, 'program' | 'folders'>
  /** Absolute path of the store's worker: `store/store-worker.ts` in the checkout, `out/main/store-worker.cjs` when built. */
  readonly storeWorkerFile: string
  readonly jobs: number
  /** Where workers keep compiled code between starts; left out: in the data folder. */
  readonly compileCacheDir?: string
  /** Paths named at start; empty: none. */
  readonly initialPaths: readonly string[]
  /** Opens an address that passed the check, in the default browser; false when the host has none. */
  readonly openExternal: (url: string) => Promise<boolean>
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void
  /** Today, `YYYY-MM-DD`. */
  readonly today: () => string
}
