import { Worker } from 'node:worker_threads'
import { fail, type Result } from '../contract/result.ts'
import { storeCalls, type Store, type StoreAnswer, type StoreRequest, type StoreStart } from './store-calls.ts'

export interface StoreOptions {
  /** Absolute path of `store/store-worker.ts`, or of its bundle. */
  readonly workerFile: string
  /** Folder of the workspaces; made when the first is. */
  readonly folder: string
}

/**
 * The store as the main thread sees it: every call is carried out in a worker, in the order in which it was made, and is on the disk when it has
 * been answered. The worker starts with the first call; one that dies is replaced by the next call.
 */
export function createStore(options: StoreOptions): Store {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let worker: Worker | null = null
  let tickets = 0
  let closed = false

  function start(): Worker {
    const started = new Worker(options.workerFile, { workerData: { folder: options.folder } satisfies StoreStart })
    started.on('message', ({ ticket, result }: StoreAnswer) => {
      waiting.get(ticket)?.(result)
      waiting.delete(ticket)
    })
    const ended = (): void => {
      if (worker === started) worker = null
      for (const answer of waiting.values()) answer(gone)
      waiting.clear()
    }
    started.on('error', ended)
    started.on('exit', ended)
    return started
  }

  function ask(call: StoreRequest['call'], args: readonly unknown[]): Promise<Result<unknown>> {
    if (closed) return Promise.resolve(gone)
    worker ??= start()
    const ticket = ++tickets
    const request: StoreRequest = { ticket, call, args }
    const asked = worker
    return new Promise((resolve) => {
      waiting.set(ticket, resolve)
      asked.postMessage(request)
    })
  }

  const calls = Object.fromEntries(
    storeCalls.map((call) => [call, (...args: readonly unknown[]) => ask(call, args)]),
    // A call's name decides what it takes and answers, on both sides of the thread; TypeScript cannot follow that through a message.
  ) as unknown as Omit<Store, 'close'>

  return {
    ...calls,
    async close() {
      if (worker !== null) await ask('close', [])
      closed = true
      await worker?.terminate()
    },
  }
}

const gone = fail('store-unavailable', 'The workspace has stopped answering. What was kept before is kept; try again.')
