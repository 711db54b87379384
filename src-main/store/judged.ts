import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { brotliDecompressSync } from 'node:zlib'
import { z } from 'zod'
import { severities } from '../contract/report-words.ts'
import { signOffSchema } from '../contract/sign-off.ts'
import type { KeptFinding, SignedReview } from '../policy/impact.ts'
import { inTransaction } from './transaction.ts'

/** What rules found, kept by rule and by the hash of what they looked at, so that no question about it needs the messages again. */

/** Rules by id with the hash of each. */
export type RuleSet = readonly (readonly [rule: string, sha256: string])[]

export interface JudgedContent {
  readonly content: string
  /** Of rules alone; what people found themselves is theirs. */
  readonly findings: readonly Omit<KeptFinding, 'sha256'>[]
}

export interface JudgedStore {
  /** Kept once a content and rule. */
  readonly keep: (judged: readonly JudgedContent[], rules: RuleSet, at: string) => void
  /** Under which packs (`klaviyo-aup@2021-09-24`) and rules a snapshot was signed. */
  readonly keepSigned: (snapshot: string, packs: readonly string[], rules: RuleSet) => void
  /** The last sign-off of each message. What was signed before findings were kept is read from its snapshot, once. */
  readonly signed: (workspace: string) => readonly SignedReview[]
}

/** A step of a workspace's schema. */
export const judgedSchema = `
  CREATE TABLE rule_set (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    rules TEXT NOT NULL
  ) STRICT;

  CREATE TABLE judged (
    content TEXT NOT NULL,
    rule_set INTEGER NOT NULL REFERENCES rule_set (id),
    at TEXT NOT NULL,
    PRIMARY KEY (content, rule_set)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE rule_finding (
    content TEXT NOT NULL,
    rule TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    severity TEXT NOT NULL,
    clauses TEXT NOT NULL,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (content, rule, sha256, fingerprint)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE signed_under (
    snapshot TEXT PRIMARY KEY REFERENCES snapshot (id),
    packs TEXT NOT NULL,
    rule_set INTEGER REFERENCES rule_set (id)
  ) STRICT;
`

const textList = z.array(z.string())
const ruleSetRows = z.array(z.tuple([z.string(), z.string()]))
const severity = z.enum(severities)

