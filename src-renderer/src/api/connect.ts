import { createBridgeTransport } from './bridge-transport.ts'
import { createClient, type Client } from './client.ts'
import { createLoopbackTransport } from './loopback-transport.ts'

/** The client for where this page runs: the desktop window has a bridge, browser mode a token in its address. */
export function connect(): Client {
  const bridge = window.clausebench
  if (bridge !== undefined) return createClient(createBridgeTransport(bridge))
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
  return createClient(createLoopbackTransport(token))
}
