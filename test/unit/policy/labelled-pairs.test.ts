import { describe, expect, it } from 'vitest'
import { unitsOf } from '../../../src-main/policy/clauses.ts'
import { diffPolicies } from '../../../src-main/policy/diff-policies.ts'
import { markdownBlocks } from '../../../src-main/policy/markdown-blocks.ts'
import { noiseless } from '../../../src-main/policy/normalise.ts'
import { edits, labelledPairs, type LabelledPair } from '../../fixtures/policies/labelled-pairs.ts'

const leastRight = 0.95
const pairs = labelledPairs()

const keyOf = (kind: string, old: readonly string[], newer: readonly string[]): string =>
  [kind, old.map(noiseless).join('+'), newer.map(noiseless).join('+')].join(' ')

/** What was told right, what was missed, and what was told and never happened. */
function judged({ older, newer, labels }: LabelledPair) {
  const side = (version: string, text: string) => ({ version, units: unitsOf(markdownBlocks(text)) })
  const { changes } = diffPolicies(side('1', older), side('2', newer))
  const told = changes
    .filter(({ kind }) => kind !== 'cosmetic')
    .map((change) =>
      keyOf(
        change.kind,
        change.old.map(({ text }) => text),
        change.new.map(({ text }) => text),
      ),
    )
  const wanted = labels.map(({ kind, old, new: news }) => keyOf(kind, old, news))
  return {
    right: wanted.filter((key) => told.includes(key)).length,
    missed: wanted.filter((key) => !told.includes(key)),
    spurious: told.filter((key) => !wanted.includes(key)),
  }
}

describe('labelled pairs', () => {
  it('are at least sixty, and hold every edit often', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60)
    for (const edit of edits) expect(pairs.filter((pair) => pair.edits.includes(edit)).length).toBeGreaterThan(8)
  })

  it('have the kinds of their changes told right in nearly all cases, and hardly any that never happened', () => {
    const results = pairs.map((pair) => ({ ...judged(pair), name: pair.name }))
    const right = results.reduce((sum, one) => sum + one.right, 0)
    const wrong = results.flatMap(({ name, missed, spurious }) => [
      ...missed.map((key) => `${name} missed ${key}`),
      ...spurious.map((key) => `${name} told ${key}`),
    ])
    expect(right / (right + wrong.length), wrong.join('\n')).toBeGreaterThanOrEqual(leastRight)
    expect(right).toBeGreaterThan(100)
  })

  it('have no change with substance where only numbers and typesetting differ', () => {
    const quiet = pairs.filter((pair) => pair.edits.every((edit) => edit === 'renumber' || edit === 'retypeset'))
    expect(quiet.length).toBeGreaterThan(5)
    for (const pair of quiet) expect(judged(pair).spurious, pair.name).toEqual([])
  })
})
