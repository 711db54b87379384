import type { PolicyChange, PolicyDiff, PolicyDiffPart } from '../contract/policy-document.ts'
import { align, type Lineage } from './align.ts'
import type { Unit } from './clauses.ts'
import { dutyChanges, linkChanges, wordChanges, type WordChange } from './word-changes.ts'

/** One side of a comparison. */
export interface PolicyVersionText {
  readonly version: string
  readonly units: readonly Unit[]
}

/** What changed from one version to the next, clause by clause in the order of the new one; kept clauses are counted alone. */
export function diffPolicies(older: PolicyVersionText, newer: PolicyVersionText): PolicyDiff {
  const stats = { kept: 0, added: 0, removed: 0, reworded: 0, moved: 0, split: 0, merged: 0, cosmetic: 0 }
  const changes: PolicyChange[] = []
  for (const lineage of align(older.units, newer.units)) {
    const olds = lineage.old.flatMap((index) => older.units[index] ?? [])
    const news = lineage.new.flatMap((index) => newer.units[index] ?? [])
    const kind = kindOf(lineage, olds, news)
    if (kind === 'kept') {
      if (news[0]?.kind !== 'heading') stats.kept++
      continue
    }
    stats[kind]++
    const words = wordsOf(kind, olds, news)
    changes.push({
      kind,
      old: olds.map(partOf),
      new: news.map(partOf),
      words,
      ...(lineage.isMoved === true ? { moved: true } : {}),
      duty: kind === 'reworded' || kind === 'split' || kind === 'merged' ? dutyChanges(words) : [],
    })
  }
  return {
    schema: 'clausebench-policy-diff/1',
    old: { version: older.version },
    new: { version: newer.version },
    changes,
    stats,
  }
}

/** Whether a reader of either version has something new to heed. */
export function hasSubstance({ changes }: PolicyDiff): boolean {
  return changes.some(({ kind }) => kind !== 'cosmetic')
}

function kindOf({ kind }: Lineage, [older]: readonly Unit[], [newer]: readonly Unit[]): PolicyChange['kind'] | 'kept' {
  if (kind !== 'same') return kind
  return older !== undefined && newer !== undefined && isCosmetic(older, newer) ? 'cosmetic' : 'kept'
}

/** Of two units that are the same: another glyph, other white space, another number. */
export function isCosmetic(older: Unit, newer: Unit): boolean {
  const isRenumbered = older.isNumbered && newer.isNumbered && older.number !== newer.number
  return older.text !== newer.text || isRenumbered
}

function wordsOf(kind: PolicyChange['kind'], olds: readonly Unit[], news: readonly Unit[]): WordChange[] {
  if (kind === 'added' || kind === 'removed') {
    const op = kind === 'added' ? 'insert' : 'delete'
    return [...olds, ...news].map(({ text }) => ({ op, text }))
  }
  const join = (units: readonly Unit[]): string => units.map(({ text }) => text).join(' ')
  const links = linkChanges(
    olds.flatMap((unit) => unit.links),
    news.flatMap((unit) => unit.links),
  )
  return [...wordChanges(join(olds), join(news)), ...links]
}

function partOf({ number, headings, text, span, kind }: Unit): PolicyDiffPart {
  return {
    clause: number,
    heading: (kind === 'heading' ? headings.at(-2) : headings.at(-1)) ?? null,
    text,
    span: { start: span.start, end: span.end },
  }
}
