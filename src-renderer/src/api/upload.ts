import type { NamedFile } from './dropped-files.ts'
import { fail, type Result } from '../../../src-main/contract/result.ts'

/** A request to the host, which adds what shows that the page may ask. */
export interface HostRequest {
  readonly method: 'POST' | 'PUT'
  readonly type?: string
  readonly body?: string | Blob
}

type Send = (path: string, init: HostRequest) => Promise<Response>

/** Streams files into a private folder of the host, which answers with the token that stands for them. */
export async function upload(files: readonly NamedFile[], send: Send): Promise<Result<string>> {
  const begun = await send('/api/uploads', { method: 'POST' })
  if (!begun.ok) return refused(begun)
  const id = field(await begun.json(), 'upload')
  for (const { name, file } of files) {
    const url = `/api/uploads/${encodeURIComponent(id)}/files?name=${encodeURIComponent(name)}`
    const sent = await send(url, { method: 'PUT', body: file })
    if (!sent.ok) return refused(sent)
  }
  const done = await send(`/api/uploads/${encodeURIComponent(id)}/done`, { method: 'POST' })
  if (!done.ok) return refused(done)
  return { ok: true, value: field(await done.json(), 'token') }
}

async function refused(response: Response): Promise<Result<never>> {
  const text = await response.text()
  if (response.status === 413) return fail('too-large', text || 'These files are too large to be handed over at once.')
  return fail('bad-request', text || `The files were not taken (${response.status}).`)
}

/** Answers come bare (`{ token }`) or as a `Result` around it. */
function field(answer: unknown, name: string): string {
  const outer = isRecord(answer) ? answer : {}
  const inner = isRecord(outer.value) ? outer.value : outer
  const value = inner[name]
  if (typeof value !== 'string') throw new Error(`the host's answer has no ${name}`)
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
