import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventSchemas, type CampaignId } from '../../../src-main/contract/operation-schemas.ts'
import { ok } from '../../../src-main/contract/result.ts'
import type { FileReview, FileTask, ReviewSettings } from '../../../src-main/review/job.ts'
import { createKeptColumns } from '../../../src-main/review/kept-columns.ts'
import { createOpenCampaigns } from '../../../src-main/review/open-campaigns.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-columns-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

// A brand of the contract: ids here are as good as any.
const id = (name: string) => name as CampaignId
const settings: ReviewSettings = {
  packs: { shipped: '', own: [], named: [], asOf: '2026-11-23' },
  asOf: '2026-11-23',
  region: [],
}
const columns = { 'people.csv': { birth_date: 'Geb.', email: '' } }

/** Two messages a file; the second has a finding once somebody has said what its list holds. */
function review({ input, settings: { columns: said } }: FileTask): Promise<FileReview> {
  const messages = [1, 2].map((number) => ({
    report: aMessage({
      id: `${input}#${String(number)}`,
      input,
      findings: number === 2 && said !== undefined ? [aFinding({ severity: 'error' })] : [],
    }),
    name: 'x',
    ordinal: number - 1,
  }))
  return Promise.resolve({ inputs: [{ path: input, status: 'reviewed', bytes: 1, sha256: 'ab' }], messages })
}

it('judges the messages of a campaign again, under their names, and counts it', async () => {
  mkdirSync(join(folder, 'spring'))
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, 'spring', name), 'x')
  const told: string[] = []
  const campaigns = createOpenCampaigns({
    pool: { reviewFile: review, judgeSeries: () => Promise.resolve(ok([])) },
    emit: (event, payload) => {
      if (event !== 'campaign.messages') return
      const { messages } = eventSchemas['campaign.messages'].parse(payload)
      told.push(...messages.map(({ id: one, counts }) => `${one} ${String(counts.error)}`))
    },
  })
  const campaign = campaigns.open([join(folder, 'spring')], settings, [])
  await vi.waitFor(() => expect(campaigns.get(campaign)?.summary().finished).toBe(true))
  const before = [...(campaigns.get(campaign)?.messages.keys() ?? [])]
  told.length = 0
  expect(await campaigns.recheck(campaign, columns)).toBe(true)
  const after = campaigns.get(campaign)?.messages ?? new Map<never, never>()
  expect([...after.keys()]).toEqual(before)
  expect(told).toEqual(['spring/a.txt#1 0', 'spring/a.txt#2 1', 'spring/b.txt#1 0', 'spring/b.txt#2 1'])
  expect([...after.values()].map(({ revision, task }) => [revision, task.settings.columns])).toEqual(
    before.map(() => [1, columns]),
  )
  expect(await campaigns.recheck(id('gone'), columns)).toBe(false)
})

it('is kept for the files that the campaign was opened from', async () => {
  const kept = createKeptColumns(folder)
  kept.opened(id('1'), ['/a', '/b'])
  await kept.keep(id('1'), columns)
  await kept.keep(id('never opened'), { x: {} })
  const next = createKeptColumns(folder)
  expect(await next.of(['/a', '/b'])).toEqual(columns)
  expect(await next.of(['/a'])).toEqual({})
  next.opened(id('2'), ['/a', '/b'])
  await next.keep(id('2'), {})
  expect(await next.of(['/a', '/b'])).toEqual({})
})
