import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import { openLibrary, type Library } from '../../../src-main/store/library.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-library-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'data', 'library.sqlite')
const at = '2026-11-23T10:00:00.000Z'

function withLibrary<T>(use: (library: Library) => T): T {
  const library = openLibrary(file())
  if (!library.ok) throw new Error(library.problem.message)
  try {
    return use(library.value)
  } finally {
    library.value.close()
  }
}

function policy(version: string, text: string, more: Partial<PolicyDocument> = {}): PolicyDocument {
  return {
    schema: 'clausebench-policy/1',
    policy: 'acme',
    version,
    title: 'Rules',
    date: version,
    effective: null,
    captured: null,
    url: null,
    basis: 'primary',
    source: { path: 'a.md', sha256: text, mediaType: 'text/markdown' },
    clauses: [],
    cut: [],
    notices: [],
    ...more,
  }
}

describe('the library', () => {
  it('keeps versions with their originals, from old to new, in one file', () => {
    withLibrary((library) => {
      library.add(policy('2025-01-01', 'two'), Buffer.from('two'), at)
      library.add(policy('2024-01-01', 'one'), Buffer.from('one'), at)
    })
    withLibrary((library) => {
      expect(library.list().map(({ policy: id, version }) => `${id}@${version}`)).toEqual([
        'acme@2024-01-01',
        'acme@2025-01-01',
      ])
      expect(library.find('acme', null)?.document.version).toBe('2025-01-01')
      const stored = library.find('acme', '2024-01-01')
      expect(Buffer.from(stored?.original ?? []).toString()).toBe('one')
      expect(stored?.importedAt).toBe(at)
      expect(library.find('acme', '2020-01-01')).toBeNull()
      expect(library.find('other', null)).toBeNull()
    })
    expect(readdirSync(join(folder, 'data'))).toEqual(['library.sqlite'])
  })

  it('keeps the same file once, and another text under the same date as a version of its own', () => {
    withLibrary((library) => {
      library.add(policy('2024-01-01', 'one'), Buffer.from('one'), at)
      expect(library.add(policy('2024-01-01', 'one'), Buffer.from('one'), at).version).toBe('2024-01-01')
      const second = library.add(policy('2024-01-01', 'other'), Buffer.from('other'), at)
      expect(second.version).toBe('2024-01-01.2')
      expect(second.notices).toEqual([
        'The text changed without a new date: 2024-01-01 is already kept with another text.',
      ])
      expect(library.add(policy('2024-01-01', 'third'), Buffer.from('third'), at).version).toBe('2024-01-01.3')
      expect(library.list()).toHaveLength(3)
    })
  })

  it.each([
    [
      'of another program',
      (path: string) => writeDatabase(path, 'CREATE TABLE a (b); PRAGMA application_id = 7; PRAGMA user_version = 1'),
    ],
    [
      'of a newer version',
      (path: string) => {
        withLibrary(() => undefined)
        writeDatabase(path, 'PRAGMA user_version = 99')
      },
    ],
    [
      'that is no database',
      (path: string) => {
        withLibrary(() => undefined)
        writeFileSync(path, 'hello, I am a letter and no library at all'.repeat(100))
      },
    ],
    [
      'that is damaged',
      (path: string) => {
        withLibrary((library) => library.add(policy('2024-01-01', 'one'), Buffer.alloc(20_000, 'ab'), at))
        const bytes = readFileSync(path)
        writeFileSync(path, bytes.fill(0x55, 4096, bytes.length))
      },
    ],
  ])('refuses a file %s, and leaves it as it is', (_, make) => {
    withLibrary(() => undefined)
    make(file())
    const before = readFileSync(file())
    expect(openLibrary(file())).toMatchObject({ ok: false, problem: { code: 'bad-document' } })
    expect(readFileSync(file()).equals(before)).toBe(true)
  })
})

function writeDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}
