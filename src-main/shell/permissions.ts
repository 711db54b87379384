import type { Session } from 'electron'
import { pageOrigin } from './page-address.ts'

/** What the page may have: copying text out. Everything else (camera, place, devices, notifications …) it has no use for. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** `origin` as Electron gives it, with or without a closing slash. */
export function isPermissionGranted(permission: string, origin: string, isMainFrame: boolean): boolean {
  return isMainFrame && (origin === pageOrigin || origin === `${pageOrigin}/`) && granted.has(permission)
}

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const frame = contents.mainFrame
    callback(isPermissionGranted(permission, frame.origin, details.isMainFrame))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isPermissionGranted(permission, origin, details.isMainFrame),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault()
    callback(null)
  })
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault()
    callback('')
  })
}
