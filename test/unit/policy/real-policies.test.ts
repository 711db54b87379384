import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unitsOf } from '../../../src-main/policy/clauses.ts'
import { diffPolicies } from '../../../src-main/policy/diff-policies.ts'
import { documentRange } from '../../../src-main/policy/document-range.ts'
import { markdownBlocks } from '../../../src-main/policy/markdown-blocks.ts'
import { noiseless } from '../../../src-main/policy/normalise.ts'

/** Versions of real policies, each against the next. */
const folder = join(process.env.CLAUSEBENCH_TEST_DATA ?? '', 'policies', 'ota')
const isThere = process.env.CLAUSEBENCH_TEST_DATA !== undefined && existsSync(folder)
const services = isThere
  ? readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  : []

function versions(service: string) {
  return readdirSync(join(folder, service))
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, service, name), 'utf8')
      return { version: name, text, units: unitsOf(documentRange(markdownBlocks(text), null).blocks) }
    })
}

describe.skipIf(!isThere)('real policies (needs CLAUSEBENCH_TEST_DATA)', () => {
  it.each(services)('%s: every word of either side is kept or told, and equal texts are no change', (service) => {
    const all = versions(service)
    all.slice(1).forEach((newer, index) => {
      const older = all[index]
      if (older === undefined) return
      const { changes } = diffPolicies(older, newer)
      for (const change of changes) {
        const [before, after] = [change.old, change.new].map((parts) =>
          noiseless(parts.map(({ text }) => text).join(' ')),
        )
        // A heading may be set in capitals.
        if (change.kind === 'cosmetic' || change.kind === 'moved')
          expect(before?.toLowerCase()).toBe(after?.toLowerCase())
        if (change.kind === 'reworded') expect(change.words.some(({ op }) => op !== 'equal')).toBe(true)
        for (const { text, span } of change.new) {
          const source = newer.text.slice(span.start, span.end)
          expect(source.length).toBeGreaterThanOrEqual(text.trim().split(' ')[0]?.length ?? 0)
        }
      }
    })
  })

  it.each([
    ['criteo', '2023-09-11.md', '2024-01-05.md', {}],
    ['criteo', '2024-07-05.md', '2024-08-24.md', {}],
    ['xfinity', '2021-02-15.md', '2021-12-14.md', {}],
    ['the-trade-desk', '2025-03-18.md', '2025-09-23.md', {}],
    ['outbrain', '2024-05-28.md', '2024-05-28b.md', { moved: 3 }],
    ['outbrain', '2025-12-23.md', '2026-01-01.md', {}],
  ])('%s from %s to %s has no other changes than %j', (service, before, after, expected) => {
    const all = versions(service)
    const [older, newer] = [before, after].map((name) => all.find(({ version }) => version === name))
    if (older === undefined || newer === undefined) throw new Error('the test data lacks this version')
    const { kept, cosmetic, ...substance } = diffPolicies(older, newer).stats
    expect(kept).toBeGreaterThan(10)
    expect(cosmetic).toBeGreaterThanOrEqual(0)
    expect(substance).toEqual({ added: 0, removed: 0, reworded: 0, moved: 0, split: 0, merged: 0, ...expected })
  })
})
