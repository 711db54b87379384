import { describe, expect, it } from 'vitest'
import type { CampaignId, MessageId } from '../../../src-main/contract/operation-schemas.ts'
import type { Finding } from '../../../src-main/contract/report.ts'
import { byMonth, clauseAndBelow, clausePage, clauseTree } from '../../../src-main/review/clause-pages.ts'
import { keptViolations } from '../../../src-main/review/kept-violations.ts'
import type { OpenCampaign, OpenMessage } from '../../../src-main/review/open-campaigns.ts'
import { messageKey } from '../../../src-main/review/people/identity.ts'
import type { KeptMessage } from '../../../src-main/store/kept-findings.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'
import { aClause, aPolicy } from '../../support/policy.ts'

const policy = aPolicy(
  [aClause({ id: 'C3' }), aClause({ id: 'C3.9', parent: 'C3', attest: ['Licensed?'] }), aClause({ id: 'P7' })],
  [
    {
      id: 'industries/gambling',
      title: 'Offers gambling',
      severity: 'error',
      why: 'It is listed.',
      clauses: ['klaviyo-aup:C3.9'],
    },
  ],
)

function aCampaign(findings: readonly Finding[]): OpenCampaign {
  const campaign = 'campaign-1' as CampaignId
  const id = 'a.eml' as MessageId
  const report = aMessage({ id, findings: [...findings] })
  const summary = {
    campaign,
    id,
    name: 'Spring',
    from: null,
    channel: null,
    date: null,
    sendAt: null,
    verdict: report.verdict,
    counts: { error: 0, warning: 0, info: 0 },
    clauses: [],
    client: null,
    rules: [],
    review: null,
  }
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  const packs = { shipped: '', own: [], named: [], asOf: '' }
  const task = { path: '/a.eml', input: 'a.eml', named: true, defaults, settings: { packs, asOf: '', region: [] } }
  const message: OpenMessage = { report, alone: report, summary, task, sha256: '', content: '', ordinal: 0 }
  return {
    id: campaign,
    messages: new Map([[id, message]]),
    inputs: [],
    summary: () => {
      throw new Error('not asked for')
    },
  }
}

const campaign = aCampaign([
  aFinding({ group: 'a', severity: 'error' }),
  aFinding({ group: 'a', severity: 'warning' }),
  aFinding({ group: 'b', severity: 'info', clauses: ['klaviyo-aup:C3'] }),
  aFinding({ group: 'c', clauses: ['other:C3.9'] }),
])

describe('clauseTree', () => {
  it('counts groups under a clause and under everything above it', () => {
    const { clauses } = clauseTree(policy, [campaign])
    expect(clauses.map(({ number, parent, rules, counts }) => [number, parent, rules, counts])).toEqual([
      ['C3', null, 0, { error: 1, warning: 0, info: 1 }],
      ['C3.9', 'klaviyo-aup:C3', 1, { error: 1, warning: 0, info: 0 }],
      ['P7', null, 0, { error: 0, warning: 0, info: 0 }],
    ])
  })
})

describe('clausePage', () => {
  it('has what serves the clause and where it is touched', () => {
    const page = clausePage([policy], [campaign], 'klaviyo-aup:C3.9')
    expect(page).toMatchObject({
      ok: true,
      value: {
        number: 'C3.9',
        coverage: { attest: ['Licensed?'] },
        rules: [{ id: 'industries/gambling' }],
        children: [],
        messages: [
          { campaign: 'campaign-1', message: 'a.eml', name: 'Spring', counts: { error: 1, warning: 0, info: 0 } },
        ],
      },
    })
  })

  it('lists sub-clauses, and no message where none is touched', () => {
    const [above, untouched] = ['C3', 'P7'].map((number) => clausePage([policy], [campaign], `klaviyo-aup:${number}`))
    expect(above).toMatchObject({ value: { children: ['klaviyo-aup:C3.9'] } })
    expect(untouched).toMatchObject({ value: { children: [], messages: [] } })
  })

  it('knows no clause of another policy', () => {
    expect(clausePage([policy], [campaign], 'other:C3.9')).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  })
})

describe('what the workspace keeps', () => {
  const [opened] = campaign.messages.values()
  if (opened === undefined) throw new Error('the campaign has a message')
  const named = {
    ...campaign,
    summary: () => ({
      id: campaign.id,
      name: 'Spring',
      client: null,
      reviewed: 1,
      total: 1,
      finished: true,
      cancelled: false,
      elapsedMs: 1,
      packs: [],
      asOf: '2026-11-23',
    }),
  }

  function kept(place: string, given: Partial<KeptMessage> = {}): KeptMessage {
    return {
      place,
      message: `Message ${place}`,
      campaign: 'winter',
      client: null,
      sent: '2026-02-03T09:00',
      at: '2026-02-04T10:00:00Z',
      signed: null,
      findings: [
        { severity: 'error', clauses: ['klaviyo-aup:C3.9'], group: 'a' },
        { severity: 'warning', clauses: ['klaviyo-aup:C3.9'], group: 'a' },
      ],
      ...given,
    }
  }

  it('is told of messages that are not open, the last first, signed ones with their sign-off', async () => {
    const asked: (readonly string[])[] = []
    const signed = { snapshot: 'so-1', by: 'Mara', at: '2026-02-05T10:00:00Z' }
    const store = {
      keptUnder: (clauses: readonly string[]) => {
        asked.push(clauses)
        const all = [kept('a'), kept(messageKey(opened, 'Spring').place), kept('corrected'), kept('b', { signed })]
        return Promise.resolve({ ok: true, value: all } as const)
      },
      // A corrected text is open; its decisions lie where the first one's do.
      revisedPlaces: () =>
        Promise.resolve({ ok: true, value: new Map([['corrected', messageKey(opened, 'Spring').place]]) } as const),
    }
    expect(await keptViolations([policy], [named], store, 'klaviyo-aup:C3')).toEqual({
      ok: true,
      value: {
        months: [{ month: '2026-02', error: 2, warning: 0, info: 0 }],
        total: 2,
        messages: [
          {
            name: 'Message b',
            campaign: 'winter',
            at: '2026-02-04T10:00:00Z',
            signed: { id: 'so-1', by: 'Mara', at: '2026-02-05T10:00:00Z' },
            counts: { error: 1, warning: 0, info: 0 },
          },
          expect.objectContaining({ name: 'Message a', signed: null }),
        ],
      },
    })
    expect(asked).toEqual([['klaviyo-aup:C3', 'klaviyo-aup:C3.9']])
    expect(await keptViolations([policy], [], store, 'klaviyo-aup:C99')).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
  })

  it('is counted by month, from old to new, what has no date last', () => {
    const counts = { error: 1, warning: 0, info: 0 }
    const sent = [null, '2026-03-01', '2025-12-31T23:00', '2026-03-30']
    expect(byMonth(sent.map((one) => ({ sent: one, counts }))).map(({ month, error }) => [month, error])).toEqual([
      ['2025-12', 1],
      ['2026-03', 2],
      [null, 1],
    ])
    expect(clauseAndBelow(policy, 'klaviyo-aup:C3.9')).toEqual(['klaviyo-aup:C3.9'])
  })
})
