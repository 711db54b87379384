import { describe, expect, it } from 'vitest'
import { maxNumbers, numberTally, phoneNumber } from '../../../../src-main/rules/series/numbers.ts'

describe('phoneNumber', () => {
  it.each([
    ['+1 555 010 0199', 15550100199],
    ['(555) 010-0199', 15550100199],
    ['1-555-010-0199', 15550100199],
    ['0044 20 7946 0958', 442079460958],
    ['+4930 901820', 4930901820],
    [' +55 5010 0199', 5550100199],
    ['1234567', 1234567],
    ['+123456789012345', 123456789012345],
  ])('reads %s as %d', (written, number) => {
    expect(phoneNumber(written)).toBe(number)
  })

  it.each([
    '',
    '12345',
    'ann@acme.example',
    '+1 555 010 0199 8888 77',
    'none',
    '555-CALL',
    'x+15550100199',
    '+15550100199x',
    '12-34-56',
    '+1234567890123456',
  ])('refuses “%s”', (written) => {
    expect(phoneNumber(written)).toBe(null)
  })
})

describe('numberTally', () => {
  it('keeps numbers with their rows, over several tables', () => {
    const tally = numberTally()
    tally.row(['+1 555 010 0196', '+1 555 010 0195'], 1)
    tally.table(1)
    tally.row(['Ann', '+1 555 010 0199'], 1)
    tally.row(['Bob', ''], 2)
    tally.table(-1)
    tally.row(['+1 555 010 0198'], 1)
    tally.table(0)
    tally.row(['+1 555 010 0197'], 1)
    const list = tally.finish()
    expect([...(list?.numbers ?? [])]).toEqual([15550100199, 15550100197])
    expect([...(list?.rows ?? [])]).toEqual([1, 1])
  })

  it('gives up on more numbers than it compares', () => {
    const tally = numberTally()
    tally.table(0)
    for (let row = 1; row <= maxNumbers + 1; row++) tally.row(['+1 555 010 0199'], row)
    expect(tally.finish()).toBe(null)
  })
})
