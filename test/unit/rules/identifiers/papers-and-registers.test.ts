import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src-main/rules/lens/fold.ts'
import { findIdentifiers, identifierTypes } from '../../../../src-main/rules/identifiers/find.ts'
import { mrzCheckDigit } from '../../../../src-main/rules/identifiers/mrz.ts'

/** `type written why`; both kinds of line breaks must say the same. */
function found(text: string): string[] {
  const [soft, hard] = (['soft', 'hard'] as const).map((lineBreak) => {
    const lens = fold(text, lineBreak)
    const written = (range: { start: number; end: number }): string => {
      const { start, end } = lens.toView.toOrigin(range)
      return text.slice(start, end)
    }
    return findIdentifiers(lens.text, identifierTypes, 'find', written).map(
      (one) => `${one.type.type} ${written(one)} ${one.why}`,
    )
  })
  expect(hard).toEqual(soft)
  return soft ?? []
}

const passport = ['P<D<<BRANDT<<JANA<MARIE<<<<<<<<<<<<<<<<<<<<<', 'C01X0006H1D<<6408125F2702283<<<<<<<<<<<<<<<8']
const smallCard = ['I<D<<BRANDT<<JANA<MARIE<<<<<<<<<<<<<', 'C01X0006H1D<<6408125F2702283<<<<<<<8']
const card = ['IDD<<C01X0006H1<<<<<<<<<<<<<<<', '6408125F2702283D<<<<<<<<<<<<<8', 'BRANDT<<JANA<<<<<<<<<<<<<<<<<<']

describe('machine-readable lines', () => {
  it.each([
    ['TD3', passport],
    ['TD2', smallCard],
    ['TD1', card],
  ])('%s: all lines are one number', (name, lines) => {
    const written = lines.join('\n')
    expect(found(`Scan:\n${written}\nThanks`)).toEqual([`passport-mrz ${written} check digits of ${name}`])
    expect(found(`Scan: ${lines.join('\r\n')}, thanks`)).toHaveLength(1)
  })

  it('the lower line of a passport is enough', () => {
    expect(found(`it reads ${passport[1] ?? ''} there`)).toHaveLength(1)
  })

  it('each digit counts', () => {
    const line = passport[1] ?? ''
    for (let at = 0; at < line.length; at++) {
      if (!/\d/.test(line.charAt(at))) continue
      const digit = (Number(line.charAt(at)) + 1) % 10
      expect(found(`${passport[0] ?? ''}\n${line.slice(0, at)}${String(digit)}${line.slice(at + 1)}`)).toEqual([])
    }
  })

  it('those of Utopia, in the standard, are nobody’s', () => {
    expect(found('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10')).toEqual(
      [],
    )
  })

  it('counts as the standard does', () => {
    // Doc 9303 part 3, appendix A: 520727 has 3, AB2134<<< has 5.
    expect(mrzCheckDigit('520727')).toBe(3)
    expect(mrzCheckDigit('ab2134<<<')).toBe(5)
  })
})

