import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Act, DecisionAct } from '../../../src-main/store/acts.ts'
import { createStore } from '../../../src-main/store/store.ts'
import { newSnapshotId } from '../../../src-main/store/snapshot-id.ts'
import { openWorkspace, workspaceForm, type Workspace } from '../../../src-main/store/workspace.ts'
import { createWorkspaces } from '../../../src-main/store/workspaces.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-workspace-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'w.sqlite')
const at = '2026-11-23T10:00:00.000Z'
const message = { place: 'p1', reportId: 'spring/a.eml', name: 'Spring', campaign: 'spring', client: null }

async function opened(path = file()): Promise<Workspace> {
  const workspace = await openWorkspace(path)
  if (!workspace.ok) throw new Error(workspace.problem.message)
  return workspace.value
}

function decision(fingerprint: string, kind: 'confirmed' | 'accepted' | null, reason = ''): DecisionAct {
  return {
    kind: 'decision',
    fingerprint,
    rule: 'r',
    clauses: ['klaviyo-aup:C1'],
    part: 'text',
    title: 'Title',
    occurrences: 1,
    decision: kind === null ? null : { kind, reason, whom: null, expires: null },
  }
}

function act(workspace: Workspace, done: Act): void {
  workspace.act([{ message, content: 'c1', act: done }], 'Mara', at)
}

describe('events', () => {
  it('tell of which message another is a corrected text, followed to the first and taken back', async () => {
    const workspace = await opened()
    const of = (place: string, to: string | null): void => {
      workspace.act(
        [{ message: { ...message, place }, content: 'c', act: { kind: 'revision-of', place: to } }],
        'Mara',
        at,
      )
    }
    of('p2', 'p1')
    of('p3', 'p2')
    expect([...workspace.revisedPlaces()]).toEqual([
      ['p2', 'p1'],
      ['p3', 'p1'],
    ])
    of('p2', null)
    expect([...workspace.revisedPlaces()]).toEqual([['p3', 'p1']])
    workspace.close()
  })

  it('are kept; the present state is derived from them', async () => {
    const first = await opened()
    act(first, decision('f1', 'accepted', 'the client knows'))
    act(first, decision('f2', 'confirmed'))
    act(first, decision('f2', null))
    act(first, { kind: 'comment', fingerprint: null, text: 'look' })
    first.close()
    const again = await opened()
    const [record] = again.records(['p1'])
    expect(record?.decisions.map(({ fingerprint, by, decision: made }) => [fingerprint, by, made.reason])).toEqual([
      ['f1', 'Mara', 'the client knows'],
    ])
    expect(record?.comments.map(({ text }) => text)).toEqual(['look'])
    expect(again.events()).toHaveLength(4)
    expect(again.records(['nowhere'])).toEqual([null])
    again.close()
  })

  it('say what they supersede, and can be neither changed nor taken away', async () => {
    const workspace = await opened()
    act(workspace, decision('f1', 'accepted', 'one'))
    act(workspace, decision('f1', 'confirmed'))
    workspace.close()
    const database = new DatabaseSync(file())
    const rows = database.prepare('SELECT id, supersedes FROM event ORDER BY id').all()
    expect(rows.map((row) => [row.id, row.supersedes])).toEqual([
      [1, null],
      [2, 1],
    ])
    expect(() => database.exec("UPDATE event SET by = 'X'")).toThrow(/append-only/)
    expect(() => database.exec('DELETE FROM event')).toThrow(/append-only/)
    database.close()
  })

  it('offer the last reasons, and what was decided elsewhere', async () => {
    const workspace = await opened()
    act(workspace, decision('f1', 'accepted', 'one'))
    act(workspace, decision('f2', 'accepted', 'two'))
    act(workspace, decision('f3', 'accepted', 'one'))
    expect(workspace.reasons('accepted', 9)).toEqual(['one', 'two'])
    expect(workspace.reasons('asked', 9)).toEqual([])
    expect(workspace.elsewhere(['f1', 'f9'], 'p2')).toMatchObject([{ fingerprint: 'f1', message: 'Spring' }])
    expect(workspace.elsewhere(['f1'], 'p1')).toEqual([])
    workspace.close()
  })

  it('are written all or none', async () => {
    const workspace = await opened()
    const wrong = { ...message, place: null as unknown as string }
    const acts = [
      { message, content: 'c', act: decision('f1', 'confirmed') },
      { message: wrong, content: 'c', act: decision('f2', 'confirmed') },
    ]
    expect(() => workspace.act(acts, 'Mara', at)).toThrow()
    expect(workspace.events()).toEqual([])
    workspace.close()
  })
})

