import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { fail, ok, type Result } from '../contract/result.ts'
import { actSchema, subjectOf, type Act, type AttestationAct } from './acts.ts'
import { closeDatabase, copyDatabase, openDatabase, type DatabaseForm } from './database-file.ts'
import { judgedStore, type JudgedStore } from './judged.ts'
import { keptFindings, type KeptFindings } from './kept-findings.ts'
import { recordOf, type KeptDecision, type MessageRecord, type StoredEvent } from './message-record.ts'
import { workspaceApplicationId, workspaceMigrations } from './workspace-schema.ts'
import { inTransaction } from './transaction.ts'

/** A message as a workspace knows it. `place` is its identity: where it came from, hashed. */
export interface MessageKey {
  readonly place: string
  readonly reportId: string
  /** For lists; identifiers masked. */
  readonly name: string
  readonly campaign: string
  readonly client: string | null
}

export interface ActOnMessage {
  /** null: about no message. */
  readonly message: MessageKey | null
  /** Hash of the bytes that were looked at. */
  readonly content: string | null
  readonly act: Act
}

/** Bytes and report of a message as it was when a person acted on it. */
export interface RevisionToKeep {
  readonly message: MessageKey
  readonly content: string
  /** null: too large to be kept, or kept already. */
  readonly bytes: Uint8Array | null
  /** JSON; masked as every report is. */
  readonly report: string
}

export interface KeptSnapshot {
  readonly id: string
  readonly at: string
  readonly by: string
  /** JSON. */
  readonly document: string
  /** Of the message; null when they are not in the file. */
  readonly bytes: Uint8Array | null
}

export interface KeptRevision {
  readonly content: string
  readonly at: string
}

export interface KeptAttestation extends AttestationAct {
  readonly event: number
  readonly at: string
  readonly by: string
}

/** A decision on the same fingerprint in another message of the workspace. */
export interface DecisionElsewhere extends KeptDecision {
  readonly message: string
  readonly campaign: string
}

/** For the overview: of all messages that the workspace knows, whether they are open or not. */
export interface KnownMessage extends MessageKey {
  readonly record: MessageRecord
}

export interface Workspace {
  readonly title: () => string
  readonly reviewer: () => string | null
  /** One transaction; on the disk when it returns. The ids of the events, in order. */
  readonly act: (acts: readonly ActOnMessage[], by: string, at: string) => number[]
  /** Keeps what a person looked at. Kept once a content. */
  readonly keep: (revision: RevisionToKeep, at: string) => void
  readonly isKept: (place: string, content: string) => boolean
  readonly records: (places: readonly string[]) => (MessageRecord | null)[]
  readonly elsewhere: (fingerprints: readonly string[], place: string) => DecisionElsewhere[]
  readonly attestations: () => KeptAttestation[]
  /** The last reasons given for a kind of decision, newest first. */
  readonly reasons: (kind: string, max: number) => string[]
  readonly acted: () => KnownMessage[]
  /** From where a message lies to where the message lies that it is a corrected text of; followed to the first. */
  readonly revisedPlaces: () => Map<string, string>
  readonly revisions: (place: string) => KeptRevision[]
  readonly revision: (
    place: string,
    content: string,
  ) => { readonly report: string; readonly bytes: Uint8Array | null } | null
  /** Freezes a document; with the event that says so. Returns its id. */
  readonly sign: (
    signed: { readonly message: MessageKey; readonly content: string; readonly document: string; readonly id: string },
    act: Act & { readonly kind: 'sign-off' },
    by: string,
    at: string,
  ) => void
  readonly snapshot: (id: string) => KeptSnapshot | null
  readonly keepContent: (sha256: string, bytes: Uint8Array) => void
  readonly judged: JudgedStore
  readonly kept: KeptFindings
  readonly events: () => StoredEvent[]
  readonly copyTo: (path: string) => Promise<void>
  readonly close: () => void
}

export const workspaceForm: DatabaseForm = { applicationId: workspaceApplicationId, migrations: workspaceMigrations }

const firstTitle = 'Workspace'

/** Opens a workspace's file, or makes it with `title`. */
export async function openWorkspace(path: string, form = workspaceForm): Promise<Result<Workspace>> {
  const database = await openDatabase(path, form)
  if (!database.ok) return database
  try {
    return ok(workspaceOf(database.value))
  } catch {
    database.value.close()
    return fail('damaged-workspace', 'This workspace’s file lacks tables. It was left as it is.')
  }
}

