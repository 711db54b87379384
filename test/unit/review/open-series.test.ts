import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ok } from '../../../src-main/contract/result.ts'
import type { FileReview, FileTask, ReviewSettings, SeriesTask } from '../../../src-main/review/job.ts'
import { createOpenCampaigns } from '../../../src-main/review/open-campaigns.ts'
import type { SeriesMessage } from '../../../src-main/rules/series/series-message.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-series-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const settings: ReviewSettings = {
  packs: { shipped: '', own: [], named: [], asOf: '2026-11-23' },
  asOf: '2026-11-23',
  region: [],
}

function said(id: string): SeriesMessage {
  return {
    id,
    channel: 'email',
    campaign: null,
    client: null,
    series: null,
    sender: 'acme.example',
    at: '2026-11-20',
    isDated: true,
    language: 'en',
    notes: {},
    recipients: null,
    history: [],
  }
}

/** One message a file, with one finding of its own. */
function review({ input }: FileTask): Promise<FileReview> {
  const report = aMessage({ id: input, input, verdict: 'to-review', findings: [aFinding({ severity: 'warning' })] })
  return Promise.resolve({
    inputs: [{ path: input, status: 'reviewed', bytes: 1, sha256: 'ab' }],
    messages: [{ report, name: 'x', ordinal: 0, series: said(input) }],
  })
}

it('shows earlier messages behind the others, uncounted, once', async () => {
  for (const [name, file] of [
    ['spring', 'a.txt'],
    ['autumn', 'old.txt'],
  ] as const) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, file), 'x')
  }
  const history = [{ path: join(folder, 'autumn'), input: '../autumn' }]
  const campaigns = createOpenCampaigns({
    pool: {
      reviewFile: async (task) => {
        const read = await review(task)
        const messages = read.messages.map((one) => ({
          ...one,
          report: task.isHistory === true ? { ...one.report, findings: [] } : one.report,
          series: { ...said(task.input), history },
        }))
        return { ...read, messages }
      },
      judgeSeries: () => Promise.resolve(ok([])),
    },
    emit: () => undefined,
  })
  const campaign = campaigns.open([join(folder, 'spring')], settings, [])
  await vi.waitFor(() => expect(campaigns.get(campaign)?.summary().finished).toBe(true))
  const shown = (): unknown =>
    [...(campaigns.get(campaign)?.messages.values() ?? [])].map(({ summary }) => [summary.id, summary.earlier === true])
  const expected = [
    ['spring/a.txt', false],
    ['../autumn/old.txt', true],
  ]
  expect(shown()).toEqual(expected)
  expect(campaigns.get(campaign)?.summary()).toMatchObject({ reviewed: 1, total: 1 })
  await campaigns.recheck(campaign, {})
  expect(shown()).toEqual(expected)
})

it('adds what is found in the messages together, once, before the campaign is finished', async () => {
  mkdirSync(join(folder, 'spring'))
  for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, 'spring', name), 'x')
  const asked: string[][] = []
  const campaigns = createOpenCampaigns({
    pool: {
      reviewFile: review,
      judgeSeries({ messages }: SeriesTask) {
        asked.push(messages.map(({ id }) => id))
        return Promise.resolve(ok([{ at: 1, findings: [aFinding({ severity: 'error', group: 'again' })] }]))
      },
    },
    emit: () => undefined,
  })
  const campaign = campaigns.open([join(folder, 'spring')], settings, [])
  await vi.waitFor(() => expect(campaigns.get(campaign)?.summary().finished).toBe(true))
  const found = (): unknown =>
    [...(campaigns.get(campaign)?.messages.values() ?? [])].map(({ report, summary }) => [
      report.id,
      report.verdict,
      report.findings.length,
      summary.counts.error,
    ])
  const expected = [
    ['spring/a.txt', 'to-review', 1, 0],
    ['spring/b.txt', 'errors', 2, 1],
  ]
  expect(found()).toEqual(expected)
  expect(asked).toEqual([['spring/a.txt', 'spring/b.txt']])
  // Judged again, it does not stand there twice.
  await campaigns.recheck(campaign, {})
  expect(found()).toEqual(expected)
})
