import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src-main/rules/lens/fold.ts'
import { findIdentifiers, identifierTypeNames, identifierTypes } from '../../../../src-main/rules/identifiers/find.ts'

function found(text: string, only: readonly string[] = identifierTypeNames): string[] {
  const { text: folded, toView } = fold(text, 'soft')
  return findIdentifiers(
    folded,
    identifierTypes.filter(({ type }) => only.includes(type)),
  ).map((one) => {
    const range = toView.toOrigin(one)
    return `${one.type.type} ${text.slice(range.start, range.end)}`
  })
}

describe('identifiers', () => {
  it.each<[string, string[]]>([
    ['SSN 536-90-4399 on file', ['us-ssn 536-90-4399']],
    ['it reads 536-90-4399.', ['us-ssn 536-90-4399']],
    ['SSN: 536–90–4399', ['us-ssn 536–90–4399']],
    ['SSN: ５３６-９０-４３９９', ['us-ssn ５３６-９０-４３９９']],
    ['Your social security number is 536904399', ['us-ssn 536904399']],
    ['?ssn=536-90-4399&x=1 at https://acme.example/?ssn=536-90-4399', ['us-ssn 536-90-4399', 'us-ssn 536-90-4399']],
    ['ITIN 912-70-1234', ['us-itin 912-70-1234']],
    ['card 4539 1488 0343 6467 expires', ['payment-card 4539 1488 0343 6467']],
    ['Visa 4539-1488-0343-6467', ['payment-card 4539-1488-0343-6467']],
    ['Amex 3714 496353 98453', []],
    ['IBAN DE75 5121 0800 1245 1261 99 and thanks', ['iban DE75 5121 0800 1245 1261 99']],
    ['account GB94BARC10201530093459', ['iban GB94BARC10201530093459']],
    ['SIN 130 692 544', ['ca-sin 130 692 544']],
    ['National Insurance number JG 10 37 59 A', ['uk-nino JG 10 37 59 A']],
    ['NHS number 943 476 5870', ['uk-nhs 943 476 5870']],
    ['CPF 390.533.447-05', ['br-cpf 390.533.447-05']],
    ['passport number X1234568', ['passport X1234568']],
    ["driver's license D1234568", ['us-drivers-licence D1234568']],
    ['routing number 021000021', ['us-aba 021000021']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    ['a published number of a sample card', 'SSN 078-05-1120'],
    ['an area that is not given out', 'SSN 000-12-3456'],
    ['an area that is not given out', 'SSN 666-12-3456'],
    ['a group that is not given out', 'SSN 536-00-4399'],
    ['a serial that is not given out', 'SSN 536-90-0000'],
    ['a placeholder', 'SSN 123-45-6789'],
    ['nine digits without a word beside them', 'number 536904399'],
    ['a test card', 'card 4111 1111 1111 1111'],
    ['a test card', 'card 5555555555554444'],
    ['a wrong check digit', 'card 4539 1488 0343 6468'],
    ['no issuer', 'card 9539148803436467'],
    ['an order number', 'Order number 4539148803436467'],
    ['an order number', 'Pay by card. Order no. 4539148803436467'],
    ['a tracking number', 'tracking: 4539148803436467'],
    ['a phone number', 'call 415-555-0132 or +1 415 555 0132'],
    ['a longer run of digits', '94539148803436467123999'],
    ['part of a longer number', '1-536-90-4399-2'],
    ['a UUID', 'id 45391488-0343-6467-8888-453914880343'],
    ['a date', '2026-11-23 and 11-23-2026'],
    ['a token in an address', 'https://acme.example/c/4539148803436467?u=4539148803436467'],
    ['an amount', '$453914880343'],
    ['a published IBAN', 'IBAN DE89 3704 0044 0532 0130 00'],
    ['a wrong IBAN', 'IBAN DE88 3704 0044 0532 0130 00'],
    ['a version', 'version 536.90.4399'],
    ['ten digits that are no NHS number', 'NHS number 943 476 5871'],
  ])('%s is none: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it('says why, and what stands beside it', () => {
    const [one] = findIdentifiers('your ssn is 536-90-4399', identifierTypes)
    expect(one?.why).toBe('area, group and serial in use')
    expect(one?.context).toEqual({ word: 'ssn', words: 1, side: 'before' })
  })

  it('takes time in proportion to the text', () => {
    const start = performance.now()
    findIdentifiers('4 '.repeat(100_000) + '1234567890123456789 '.repeat(20_000) + '1'.repeat(200_000), identifierTypes)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