export function judgedStore(database: DatabaseSync): JudgedStore {
  const statement = {
    ruleSet: database.prepare('INSERT INTO rule_set (sha256, rules) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING'),
    ruleSetId: database.prepare('SELECT id FROM rule_set WHERE sha256 = ?'),
    ruleSets: database.prepare('SELECT id, rules FROM rule_set'),
    judged: database.prepare('INSERT INTO judged (content, rule_set, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    allJudged: database.prepare('SELECT content, rule_set FROM judged'),
    finding: database.prepare(
      `INSERT INTO rule_finding (content, rule, sha256, fingerprint, severity, clauses, title, excerpt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ),
    allFindings: database.prepare(
      'SELECT content, rule, sha256, fingerprint, severity, clauses, title, excerpt FROM rule_finding',
    ),
    under: database.prepare(
      'INSERT INTO signed_under (snapshot, packs, rule_set) VALUES (?, ?, ?) ON CONFLICT (snapshot) DO NOTHING',
    ),
    lacking: database.prepare(
      `SELECT id, content, packed FROM snapshot WHERE NOT EXISTS (SELECT 1 FROM signed_under WHERE snapshot = snapshot.id)`,
    ),
    signed: database.prepare(
      `SELECT event.content, event.at, event.by, event.subject AS snapshot, message.place, message.name,
              message.campaign, message.client, signed_under.packs, signed_under.rule_set
       FROM (SELECT MAX(id) AS id FROM event WHERE kind = 'sign-off' GROUP BY message) AS last
       JOIN event ON event.id = last.id
       JOIN message ON message.id = event.message
       JOIN signed_under ON signed_under.snapshot = event.subject
       ORDER BY event.id`,
    ),
  }

  function ruleSetId(rules: RuleSet): number {
    const text = JSON.stringify(rules.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const sha256 = createHash('sha256').update(text).digest('hex')
    statement.ruleSet.run(sha256, text)
    return Number(statement.ruleSetId.get(sha256)?.id)
  }

  function write(content: string, sha256: string, finding: Omit<KeptFinding, 'sha256'>): void {
    const { rule, fingerprint, severity: how, clauses, title, excerpt } = finding
    statement.finding.run(content, rule, sha256, fingerprint, how, JSON.stringify(clauses), title, excerpt)
  }

  /** Sign-offs that are older than this table: by which rules they were judged is not known any more. */
  function readOlder(): void {
    const rows = statement.lacking.all()
    if (rows.length === 0) return
    inTransaction(database, () => {
      for (const { id, content, packed } of rows) {
        const text = packed instanceof Uint8Array ? Buffer.from(brotliDecompressSync(packed)).toString('utf8') : '{}'
        const read = signOffSchema.safeParse(JSON.parse(text))
        const packs = read.success ? read.data.packs.map((pack) => `${pack.id}@${pack.version}`) : []
        statement.under.run(String(id), JSON.stringify(packs), null)
        for (const finding of read.success ? read.data.report.findings : [])
          if (finding.rule !== null) write(String(content), '', { ...finding, rule: finding.rule })
      }
    })
  }

  return {
    keep: (judged, rules, at) =>
      inTransaction(database, () => {
        const set = ruleSetId(rules)
        const hashes = new Map(rules)
        for (const { content, findings } of judged) {
          statement.judged.run(content, set, at)
          for (const finding of findings) write(content, hashes.get(finding.rule) ?? '', finding)
        }
      }),
    keepSigned: (snapshot, packs, rules) =>
      inTransaction(database, () => void statement.under.run(snapshot, JSON.stringify(packs), ruleSetId(rules))),
    signed(workspace) {
      readOlder()
      const sets = new Map<unknown, ReadonlyMap<string, string>>(
        statement.ruleSets.all().map(({ id, rules }) => [id, new Map(ruleSetRows.parse(JSON.parse(String(rules))))]),
      )
      const judged = groupBy(statement.allJudged.all(), ({ content }) => String(content))
      const findings = groupBy(statement.allFindings.all(), ({ content }) => String(content))
      const lists = listReader()
      return statement.signed.all().map((row): SignedReview => {
        const content = String(row.content)
        const own = sets.get(row.rule_set)
        const all = (findings.get(content) ?? []).map((one): KeptFinding => ({
          rule: String(one.rule),
          sha256: String(one.sha256),
          fingerprint: String(one.fingerprint),
          severity: severity.parse(one.severity),
          clauses: lists(String(one.clauses)),
          title: String(one.title),
          excerpt: String(one.excerpt),
        }))
        const isOfThen = ({ rule, sha256 }: KeptFinding): boolean => sha256 === (own === undefined ? '' : own.get(rule))
        return {
          workspace,
          place: String(row.place),
          message: String(row.name),
          campaign: String(row.campaign),
          client: typeof row.client === 'string' ? row.client : null,
          content,
          snapshot: String(row.snapshot),
          by: String(row.by),
          at: String(row.at),
          packs: lists(String(row.packs)),
          findings: all.filter(isOfThen),
          since: all.filter((finding) => !isOfThen(finding)),
          judgedBy: (judged.get(content) ?? []).flatMap(({ rule_set: set }) => sets.get(set) ?? []),
        }
      })
    },
  }
}

/** Lists repeat: each is read once. */
function listReader(): (text: string) => readonly string[] {
  const read = new Map<string, readonly string[]>()
  return (text) => {
    const known = read.get(text) ?? textList.parse(JSON.parse(text))
    read.set(text, known)
    return known
  }
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}
