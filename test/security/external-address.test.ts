import { beforeEach, describe, expect, test, vi } from 'vitest'
import { externalAddress } from '../../src-main/review/external-address.ts'
import { openExternally } from '../../src-main/shell/external-links.ts'

const { openExternal } = vi.hoisted(() => ({ openExternal: vi.fn() }))
vi.mock('electron', () => ({ shell: { openExternal } }))

/** S8: what may leave for the default browser. */

const refused = [
  'http://acme.example/',
  'file:///etc/passwd',
  'file://server/share/x.exe',
  'smb://server/share',
  '\\\\server\\share',
  'javascript:alert(1)',
  'vbscript:x',
  'data:text/html,x',
  'blob:https://acme.example/1',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:x',
  'search-ms:query=x',
  'ssh://acme.example',
  'clausebench://app/index.html',
  'tel:+15550100',
  'https://user@acme.example/',
  'https://user:secret@acme.example/',
  'https://acme.example@evil.example/',
  'https://',
  'https:///',
  '//acme.example/',
  'acme.example',
  '',
  'https://acme.example/\u0000',
  'https://acme.example/\nx',
  `https://acme.example/${'x'.repeat(9000)}`,
  'mailto:a@acme.example?attach=/etc/passwd',
  'mailto:a@acme.example?Attachment=/etc/passwd',
]

const opened: readonly (readonly [string, string, string | null])[] = [
  ['https://acme.example/sale?x=1#y', 'https://acme.example/sale?x=1#y', 'acme.example'],
  ['HTTPS://ACME.example', 'https://acme.example/', 'acme.example'],
  ['https://acme.example:8443/', 'https://acme.example:8443/', 'acme.example:8443'],
  ['https://аcme.example/', 'https://xn--cme-5cd.example/', 'xn--cme-5cd.example'],
  ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4', 'xn--bcher-kva.example'],
  ['mailto:a@acme.example?subject=hi', 'mailto:a@acme.example?subject=hi', null],
]

beforeEach(() => {
  openExternal.mockReset()
  openExternal.mockResolvedValue(undefined)
})

describe.each(refused)('%j', (address) => {
  test('is refused, and never reaches the system', async () => {
    expect(externalAddress(address)).toMatchObject({ ok: false, problem: { code: 'unsafe-link' } })
    expect(await openExternally(address)).toBe(false)
    expect(openExternal).not.toHaveBeenCalled()
  })
})

describe.each(opened)('%j', (address, href, host) => {
  test('is shown with its host in ASCII and opened as it was shown', async () => {
    expect(externalAddress(address)).toEqual({ ok: true, value: { href, host } })
    expect(await openExternally(address)).toBe(true)
    expect(openExternal).toHaveBeenCalledExactlyOnceWith(href)
  })
})

test('a system that has nothing to open it with is no failure of the program', async () => {
  openExternal.mockRejectedValue(new Error('no handler'))
  expect(await openExternally('https://acme.example/')).toBe(false)
})
