import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CampaignId, SessionPage } from '../../../src-main/contract/operation-schemas.ts'
import { holdsUnchanged } from '../../../src-main/review/already-open.ts'
import { sha256Of } from '../../../src-main/review/review-file.ts'
import { createSession } from '../../../src-main/review/session.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-session-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

// A brand of the contract: ids here are as good as any.
const id = (name: string) => name as CampaignId
const page = (campaign: number, message: string): SessionPage => ({
  selected: { campaign, message },
  view: 'source',
  second: 'rendered',
  filter: 'spring',
  sort: 'gravest',
  group: 'client',
})

function file(name: string, text = name): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

it('brings back what was open and how it was looked at', async () => {
  const [a, b] = [file('a.eml'), file('b.eml')]
  const before = createSession(folder)
  before.opened(id('1'), [a])
  before.opened(id('2'), [b])
  await before.keep([id('1'), id('2')], page(1, 'two'))
  expect(before.current()).toEqual({ campaign: '2', message: 'two' })
  expect(await createSession(folder).last()).toEqual({ campaigns: [[a], [b]], page: page(1, 'two') })
})

it('leaves out what has no place on disk, and the place in it', async () => {
  const b = file('b.eml')
  const before = createSession(folder)
  before.opened(id('2'), [b])
  // An upload: nobody told of its files.
  await before.keep([id('upload'), id('2')], page(0, 'one'))
  expect(await createSession(folder).last()).toMatchObject({ campaigns: [[b]], page: { selected: null } })
  await before.keep([id('upload'), id('2')], page(1, 'two'))
  expect(await createSession(folder).last()).toMatchObject({ page: { selected: { campaign: 0, message: 'two' } } })
  rmSync(b)
  expect(await createSession(folder).last()).toMatchObject({ campaigns: [], page: { selected: null } })
})

it('knows which campaigns came from the same files, and whether they still hold them', async () => {
  const a = file('a.eml', 'first')
  const session = createSession(folder)
  session.opened(id('1'), [a])
  session.opened(id('2'), [a])
  expect(session.openedFrom([a])).toEqual(['2', '1'])
  expect(session.openedFrom([file('b.eml')])).toEqual([])
  const input = {
    path: 'a.eml',
    status: 'reviewed',
    bytes: 5,
    sha256: sha256Of(new TextEncoder().encode('first')),
  } as const
  const open = { id: id('1'), messages: new Map(), inputs: [input], summary: () => expect.unreachable() }
  expect(await holdsUnchanged(open, [a])).toBe(true)
  file('a.eml', 'second')
  expect(await holdsUnchanged(open, [a])).toBe(false)
  expect(await holdsUnchanged(open, [folder])).toBe(false)
})
