import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFileDialog, openDialogOptions } from '../../../src-main/shell/dialogs.ts'

const { showOpenDialog } = vi.hoisted(() => ({ showOpenDialog: vi.fn() }))
vi.mock('electron', () => ({ dialog: { showOpenDialog } }))

// Passed on to Electron's dialog, nothing else.
const window = {} as unknown as BrowserWindow
let folder: string | null
const ask = createFileDialog({ get: () => folder, set: (chosen) => void (folder = chosen) })

beforeEach(() => {
  folder = null
  showOpenDialog.mockReset()
})

test('files may be several, a folder is one; the last folder is where it begins', () => {
  expect(openDialogOptions('files', null)).toEqual({ properties: ['openFile', 'multiSelections'] })
  expect(openDialogOptions('folder', '/mails')).toEqual({ properties: ['openDirectory'], defaultPath: '/mails' })
})

test('the choice is handed over and its folder remembered', async () => {
  showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/mails/spring/a.eml', '/mails/spring/b.eml'] })
  expect(await ask('files', window)).toEqual(['/mails/spring/a.eml', '/mails/spring/b.eml'])
  expect(folder).toBe('/mails/spring')
})

test.each([
  { canceled: true, filePaths: ['/mails/a.eml'] },
  { canceled: false, filePaths: [] },
])('dismissed: nothing (%j)', async (answer) => {
  showOpenDialog.mockResolvedValue(answer)
  expect(await ask('files', window)).toEqual([])
  expect(folder).toBeNull()
})
