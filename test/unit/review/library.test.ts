import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../../src-main/contract/operation-schemas.ts'
import { ok, type Result } from '../../../src-main/contract/result.ts'
import { redlineDocx } from '../../../src-main/report/redline-docx.ts'
import { createLibraryUse, type LibraryPorts } from '../../../src-main/review/policies/library.ts'
import { comparePolicies } from '../../../src-main/review/policies/compare-policies.ts'
import { readPolicyFile } from '../../../src-main/review/policies/read-policy-file.ts'
import { createGrants } from '../../../src-main/review/tokens.ts'
import { createStoreActions } from '../../../src-main/store/store-actions.ts'
import { aClause, aPolicy } from '../../support/policy.ts'
import { policyVersions, writePolicies } from '../../support/policy-files.ts'

const policy = 'house-rules-for-senders'
const pack = {
  ...aPolicy([
    aClause({ id: 'C1', section: 'Prohibited conduct', heading: 'Gambling', summary: 'No gambling offers unasked.' }),
    aClause({ id: 'C2', section: 'Prohibited conduct', heading: 'Lists', summary: 'No bought or rented addresses.' }),
    aClause({ id: 'C9', section: 'Prohibited conduct', heading: 'Left alone', summary: 'Answer requests in time.' }),
  ]),
  policy: 'other-policy',
}

