import { randomBytes } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

/** Clauses with the same words in one or several versions of a policy. */
export interface ClauseHit {
  /** Of these words. */
  readonly id: number
  readonly policy: string
  /** From the newest to the oldest. */
  readonly versions: readonly string[]
  /** Its id in the newest of them. */
  readonly clause: string
  readonly section: string
  /** The text around the first hit. */
  readonly pieces: readonly { readonly text: string; readonly isHit: boolean }[]
}

export interface ClauseHits {
  readonly hits: readonly ClauseHit[]
  /** Clauses of all versions that have the words. */
  readonly total: number
}

const longestQuery = 200
const mostTerms = 16
const shownBefore = 60
const shownLength = 320

/**
 * What a person typed as an FTS5 query that is never a syntax error: every word and every "phrase" becomes a quoted string, all of which must
 * occur. The last word may be unfinished, and a word with * is a beginning. null: nothing to look for.
 */
export function searchQuery(typed: string): string | null {
  const clean = typed.slice(0, longestQuery).replace(/[\u0000\ud800-\udfff]/gu, ' ')
  const terms = [...clean.matchAll(/["“”„]([^"“”„]*)(?:["“”„]|$)|([^\s"“”„]+)/g)].flatMap((match) => {
    const phrase = match[1]
    const text = phrase ?? match[2] ?? ''
    if (!/[\p{L}\p{N}]/u.test(text)) return []
    const isLast = match.index + match[0].length === clean.length
    return [{ text, isBeginning: phrase === undefined && (isLast || text.endsWith('*')) }]
  })
  if (terms.length === 0) return null
  return terms
    .slice(0, mostTerms)
    .map(({ text, isBeginning }) => `"${text.replaceAll('*', ' ').trim()}"${isBeginning ? ' *' : ''}`)
    .join(' AND ')
}

/** Looks for words in the text of all clauses of all versions; the best first. */
export function clauseSearch(
  database: DatabaseSync,
): (typed: string, policy: string | null, maxHits: number) => ClauseHits {
  // No text can hold what nobody knows.
  const mark = `\u0001${randomBytes(6).toString('hex')}`
  const [begin, end] = [`${mark}<`, `${mark}>`]
  // Every wording is indexed once, however many versions share it; only what is shown is marked.
  const best = database.prepare(
    `SELECT rowid AS id FROM clause_text WHERE clause_text MATCH ? AND rank MATCH 'bm25(2.0, 1.0)' ORDER BY rank LIMIT ?`,
  )
  const bestOfPolicy = database.prepare(
    `SELECT rowid AS id FROM clause_text
     WHERE clause_text MATCH ? AND rank MATCH 'bm25(2.0, 1.0)'
       AND EXISTS (SELECT 1 FROM clause WHERE wording = clause_text.rowid AND policy = ?)
     ORDER BY rank LIMIT ?`,
  )
  // In one go: a statement that is asked for one row after the other highlights the first row's text each time.
  const marked = database.prepare(
    `SELECT rowid AS id, section, highlight(clause_text, 1, ?, ?) AS marked FROM clause_text
     WHERE clause_text MATCH ? AND rowid IN (SELECT value FROM json_each(?))`,
  )
  const places = database.prepare(
    `SELECT clause.policy, clause.version, clause.clause
     FROM clause JOIN policy_version USING (policy, version)
     WHERE wording = ? AND (? IS NULL OR clause.policy = ?) ORDER BY clause.policy, place DESC`,
  )
  const count = database.prepare(
    `SELECT count(*) AS total FROM clause
     WHERE wording IN (SELECT rowid FROM clause_text WHERE clause_text MATCH ?) AND (? IS NULL OR policy = ?)`,
  )

  return (typed, policy, maxHits) => {
    const query = searchQuery(typed)
    if (query === null) return { hits: [], total: 0 }
    const hits: (Omit<ClauseHit, 'versions'> & { versions: string[] })[] = []
    const found = policy === null ? best.all(query, maxHits) : bestOfPolicy.all(query, policy, maxHits)
    const ids = JSON.stringify(found.map(({ id }) => Number(id)))
    const rows = new Map(marked.all(begin, end, query, ids).map((row) => [row.id, row]))
    for (const { id = null } of found) {
      const row = rows.get(id)
      for (const place of places.all(id, policy, policy)) {
        const known = hits.find((hit) => hit.id === id && hit.policy === text(place.policy))
        if (known === undefined)
          hits.push({
            id: Number(id),
            policy: text(place.policy),
            versions: [text(place.version)],
            clause: text(place.clause),
            section: text(row?.section),
            pieces: piecesOf(text(row?.marked), begin, end),
          })
        else if (!known.versions.includes(text(place.version))) known.versions.push(text(place.version))
      }
    }
    return { hits: hits.slice(0, maxHits), total: Number(count.get(query, policy, policy)?.total ?? 0) }
  }
}

const text = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '')

function piecesOf(marked: string, begin: string, end: string): ClauseHit['pieces'] {
  const pieces: { text: string; isHit: boolean }[] = []
  for (const part of marked.split(begin)) {
    const close = part.indexOf(end)
    if (close === -1) pieces.push({ text: part, isHit: false })
    else {
      pieces.push({ text: part.slice(0, close), isHit: true })
      pieces.push({ text: part.slice(close + end.length), isHit: false })
    }
  }
  const first = pieces[0]
  if (first !== undefined && !first.isHit && first.text.length > shownBefore && pieces.length > 1)
    first.text = `… ${first.text.slice(-shownBefore).replace(/^\S*\s/, '')}`
  let left = shownLength
  return pieces
    .map((piece) => {
      const shown =
        piece.text.length > left
          ? `${piece.text.slice(0, Math.max(0, left)).replace(/[\ud800-\udbff]$/, '')}…`
          : piece.text
      const isOver = left <= 0
      left -= piece.text.length
      return { text: isOver ? '' : shown, isHit: piece.isHit }
    })
    .filter((piece) => piece.text !== '')
}
