import { describe, expect, it } from 'vitest'
import type { MessageId } from '../../../src-main/contract/operation-schemas.ts'
import type { Severity } from '../../../src-main/contract/report.ts'
import { campaignCards } from '../../../src-main/review/people/cards.ts'
import { aFinding } from '../../support/report-parts.ts'

type Seen = Parameters<typeof campaignCards>[0][number]

function message(id: string, ...found: readonly (readonly [group: string, fingerprint: string, Severity])[]): Seen {
  return {
    // An id is a string with a brand that only the operations' schemas give.
    open: { summary: { id: id as MessageId, name: id } },
    report: { subject: id },
    states: found.map(([group, fingerprint, severity]) => ({
      group,
      severity,
      findings: [aFinding({ group, fingerprint, severity })],
      decision: null,
    })),
  }
}

function cards(...seen: readonly Seen[]): readonly string[] {
  return campaignCards(seen).cards.map(
    (card) => `${card.severity} ${card.messages.map(({ message: id }) => id).join()}`,
  )
}

describe('cards of a campaign', () => {
  it('are one for the same words in several messages', () => {
    expect(cards(message('m1', ['g1', 'f', 'warning']), message('m2', ['g2', 'f', 'warning']))).toEqual([
      'warning m1,m2',
    ])
  })

  it('are one for one fact behind several messages, though each tells it in its own way', () => {
    expect(cards(message('m1', ['list', 'f1', 'warning']), message('m2', ['list', 'f2', 'error']))).toEqual([
      'error m1,m2',
    ])
  })

  it('begin with errors, then with what stands in most messages', () => {
    expect(
      cards(
        message('m1', ['a', 'fa', 'warning'], ['b', 'fb', 'warning']),
        message('m2', ['b', 'fb', 'warning'], ['c', 'fc', 'error']),
      ),
    ).toEqual(['error m2', 'warning m1,m2', 'warning m1'])
  })
})
