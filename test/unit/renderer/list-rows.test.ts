import { describe, expect, test } from 'vitest'
import type { CampaignId, MessageId } from '../../../src-main/contract/operation-schemas.ts'
import type { OpenCampaign } from '../../../src-renderer/src/features/review/campaigns.ts'
import { listRows, nextRow, type ListRow } from '../../../src-renderer/src/features/review/list-rows.ts'

// Brands of the contract: ids here are as good as any.
const campaignId = (id: string) => id as CampaignId
const messageId = (id: string) => id as MessageId

function campaign(id: string, names: readonly string[]): OpenCampaign {
  return {
    summary: {
      id: campaignId(id),
      name: id,
      client: null,
      reviewed: names.length,
      total: names.length,
      finished: true,
      cancelled: false,
      elapsedMs: 1,
      packs: [],
      asOf: '2026-01-01',
    },
    messages: names.map((name) => ({
      campaign: campaignId(id),
      id: messageId(name),
      name,
      from: 'Shop <news@shop.example>',
      channel: 'email',
      date: null,
      sendAt: null,
      verdict: 'errors',
      counts: { error: 1, warning: 0, info: 0 },
      clauses: ['test:C3.9'],
      client: null,
      rules: ['test/gambling'],
      review: null,
    })),
    inputs: [],
  }
}

const campaigns = [campaign('spring', ['Free spins', 'New tees']), campaign('autumn', ['Boots'])]
const keys = (rows: readonly ListRow[]) => rows.map(({ key }) => key)
const rows = (filter = '', closed: readonly string[] = []) =>
  listRows(campaigns, new Set(closed.map(campaignId)), filter, () => '1 error')

describe('listRows', () => {
  test('a row for each campaign, then its messages', () => {
    expect(keys(rows())).toEqual([
      'campaign spring',
      'spring Free spins',
      'spring New tees',
      'campaign autumn',
      'autumn Boots',
    ])
  })

  test('positions count messages alone', () => {
    expect(rows().flatMap((row) => (row.kind === 'message' ? [row.position] : []))).toEqual([1, 2, 3])
  })

  test('a closed campaign keeps its row', () => {
    expect(keys(rows('', ['spring']))).toEqual(['campaign spring', 'campaign autumn', 'autumn Boots'])
  })

  test.each([
    ['boots', ['campaign autumn', 'autumn Boots']],
    ['SPINS free', ['campaign spring', 'spring Free spins']],
    ['c3.9 tees', ['campaign spring', 'spring New tees']],
    ['1 error boots', ['campaign autumn', 'autumn Boots']],
    ['nowhere', []],
  ])('the filter “%s”', (filter, expected) => {
    expect(keys(rows(filter))).toEqual(expected)
  })
})

describe('nextRow', () => {
  test.each([
    ['spring New tees', 1, 'autumn Boots', []],
    ['autumn Boots', -1, 'spring New tees', []],
    ['autumn Boots', 1, null, []],
    [null, 1, 'spring Free spins', []],
    [null, -1, 'autumn Boots', []],
    ['autumn Boots', -1, 'campaign spring', ['spring']],
    ['filtered away', 1, 'spring Free spins', []],
  ] as const)('from %s by %i: %s', (from, step, expected, closed) => {
    expect(nextRow(rows('', closed), from, step)?.key ?? null).toBe(expected)
  })
})

describe('what people did', () => {
  const open = { error: 1, warning: 0, info: 0 }
  const none = { error: 0, warning: 0, info: 0 }
  const state = { open, decided: 0, asked: 0, comments: 0, outcome: null, changedSinceSigned: false } as const
  const spring = campaign('spring', ['decided', 'asked', 'sent', 'untouched'])
  const reviews = [{ ...state, open: none }, { ...state, asked: 1 }, { ...state, outcome: 'sent' as const }, null]
  const touched = { ...spring, messages: spring.messages.map((one, at) => ({ ...one, review: reviews[at] ?? null })) }
  const sorted = (sort: 'decision' | 'waiting') =>
    listRows([touched], new Set(), '', () => '', { sort, group: 'none' }).map((row) => row.key)

  test('what is open stands before what is decided or was sent', () => {
    expect(sorted('decision')).toEqual(['spring asked', 'spring untouched', 'spring decided', 'spring sent'])
  })

  test('what waits for an answer stands first', () => {
    expect(sorted('waiting')[0]).toBe('spring asked')
  })

  test('what was sent is shown and not counted', () => {
    const [group, ...messages] = listRows([touched], new Set(), '', () => '', { sort: 'order', group: 'verdict' })
    expect(group).toMatchObject({ kind: 'group', count: 3 })
    expect(messages).toHaveLength(4)
  })
})
