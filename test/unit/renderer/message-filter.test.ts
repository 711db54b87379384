import { describe, expect, test } from 'vitest'
import type { MessageSummary } from '../../../src-main/contract/operation-schemas.ts'
import {
  clientOf,
  filterMessages,
  hasFact,
  parseFilter,
  withFact,
} from '../../../src-renderer/src/features/review/message-filter.ts'

function message(name: string, more: Partial<MessageSummary> = {}): MessageSummary {
  return {
    // Brands of the contract: ids here are as good as any.
    campaign: 'one' as MessageSummary['campaign'],
    id: name as MessageSummary['id'],
    name,
    from: 'Shop <news@shop.example>',
    channel: 'email',
    date: '2026-03-02T09:00:00Z',
    sendAt: null,
    verdict: 'errors',
    counts: { error: 1, warning: 0, info: 0 },
    clauses: ['test:C3.9'],
    client: null,
    rules: ['industries/gambling-offer'],
    review: null,
    ...more,
  }
}

const messages = [
  message('Free spins'),
  message('New tees', { verdict: 'nothing-found', counts: { error: 0, warning: 0, info: 0 }, clauses: [], rules: [] }),
  message('Reply STOP', { channel: 'sms', clauses: ['test:C30'], client: 'Acme', sendAt: '2026-04-01T09:00:00Z' }),
  message('Last chance', { verdict: 'to-review', counts: { error: 0, warning: 2, info: 1 }, from: null }),
]

describe('filterMessages', () => {
  test.each([
    ['', ['Free spins', 'New tees', 'Reply STOP', 'Last chance']],
    ['SPINS free', ['Free spins']],
    ['-spins', ['New tees', 'Reply STOP', 'Last chance']],
    ['"last chance"', ['Last chance']],
    ['"chance last"', []],
    ['channel:sms', ['Reply STOP']],
    ['-channel:sms', ['Free spins', 'New tees', 'Last chance']],
    ['verdict:errors verdict:to-review', ['Free spins', 'Reply STOP', 'Last chance']],
    ['verdict:errors channel:email', ['Free spins']],
    ['severity:warning', ['Last chance']],
    ['clause:C3', ['Free spins', 'Last chance']],
    ['clause:c30', ['Reply STOP']],
    ['rule:gambling -stop', ['Free spins', 'Last chance']],
    ['from:shop.example tees', ['New tees']],
    ['client:acme', ['Reply STOP']],
    ['after:2026-03-15', ['Reply STOP']],
    ['before:2026-03-15', ['Free spins', 'New tees', 'Last chance']],
    ['shown-words', ['New tees']],
  ])('“%s”', (filter, expected) => {
    const words = (one: MessageSummary) => (one.name === 'New tees' ? 'shown-words' : '')
    expect(filterMessages(messages, parseFilter(filter), words).map(({ name }) => name)).toEqual(expected)
  })
})

test('a fact is put in and taken out again, whatever else is typed', () => {
  const filter = withFact('spring sale', 'verdict', 'errors', true)
  expect(filter).toBe('spring sale verdict:errors')
  expect(hasFact(parseFilter(filter), 'verdict', 'errors')).toBe(true)
  expect(withFact(filter, 'verdict', 'errors', false)).toBe('spring sale')
})

test('a client is who the file says, else the sender’s domain', () => {
  expect(messages.map(clientOf)).toEqual(['shop.example', 'shop.example', 'Acme', ''])
})