it('keeps reviewed bytes compressed and once, and snapshots that lead to them', async () => {
  const workspace = await opened()
  const bytes = Buffer.from('Subject: spring\r\n\r\n'.repeat(200))
  workspace.keep({ message, content: 'c1', bytes, report: '{"id":"a"}' }, at)
  workspace.keep({ message: { ...message, place: 'p2' }, content: 'c1', bytes, report: '{"id":"b"}' }, at)
  expect(workspace.isKept('p1', 'c1')).toBe(true)
  expect(workspace.revisions('p1')).toEqual([{ content: 'c1', at }])
  expect(Buffer.from(workspace.revision('p2', 'c1')?.bytes ?? []).equals(bytes)).toBe(true)
  const id = newSnapshotId()
  const binding = { message: 'c1', recipients: [], schedule: '', manifest: null }
  workspace.sign(
    { message, content: 'c1', document: '{"signed":true}', id },
    { kind: 'sign-off', snapshot: id, binding },
    'Mara',
    at,
  )
  expect(workspace.snapshot(id)).toMatchObject({ by: 'Mara', document: '{"signed":true}' })
  expect(workspace.records(['p1'])[0]?.signOffs).toMatchObject([{ snapshot: id }])
  workspace.close()
  expect(readFileSync(file()).length).toBeLessThan(120_000)
  expect(readFileSync(file()).includes('Subject: spring')).toBe(false)
})

