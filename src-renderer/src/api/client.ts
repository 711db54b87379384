import { inject, type InjectionKey } from 'vue'
import type { Answer, Args, EventPayload, FileToken } from '../../../src-main/contract/operation-schemas.ts'
import type { EventName, OperationName } from '../../../src-main/contract/operations.ts'
import { fail, type Result } from '../../../src-main/contract/result.ts'
import { UploadRefused, type Transport } from './transport.ts'

/** The contract as functions, whatever the transport. */
export interface Client {
  readonly call: <O extends OperationName>(operation: O, args: Args<O>) => Promise<Result<Answer<O>>>
  readonly on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => () => void
  readonly onConnection: Transport['onConnection']
  readonly onCommand: Transport['onCommand']
  readonly ready: Transport['ready']
  /** Null: dismissed, or nothing in it. */
  readonly pick: (kind: 'files' | 'folder') => Promise<Result<FileToken | null>>
  readonly grantDrop: (data: DataTransfer) => Promise<Result<FileToken | null>>
  /** A self-contained page as a PDF file where the person says; null where the browser's print dialog must do. */
  readonly savePdf: ((html: string, name: string) => Promise<Result<{ readonly saved: boolean }>>) | null
}

export function createClient(transport: Transport): Client {
  const { savePdf } = transport
  return {
    async call<O extends OperationName>(operation: O, args: Args<O>): Promise<Result<Answer<O>>> {
      try {
        // Reactive proxies cannot be cloned across the bridge: send plain data.
        const plain: unknown = JSON.parse(JSON.stringify(args))
        // The router validates every answer against this operation's schema before it sends it.
        return (await transport.call(operation, plain)) as Result<Answer<O>>
      } catch {
        return unreachable()
      }
    },
    on: (event, listener) =>
      // Events are validated by the sender against this event's schema.
      transport.on(event, (payload) => listener(payload as Parameters<typeof listener>[0])),
    onConnection: transport.onConnection,
    onCommand: transport.onCommand,
    ready: transport.ready,
    pick: (kind) => granted(() => transport.pick(kind)),
    grantDrop: (data) => granted(() => transport.grantDrop(data)),
    savePdf:
      savePdf === null
        ? null
        : async (html, name) => {
            try {
              // The shell answers this channel with nothing but that.
              return (await savePdf(html, name)) as Result<{ readonly saved: boolean }>
            } catch {
              return unreachable()
            }
          },
  }
}

async function granted(ask: () => Promise<string | null>): Promise<Result<FileToken | null>> {
  try {
    // A token is an opaque string that the host has just made.
    return { ok: true, value: (await ask()) as FileToken | null }
  } catch (error) {
    return error instanceof UploadRefused ? { ok: false, problem: error.problem } : unreachable()
  }
}

function unreachable(): Result<never> {
  return fail('internal', 'The workbench does not answer. Start it again; what was opened can be opened again.')
}

export const clientKey: InjectionKey<Client> = Symbol('client')

export function useClient(): Client {
  const client = inject(clientKey)
  if (client === undefined) throw new Error('no client provided')
  return client
}
