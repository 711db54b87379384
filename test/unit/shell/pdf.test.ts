import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPdfSaving, pdfName } from '../../../src-main/shell/pdf.ts'

const electron = vi.hoisted(() => ({
  showSaveDialog: vi.fn(),
  handle: vi.fn(),
  unhandle: vi.fn(),
  onBeforeRequest: vi.fn(),
}))
vi.mock('electron', () => ({
  dialog: { showSaveDialog: electron.showSaveDialog },
  session: {
    fromPartition: () => ({
      webRequest: { onBeforeRequest: electron.onBeforeRequest },
      protocol: { handle: electron.handle, unhandle: electron.unhandle },
    }),
  },
}))

// Passed on to Electron's dialog, nothing else.
const window = {} as unknown as BrowserWindow
const printed = new Uint8Array([37, 80, 68, 70])
let folder: string
let remembered: string | null
let destroyed: number
let print: () => Promise<Uint8Array>

const save = createPdfSaving({
  hiddenWindow: () =>
    ({
      loadURL: () => Promise.resolve(),
      webContents: { printToPDF: () => print() },
      destroy: () => {
        destroyed++
      },
      // Of a window the printing uses these alone.
    }) as unknown as BrowserWindow,
  lastFolder: { get: () => remembered, set: (to) => void (remembered = to) },
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clausebench-pdf-'))
  remembered = null
  destroyed = 0
  print = () => Promise.resolve(printed)
  for (const mock of Object.values(electron)) mock.mockReset()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['review-report', 'review-report.pdf'],
  ['../../etc/passwd', 'etc-passwd.pdf'],
  ['C:\\mails\\x', 'C-mails-x.pdf'],
  ['.', 'clausebench.pdf'],
  ['Änderungen 2026', 'Änderungen 2026.pdf'],
  ['x'.repeat(300), `${'x'.repeat(80)}.pdf`],
])('the name %s becomes %s', (name, file) => {
  expect(pdfName(name)).toBe(file)
})

test('dismissed: nothing is printed', async () => {
  electron.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' })
  expect(await save('<p>x', 'report', window)).toEqual({ ok: true, value: { saved: false } })
  expect(destroyed).toBe(0)
})

test('the page is printed from memory and stands whole at its place', async () => {
  const filePath = join(folder, 'report.pdf')
  await writeFile(filePath, 'what was there')
  electron.showSaveDialog.mockResolvedValue({ canceled: false, filePath })
  expect(await save('<p>x', 'report', window)).toEqual({ ok: true, value: { saved: true } })
  expect(new Uint8Array(await readFile(filePath))).toEqual(printed)
  expect(await readdir(folder)).toEqual(['report.pdf'])
  expect(remembered).toBe(folder)
  expect(destroyed).toBe(1)

  // Whatever the page asks for beside itself is refused, and it is served under a policy without scripts.
  const [filter] = electron.onBeforeRequest.mock.calls[0] as [
    (details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void,
  ]
  const cancelled = (url: string): boolean => {
    let answer = false
    filter({ url }, ({ cancel }) => (answer = cancel))
    return answer
  }
  expect(cancelled('clausebench://app/print.html')).toBe(false)
  expect(['https://tracker.example/', 'file:///etc/passwd', 'clausebench://app/index.html'].map(cancelled)).toEqual([
    true,
    true,
    true,
  ])
  const [, answer] = electron.handle.mock.calls[0] as [string, () => Response]
  expect(answer().headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  expect(await answer().text()).toBe('<p>x')
})

test('a place that cannot be written is said, and the hidden window is gone', async () => {
  electron.showSaveDialog.mockResolvedValue({ canceled: false, filePath: join(folder, 'none', 'report.pdf') })
  expect(await save('<p>x', 'report', window)).toMatchObject({ ok: false, problem: { code: 'no-permission' } })
  expect(destroyed).toBe(1)
})

test('a page that cannot be printed leaves no window and no file', async () => {
  electron.showSaveDialog.mockResolvedValue({ canceled: false, filePath: join(folder, 'report.pdf') })
  print = () => Promise.reject(new Error('no printer'))
  expect(await save('<p>x', 'report', window)).toMatchObject({ ok: false, problem: { code: 'internal' } })
  expect(destroyed).toBe(1)
  expect(await readdir(folder)).toEqual([])
})
