import { parentPort, workerData } from 'node:worker_threads'
import { fail, type Result } from '../contract/result.ts'
import type { StoreActions } from './store-actions.ts'
import type { StoreAnswer, StoreRequest, StoreStart } from './store-calls.ts'

/** Entry of the store's worker: SQLite is synchronous, and so never called in the main thread. */

// What starts this worker gives exactly this: store.ts is checked against it.
const { folder } = workerData as StoreStart
let actions: Promise<StoreActions | null> | null = null
/** One after the other, in the order in which they were asked. */
let last: Promise<unknown> = Promise.resolve()

parentPort?.on('message', (request: StoreRequest) => {
  last = last.then(async () => {
    const answer: StoreAnswer = { ticket: request.ticket, result: await carryOut(request) }
    parentPort?.postMessage(answer)
    if (request.call === 'close') parentPort?.close()
  })
})

async function carryOut({ call, args }: StoreRequest): Promise<Result<unknown>> {
  actions ??= load()
  const loaded = await actions
  if (loaded === null) return unavailable
  try {
    // The caller's types say that these are the arguments of this call.
    const action = loaded[call] as (...args: readonly unknown[]) => Promise<Result<unknown>>
    return await action(...args)
  } catch (error) {
    return fail(
      'internal',
      `The workspace could not do this (${error instanceof Error ? error.name : 'error'}). What was kept before is kept.`,
    )
  }
}

const unavailable = fail(
  'store-unavailable',
  'This computer’s runtime has no SQLite, so decisions cannot be kept. Messages can still be read.',
)

/** A runtime without `node:sqlite` still shows messages. */
async function load(): Promise<StoreActions | null> {
  try {
    return (await import('./store-actions.ts')).createStoreActions(folder)
  } catch {
    return null
  }
}
