import { dirname } from 'node:path'
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'

/** Asks for files or folders; empty when dismissed. Begins where the last choice was made. */
export type AskForFiles = (kind: 'files' | 'folder', window: BrowserWindow) => Promise<readonly string[]>

export function openDialogOptions(kind: 'files' | 'folder', startDir: string | null): OpenDialogOptions {
  return {
    properties: kind === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
    ...(startDir === null ? {} : { defaultPath: startDir }),
  }
}

export interface LastFolder {
  readonly get: () => string | null
  readonly set: (folder: string) => void
}

export function createFileDialog(lastFolder: LastFolder): AskForFiles {
  return async (kind, window) => {
    const answer = await dialog.showOpenDialog(window, openDialogOptions(kind, lastFolder.get()))
    const [first] = answer.filePaths
    if (answer.canceled || first === undefined) return []
    lastFolder.set(kind === 'files' ? dirname(first) : first)
    return answer.filePaths
  }
}
