import { describe, expect, it } from 'vitest'
import type { DecisionAct } from '../../../src-main/store/acts.ts'
import { emptyRecord, recordOf, type MessageRecord } from '../../../src-main/store/message-record.ts'
import { bindingChanges } from '../../../src-main/review/people/binding.ts'
import { comparedFindings } from '../../../src-main/review/people/compare.ts'
import { groupStates, offerFor } from '../../../src-main/review/people/decided.ts'
import { reviewState, withPeople } from '../../../src-main/review/people/overlay.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

const today = '2026-11-23'

function decided(given: Partial<DecisionAct> = {}): MessageRecord {
  const act: DecisionAct = {
    kind: 'decision',
    fingerprint: 'f1',
    rule: 'industries/gambling-offer',
    clauses: ['klaviyo-aup:C3.9'],
    part: 'text',
    title: 'Offers gambling',
    occurrences: 1,
    decision: { kind: 'accepted', reason: 'licensed', whom: null, expires: null },
    ...given,
  }
  return recordOf([{ id: 1, at: '2026-11-01T10:00:00Z', by: 'Mara', content: 'c', act }])
}

describe('a decision', () => {
  const one = aFinding()

  it.each([
    ['holds for the same words', [one], decided(), 'accepted', undefined],
    ['holds for fewer of them', [one], decided({ occurrences: 2 }), 'accepted', undefined],
    ['falls when they stand there more often', [one, { ...one, number: 2 }], decided(), undefined, 'more'],
    [
      'holds until its last day',
      [one],
      decided({ decision: { kind: 'accepted', reason: 'x', whom: null, expires: today } }),
      'accepted',
      undefined,
    ],
    [
      'falls on the day after',
      [one],
      decided({ decision: { kind: 'accepted', reason: 'x', whom: null, expires: '2026-11-22' } }),
      undefined,
      'expired',
    ],
    ['says nothing of other words', [{ ...one, fingerprint: 'f2' }], decided(), undefined, undefined],
    [
      'holds for a group only with all that is in it',
      [one, { ...one, number: 2, fingerprint: 'f2' }],
      decided(),
      undefined,
      undefined,
    ],
  ])('%s', (_, findings, record, kind, reopened) => {
    const [state] = groupStates(findings, record, today)
    expect(state?.decision?.decision.kind).toBe(kind)
    expect(state?.reopened?.why).toBe(reopened)
  })

  it('is offered where only the wording around it changed, and never applied', () => {
    const reworded = aFinding({ fingerprint: 'f2' })
    const [state] = groupStates([reworded], decided(), today)
    if (state === undefined) throw new Error('no state')
    expect(state.decision).toBeNull()
    expect(offerFor(state, [reworded], decided(), [], today)).toMatchObject({
      from: 'wording',
      decision: { kind: 'accepted', reason: 'licensed', by: 'Mara' },
    })
    const both = [reworded, aFinding({ group: 'g0' })]
    expect(offerFor(state, both, decided(), [], today)).toBeNull()
    const otherPart = aFinding({ fingerprint: 'f2', part: 'subject' })
    const [elsewhere] = groupStates([otherPart], decided(), today)
    if (elsewhere === undefined) throw new Error('no state')
    expect(offerFor(elsewhere, [otherPart], decided(), [], today)).toBeNull()
  })
})

describe('a report with what people did', () => {
  it('carries decisions, own findings with the marks’ next numbers, and denied attestations as warnings', () => {
    const record = recordOf([
      {
        id: 1,
        at: '2026-11-01T10:00:00Z',
        by: 'Mara',
        content: 'c',
        act: {
          kind: 'finding',
          fingerprint: 'abcdefabcdefabcdef',
          finding: {
            clauses: ['klaviyo-aup:C1'],
            severity: 'error',
            title: 'Misleads',
            note: 'Misleads',
            part: 'text',
            span: { start: 1, end: 4 },
            source: null,
            excerpt: 'new',
          },
        },
      },
    ])
    const attestation = {
      id: 'klaviyo-aup:C7-1',
      clause: 'klaviyo-aup:C7',
      scope: 'campaign',
      question: 'Did everyone agree?',
      messages: 'all',
      status: 'no',
      answer: null,
      by: 'Mara',
      at: null,
      expires: null,
      evidence: [],
      answeredFor: 'campaign',
    } as const
    const message = aMessage({ findings: [aFinding({ number: 3 })] })
    const { report, states } = withPeople(message, record, [{ ...attestation, evidence: [] }], today)
    expect(report.verdict).toBe('errors')
    expect(report.findings.map(({ number, severity, origin }) => [number, severity, origin.kind])).toEqual([
      [3, 'warning', 'rule'],
      [4, 'error', 'person'],
      [5, 'warning', 'person'],
    ])
    expect(reviewState(states, record, false)).toMatchObject({ open: { error: 1, warning: 2, info: 0 }, decided: 0 })
  })

  it('puts who is asked before the question', () => {
    const record = decided({ decision: { kind: 'asked', reason: 'Licence?', whom: 'Legal', expires: null } })
    const { report } = withPeople(aMessage({ findings: [aFinding()] }), record, [], today)
    expect(report.findings[0]?.decision).toMatchObject({ kind: 'asked', reason: 'Legal: Licence?', by: 'Mara' })
    expect(
      withPeople(aMessage({ findings: [aFinding()] }), emptyRecord, [], today).report.findings[0]?.decision,
    ).toBeNull()
  })
})

describe('what was signed', () => {
  const signed = {
    message: 'm',
    recipients: [{ name: 'a.csv', sha256: 'h', bytes: 3, lines: 1 }],
    schedule: 's',
    manifest: null,
  }
  it.each([
    ['nothing', signed, []],
    ['the message', { ...signed, message: 'n' }, ['message']],
    ['recipients', { ...signed, recipients: [] }, ['recipients']],
    ['schedule', { ...signed, schedule: 't' }, ['schedule']],
    ['manifest', { ...signed, manifest: 'x' }, ['manifest']],
  ])('differs by %s', (_, now, expected) => {
    expect(bindingChanges(signed, now)).toEqual(expected)
  })
})

it('tells what is still there, new, fixed and reworded', () => {
  const old = [
    aFinding({ fingerprint: 'a' }),
    aFinding({ fingerprint: 'b', rule: 'x' }),
    aFinding({ fingerprint: 'c', rule: 'y' }),
  ]
  const now = [
    aFinding({ fingerprint: 'a' }),
    aFinding({ fingerprint: 'd', rule: 'x' }),
    aFinding({ fingerprint: 'e', rule: 'z' }),
  ]
  expect(comparedFindings(old, now).map(({ change }) => change)).toEqual(['still', 'reworded', 'new', 'fixed'])
})