describe('the file', () => {
  it('is one file when the last has closed it, and lets others in while it is open', async () => {
    const one = await opened()
    const two = await opened()
    act(one, decision('f1', 'confirmed'))
    expect(two.records(['p1'])[0]?.decisions).toHaveLength(1)
    one.close()
    act(two, decision('f2', 'confirmed'))
    two.close()
    expect(readdirSync(folder)).toEqual(['w.sqlite'])
    expect(readFileSync(file()).subarray(18, 20)).toEqual(Buffer.from([1, 1]))
  })

  it.each([
    ['a newer version’s', 'newer-workspace', () => withPragma('user_version = 99')],
    ['another program’s', 'damaged-workspace', () => withPragma('application_id = 7')],
    ['no database', 'damaged-workspace', () => writeFileSync(file(), 'this is a letter, and a long one. '.repeat(100))],
    ['cut off', 'damaged-workspace', () => writeFileSync(file(), readFileSync(file()).subarray(0, 9_000))],
    ['overwritten in the middle', 'damaged-workspace', () => spoil()],
  ])('%s is refused and left as it is', async (_, code, change) => {
    const workspace = await opened()
    for (let n = 0; n < 200; n++)
      act(workspace, { kind: 'comment', fingerprint: null, text: `${String(n)} `.repeat(40) })
    workspace.close()
    change()
    const before = readFileSync(file())
    const refused = await openWorkspace(file())
    expect(refused.ok ? 'opened' : refused.problem.code).toBe(code)
    expect(readFileSync(file()).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['w.sqlite'])
  })

  it('of an older version is copied before each step that changes it', async () => {
    const older = await opened()
    act(older, decision('f1', 'confirmed'))
    older.close()
    const migrations = [...workspaceForm.migrations, 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;']
    const newer = await openWorkspace(file(), { ...workspaceForm, migrations })
    expect(newer.ok && newer.value.records(['p1'])[0]?.decisions).toHaveLength(1)
    if (newer.ok) newer.value.close()
    expect(readdirSync(folder).toSorted()).toEqual(['w.sqlite', 'w.sqlite.before-3'])
    const copy = await opened(join(folder, 'w.sqlite.before-3'))
    expect(copy.records(['p1'])[0]?.decisions).toHaveLength(1)
    copy.close()
    const failing = await openWorkspace(file(), { ...workspaceForm, migrations: [...migrations, 'CREATE nonsense'] })
    expect(failing.ok).toBe(false)
    const again = await openWorkspace(file(), { ...workspaceForm, migrations })
    expect(again.ok && again.value.events()).toHaveLength(1)
    if (again.ok) again.value.close()
  })

  function withPragma(pragma: string): void {
    const database = new DatabaseSync(file())
    database.exec(`PRAGMA ${pragma}`)
    database.close()
  }

  function spoil(): void {
    const bytes = readFileSync(file())
    bytes.fill(0x5a, 4096 * 10, 4096 * 12)
    writeFileSync(file(), bytes)
  }
})

it('loses nothing that was acknowledged when its process is killed a hundred times', async () => {
  let next = 0
  for (let kill = 0; kill < 100; kill++) {
    const writer = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../support/store-writer.ts'), file(), join(folder, 'cache'), String(next)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const wanted = next + 1 + (kill % 7)
    for await (const line of createInterface({ input: writer.stdout })) {
      next = Number(line) + 1
      if (next >= wanted) writer.kill('SIGKILL')
    }
  }
  const workspace = await opened()
  const texts = new Set(workspace.records(['a-place'])[0]?.comments.map(({ text }) => text))
  const lost = Array.from({ length: next }, (_, number) => `comment ${String(number)}`).filter(
    (text) => !texts.has(text),
  )
  expect(next).toBeGreaterThan(200)
  expect(lost).toEqual([])
  workspace.close()
}, 180_000)

describe('workspaces', () => {
  const noon = at
  it('are made, opened, renamed and copied; the last one opens at start', async () => {
    const workspaces = createWorkspaces(join(folder, 'workspaces'))
    const first = await workspaces.current()
    if (first.ok) act(first.value, decision('f1', 'confirmed'))
    const [{ id: firstId } = { id: '' }] = await workspaces.list()
    const made = await workspaces.create('Acme', 'Mara', noon)
    expect(made.ok).toBe(true)
    await workspaces.rename(firstId, 'House', 'Mara', noon)
    const copied = await workspaces.copy(firstId, 'Copy of House', 'Mara', noon)
    const titles = (await workspaces.list()).map(({ title, isOpen }) => `${title}${isOpen ? ' open' : ''}`)
    expect(titles.toSorted()).toEqual(['Acme open', 'Copy of House', 'House'])
    if (copied.ok) {
      const copy = await workspaces.open(copied.value)
      expect(copy.ok && copy.value.records(['p1'])[0]?.decisions).toHaveLength(1)
    }
    workspaces.close()
    const later = createWorkspaces(join(folder, 'workspaces'))
    const current = await later.current()
    expect(current.ok && current.value.title()).toBe('Copy of House')
    later.close()
    expect(readdirSync(join(folder, 'workspaces')).filter((name) => !name.endsWith('.sqlite'))).toEqual(['last-opened'])
  })

  it('are opened once for two that ask at once', async () => {
    const workspaces = createWorkspaces(join(folder, 'workspaces'))
    const [one, two] = await Promise.all([workspaces.current(), workspaces.current()])
    expect(one.ok && two.ok && one.value === two.value).toBe(true)
    expect(await workspaces.list()).toHaveLength(1)
    workspaces.close()
  })

  it('that are damaged are listed with what is wrong', async () => {
    const workspaces = createWorkspaces(folder)
    await workspaces.create('Acme', 'Mara', noon)
    writeFileSync(join(folder, 'w-broken.sqlite'), 'not a database at all'.repeat(50))
    const listed = await workspaces.list()
    expect(listed.find(({ id }) => id === 'w-broken')?.problem?.code).toBe('damaged-workspace')
    expect((await workspaces.open('w-broken')).ok).toBe(false)
    expect((await workspaces.current()).ok).toBe(true)
    workspaces.close()
  })
})

describe('the store’s worker', () => {
  it('asks for a name once, masks what people write, and leaves one file', async () => {
    const store = createStore({
      workerFile: join(import.meta.dirname, '../../../src-main/store/store-worker.ts'),
      folder: join(folder, 'workspaces'),
    })
    const acts = [{ message, content: 'c1', act: decision('f1', 'accepted', 'SSN 848-73-5210 is a sample') }]
    expect(await store.act(acts)).toMatchObject({ ok: false, problem: { code: 'no-reviewer' } })
    expect(await store.setReviewer('Mara Ellison')).toEqual({ ok: true, value: true })
    expect(await store.act(acts)).toMatchObject({ ok: true, value: { by: 'Mara Ellison' } })
    const records = await store.records(['p1'])
    expect(records.ok && records.value[0]?.decisions[0]?.decision.reason).toBe('SSN •••-••-5210 is a sample')
    const listed = await store.workspaces()
    expect(listed).toMatchObject({ ok: true, value: { reviewer: 'Mara Ellison', workspaces: [{ isOpen: true }] } })
    await store.close()
    expect(await store.reasons('accepted', 3)).toMatchObject({ ok: false, problem: { code: 'store-unavailable' } })
    expect(readdirSync(join(folder, 'workspaces')).filter((name) => /-wal|-shm/.test(name))).toEqual([])
  })
})
