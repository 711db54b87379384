import type { WebContents, WebFrameMain } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ipcChannels } from '../../src-main/contract/operations.ts'
import { sampleHandlers } from '../support/sample-handlers.ts'
import { electronIpc, fakeWindow, type FakeIpc } from '../support/transports.ts'

vi.mock('electron', () => ({ ipcMain: {} }))

/** S3: every channel answers the main frame of an own window that shows the page, and nobody else. */

const { handlers, calls } = sampleHandlers()
const ipc = electronIpc(handlers)
const { own } = ipc
const subFrame = fakeWindow('clausebench://app', own.frame).frame
const other = fakeWindow('clausebench://app')

beforeEach(() => {
  calls.splice(0)
  ipc.asked.splice(0)
})

interface Sender {
  readonly who: string
  readonly to: FakeIpc
  readonly contents: WebContents
  readonly frame: WebFrameMain | null
}

/** The own window's main frame, when the window has come to show something else. */
function showing(origin: string): Sender {
  const to = electronIpc(handlers, undefined, origin)
  return { who: `the window while it shows ${origin}`, to, contents: to.own.contents, frame: to.own.frame }
}

const senders: readonly Sender[] = [
  { who: 'a frame that is gone', to: ipc, contents: own.contents, frame: null },
  { who: 'a frame inside the page, of the same origin', to: ipc, contents: own.contents, frame: subFrame },
  { who: 'another window with our origin', to: ipc, contents: other.contents, frame: other.frame },
  { who: 'our frame in the name of another window', to: ipc, contents: other.contents, frame: own.frame },
  showing('https://acme.example'),
  showing('null'),
  showing('file://'),
  showing('clausebench://app.acme.example'),
  showing('clausebench://other'),
]

test('there are four channels, and the table below has them all', () => {
  const { call, grantDropped, openDialog, savePdf } = ipcChannels
  expect([...ipc.channels].sort()).toEqual([call, grantDropped, openDialog, savePdf].sort())
})

describe.each(senders)('from $who', ({ to, contents, frame }) => {
  test('a call is refused', async () => {
    const answer = await to.send(ipcChannels.call, contents, frame, 'app.info', {})
    expect(answer).toMatchObject({ ok: false, problem: { code: 'forbidden-sender' } })
    expect(calls).toEqual([])
  })

  test('no PDF is made', async () => {
    const answer = await to.send(ipcChannels.savePdf, contents, frame, '<p>x', 'report')
    expect(answer).toMatchObject({ ok: false, problem: { code: 'forbidden-sender' } })
    expect(to.asked).toEqual([])
  })

  test('no dialog opens and no drop is granted', async () => {
    expect(await to.send(ipcChannels.openDialog, contents, frame, 'files')).toBeNull()
    expect(await to.send(ipcChannels.grantDropped, contents, frame, ['/tmp/a.eml'])).toBeNull()
    expect(to.asked).toEqual([])
  })
})

describe('from the page', () => {
  test('a dialog opens for files and for a folder, for nothing else', async () => {
    const ask = (kind: unknown) => ipc.send(ipcChannels.openDialog, own.contents, own.frame, kind)
    expect(await ask('files')).toBe('a-token-for-the-dialog')
    expect(await ask('folder')).toBe('a-token-for-the-dialog')
    for (const wrong of ['save', '/etc', null, {}, undefined]) expect(await ask(wrong)).toBeNull()
    expect(ipc.asked).toEqual(['files', 'folder'])
  })

  test('a PDF is made of a page and its name, of nothing else', async () => {
    const ask = (...values: unknown[]) => ipc.send(ipcChannels.savePdf, own.contents, own.frame, ...values)
    expect(await ask('<p>x', 'report')).toEqual({ ok: true, value: { saved: true } })
    for (const wrong of [['<p>x'], [7, 'report'], ['<p>x', {}]])
      expect(await ask(...wrong)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(ipc.asked).toEqual([['<p>x', 'report']])
  })

  test('a call takes two values, no more', async () => {
    const answer = await ipc.send(ipcChannels.call, own.contents, own.frame, 'app.info', {}, 'more')
    expect(answer).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(calls).toEqual([])
  })
})
