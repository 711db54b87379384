import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Report, Severity } from '../../src-main/contract/report.ts'
import { check } from '../../src-main/review/check.ts'
import { describePacks } from '../../src-main/review/describe-packs.ts'
import { judgeMessagesTogether } from '../../src-main/review/judge-series.ts'
import { reviewFile } from '../../src-main/review/review-file.ts'
import { plantedClauses, writeOrchardCampaign } from '../fixtures/campaign/orchard.ts'

const folder = mkdtempSync(join(tmpdir(), 'clausebench-campaign-'))
afterAll(() => rmSync(folder, { recursive: true }))

const asOf = '2026-11-23'
const shipped = join(import.meta.dirname, '../../resources/packs')
const pool = { reviewFile, describePacks, judgeSeries: judgeMessagesTogether }

async function review(planted: boolean): Promise<Report> {
  const path = join(folder, planted ? 'planted' : 'clean')
  writeOrchardCampaign(path, planted)
  const result = await check(
    { paths: [path], settings: { packs: { shipped, own: [], named: [], asOf }, asOf, region: [] }, explain: false },
    { pool, version: '0', now: () => new Date(`${asOf}T12:00:00Z`) },
  )
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

interface Card {
  readonly severity: Severity
  readonly clauses: readonly string[]
  readonly messages: number
}

const rank = { error: 0, warning: 1, info: 2 }

/** One card a group, as a campaign shows them: the gravest first, then what stands in most messages. */
function cardsOf({ messages }: Report): readonly Card[] {
  const cards = new Map<string, { severity: Severity; readonly clauses: Set<string>; readonly messages: Set<string> }>()
  for (const { id, findings } of messages) {
    for (const { group, severity, clauses } of findings) {
      const card = cards.get(group) ?? { severity, clauses: new Set(), messages: new Set() }
      if (rank[severity] < rank[card.severity]) card.severity = severity
      for (const clause of clauses) card.clauses.add(clause)
      card.messages.add(id)
      cards.set(group, card)
    }
  }
  return [...cards.values()]
    .map(({ severity, clauses, messages: ids }) => ({ severity, clauses: [...clauses], messages: ids.size }))
    .sort((a, b) => rank[a.severity] - rank[b.severity] || b.messages - a.messages)
}

describe('a proper campaign of 12 mails, 6 texts and a table of recipients', () => {
  it('shows at most five cards', async () => {
    const report = await review(false)
    expect(report.messages.map(({ channel }) => channel).filter((channel) => channel === 'sms')).toHaveLength(6)
    expect(report.messages).toHaveLength(18)
    expect(cardsOf(report).length).toBeLessThanOrEqual(5)
    expect(report.summary.errors).toBe(0)
  })

  it('shows three planted problems among its first five cards', async () => {
    const first = cardsOf(await review(true)).slice(0, 5)
    expect(plantedClauses.filter((clause) => !first.some(({ clauses }) => clauses.includes(clause)))).toEqual([])
    expect(first.find(({ clauses }) => clauses.includes('klaviyo-aup:C7'))?.messages).toBeGreaterThan(10)
  })
})
