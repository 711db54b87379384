import { diffArrays } from 'diff'
import { retypeset } from '../../policy/normalise.ts'
import type { ClauseLineage, LineageNode } from './lineage.ts'

/** A run of words and the version that brought it in. */
export interface Phrase {
  readonly text: string
  /** Index of the version. */
  readonly since: number
}

interface Token {
  readonly text: string
  /** Without the noise of typesetting. */
  readonly key: string
  readonly since: number
}

/** Who introduced these words: every word of a clause with the oldest version from which it has stood there ever since. */
export function phrasesOf(lineage: ClauseLineage, node: LineageNode): Phrase[] {
  const known = new Map<string, readonly Token[]>()

  function tokensOf(one: LineageNode): readonly Token[] {
    const key = `${String(one.at)} ${one.clause.id}`
    const before = known.get(key)
    if (before !== undefined) return before
    const sources = lineage.edges.filter(({ to }) => to.at === one.at && to.clause.id === one.clause.id)
    const older = sources
      .map(({ from }) => from)
      .toSorted((a, b) => a.clause.span.start - b.clause.span.start)
      .flatMap((from) => [...tokensOf(from)])
    const own = tokens(one.clause.text, one.at)
    const inherited = older.length === 0 ? own : inherit(older, own)
    known.set(key, inherited)
    return inherited
  }

  const phrases: { text: string; since: number }[] = []
  for (const { text, since } of tokensOf(node)) {
    const last = phrases.at(-1)
    // White space belongs to what stands before it.
    if (last !== undefined && (last.since === since || /^\s+$/.test(text))) last.text += text
    else phrases.push({ text, since })
  }
  return phrases
}

function inherit(older: readonly Token[], own: readonly Token[]): Token[] {
  const changes = diffArrays(
    older.map(({ key }) => key),
    own.map(({ key }) => key),
  )
  const result: Token[] = []
  let from = 0
  let to = 0
  for (const { added, removed, count } of changes) {
    for (let step = 0; step < count; step++) {
      const token = own[to]
      if (removed) from++
      else if (token !== undefined) {
        result.push(added ? token : { ...token, since: older[from]?.since ?? token.since })
        to++
        if (!added) from++
      }
    }
  }
  return result
}

function tokens(text: string, since: number): Token[] {
  return (text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).map((one) => ({
    text: one,
    key: /^\s+$/.test(one) ? ' ' : retypeset(one) || one,
    since,
  }))
}
