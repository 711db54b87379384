import { ipcMain, type IpcMain, type WebContents, type WebFrameMain } from 'electron'
import { ipcChannels } from '../contract/operations.ts'
import { fail, type Result } from '../contract/result.ts'
import type { Router } from '../router.ts'
import { pageOrigin } from './page-address.ts'

export interface IpcServices {
  readonly router: Router
  /** Whether these web contents are those of a window of ours. */
  readonly isOwnWindow: (contents: WebContents) => boolean
  /** A token, or null when the dialog was dismissed. */
  readonly openDialog: (kind: 'files' | 'folder', contents: WebContents) => Promise<string | null>
  /** Paths of dropped files; null when none can be granted. */
  readonly grantDropped: (paths: unknown) => string | null
  /** A self-contained page as a PDF file, where the person says. */
  readonly savePdf: (html: string, name: string, contents: WebContents) => Promise<Result<{ readonly saved: boolean }>>
}

/** Larger than any report of this program. */
const maxPdfPageCharacters = 64 * 1024 * 1024

interface Sender {
  readonly sender: WebContents
  readonly senderFrame: WebFrameMain | null
}

/** The page's only way in: four channels, each open to the main frame of an own window showing the page, and to nobody else. */
export function listenToPages(services: IpcServices, ipc: Pick<IpcMain, 'handle'> = ipcMain): void {
  // A frame may be gone after the first await: who asks is settled before anything else is done.
  const isOwn = (event: Sender): boolean => isPageFrame(event.senderFrame, event.sender, services.isOwnWindow)

  ipc.handle(ipcChannels.call, (event, ...values: unknown[]): Result<never> | Promise<Result<unknown>> => {
    if (!isOwn(event)) return fail('forbidden-sender', 'Only the workbench’s own window may call.')
    const [operation, args, ...more] = values
    if (more.length > 0) return fail('bad-request', 'A call is an operation and its arguments.')
    return services.router.call(operation, args)
  })
  ipc.handle(ipcChannels.openDialog, (event, kind: unknown) => {
    if (!isOwn(event) || (kind !== 'files' && kind !== 'folder')) return null
    return services.openDialog(kind, event.sender)
  })
  ipc.handle(ipcChannels.savePdf, (event, html: unknown, name: unknown) => {
    if (!isOwn(event)) return fail('forbidden-sender', 'Only the workbench’s own window may call.')
    if (typeof html !== 'string' || html.length > maxPdfPageCharacters || typeof name !== 'string')
      return fail('bad-request', 'A PDF is made of one page and its name.')
    return services.savePdf(html, name, event.sender)
  })
  ipc.handle(ipcChannels.grantDropped, (event, paths: unknown) => (isOwn(event) ? services.grantDropped(paths) : null))
}

function isPageFrame(
  frame: WebFrameMain | null,
  contents: WebContents,
  isOwnWindow: (contents: WebContents) => boolean,
): boolean {
  if (frame === null || !isOwnWindow(contents)) return false
  return frame === contents.mainFrame && frame.parent === null && frame.origin === pageOrigin
}
