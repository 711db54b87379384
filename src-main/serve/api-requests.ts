import type { IncomingMessage } from 'node:http'
import { fail, type Problem, type Result } from '../contract/result.ts'
import type { Grants } from '../review/tokens.ts'
import type { Router } from '../router.ts'
import { json, refusal, type Answer } from './answer.ts'
import type { Guard } from './request-guard.ts'
import type { Uploads } from './uploads.ts'

export interface ApiSite {
  readonly guard: Guard
  readonly router: Router
  readonly grants: Pick<Grants, 'grantPassing'>
  readonly uploads: Uploads
}

const maxCallBytes = 256 * 1024

/** Calls and uploads of the page: only from its own origin, only with the token. */
export async function answerApi(
  site: ApiSite,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<Answer> {
  if (!site.guard.isOwnOrigin(request.headers)) return refusal(403, 'Forbidden.')
  if (!site.guard.hasBearer(request.headers)) return refusal(401, 'The token is missing or wrong.')
  if (path === '/api/call' && request.method === 'POST') return json(await answerCall(site.router, request))
  const upload = /^\/api\/uploads(?:\/([\w-]{1,64})\/(files|done))?$/.exec(path)
  if (upload === null) return refusal(404, 'There is nothing here.')
  const [, id, step] = upload
  if (id === undefined) {
    if (request.method !== 'POST') return refusal(405, 'An upload begins with POST.')
    return uploadAnswer(await site.uploads.begin(), (begun) => ({ upload: begun }))
  }
  if (step === 'files' && request.method === 'PUT') {
    const received = await site.uploads.receive(id, query.get('name') ?? '', request)
    // A browser that is answered before it has sent everything takes the answer for a broken connection.
    if (!received.ok) request.resume()
    return uploadAnswer(received, () => ({ received: true }))
  }
  if (step === 'done' && request.method === 'POST') {
    return uploadAnswer(site.uploads.finish(id), (paths) => ({ token: site.grants.grantPassing(paths) }))
  }
  return refusal(405, 'Files come with PUT, and POST ends the upload.')
}

async function answerCall(router: Router, request: IncomingMessage): Promise<Result<unknown>> {
  if (request.headers['content-type'] !== 'application/json') return fail('bad-request', 'A call is JSON.')
  const body = await readBody(request, maxCallBytes)
  if (body === null) {
    request.resume()
    return fail('bad-request', 'This call is too large.')
  }
  const call = parseCall(body)
  if (call === null) return fail('bad-request', 'A call is an operation and its arguments.')
  return router.call(call.operation, call.args)
}

function parseCall(body: string): { readonly operation: unknown; readonly args: unknown } | null {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const keys = Object.keys(value)
  if (keys.length !== 2 || !keys.includes('operation') || !keys.includes('args')) return null
  return { operation: Reflect.get(value, 'operation'), args: Reflect.get(value, 'args') }
}

/** Null when there is more of it. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Without an encoding set a request yields buffers.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function uploadAnswer<T>(result: Result<T>, answer: (value: T) => object): Answer {
  return result.ok ? json(answer(result.value)) : refusal(uploadStatus(result.problem), result.problem.message)
}

function uploadStatus(problem: Problem): number {
  switch (problem.code) {
    case 'too-large':
      return 413
    case 'not-found':
      return 404
    default:
      return 400
  }
}