describe('wallets', () => {
  it.each([
    ['Bitcoin, base58check', '18QfFxpvPgSUaqpesgauFzThZ9JX9Gk7bZ'],
    ['Bitcoin or Litecoin, base58check', '396gBWKMwakrg1X5znFVgcpdhfbEho6bZG'],
    ['Litecoin, base58check', 'LSdcXB8kULgXqeWp3paCY1XTmMfoFbe7Mr'],
    ['Dogecoin, base58check', 'DCYkoDmZh6Lm7r1FcGaTokdJSH2pPyeVNa'],
    ['Tron, base58check', 'THNsG2CeYQZRk1tHTxEcn99qTw3qMfUDcP'],
    ['Dash, base58check', 'Xi6W6DUpMPf4jnREjZu87X9VPUtDAJZgHT'],
    ['Zcash, base58check', 't1RHGGJF4N1E5BUsYp7Q2PoZcooVbrE9o9b'],
    ['XRP, base58check', 'r3QCExFvPgS72qFe1g2uEzT6Z9JX9GkfbZ'],
    ['Bitcoin, bech32', 'bc1q29pxy0wugcn59ttt4t9qakexfkx8sa3q5h7qts'],
    ['Bitcoin, bech32', 'BC1Q29PXY0WUGCN59TTT4T9QAKEXFKX8SA3Q5H7QTS'],
    ['Bitcoin, bech32m', 'bc1p29pxy0wugcn59ttt4t9qakexfkx8sa3qvdcjvfk08q56j3a4qeas2tmea5'],
    ['Litecoin, bech32', 'ltc1q29pxy0wugcn59ttt4t9qakexfkx8sa3qstyynq'],
    [
      'Cardano, bech32',
      'addr129pxy0wugcn59ttt4t9qakexfkx8sa3qvdcjvfk08q56j3a4qeaccvcz5cjskk3ynywnlwc65y8047dnuk83q6j0p87quqnhx7',
    ],
    ['Ethereum, EIP-55', '0x5142623ddc462742aD6baaca0EdB264D8c787620'],
    [
      'Monero, Keccak check',
      '44hiELviDYSC9rZfXDguHXDyKYLD3g6a17VW1xwmrNvhMfZtPS5fE49783kazxHHsjiymziMRi5MG2fryF345HBG3n3GWy2',
    ],
  ])('%s: %s', (why, address) => {
    expect(found(`pay ${address}, now`)).toEqual([`crypto-wallet ${address} ${why}`])
    // Any letter in the other case, or another letter: the check fails. In one case alone, bech32 has none to swap.
    const at = address.search(/(?<=.{5})[a-z]/)
    const swapped = `${address.slice(0, at)}${address.charAt(at).toUpperCase()}${address.slice(at + 1)}`
    if (at > 0) expect(found(`pay ${swapped}, now`)).toEqual([])
    const digit = address.search(/(?<=.{8})[2-8]/)
    const other = String(Number(address.charAt(digit)) + 1)
    expect(found(`pay ${address.slice(0, digit)}${other}${address.slice(digit + 1)}, now`)).toEqual([])
  })

  it('an Ethereum address in one case needs a word beside it', () => {
    const address = '0x5142623ddc462742ad6baaca0edb264d8c787620'
    expect(found(`hash ${address}`)).toEqual([])
    expect(found(`ETH wallet ${address}`)).toEqual([`crypto-wallet ${address} shape of an Ethereum address`])
  })

  it.each([
    ['the first block', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['an example of BIP 173', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['an example of EIP-55', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    ['the address of nobody', '0x0000000000000000000000000000000000000000'],
    ['a hash', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a longer hash', '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a token of a mailer', '3mJr7AoUXx2Wqd9f4n5h6KtPzVbLyR8s1c'],
    ['a long word', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx1'],
  ])('%s is none: %s', (_, text) => {
    expect(found(`wallet ${text} bitcoin`)).toEqual([])
  })
})

describe('registers of the United States', () => {
  it.each([
    ['DEA number BB7348293', ['us-dea BB7348293 kind of registrant and check digit']],
    ['NPI 1735829461', ['us-npi 1735829461 check digit with the prefix 80840']],
    ['NPI: 2847103951', ['us-npi 2847103951 check digit with the prefix 80840']],
    ['EIN 36-4128391', ['us-ein 36-4128391 prefix of an office in use']],
    ['Medicare 2AC3DE4FG56', ['us-mbi 2AC3DE4FG56 letters and digits in their places']],
    ['MBI 2AC3-DE4-FG56', ['us-mbi 2AC3-DE4-FG56 letters and digits in their places']],
    ['ITIN 912-70-1234', ['us-itin 912-70-1234 group in use']],
    ['routing number 021000021', ['us-aba 021000021 district and check digit']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    ['a wrong check digit', 'DEA number BB7348294'],
    ['no kind of registrant', 'DEA number IB7348293'],
    ['no word beside it', 'part BB7348293'],
    ['a wrong check digit', 'NPI 1735829462'],
    ['another first digit', 'NPI 3735829461'],
    ['the example of the standard', 'NPI 1234567893'],
    ['a phone number', 'provider: call 1735829461'],
    ['no office', 'EIN 07-4128391'],
    ['no word beside it', 'flight 36-4128391'],
    ['a letter that it never has', 'MBI 2SC3DE4FG56'],
    ['the example of the agency', 'MBI 1EG4-TE5-MK73'],
    ['a group that is not given out', 'ITIN 912-49-1234'],
    ['a wrong check digit', 'routing number 021000022'],
    ['no district', 'routing number 991000021'],
  ])('%s: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe("driver's licences", () => {
  it.each([
    ['D1234568', 'CA, HI, MO or WV'],
    ['D400-7836-0001', 'IL'],
    ['S514-778-61-539-1', 'FL, MD, MI or MN'],
    ['A1234-56780-12345', 'NJ'],
    ['J525-4209-0465-05', 'WI'],
    ['RW123458', 'OH'],
    ['WDLABC456DG9', 'WA'],
    ['12345879', 'PA, TX or others'],
    ['123 456 780', 'NY'],
  ])('%s looks like one of %s', (number, states) => {
    expect(found(`driver's license ${number}`)).toEqual([`us-drivers-licence ${number} shape of ${states}`])
    expect(found(`member ${number}`).filter((one) => one.startsWith('us-drivers'))).toEqual([])
  })

  it('knows the British one by its parts', () => {
    const number = 'BRAND608124J99AB'
    expect(found(`on file: ${number}.`)).toEqual([
      `uk-driving-licence ${number} name, birth date and initials in their places`,
    ])
    expect(found('on file: BRAND633124J99AB.')).toEqual([])
    expect(found('on file: BRAND608324J99AB.')).toEqual([])
    expect(found('driving licence MORGA657054SM9IJ')).toEqual([])
  })
})

describe('digits that look like a card', () => {
  const number = '4539 1488 0343 6467'
  it.each([
    ['a number of a parcel', `USPS 9205 5901 7554 7700 0123 45`],
    ['a card number inside a longer row of fours', `${number} 4539 1488`],
    ['a card number behind a longer row of fours', `9400 ${number}`],
    ['a phone number', 'phone 4539148803436467'],
    ['a phone number with its country code', '+4539148803436467'],
    ['a fax number', 'Fax: 4539-1488-0343-6467'],
    ['an order', 'Order #4539148803436467'],
    ['a tracking number', 'Tracking number: 4539148803436467'],
    ['a shipment', 'Shipment no. 4539148803436467'],
    ['a UUID', '45391488-0343-4646-8539-453914880343'],
    ['an IP address', '45.39.148.80'],
    ['an IPv6 address', '4539:1488:0343:6467::1'],
    ['a timestamp', '20261123093000123'],
    ['a serial number', 'Serial 4539148803436467'],
    ['a path', '/img/4539148803436467/a.png'],
    ['an amount', '€4539148803436467'],
  ])('%s: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it.each([
    number,
    'card 4539148803436467',
    `my Visa, ${number}`,
    `order paid by card ${number}`,
    `1. ${number}`,
    `${number}\nNext line`,
  ])('still a card: %s', (text) => {
    expect(found(text)).toHaveLength(1)
  })
})
