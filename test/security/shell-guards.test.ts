import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { describe, expect, test } from 'vitest'
import { guardNavigation, mayNavigate } from '../../src-main/shell/navigation.ts'
import { denyNetwork, mayLoad } from '../../src-main/shell/network.ts'
import { denyPermissions, isPermissionGranted } from '../../src-main/shell/permissions.ts'

const foreign = [
  'https://acme.example/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'clausebench://app.acme.example/index.html',
  'clausebench://other/',
  'clausebench://user@app/',
  'clausebench://app:8080/',
  'clausebench:app/index.html',
  'clausebenchx://app/index.html',
  'javascript:alert(1)',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'ftp://acme.example/',
  'ws://127.0.0.1:1/',
  'view-source:clausebench://app/index.html',
  'filesystem:clausebench://app/temporary/x',
  '',
  'not an address',
]

describe('navigation (S6)', () => {
  test.each([
    ...foreign.map((address) => [address, false, false] as const),
    ['clausebench://app/index.html', true, false],
    ['clausebench://app/', true, false],
    ['clausebench://APP/index.html', false, false],
    ['about:blank', false, true],
    ['about:srcdoc', false, true],
    ['about:srcdoc#mark-3', false, true],
    ['about:srcdocx', false, false],
    ['about:settings', false, false],
    ['data:text/html,<script>1</script>', false, false],
    ['blob:clausebench://app/1', false, false],
  ] as const)('%s: window %j, frame inside %j', (address, asWindow, inside) => {
    expect([mayNavigate(address, true), mayNavigate(address, false)]).toEqual([asWindow, inside])
  })

  test('every way to navigate is held up, every new window and webview denied', () => {
    const app = new EventEmitter()
    guardNavigation(app as unknown as App)
    let open: ((details: object) => unknown) | null = null
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: (details: object) => unknown) => void (open = handler),
    })
    app.emit('web-contents-created', {}, contents)
    const prevented = (name: string, details: object): boolean => {
      let was = false
      contents.emit(name, { ...details, preventDefault: () => (was = true) })
      return was
    }
    const away = { url: 'https://acme.example/', isMainFrame: true }
    const home = { url: 'clausebench://app/index.html', isMainFrame: true }
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect([name, prevented(name, away), prevented(name, home)]).toEqual([name, true, false])
    }
    expect(prevented('will-frame-navigate', { url: home.url, isMainFrame: false })).toBe(true)
    expect(prevented('will-redirect', { url: 'https://acme.example/', isMainFrame: false })).toBe(true)
    expect(prevented('will-attach-webview', {})).toBe(true)
    // TypeScript does not see the assignment inside the handler's setter.
    expect((open as unknown as (details: object) => unknown)({ url: home.url })).toEqual({ action: 'deny' })
  })
})

describe('network (S9)', () => {
  test.each([
    ...foreign.filter((address) => !address.startsWith('devtools:')).map((address) => [address, false] as const),
    ['clausebench://app/assets/index.js', true],
    ['blob:clausebench://app/6f1c', true],
    ['blob:https://acme.example/6f1c', false],
    ['blob:null/6f1c', false],
    ['data:image/png;base64,AAAA', true],
    ['about:blank', true],
  ] as const)('%s: %j', (address, allowed) => {
    expect([mayLoad(address, true), mayLoad(address, false)]).toEqual([allowed, allowed])
  })

  test('developer tools load in the checkout only', () => {
    expect([mayLoad('devtools://devtools/x.js', true), mayLoad('devtools://devtools/x.js', false)]).toEqual([
      true,
      false,
    ])
  })

  test('every request of the session is asked about', () => {
    type Listener = (details: { url: string }, callback: (answer: object) => void) => void
    const listeners: Listener[] = []
    denyNetwork({ webRequest: { onBeforeRequest: (l: Listener) => listeners.push(l) } } as unknown as Session, false)
    const answers: object[] = []
    for (const url of ['https://acme.example/pixel.gif', 'clausebench://app/index.html']) {
      for (const listener of listeners) listener({ url }, (answer) => answers.push(answer))
    }
    expect(answers).toEqual([{ cancel: true }, { cancel: false }])
  })
})

describe('permissions (S7)', () => {
  /** Every name Electron 45 knows, in its types. */
  const names = [
    'ar',
    'automatic-fullscreen',
    'background-fetch',
    'background-sync',
    'captured-surface-control',
    'clipboard-read',
    'clipboard-sanitized-write',
    'deprecated-sync-clipboard-read',
    'display-capture',
    'fileSystem',
    'fullscreen',
    'geolocation',
    'geolocation-approximate',
    'hand-tracking',
    'hid',
    'idle-detection',
    'keyboardLock',
    'local-fonts',
    'local-network',
    'local-network-access',
    'loopback-network',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'nfc',
    'notifications',
    'openExternal',
    'payment-handler',
    'periodic-background-sync',
    'persistent-storage',
    'pointerLock',
    'screen-wake-lock',
    'sensors',
    'serial',
    'smart-card',
    'speaker-selection',
    'storage-access',
    'system-wake-lock',
    'top-level-storage-access',
    'usb',
    'vr',
    'web-app-installation',
    'web-printing',
    'window-management',
    'unknown',
  ]

  test.each(names)('%s', (name) => {
    expect(isPermissionGranted(name, 'clausebench://app', true)).toBe(name === 'clipboard-sanitized-write')
    expect(isPermissionGranted(name, 'clausebench://app/', false)).toBe(false)
    for (const origin of ['https://acme.example', 'null', '', 'clausebench://app.acme.example/']) {
      expect(isPermissionGranted(name, origin, true)).toBe(false)
    }
  })

  test('every handler of the session is set, and devices, screens and choosers get nothing', () => {
    const set = new Map<string, (...values: unknown[]) => unknown>()
    const session = new Proxy(new EventEmitter(), {
      get: (target, key) =>
        typeof key === 'string' && key.startsWith('set')
          ? (handler: (...values: unknown[]) => unknown) => set.set(key, handler)
          : (Reflect.get(target, key) as unknown),
    })
    denyPermissions(session as unknown as Session)
    expect([...set.keys()].sort()).toEqual([
      'setDevicePermissionHandler',
      'setDisplayMediaRequestHandler',
      'setPermissionCheckHandler',
      'setPermissionRequestHandler',
    ])
    expect(set.get('setDevicePermissionHandler')?.({ deviceType: 'usb' })).toBe(false)
    const given: unknown[] = []
    set.get('setDisplayMediaRequestHandler')?.({}, (streams: unknown) => given.push(streams))
    const contents = { mainFrame: { origin: 'clausebench://app' } }
    set.get('setPermissionRequestHandler')?.(contents, 'media', (granted: unknown) => given.push(granted), {
      isMainFrame: true,
    })
    expect(set.get('setPermissionCheckHandler')?.(null, 'media', 'clausebench://app/', { isMainFrame: true })).toBe(
      false,
    )
    let prevented = 0
    const event = { preventDefault: () => (prevented += 1) }
    session.emit('select-hid-device', event, {}, (id: unknown) => given.push(id))
    session.emit('select-usb-device', event, {}, (id: unknown) => given.push(id))
    session.emit('select-serial-port', event, [], {}, (id: unknown) => given.push(id))
    expect(given).toEqual([null, false, null, undefined, ''])
    expect(prevented).toBe(3)
  })
})
