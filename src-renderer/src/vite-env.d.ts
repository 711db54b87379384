/// <reference types="vite/client" />

import type { Bridge } from '../../src-main/contract/bridge.ts'

declare global {
  interface Window {
    /** Put there by the preload in the desktop window; missing in browser mode. */
    readonly clausebench?: Bridge
  }
}