let folder = ''
let store: ReturnType<typeof createStoreActions>
const grants = createGrants()
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'clausebench-policies-')))
  store = createStoreActions(join(folder, 'data', 'workspaces'))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function use(given: Partial<typeof pack> = {}) {
  const events: string[] = []
  const pool = {
    readPolicyFile,
    comparePolicies,
    redlineDocx: async ({ page }: Parameters<LibraryPorts['pool']['redlineDocx']>[0]) => ok(await redlineDocx(page)),
  }
  const ports = {
    store,
    pool,
    grants,
    campaigns: { list: () => [] },
    packs: () => Promise.resolve(ok({ entries: [], problems: [], policies: [{ ...pack, ...given }] })),
    emit: (event: string) => void events.push(event),
    version: '1',
  }
  // What the library's operations use of the workbench.
  return { ...createLibraryUse(ports as unknown as LibraryPorts), events }
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

type Use = ReturnType<typeof use>

async function preview({ handlers }: Use, files: Readonly<Record<string, string>>, named: string | null = null) {
  const token = grants.grant(await writePolicies(folder, files))
  return value(await handlers['library.preview']({ token, policy: named }))
}

async function imported(library: Use, files: Readonly<Record<string, string>>): Promise<Answer<'library.store'>> {
  const read = await preview(library, files)
  const documents = read.documents.map((_, document) => ({ document, date: null }))
  return value(await library.handlers['library.store']({ preview: read.preview, documents }))
}

const three = {
  'a.md': policyVersions.first,
  'b.md': policyVersions.second,
  'c.md': policyVersions.third,
}

describe('import', () => {
  it('shows what was read and stores nothing before it is told to', async () => {
    const library = use()
    const read = await preview(library, { 'a.md': policyVersions.first, 'login.html': '<form>Log in</form>' })
    expect(read.documents).toMatchObject([
      { file: 'a.md', problem: null, policy, date: '2023-01-10', clauses: 5, unmatched: 5, needsDate: false },
      { file: 'login.html', problem: { code: 'bad-document' } },
    ])
    expect(value(await library.handlers['library.policies']({})).policies).toEqual([])
    const stored = value(
      await library.handlers['library.store']({ preview: read.preview, documents: [{ document: 0, date: null }] }),
    )
    expect(stored.stored).toEqual([{ policy, version: '2023-01-10', isNew: true, notices: [] }])
    const again = await preview(library, { 'a.md': policyVersions.first })
    expect(again.documents[0]?.storedAs).toBe('2023-01-10')
    expect(library.events).toContain('library.changed')
  })

  it('asks for a date where nothing says one, and stores none of several when one lacks it', async () => {
    const library = use()
    const read = await preview(library, {
      'a.md': policyVersions.first,
      'b.md': policyVersions.second.replace(/^Last updated.*$/m, ''),
    })
    expect(read.documents.map(({ needsDate }) => needsDate)).toEqual([false, true])
    const both = [0, 1].map((document) => ({ document, date: null as string | null }))
    const call = (documents: typeof both) => library.handlers['library.store']({ preview: read.preview, documents })
    expect(await call(both)).toMatchObject({ ok: false, problem: { code: 'bad-value', file: 'b.md' } })
    expect(value(await library.handlers['library.policies']({})).policies).toEqual([])
    const dated = both.map((one) => (one.document === 1 ? { ...one, date: '2024-02-29' } : one))
    expect(value(await call(dated)).stored.map(({ version }) => version)).toEqual(['2023-01-10', '2024-02-29'])
  })

  it('remembers which clause a person said it is, for the next version too', async () => {
    const library = use({ policy })
    const read = await preview(library, { 'a.md': policyVersions.first }, policy)
    const shown = value(await library.handlers['library.previewed']({ preview: read.preview, document: 0 }))
    const lone = shown.clauses.find(({ text }) => text.includes('left alone'))
    expect(shown.known.map(({ id }) => id)).toEqual(['C1', 'C2', 'C9'])
    const match = { preview: read.preview, document: 0, clause: lone?.id ?? '', to: 'C1' }
    value(await library.handlers['library.match'](match))
    const after = value(await library.handlers['library.previewed']({ preview: read.preview, document: 0 }))
    expect(after.clauses.filter(({ to }) => to === 'C1')).toMatchObject([{ id: 'C1', byHand: true, text: lone?.text }])
    expect(after.missing.map(({ id }) => id)).toContain('C9')
    value(await library.handlers['library.store']({ preview: read.preview, documents: [{ document: 0, date: null }] }))
    const next = await preview(library, { 'b.md': policyVersions.second }, policy)
    const second = value(await library.handlers['library.previewed']({ preview: next.preview, document: 0 }))
    expect(second.clauses.find(({ to }) => to === 'C1')?.text).toContain('within 14 days')
  })
})

describe('versions of a policy', () => {
  it('tells what each changed, and compares any two', async () => {
    const library = use()
    await imported(library, three)
    const history = value(await library.handlers['library.history']({ policy }))
    expect(history.versions.map(({ facts, changes }) => [facts.version, changes?.reworded, changes?.added])).toEqual([
      ['2023-01-10', undefined, undefined],
      ['2024-03-04', 3, 1],
      ['2025-05-28', 2, 0],
    ])
    const redline = value(
      await library.handlers['library.redline']({ policy, older: '2023-01-10', newer: '2025-05-28' }),
    )
    const duties = redline.changes.flatMap(({ duty }) => duty)
    expect(duties).toContain('30→14')
    expect(duties).toContain('must→may')
    expect(redline.stats).toMatchObject({ added: 1, removed: 1, reworded: 4 })
    expect(redline.texts.newer).toContain('Prohibited conduct\n1  You may not offer gambling')
  })

  it('follows a clause, and says who introduced which words', async () => {
    const library = use()
    await imported(library, three)
    const newest = value(await library.handlers['library.version']({ policy, version: '2025-05-28' }))
    const gambling = newest.clauses.find(({ text }) => text.includes('gambling'))?.id ?? ''
    const lineage = value(
      await library.handlers['library.lineage']({ policy, version: '2025-05-28', clause: gambling }),
    )
    expect(lineage.nodes.map(({ version }) => version)).toEqual(['2023-01-10', '2024-03-04', '2025-05-28'])
    expect(lineage.edges.map(({ kind }) => kind)).toEqual(['kept', 'reworded'])
    const clause = value(await library.handlers['library.clause']({ policy, version: '2025-05-28', clause: gambling }))
    expect(clause.imported?.phrases).toEqual([
      { text: 'You may not offer gambling products or services', since: '2023-01-10' },
      { text: ', or lotteries of any kind, ', since: '2025-05-28' },
      { text: 'to anybody who has not asked for them in writing.', since: '2023-01-10' },
    ])
    const program = value(await library.handlers['library.version']({ policy, version: '2024-03-04' })).clauses.find(
      ({ text }) => text.includes('program'),
    )
    const gone = value(
      await library.handlers['library.lineage']({ policy, version: '2024-03-04', clause: program?.id ?? '' }),
    )
    expect(gone.removedIn).toBe('2025-05-28')
  })

  it('leaves the program as a page and as a document for a word processor', async () => {
    const library = use()
    await imported(library, three)
    const pair = { policy, older: '2023-01-10', newer: '2024-03-04' }
    const page = value(await library.handlers['library.export']({ ...pair, format: 'html', substantive: true }))
    const html = Buffer.from(page.base64, 'base64').toString('utf8')
    expect(html).toContain('<del>30</del><ins>14</ins>')
    expect(html).toContain('1 cosmetic change is not shown.')
    expect(html).not.toMatch(/https?:/)
    const document = value(await library.handlers['library.export']({ ...pair, format: 'docx', substantive: false }))
    const parts = unzipSync(Buffer.from(document.base64, 'base64'))
    const xml = Buffer.from(parts['word/document.xml'] ?? []).toString('utf8')
    expect(xml).toMatch(/<w:strike\/>[^]*?30<\/w:t>/)
    expect(xml).toMatch(/<w:u w:val="single"\/>[^]*?14<\/w:t>/)
    expect(document.name).toBe(`${policy}-2023-01-10-2024-03-04.docx`)
  })
})

describe('what people write about clauses', () => {
  it('keeps notes with author, follows them through versions, and marks watched clauses when an import changes them', async () => {
    value(await store.setReviewer('Mara Ellison'))
    const library = use()
    await imported(library, { 'a.md': policyVersions.first })
    const first = value(await library.handlers['library.version']({ policy, version: '2023-01-10' }))
    const clause = first.clauses.find(({ text }) => text.includes('left alone'))?.id ?? ''
    const at = { policy, version: '2023-01-10', clause }
    value(await library.handlers['library.note']({ ...at, text: 'Counsel: 30 days is from the contract.' }))
    value(await library.handlers['library.watch']({ ...at, watched: true }))
    await imported(library, { 'b.md': policyVersions.second })
    await expect
      .poll(async () => value(await library.handlers['library.policies']({})).watched[0]?.changedIn)
      .toBe('2024-03-04')
    const page = value(await library.handlers['library.clause']({ ...at, version: '2024-03-04' }))
    expect(page.notes).toMatchObject([
      { by: 'Mara Ellison', version: '2023-01-10', text: 'Counsel: 30 days is from the contract.' },
    ])
    expect(page.watch).toMatchObject({ changedIn: '2024-03-04', change: 'reworded' })
    value(await library.handlers['library.seen']({ policy, clause }))
    expect(value(await library.handlers['library.clause'](at)).watch).toMatchObject({ changedIn: null })
  })

  it('asks for a name first', async () => {
    const library = use()
    const note = { policy, version: null, clause: 'C1', text: 'A note.' }
    expect(await library.handlers['library.note'](note)).toMatchObject({ ok: false, problem: { code: 'no-reviewer' } })
  })
})
