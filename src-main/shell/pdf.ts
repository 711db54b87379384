import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { dialog, session, type BrowserWindow } from 'electron'
import { fail, ok, type Result } from '../contract/result.ts'
import { pageOrigin, pageScheme } from './page-address.ts'

const maxNameCharacters = 80

/** Asks where to, then prints a self-contained page there as PDF; `saved` is false when the question was dismissed. */
export type SavePdf = (
  html: string,
  name: string,
  window: BrowserWindow,
) => Promise<Result<{ readonly saved: boolean }>>

export interface PdfPorts {
  /** A window that is never shown and belongs to that partition. */
  readonly hiddenWindow: (partition: string) => BrowserWindow
  readonly lastFolder: { readonly get: () => string | null; readonly set: (folder: string) => void }
}

/** A page's own title as a file's name: nothing that a file system reads as more than a name. */
export function pdfName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[. -]+|[. -]+$/g, '')
  return `${plain.slice(0, maxNameCharacters) || 'clausebench'}.pdf`
}

/** What the page is served under: styles and pictures of its own, nothing else. */
const printPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

export function createPdfSaving({ hiddenWindow, lastFolder }: PdfPorts): SavePdf {
  return async (html, name, window) => {
    const folder = lastFolder.get()
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: folder === null ? pdfName(name) : join(folder, pdfName(name)),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    })
    if (canceled || filePath === '') return ok({ saved: false })
    lastFolder.set(dirname(filePath))
    let bytes: Uint8Array
    try {
      bytes = await print(html, hiddenWindow)
    } catch {
      return fail('internal', 'The page could not be made a PDF. Save it as HTML and print that instead.')
    }
    try {
      await writeWhole(filePath, bytes)
    } catch {
      return fail('no-permission', `The file could not be written. Choose another folder for ${basename(filePath)}.`)
    }
    return ok({ saved: true })
  }
}

async function print(html: string, hiddenWindow: PdfPorts['hiddenWindow']): Promise<Uint8Array> {
  // A partition of its own: no page of the program's, no network, and nothing of it is left afterwards.
  const partition = `print-${randomBytes(8).toString('hex')}`
  const own = session.fromPartition(partition)
  const address = `${pageOrigin}/print.html`
  own.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: url !== address && !url.startsWith('data:') }),
  )
  own.protocol.handle(
    pageScheme,
    () =>
      new Response(html, {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': printPolicy },
      }),
  )
  const window = hiddenWindow(partition)
  try {
    await window.loadURL(address)
    return await window.webContents.printToPDF({ printBackground: true, pageSize: 'A4' })
  } finally {
    window.destroy()
    own.protocol.unhandle(pageScheme)
  }
}

/** Beside its place first: a file that was there is replaced by a whole one or stays. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}
