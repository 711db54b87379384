import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPreferences } from '../../../src-main/review/preferences.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'clausebench-preferences-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('lists what was opened, the last first, each once, at most twelve', async () => {
  const preferences = createPreferences(dataDir)
  for (let n = 0; n < 14; n++) await preferences.opened([`/home/u/${n}.eml`], new Date(n))
  await preferences.opened(['/home/u/5.eml'], new Date(20))
  const names = (await createPreferences(dataDir).recents()).map(({ name }) => name)
  expect(names).toEqual([
    '5.eml',
    '13.eml',
    '12.eml',
    '11.eml',
    '10.eml',
    '9.eml',
    '8.eml',
    '7.eml',
    '6.eml',
    '4.eml',
    '3.eml',
    '2.eml',
  ])
})

it('keeps the paths behind an entry to itself', async () => {
  const preferences = createPreferences(dataDir)
  await preferences.opened(['/home/u/a.eml', '/home/u/b.eml'], new Date(0))
  const [recent] = await preferences.recents()
  expect(recent).toMatchObject({ name: 'a.eml + 1', paths: ['/home/u/a.eml', '/home/u/b.eml'] })
  expect(recent?.id).toMatch(/^[0-9a-f]{32}$/)
})
