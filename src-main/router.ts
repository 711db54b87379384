import { z } from 'zod'
import { problemCodes } from './contract/codes.ts'
import { eventSchemas, operationSchemas } from './contract/operation-schemas.ts'
import type { Handlers } from './contract/operation-schemas.ts'
import { operationNames } from './contract/operations.ts'
import type { EventName, OperationName } from './contract/operations.ts'
import { plainDataFault } from './contract/plain-data.ts'
import { fail, ok } from './contract/result.ts'
import type { Result } from './contract/result.ts'

/**
 * Operations by name, checked in both directions. It knows no transport: who may call is the transport's to decide,
 * what may be said is decided here. A handler sees only valid arguments, a page only valid answers.
 */
export interface Router {
  /** Never rejects: a bug becomes `internal`, which says nothing of what happened. */
  readonly call: (operation: unknown, args: unknown) => Promise<Result<unknown>>
}

/** Told of bugs (a handler that threw, an answer outside the contract). */
export type BugListener = (operation: OperationName, error: unknown) => void

/** Calls carry ids, tokens and settings; what is large comes as files. */
const argumentLimits = { maxNodes: 2000, maxUnits: 64 * 1024, maxDepth: 8 }

const problemSchema = z.strictObject({
  code: z.enum(problemCodes),
  message: z.string(),
  file: z.string().exactOptional(),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
})

const knownOperations: ReadonlySet<unknown> = new Set(operationNames)

export function createRouter(handlers: Handlers, onBug: BugListener = () => undefined): Router {
  return {
    async call(operation, args) {
      if (!isOperationName(operation)) return fail('unknown-operation', 'There is no such operation.')
      const fault = plainDataFault(args, argumentLimits)
      if (fault !== null) return badRequest(operation, fault)
      try {
        return await answer(handlers, operation, args)
      } catch (error) {
        onBug(operation, error)
        return fail(
          'internal',
          'Something went wrong inside clausebench. What you were doing may not be complete; try again.',
        )
      }
    },
  }
}

async function answer(handlers: Handlers, operation: OperationName, args: unknown): Promise<Result<unknown>> {
  const schemas = operationSchemas[operation]
  const parsed = schemas.args.safeParse(args)
  if (!parsed.success) return badRequest(operation, describeIssues(parsed.error))
  // Handler and schema come from one name, so the parsed arguments are what this handler takes; TypeScript cannot follow that through a union of names.
  const handler = handlers[operation] as (args: unknown) => Promise<Result<unknown>>
  const result = await handler(parsed.data)
  if (!result.ok) return { ok: false, problem: problemSchema.parse(result.problem) }
  return ok(schemas.result.parse(result.value))
}

/** Whether an event may be sent to the page: its payload fits the contract. */
export function isValidEvent(event: EventName, payload: unknown): boolean {
  return eventSchemas[event].safeParse(payload).success
}

function isOperationName(value: unknown): value is OperationName {
  return knownOperations.has(value)
}

function badRequest(operation: OperationName, what: string): Result<never> {
  return fail('bad-request', `${operation}: the arguments are not what this operation takes (${what}).`)
}

/** Where and of what kind, never the values: a caller's mistake is told without repeating what it sent. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'arguments'}: ${issue.code}`)
    .join('; ')
}
