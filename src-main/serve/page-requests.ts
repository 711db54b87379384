import type { IncomingMessage } from 'node:http'
import { findPageFile } from '../page-files.ts'
import { refusal, type Answer } from './answer.ts'

export interface PageSite {
  /** Folder of the built page. */
  readonly pageDir: string
  /** The token, once, for the code of the start address; null otherwise. */
  readonly redeem: (code: string) => string | null
}

const startPath = '/start/'

/** The page's files, and the start address. Needs no token: there is nothing in it. */
export async function answerPage(site: PageSite, request: IncomingMessage, path: string): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { kind: 'text', status: 405, text: 'Only GET and HEAD.', allow: 'GET, HEAD' }
  }
  if (path.startsWith(startPath)) {
    const token = site.redeem(path.slice(startPath.length))
    return token === null
      ? refusal(404, 'This address works once. Open the one that serve has printed.')
      : { kind: 'redirect', to: `/#token=${token}` }
  }
  const found = await findPageFile(site.pageDir, path)
  if (found.status !== 200) return refusal(found.status, 'There is nothing here.')
  return { kind: 'file', path: found.path, type: found.type, bytes: found.bytes, headOnly: request.method === 'HEAD' }
}
