import { describe, expect, it } from 'vitest'
import { openAttestations } from '../../../src-main/review/attestations.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'
import { aClause, anAsk, aPolicy } from '../../support/policy.ts'

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

  it('asks what a rule, a channel or a place calls for, and nothing else of that clause', () => {
    const called = aPolicy([
      aClause({
        id: 'P8',
        attest: [
          anAsk({ id: 'texts', question: 'Texts?', when: { rules: null, channels: ['sms'], regions: null } }),
          anAsk({ id: 'lists', question: 'Lists?', when: { rules: ['lists/*'], channels: null, regions: null } }),
          anAsk({ id: 'texas', question: 'Texas?', when: { rules: null, channels: ['sms'], regions: ['US-TX'] } }),
        ],
      }),
    ])
    const messages = [
      aMessage({ id: 'a', channel: 'sms' }),
      aMessage({
        id: 'b',
        channel: 'email',
        findings: [aFinding({ rule: 'lists/bought', clauses: ['klaviyo-aup:P8'] })],
      }),
    ]
    const asked = (region: readonly string[]): unknown =>
      openAttestations(messages, [called], region).map((one) => [one.id, one.messages])
    const texts = ['texts', ['a']]
    const lists = ['lists', ['b']]
    expect(asked([])).toEqual([texts, lists, ['texas', ['a']]])
    expect(asked(['US', 'US-TX'])).toEqual([texts, lists, ['texas', ['a']]])
    expect(asked(['GB'])).toEqual([texts, lists])
  })

  it('asks once what several clauses ask, names the evidence, and says where a yes lifts nothing', () => {
    const ask = anAsk({
      id: 'quote',
      scope: 'message',
      question: 'Is it a quotation?',
      evidence: 'the source',
      lifts: false,
    })
    const twins = aPolicy([aClause({ id: 'C1', attest: [ask] }), aClause({ id: 'P1', attest: [ask] })])
    const messages = [
      aMessage({ id: 'a', findings: [aFinding({ clauses: ['klaviyo-aup:C1'] })] }),
      aMessage({ id: 'b', findings: [aFinding({ clauses: ['klaviyo-aup:P1'] })] }),
    ]
    expect(openAttestations(messages, [twins])).toMatchObject([
      {
        id: 'quote',
        clause: 'klaviyo-aup:C1',
        scope: 'message',
        question: 'Is it a quotation? To show: the source. A yes does not lift what was found.',
        messages: 'all',
      },
    ])
  })
})
