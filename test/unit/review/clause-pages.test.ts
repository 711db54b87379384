import { describe, expect, it } from 'vitest'
import type { CampaignId, MessageId } from '../../../src-main/contract/operation-schemas.ts'
import type { Finding } from '../../../src-main/contract/report.ts'
import { clausePage, clauseTree } from '../../../src-main/review/clause-pages.ts'
import type { OpenCampaign, OpenMessage } from '../../../src-main/review/open-campaigns.ts'
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
