import type { Bridge } from '../../../src-main/contract/bridge.ts'
import type { Transport } from './transport.ts'

/** The desktop window: everything goes through what the preload exposes. */
export function createBridgeTransport(bridge: Bridge): Transport {
  return {
    call: bridge.call,
    on: bridge.on,
    onConnection: () => undefined,
    ready: () => Promise.resolve(),
    pick: bridge.openDialog,
    grantDrop: async (data) => (data.files.length === 0 ? null : bridge.grantDropped([...data.files])),
    savePdf: bridge.savePdf,
    onCommand: (listener) => void bridge.onCommand(listener),
  }
}