type Row = Record<string, SQLOutputValue>

function workspaceOf(database: DatabaseSync): Workspace {
  const statement = {
    message: database.prepare(
      'INSERT INTO message (place, report_id, name, campaign, client, first_seen) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place) DO NOTHING',
    ),
    messageId: database.prepare('SELECT id FROM message WHERE place = ?'),
    event: database.prepare(
      'INSERT INTO event (at, by, kind, message, content, subject, supersedes, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    superseded: database.prepare('SELECT MAX(id) AS id FROM event WHERE kind = ? AND message IS ? AND subject IS ?'),
    eventsOf: database.prepare('SELECT * FROM event WHERE message = ? ORDER BY id'),
    eventsOfKind: database.prepare('SELECT * FROM event WHERE kind = ? ORDER BY id DESC LIMIT ?'),
    allEvents: database.prepare('SELECT * FROM event ORDER BY id'),
    bySubject: database.prepare(
      `SELECT event.*, message.name, message.campaign FROM event JOIN message ON message.id = event.message
       WHERE event.subject = ? AND event.kind = 'decision' AND message.place <> ? ORDER BY event.id DESC LIMIT 20`,
    ),
    content: database.prepare(
      'INSERT INTO content (sha256, bytes, packed) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    ),
    contentOf: database.prepare('SELECT packed FROM content WHERE sha256 = ?'),
    hasContent: database.prepare('SELECT 1 AS one FROM content WHERE sha256 = ?'),
    revision: database.prepare(
      'INSERT INTO revision (message, content, at, report) VALUES (?, ?, ?, ?) ON CONFLICT (message, content) DO NOTHING',
    ),
    revisionsOf: database.prepare(
      'SELECT content, at FROM revision JOIN message ON message.id = revision.message WHERE place = ? ORDER BY revision.rowid',
    ),
    revisionOf: database.prepare(
      'SELECT report FROM revision JOIN message ON message.id = revision.message WHERE place = ? AND content = ?',
    ),
    actedOn: database.prepare(
      'SELECT * FROM message WHERE EXISTS (SELECT 1 FROM event WHERE event.message = message.id) ORDER BY id',
    ),
    revisedPlaces: database.prepare(
      "SELECT event.*, message.place FROM event JOIN message ON message.id = event.message WHERE event.kind = 'revision-of' ORDER BY event.id",
    ),
    snapshot: database.prepare('INSERT INTO snapshot (id, message, content, at, by, packed) VALUES (?, ?, ?, ?, ?, ?)'),
    snapshotOf: database.prepare('SELECT * FROM snapshot WHERE id = ?'),
  }

  function messageId({ place, reportId, name, campaign, client }: MessageKey, at: string): number {
    statement.message.run(place, reportId, name, campaign, client, at)
    return Number(statement.messageId.get(place)?.id)
  }

  function write({ message, content, act }: ActOnMessage, by: string, at: string): number {
    const subject = subjectOf(act)
    const id = message === null ? null : messageId(message, at)
    // A comment stands beside those before it; everything else takes the place of the last of its kind and subject.
    const before = act.kind === 'comment' ? null : (statement.superseded.get(act.kind, id, subject)?.id ?? null)
    const supersedes = before === null ? null : Number(before)
    const row = statement.event.run(at, by, act.kind, id, content, subject, supersedes, JSON.stringify(act))
    return Number(row.lastInsertRowid)
  }

  function newest(kind: Act['kind']): Act | null {
    const row = statement.eventsOfKind.get(kind, 1)
    return row === undefined ? null : eventOf(row).act
  }

  const eventsOfMessage = (place: string): StoredEvent[] | null => {
    const id = statement.messageId.get(place)?.id
    return id === undefined ? null : statement.eventsOf.all(id).map(eventOf)
  }

  return {
    title() {
      const act = newest('title')
      return act?.kind === 'title' ? act.title : firstTitle
    },
    reviewer() {
      const act = newest('reviewer')
      return act?.kind === 'reviewer' ? act.name : null
    },
    act: (acts, by, at) => inTransaction(database, () => acts.map((one) => write(one, by, at))),
    keep({ message, content, bytes, report }, at) {
      const packed = bytes === null || isKnown(content) ? null : pack(bytes)
      inTransaction(database, () => {
        if (bytes !== null && packed !== null) statement.content.run(content, bytes.length, packed)
        statement.revision.run(messageId(message, at), content, at, pack(Buffer.from(report)))
      })
    },
    isKept: (place, content) => statement.revisionOf.get(place, content) !== undefined && isKnown(content),
    records: (places) =>
      places.map((place) => {
        const events = eventsOfMessage(place)
        return events === null ? null : recordOf(events)
      }),
    elsewhere: (fingerprints, place) =>
      fingerprints.flatMap((fingerprint) => {
        const seen = new Set<unknown>()
        for (const row of statement.bySubject.all(fingerprint, place)) {
          if (seen.has(row.message)) continue
          seen.add(row.message)
          const [decision] = recordOf([eventOf(row)]).decisions
          if (decision !== undefined)
            return [{ ...decision, message: String(row.name), campaign: String(row.campaign) }]
        }
        return []
      }),
    attestations() {
      const latest = new Map<string, KeptAttestation>()
      for (const { id, at, by, act } of statement.eventsOfKind.all('attestation', -1).map(eventOf)) {
        if (act.kind !== 'attestation') continue
        const key = subjectOf(act) ?? ''
        if (!latest.has(key)) latest.set(key, { ...act, event: id, at, by })
      }
      return [...latest.values()].filter(({ answer }) => answer !== 'open')
    },
    reasons(kind, max) {
      const given = statement.eventsOfKind.all('decision', 500).flatMap((row) => {
        const { act } = eventOf(row)
        return act.kind === 'decision' && act.decision?.kind === kind && act.decision.reason !== ''
          ? [act.decision.reason]
          : []
      })
      return [...new Set(given)].slice(0, max)
    },
    acted: () =>
      statement.actedOn.all().map((row) => ({
        place: String(row.place),
        reportId: String(row.report_id),
        name: String(row.name),
        campaign: String(row.campaign),
        client: row.client === null ? null : String(row.client),
        record: recordOf(statement.eventsOf.all(Number(row.id)).map(eventOf)),
      })),
    revisedPlaces() {
      const places = new Map<string, string>()
      for (const row of statement.revisedPlaces.all()) {
        const { act } = eventOf(row)
        const place = String(row.place)
        if (act.kind !== 'revision-of') continue
        if (act.place === null) places.delete(place)
        else places.set(place, firstPlace(places, act.place, place))
      }
      return places
    },
    revisions: (place) =>
      statement.revisionsOf.all(place).map((row) => ({ content: String(row.content), at: String(row.at) })),
    revision(place, content) {
      const row = statement.revisionOf.get(place, content)
      return row === undefined ? null : { report: unpack(row.report).toString('utf8'), bytes: contentOf(content) }
    },
    sign({ message, content, document, id }, act, by, at) {
      inTransaction(database, () => {
        statement.snapshot.run(id, messageId(message, at), content, at, by, pack(Buffer.from(document)))
        write({ message, content, act }, by, at)
      })
    },
    snapshot(id) {
      const row = statement.snapshotOf.get(id)
      return row === undefined
        ? null
        : {
            id,
            at: String(row.at),
            by: String(row.by),
            document: unpack(row.packed).toString('utf8'),
            bytes: contentOf(String(row.content)),
          }
    },
    keepContent: (sha256, bytes) => void statement.content.run(sha256, bytes.length, pack(bytes)),
    judged: judgedStore(database),
    kept: keptFindings(database),
    events: () => statement.allEvents.all().map(eventOf),
    copyTo: (path) => copyDatabase(database, path),
    close: () => closeDatabase(database),
  }

  function isKnown(sha256: string): boolean {
    return statement.hasContent.get(sha256) !== undefined
  }

  function contentOf(sha256: string): Uint8Array | null {
    const row = statement.contentOf.get(sha256)
    return row === undefined ? null : unpack(row.packed)
  }
}

/** A correction of a correction belongs to the first text; a ring is cut where it would close. */
function firstPlace(places: ReadonlyMap<string, string>, of: string, from: string): string {
  const next = places.get(of)
  return next === undefined || next === from ? of : next
}

function eventOf(row: Row): StoredEvent {
  const payload: unknown = JSON.parse(String(row.payload))
  return {
    id: Number(row.id),
    at: String(row.at),
    by: String(row.by),
    content: row.content === null || row.content === undefined ? null : String(row.content),
    act: actSchema.parse(payload),
  }
}

/** Fast rather than small: a person waits for it. */
function pack(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
}

function unpack(value: unknown): Buffer {
  return value instanceof Uint8Array ? brotliDecompressSync(value) : Buffer.alloc(0)
}
