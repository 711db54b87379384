import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on loopback that stands for everyone a mail would like to call. */
export interface Canary {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** Method and path of every request so far. */
  readonly requests: () => readonly string[]
  readonly close: () => Promise<void>
}

export async function startCanary(): Promise<Canary> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(204).end()
  })
  // A connection is a leak even when no request follows (`preconnect`).
  server.on('connection', () => requests.push('connection'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
