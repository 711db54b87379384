import { describe, expect, it } from 'vitest'
import { openAttestations } from '../../../src-main/review/attestations.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'
import { aClause, aPolicy } from '../../support/policy.ts'

const policy = aPolicy([
  aClause({ id: 'C7', attest: ['Did every recipient agree?', 'Where is the proof kept?'] }),
  aClause({ id: 'C3.9', attest: ['Is the sender outside this line of business?'] }),
])

describe('openAttestations', () => {
  it('asks nothing where nothing calls for it', () => {
    expect(openAttestations([aMessage()], [policy])).toEqual([])
  })

  it('asks what belongs to a clause with a finding, for the messages that have it', () => {
    const messages = [
      aMessage({ id: 'a', findings: [aFinding({ clauses: ['klaviyo-aup:C3.9'] })] }),
      aMessage({ id: 'b' }),
    ]
    expect(openAttestations(messages, [policy])).toEqual([
      {
        id: 'klaviyo-aup:C3.9-1',
        clause: 'klaviyo-aup:C3.9',
        scope: 'campaign',
        question: 'Is the sender outside this line of business?',
        messages: ['a'],
        status: 'open',
        answer: null,
        by: null,
        at: null,
        expires: null,
        evidence: [],
      },
    ])
  })

  it('asks nothing because of what a draft cannot have yet', () => {
    const notChecked = [{ clause: 'klaviyo-aup:C7', code: 'draft', reason: 'no headers yet', material: false } as const]
    expect(openAttestations([aMessage({ notChecked })], [policy])).toEqual([])
  })

  it('asks what belongs to a clause that could not be checked, once for all messages', () => {
    const notChecked = [
      { clause: 'klaviyo-aup:C7', code: 'no-recipients', reason: 'no recipients', material: true } as const,
    ]
    const asked = openAttestations([aMessage({ id: 'a', notChecked }), aMessage({ id: 'b', notChecked })], [policy])
    expect(asked.map(({ id, messages }) => [id, messages])).toEqual([
      ['klaviyo-aup:C7-1', 'all'],
      ['klaviyo-aup:C7-2', 'all'],
    ])
  })
})
