import { describe, expect, it } from 'vitest'
import { compareClauses, summarise } from '../../../src-main/review/summary.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

describe('summarise', () => {
  it('counts messages by verdict', () => {
    const { bySeverity, byClause, groups, ...counts } = summarise([
      aMessage({ verdict: 'errors' }),
      aMessage({ verdict: 'errors' }),
      aMessage({ verdict: 'to-review' }),
      aMessage({ verdict: 'not-fully-checked' }),
      aMessage({ verdict: 'nothing-found' }),
    ])
    expect(counts).toEqual({ messages: 5, errors: 2, toReview: 1, notFullyChecked: 1, nothingFound: 1 })
    expect({ bySeverity, byClause, groups }).toEqual({
      bySeverity: { error: 0, warning: 0, info: 0 },
      byClause: {},
      groups: 0,
    })
  })

  it('counts a group once, at its highest severity, over parts and messages', () => {
    const summary = summarise([
      aMessage({
        findings: [
          aFinding({ group: 'a', severity: 'info', part: 'html' }),
          aFinding({ group: 'a', severity: 'error', part: 'text' }),
          aFinding({ group: 'b', severity: 'warning', clauses: ['klaviyo-aup:P7'] }),
        ],
      }),
      aMessage({ findings: [aFinding({ group: 'a', severity: 'warning' })] }),
    ])
    expect(summary.groups).toBe(2)
    expect(summary.bySeverity).toEqual({ error: 1, warning: 1, info: 0 })
    expect(summary.byClause).toEqual({ 'klaviyo-aup:C3.9': 1, 'klaviyo-aup:P7': 1 })
  })

  it('counts a group under each of its clauses', () => {
    const twins = ['klaviyo-aup:C1', 'klaviyo-aup:P1']
    const summary = summarise([aMessage({ findings: [aFinding({ clauses: twins })] })])
    expect(summary.byClause).toEqual({ 'klaviyo-aup:C1': 1, 'klaviyo-aup:P1': 1 })
    expect(summary.groups).toBe(1)
  })

  it('lists clauses by number, not by letter', () => {
    expect(['klaviyo-aup:C3.10', 'klaviyo-aup:P1', 'klaviyo-aup:C3.9', 'klaviyo-aup:C13'].sort(compareClauses)).toEqual(
      ['klaviyo-aup:C3.9', 'klaviyo-aup:C3.10', 'klaviyo-aup:C13', 'klaviyo-aup:P1'],
    )
  })
})
