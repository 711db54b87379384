import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { assertNever } from '../contract/result.ts'

/** What a request is answered with. */
export type Answer =
  | { readonly kind: 'json'; readonly value: object }
  | { readonly kind: 'text'; readonly status: number; readonly text: string; readonly allow?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'file'
      readonly path: string
      readonly type: string
      readonly bytes: number
      readonly headOnly: boolean
    }

export function json(value: object): Answer {
  return { kind: 'json', value }
}

/** For people: why a request was not followed. */
export function refusal(status: number, text: string): Answer {
  return { kind: 'text', status, text }
}

/** `headers` stand on every answer. */
export async function send(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  switch (answer.kind) {
    case 'json':
      response.writeHead(200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
      response.end(JSON.stringify(answer.value))
      return
    case 'text': {
      const allow = answer.allow === undefined ? {} : { Allow: answer.allow }
      response.writeHead(answer.status, { ...headers, ...allow, 'Content-Type': 'text/plain; charset=utf-8' })
      response.end(answer.text)
      return
    }
    case 'redirect':
      response.writeHead(302, { ...headers, Location: answer.to })
      response.end()
      return
    case 'file':
      response.writeHead(200, { ...headers, 'Content-Type': answer.type, 'Content-Length': answer.bytes })
      if (answer.headOnly) response.end()
      // A reader that goes away in the middle is no fault of ours.
      else await pipeline(createReadStream(answer.path), response).catch(() => response.destroy())
      return
    default:
      assertNever(answer)
  }
}
