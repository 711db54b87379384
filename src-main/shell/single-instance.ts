import type { App } from 'electron'
import { handedPaths } from './start-arguments.ts'

/**
 * One program for one data folder: a second start hands its paths to the first and ends. False: this is the second.
 * `onSecond` gets the paths, checked anew, since any program of this user can say it was a second start.
 */
export function claimSingleInstance(
  app: App,
  paths: readonly string[],
  onSecond: (paths: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock({ paths })) return false
  app.on('second-instance', (_event, _argv, _workingDir, data: unknown) => {
    const handed: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'paths') : null
    onSecond(handedPaths(handed) ?? [])
  })
  return true
}
