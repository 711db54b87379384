import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { findPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import { isPageUrl, pageScheme } from './page-address.ts'

/** Before `ready`, once. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built page to windows of this session. */
export function servePage(session: Session, pageDir: string): void {
  session.protocol.handle(pageScheme, (request) => answerPageRequest(pageDir, request))
}

/** GET and HEAD of files of the built page; everything else is refused. */
export async function answerPageRequest(pageDir: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return bare(405, { Allow: 'GET, HEAD' })
  if (!isPageUrl(request.url)) return bare(404)
  const found = await findPageFile(pageDir, rawPath(request.url))
  if (found.status !== 200) return bare(found.status)
  const body = request.method === 'HEAD' ? null : await readFile(found.path)
  return new Response(body, {
    status: 200,
    headers: { ...pageHeaders(), 'Content-Type': found.type, 'Content-Length': String(found.bytes) },
  })
}

/** The path as it was asked for: `URL` would take dots and backslashes out before anyone could refuse them. */
function rawPath(address: string): string {
  const [beforeQuery = ''] = address.split(/[?#]/, 1)
  return beforeQuery.slice(`${pageScheme}://app`.length) || '/'
}

function bare(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...pageHeaders(), ...headers } })
}
