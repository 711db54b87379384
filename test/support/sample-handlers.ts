import type { Handlers } from '../../src-main/contract/operation-schemas.ts'
import { operationNames, type OperationName } from '../../src-main/contract/operations.ts'
import { ok, type Result } from '../../src-main/contract/result.ts'
import { operationSamples } from './operation-samples.ts'

export interface Call {
  readonly operation: OperationName
  readonly args: unknown
}

/** Handlers that answer with the samples, or as `answers` says, and write down what they were called with. */
export function sampleHandlers(answers: Partial<Record<OperationName, () => Promise<Result<unknown>>>> = {}): {
  readonly handlers: Handlers
  readonly calls: Call[]
} {
  const calls: Call[] = []
  const handlers = Object.fromEntries(
    operationNames.map((operation) => [
      operation,
      async (args: unknown): Promise<Result<unknown>> => {
        calls.push({ operation, args })
        return (await answers[operation]?.()) ?? ok(operationSamples[operation].answer)
      },
    ]),
  )
  // One function for every name; tests may let them answer what the contract does not allow.
  return { handlers: handlers as unknown as Handlers, calls }
}
