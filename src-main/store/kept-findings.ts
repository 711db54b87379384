import type { DatabaseSync } from 'node:sqlite'
import { brotliDecompressSync } from 'node:zlib'
import { z } from 'zod'
import { severities } from '../contract/report-words.ts'
import type { Severity } from '../contract/report.ts'

/** A message that people acted on or signed, as its last kept report tells of it, whether its file is open or not. */
export interface KeptMessage {
  /** Identity of the message in its workspace. */
  readonly place: string
  readonly message: string
  readonly campaign: string
  readonly client: string | null
  /** When it is sent or dated, as written; null: nobody knows. */
  readonly sent: string | null
  /** When it was kept. */
  readonly at: string
  /** The last sign-off; null: it was never signed. */
  readonly signed: { readonly snapshot: string; readonly by: string; readonly at: string } | null
  readonly findings: readonly KeptFindingOfClause[]
}

export interface KeptFindingOfClause {
  readonly severity: Severity
  readonly clauses: readonly string[]
  readonly group: string
}

export interface KeptFindings {
  /** Messages with a finding under one of these clauses, in the order in which they were kept; of their findings those alone. */
  readonly under: (clauses: readonly string[]) => readonly KeptMessage[]
}

interface ReadReport {
  readonly sent: string | null
  readonly findings: readonly KeptFindingOfClause[]
}

const reportSchema = z.object({
  date: z.string().nullable(),
  sendAt: z.string().nullable(),
  findings: z.array(z.object({ severity: z.enum(severities), clauses: z.array(z.string()), group: z.string() })),
})
const unread: ReadReport = { sent: null, findings: [] }

export function keptFindings(database: DatabaseSync): KeptFindings {
  const statement = {
    newest: database.prepare(
      `SELECT last.row, message.place, message.name, message.campaign, message.client, revision.at,
              signed.subject AS snapshot, signed.by AS signed_by, signed.at AS signed_at
       FROM (SELECT message, MAX(rowid) AS row FROM revision GROUP BY message) AS last
       JOIN revision ON revision.rowid = last.row
       JOIN message ON message.id = last.message
       LEFT JOIN (SELECT message, MAX(id) AS id FROM event WHERE kind = 'sign-off' GROUP BY message) AS act
         ON act.message = last.message
       LEFT JOIN event AS signed ON signed.id = act.id
       ORDER BY last.row`,
    ),
    report: database.prepare('SELECT report FROM revision WHERE rowid = ?'),
  }
  // Rows of this table never change: each is unpacked once.
  const read = new Map<number, ReadReport>()

  function reportOf(row: number): ReadReport {
    const known = read.get(row)
    if (known !== undefined) return known
    const told = parsed(statement.report.get(row)?.report)
    read.set(row, told)
    return told
  }

  return {
    under(clauses) {
      const asked = new Set(clauses)
      return statement.newest.all().flatMap((row): KeptMessage[] => {
        const { sent, findings } = reportOf(Number(row.row))
        const own = findings.filter((finding) => finding.clauses.some((clause) => asked.has(clause)))
        if (own.length === 0) return []
        return [
          {
            place: String(row.place),
            message: String(row.name),
            campaign: String(row.campaign),
            client: typeof row.client === 'string' ? row.client : null,
            sent,
            at: String(row.at),
            signed:
              typeof row.snapshot === 'string'
                ? { snapshot: row.snapshot, by: String(row.signed_by), at: String(row.signed_at) }
                : null,
            findings: own,
          },
        ]
      })
    },
  }
}

function parsed(packed: unknown): ReadReport {
  if (!(packed instanceof Uint8Array)) return unread
  const report = reportSchema.safeParse(JSON.parse(brotliDecompressSync(packed).toString('utf8')))
  return report.success ? { sent: report.data.sendAt ?? report.data.date, findings: report.data.findings } : unread
}
