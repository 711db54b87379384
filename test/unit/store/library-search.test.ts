import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import { openLibrary, type Library } from '../../../src-main/store/library.ts'
import { searchQuery, type ClauseHits } from '../../../src-main/store/library-search.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-search-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = '2026-11-23T10:00:00.000Z'

function open(): Library {
  const library = openLibrary(join(folder, 'library.sqlite'))
  if (!library.ok) throw new Error(library.problem.message)
  return library.value
}

function policy(name: string, version: string, texts: readonly string[]): PolicyDocument {
  return {
    schema: 'clausebench-policy/1',
    policy: name,
    version,
    title: 'Rules',
    date: version,
    effective: null,
    captured: null,
    url: null,
    basis: 'primary',
    source: { path: 'a.md', sha256: texts.join(), mediaType: 'text/markdown' },
    clauses: texts.map((text, index) => ({
      id: `1.${String(index + 1)}`,
      parent: null,
      section: 'Conduct',
      number: String(index + 1),
      heading: null,
      text,
      span: { start: 0, end: 1 },
      match: null,
    })),
    cut: [],
    notices: [],
  }
}

const shown = ({ hits }: ClauseHits) =>
  hits.map(({ policy: name, versions, clause, pieces }) => [
    `${name}@${versions.join(' ')}:${clause}`,
    pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join(''),
  ])

describe('search over all versions', () => {
  it('marks words, beginnings and phrases; equal words of several versions are one hit', () => {
    const library = open()
    library.add(policy('acme', '2023-01-01', ['No gambling offers.', 'No spam at all.']), Buffer.from('a'), at)
    library.add(policy('acme', '2024-01-01', ['No gambling offers.', 'No spam or chains.']), Buffer.from('b'), at)
    library.add(policy('other', '2024-01-01', ['Gambler’s offers, no gambling.']), Buffer.from('c'), at)
    expect(shown(library.search('gambl', 'acme', 10))).toEqual([
      ['acme@2024-01-01 2023-01-01:1.1', 'No [gambling] offers.'],
    ])
    expect(shown(library.search('gambl', null, 10)).map(([place]) => place)).toContain('other@2024-01-01:1.1')
    expect(shown(library.search('"gambling offers"', null, 10))).toEqual([
      ['acme@2024-01-01 2023-01-01:1.1', 'No [gambling offers].'],
    ])
    expect(shown(library.search('spam chain', null, 10))).toEqual([['acme@2024-01-01:1.2', 'No [spam] or [chains].']])
    // A word that is followed by a blank is finished.
    expect(shown(library.search('gambl ', null, 10))).toEqual([])
    expect(shown(library.search('gambl* ', 'acme', 10))).toHaveLength(1)
    expect(library.search('no', null, 1)).toMatchObject({ total: 5, hits: [{}] })
    library.close()
  })

  it('marks each hit in its own words', () => {
    const library = open()
    const texts = Array.from({ length: 40 }, (_, index) => `Answer within ${String(index)} days.`)
    library.add(policy('acme', '2023', texts.slice(0, 25)), Buffer.from('a'), at)
    library.add(policy('acme', '2024', texts.slice(15)), Buffer.from('b'), at)
    const marked = shown(library.search('answer', null, 60)).map(([, text]) => text)
    expect(marked.toSorted()).toEqual(texts.map((text) => text.replace('Answer', '[Answer]')).toSorted())
    library.close()
  })

  it('shows the words around a hit far within a long clause', () => {
    const library = open()
    library.add(policy('acme', '2024', [`${'before '.repeat(50)}needle ${'after '.repeat(200)}`]), Buffer.from('a'), at)
    const [[, text = ''] = []] = shown(library.search('needle', null, 10))
    expect(text).toMatch(/^… before .*\[needle\] after .*…$/)
    expect(text.length).toBeLessThan(400)
    library.close()
  })

  it.each([
    ['', null],
    ['   ', null],
    ['"', null],
    ['* - ^ : ( ) { }', null],
    ['free spins', '"free" AND "spins" *'],
    ['"free spins"', '"free spins"'],
    ['“free spins', '"free spins"'],
    ['a AND OR NOT b', '"a" AND "AND" AND "OR" AND "NOT" AND "b" *'],
    ['text:x NEAR(a b)', '"text:x" AND "NEAR(a" AND "b)" *'],
    ['gambl* x', '"gambl" * AND "x" *'],
  ])('%j is asked for as %j', (typed, query) => expect(searchQuery(typed)).toBe(query))

  it('takes whatever is typed', () => {
    const library = open()
    library.add(policy('acme', '2024', ['No gambling offers.']), Buffer.from('a'), at)
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            "'",
            '*',
            '(',
            ')',
            'NEAR',
            'AND',
            'OR',
            'NOT',
            ':',
            '^',
            '-',
            '+',
            'a',
            ' ',
            '\u0000',
            '\ud800',
          ),
        )
        .map((all) => all.join('')),
    )
    fc.assert(
      fc.property(hostile, (typed) => {
        expect(library.search(typed, null, 10).total).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
    library.close()
  })
})

