import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { policyDocumentSchema, type PolicyDocument } from '../contract/policy-document.ts'
import { ok, type Result } from '../contract/result.ts'
import { openLibraryFile } from './library-file.ts'
import { libraryPack, type LibraryPack } from './library-pack.ts'
import { libraryPeople, type LibraryPeople } from './library-people.ts'
import { libraryForm } from './library-schema.ts'
import { clauseSearch, type ClauseHits } from './library-search.ts'
import { inTransaction } from './transaction.ts'

/** A policy version as it was imported, with the bytes of its file. */
export interface StoredPolicy {
  readonly document: PolicyDocument
  readonly original: Uint8Array
  /** ISO 8601. */
  readonly importedAt: string
}

export interface PolicyListing {
  readonly policy: string
  readonly version: string
  readonly title: string | null
  readonly basis: PolicyDocument['basis']
  readonly clauses: number
  readonly importedAt: string
}

/** What can be said of a version without its text. */
export interface VersionFacts extends PolicyListing {
  readonly date: string | null
  readonly effective: string | null
  readonly captured: string | null
  readonly source: PolicyDocument['source']
  /** Top clauses; those of them that no clause of a pack is matched to. */
  readonly topClauses: number
  readonly unmatched: number
  readonly notices: readonly string[]
}

export interface PolicyImport {
  readonly document: PolicyDocument
  readonly original: Uint8Array
}

export interface Library {
  /** All versions, by policy and then from old to new. */
  readonly list: () => PolicyListing[]
  /** The same, with what a screen says of them. */
  readonly facts: () => VersionFacts[]
  /** null: no such version; without a version the newest. */
  readonly find: (policy: string, version: string | null) => StoredPolicy | null
  /** Without the bytes of its file. */
  readonly document: (policy: string, version: string | null) => PolicyDocument | null
  /**
   * Keeps a document and its original. The same file twice is kept once; another text under a date that is taken becomes
   * `2021-09-24.2`, and a notice says so. Returns what is stored.
   */
  readonly add: (document: PolicyDocument, original: Uint8Array, importedAt: string) => PolicyDocument
  /** The same for several files: all of them, or none. `isNew`: it was not there before. */
  readonly addAll: (
    imports: readonly PolicyImport[],
    importedAt: string,
  ) => { readonly document: PolicyDocument; readonly isNew: boolean }[]
  /** Matches of a stored version that a person put right; text and file stay. */
  readonly replace: (document: PolicyDocument) => void
  readonly search: (typed: string, policy: string | null, maxHits: number) => ClauseHits
  readonly people: LibraryPeople
  readonly pack: LibraryPack
  /** A comparison that was made before, by both files' hashes and the form in which it is written. */
  readonly comparison: (older: string, newer: string, form: string) => string | null
  readonly keepComparison: (older: string, newer: string, form: string, text: string) => void
  readonly close: () => void
}

/** Opens the library, or makes it. A damaged file, another program's, or one of a newer version is refused and left as it is. */
export function openLibrary(file: string): Result<Library> {
  const database = openLibraryFile(file, libraryForm)
  return database.ok ? ok(libraryOf(database.value)) : database
}

