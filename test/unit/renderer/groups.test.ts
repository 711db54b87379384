import { describe, expect, test } from 'vitest'
import { clauseNumber, groupFindings, neighbour } from '../../../src-renderer/src/features/review/groups.ts'
import { aFinding as finding } from '../../support/report-parts.ts'

const findings = [
  finding({ number: 1, severity: 'info', group: 'hint' }),
  finding({ number: 2, severity: 'warning', group: 'opt-out' }),
  finding({ number: 3, severity: 'warning', group: 'gambling' }),
  finding({ number: 4, severity: 'error', group: 'ssn' }),
  finding({ number: 5, severity: 'error', group: 'gambling' }),
]

describe('groupFindings', () => {
  test('errors first, then warnings, then hints, within these by place', () => {
    expect(groupFindings(findings).map(({ id }) => id)).toEqual(['ssn', 'gambling', 'opt-out', 'hint'])
  })

  test('the gravest finding of a group speaks for it; all its places stay in order', () => {
    const gambling = groupFindings(findings).find(({ id }) => id === 'gambling')
    expect(gambling?.lead.number).toBe(5)
    expect(gambling?.findings.map(({ number }) => number)).toEqual([3, 5])
  })
})

describe('neighbour', () => {
  const groups = groupFindings(findings)
  test.each([
    [null, 1, 'ssn'],
    [null, -1, 'hint'],
    ['ssn', 1, 'gambling'],
    ['hint', 1, 'ssn'],
    ['ssn', -1, 'hint'],
  ] as const)('from %s by %i: %s', (from, step, expected) => {
    expect(neighbour(groups, from, step)?.id).toBe(expected)
  })

  test('none of none', () => {
    expect(neighbour([], null, 1)).toBeNull()
  })
})

test.each([
  ['klaviyo-aup:C3.9', 'C3.9'],
  ['C3.9', 'C3.9'],
])('clauseNumber of %s', (id, number) => {
  expect(clauseNumber(id)).toBe(number)
})
