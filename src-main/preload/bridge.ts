import type { IpcRenderer, WebUtils } from 'electron'
import type { Bridge } from '../contract/bridge.ts'
import { ipcChannels } from '../contract/operations.ts'
import type { EventName } from '../contract/operations.ts'

/** What the page gets: functions that pass on values. No event object, no sender, no channel of the page's choosing. */
export function createBridge(ipc: Pick<IpcRenderer, 'invoke' | 'on'>, files: Pick<WebUtils, 'getPathForFile'>): Bridge {
  const eventListeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const commandListeners = new Set<(command: string) => void>()
  ipc.on(ipcChannels.event, (_event, name: EventName, payload: unknown) => {
    for (const listener of eventListeners.get(name) ?? []) listener(payload)
  })
  ipc.on(ipcChannels.command, (_event, command: string) => {
    for (const listener of commandListeners) listener(command)
  })

  return {
    call: (operation, args) => ipc.invoke(ipcChannels.call, operation, args),
    on(event, listener) {
      const listeners = eventListeners.get(event) ?? new Set()
      eventListeners.set(event, listeners.add(listener))
      return () => void listeners.delete(listener)
    },
    openDialog: async (kind) => tokenOrNull(await ipc.invoke(ipcChannels.openDialog, kind)),
    async grantDropped(dropped) {
      // Only what the system itself made a File of has a path; a page cannot make up one that has. In memory it is empty.
      const paths = dropped.map((file) => (file instanceof File ? files.getPathForFile(file) : ''))
      const onDisk = paths.filter((path) => path !== '')
      return onDisk.length === 0 ? null : tokenOrNull(await ipc.invoke(ipcChannels.grantDropped, onDisk))
    },
    savePdf: (html, name) => ipc.invoke(ipcChannels.savePdf, html, name),
    onCommand(listener) {
      commandListeners.add(listener)
      return () => void commandListeners.delete(listener)
    },
  }
}

function tokenOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