function libraryOf(database: DatabaseSync): Library {
  const facts = database.prepare(
    'SELECT policy, version, sha256, imported_at, facts FROM policy_version ORDER BY policy, place',
  )
  const exact = database.prepare(
    'SELECT document, original, imported_at FROM policy_version WHERE policy = ? AND version = ?',
  )
  const newest = database.prepare(
    'SELECT document, original, imported_at FROM policy_version WHERE policy = ? ORDER BY place DESC LIMIT 1',
  )
  const exactDocument = database.prepare('SELECT document FROM policy_version WHERE policy = ? AND version = ?')
  const newestDocument = database.prepare(
    'SELECT document FROM policy_version WHERE policy = ? ORDER BY place DESC LIMIT 1',
  )
  const sameFile = database.prepare('SELECT document FROM policy_version WHERE policy = ? AND sha256 = ?')
  const ages = database.prepare('SELECT version, facts FROM policy_version WHERE policy = ? ORDER BY place')
  const insert = database.prepare(
    'INSERT INTO policy_version (policy, version, place, sha256, imported_at, document, original, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertWording = database.prepare('INSERT INTO wording (section, text) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const wordingOf = database.prepare('SELECT id FROM wording WHERE text = ? AND section = ?')
  const insertClause = database.prepare('INSERT INTO clause (policy, version, clause, wording) VALUES (?, ?, ?, ?)')
  const removeClauses = database.prepare('DELETE FROM clause WHERE policy = ? AND version = ?')
  const update = database.prepare('UPDATE policy_version SET document = ?, facts = ? WHERE policy = ? AND version = ?')
  const move = database.prepare('UPDATE policy_version SET place = ? WHERE policy = ? AND version = ? AND place <> ?')
  const compared = database.prepare('SELECT packed FROM comparison WHERE older = ? AND newer = ? AND form = ?')
  const keepCompared = database.prepare(
    'INSERT INTO comparison (older, newer, form, packed) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET form = excluded.form, packed = excluded.packed',
  )
  const search = clauseSearch(database)

  function keepClauses({ policy, version, clauses }: PolicyDocument): void {
    for (const { id, section, text } of clauses) {
      insertWording.run(section, text)
      insertClause.run(policy, version, id, wordingOf.get(text, section)?.id ?? null)
    }
  }

  function keep(document: PolicyDocument, original: Uint8Array, importedAt: string): PolicyDocument {
    const present = ages.all(document.policy).map((row): Age => {
      const { date, captured } = keptFacts(row.facts)
      return { version: textOf(row.version), date, captured }
    })
    const stored = underFreeVersion(document, new Set(present.map(({ version }) => version)))
    const ordered = [...present, stored].toSorted(byAge)
    insert.run(
      stored.policy,
      stored.version,
      ordered.findIndex(({ version }) => version === stored.version),
      stored.source.sha256,
      importedAt,
      JSON.stringify(stored),
      packed(original),
      JSON.stringify(factsToKeep(stored)),
    )
    keepClauses(stored)
    for (const [place, { version }] of ordered.entries()) move.run(place, stored.policy, version, place)
    return stored
  }

  function addAll(imports: readonly PolicyImport[], importedAt: string): ReturnType<Library['addAll']> {
    return inTransaction(database, () =>
      imports.map(({ document, original }) => {
        const present = sameFile.get(document.policy, document.source.sha256)
        return present === undefined
          ? { document: keep(document, original, importedAt), isNew: true }
          : { document: documentOf(present.document), isNew: false }
      }),
    )
  }

  return {
    list: () =>
      facts.all().map((row) => {
        const { policy, version, title, basis, clauses, importedAt } = factsOf(row)
        return { policy, version, title, basis, clauses, importedAt }
      }),
    facts: () => facts.all().map(factsOf),
    find(policy, version) {
      const row = version === null ? newest.get(policy) : exact.get(policy, version)
      if (row === undefined) return null
      const original = row.original
      return {
        document: documentOf(row.document),
        original: original instanceof Uint8Array ? brotliDecompressSync(original) : new Uint8Array(),
        importedAt: textOf(row.imported_at),
      }
    },
    document(policy, version) {
      const row = version === null ? newestDocument.get(policy) : exactDocument.get(policy, version)
      return row === undefined ? null : documentOf(row.document)
    },
    add(document, original, importedAt) {
      const [stored] = addAll([{ document, original }], importedAt)
      return stored?.document ?? document
    },
    addAll,
    replace: (document) =>
      inTransaction(database, () => {
        update.run(JSON.stringify(document), JSON.stringify(factsToKeep(document)), document.policy, document.version)
        removeClauses.run(document.policy, document.version)
        keepClauses(document)
      }),
    search,
    people: libraryPeople(database),
    pack: libraryPack(database),
    comparison(older, newer, form) {
      const bytes = compared.get(older, newer, form)?.packed
      return bytes instanceof Uint8Array ? Buffer.from(brotliDecompressSync(bytes)).toString('utf8') : null
    },
    keepComparison: (older, newer, form, text) =>
      void keepCompared.run(older, newer, form, packed(Buffer.from(text, 'utf8'))),
    close: () => database.close(),
  }
}

/** Policies are small and many: the last few per cent are not worth ten times the time. */
function packed(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
}

/** What lists show, so that they need not read whole documents. */
function factsToKeep(document: PolicyDocument): KeptFacts {
  const { title, basis, date, effective, captured, source, notices, clauses } = document
  const top = clauses.filter(({ parent }) => parent === null)
  return {
    title,
    basis,
    date,
    effective,
    captured,
    path: source.path,
    mediaType: source.mediaType,
    notices,
    clauses: clauses.length,
    top: top.length,
    unmatched: top.filter(({ match }) => match === null).length,
  }
}

interface KeptFacts extends Pick<PolicyDocument, 'title' | 'basis' | 'date' | 'effective' | 'captured' | 'notices'> {
  readonly path: string
  readonly mediaType: string
  readonly clauses: number
  readonly top: number
  readonly unmatched: number
}

/** Written by `factsToKeep`, or by the migration that stands for it. */
const keptFacts = (value: SQLOutputValue | undefined): KeptFacts => JSON.parse(textOf(value)) as KeptFacts

function factsOf(row: Record<string, SQLOutputValue>): VersionFacts {
  const kept = keptFacts(row.facts)
  return {
    policy: textOf(row.policy),
    version: textOf(row.version),
    title: kept.title,
    basis: kept.basis,
    clauses: kept.clauses,
    importedAt: textOf(row.imported_at),
    date: kept.date,
    effective: kept.effective,
    captured: kept.captured,
    source: { path: kept.path, sha256: textOf(row.sha256), mediaType: kept.mediaType },
    topClauses: kept.top,
    unmatched: kept.unmatched,
    notices: kept.notices,
  }
}

const textOf = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '')

function documentOf(value: unknown): PolicyDocument {
  return policyDocumentSchema.parse(JSON.parse(String(value)))
}

function underFreeVersion(document: PolicyDocument, taken: ReadonlySet<string>): PolicyDocument {
  if (!taken.has(document.version)) return document
  let count = 2
  while (taken.has(`${document.version}.${String(count)}`)) count++
  const notice = `The text changed without a new date: ${document.version} is already kept with another text.`
  return { ...document, version: `${document.version}.${String(count)}`, notices: [...document.notices, notice] }
}

type Age = Pick<PolicyDocument, 'version' | 'date' | 'captured'>

/** By printed date, then by when the file was captured, then by version. */
function byAge(a: Age, b: Age): number {
  const key = ({ date, captured, version }: Age): string => [date ?? version, captured ?? '', version].join(' ')
  return key(a) < key(b) ? -1 : 1
}