describe('what people write in the library', () => {
  const note = { policy: 'acme', version: '2024', clause: '1.1', text: 'See ticket.', by: 'Mara', at }

  it('keeps notes; one that was taken away is gone from the list, not from the file', () => {
    const { people, close } = open()
    const id = people.addNote(note)
    expect(people.notes('acme')).toEqual([{ ...note, id }])
    expect(people.removeNote(id, 'Jo', at)).toBe(true)
    expect(people.removeNote(id, 'Jo', at)).toBe(false)
    expect(people.notes('acme')).toEqual([])
    close()
    const file = new DatabaseSync(join(folder, 'library.sqlite'))
    expect(file.prepare('SELECT text, removed_by FROM clause_note').get()).toEqual({
      text: 'See ticket.',
      removed_by: 'Jo',
    })
    file.close()
  })

  it('keeps watched clauses with what an import did to them', () => {
    const { people, close } = open()
    const watch = { policy: 'acme', clause: 'C3', version: null, by: 'Mara', at }
    people.watch(watch)
    people.watch({ ...watch, by: 'Jo' })
    people.markChanged('acme', 'C3', '2025', 'reworded')
    expect(people.watches()).toEqual([{ ...watch, changedIn: '2025', change: 'reworded' }])
    people.unwatch('acme', 'C3')
    expect(people.watches()).toEqual([])
    close()
  })

  it('keeps every confirmation, and tells the last word', () => {
    const { people, close } = open()
    const one = { rule: 'a/b', policy: 'acme', version: '2024', clause: 'C3', wording: 'w', note: '', by: 'Mara', at }
    people.confirm({ ...one, stands: true })
    people.confirm({ ...one, stands: false, by: 'Jo' })
    people.confirm({ ...one, stands: true, wording: 'other' })
    expect(people.confirmations('acme').map(({ wording, stands, by }) => [wording, stands, by])).toEqual([
      ['w', false, 'Jo'],
      ['other', true, 'Mara'],
    ])
    close()
  })
})

describe('a library of the first form', () => {
  it('is copied, brought up to date, and searchable', () => {
    const path = join(folder, 'library.sqlite')
    const old = new DatabaseSync(path)
    old.exec(`
      CREATE TABLE policy_version (policy TEXT NOT NULL, version TEXT NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL,
        imported_at TEXT NOT NULL, document TEXT NOT NULL, original BLOB NOT NULL, PRIMARY KEY (policy, version)) STRICT;
      PRAGMA application_id = ${String(0x636c6175)}; PRAGMA user_version = 1;`)
    const document = JSON.stringify(policy('acme', '2023-01-01', ['No gambling offers.']))
    old
      .prepare('INSERT INTO policy_version VALUES (?, ?, 0, ?, ?, ?, ?)')
      .run('acme', '2023-01-01', 'x', at, document, Buffer.from('a'))
    old.close()
    const library = open()
    expect(shown(library.search('gambling', null, 10))).toEqual([['acme@2023-01-01:1.1', 'No [gambling] offers.']])
    library.close()
    expect(readdirSync(folder).toSorted()).toEqual(['library.sqlite', 'library.sqlite.before-3'])
    const copy = new DatabaseSync(join(folder, 'library.sqlite.before-3'))
    expect(copy.prepare('SELECT policy FROM policy_version').all()).toEqual([{ policy: 'acme' }])
    copy.close()
  })
})
