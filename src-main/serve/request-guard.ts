import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** What a request must show: that it was sent to this server by its own page, and by someone who was given the token. */
export interface Guard {
  /** `127.0.0.1:PORT`; any other name that leads here (DNS rebinding) is refused. */
  readonly isOwnHost: (headers: IncomingHttpHeaders) => boolean
  /** Missing counts as foreign: browsers send it with every call that matters. */
  readonly isOwnOrigin: (headers: IncomingHttpHeaders) => boolean
  readonly hasBearer: (headers: IncomingHttpHeaders) => boolean
  /** WebSockets carry no headers of their own: the token is one of the offered subprotocols. */
  readonly hasSocketToken: (headers: IncomingHttpHeaders) => boolean
}

export function createGuard(port: number, token: string): Guard {
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  const expected = digest(token)
  const isToken = (offered: string): boolean => timingSafeEqual(digest(offered), expected)
  return {
    isOwnHost: (headers) => headers.host === host,
    isOwnOrigin: (headers) => headers.origin === origin,
    hasBearer(headers) {
      const [scheme, offered = ''] = (headers.authorization ?? '').split(' ')
      return scheme === 'Bearer' && isToken(offered)
    },
    hasSocketToken(headers) {
      const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
      return (
        offered.includes('clausebench') && offered.some((name) => name.startsWith('token.') && isToken(name.slice(6)))
      )
    },
  }
}

/** Equal lengths, so that the comparison tells nothing. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
