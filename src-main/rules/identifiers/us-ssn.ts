import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

/** Printed on sample cards or used in advertisements (Social Security Administration, “Social Security number misuse”). */
const published: ReadonlySet<string> = new Set(['078051120', '219099999', '457555462', '123456789'])

/** Rules of assignment since 2011: 20 CFR 422.103 and the SSA's notice on randomisation. */
export const usSsn: IdentifierType = {
  type: 'us-ssn',
  title: 'US Social Security number',
  country: 'US',
  shape: shapeOf(String.raw`\d{3}([- ]?)\d{2}\1\d{4}`),
  check(candidate) {
    const digits = digitsOf(candidate)
    const area = digits.slice(0, 3)
    if (area === '000' || area === '666' || area >= '900') return null
    if (digits.slice(3, 5) === '00' || digits.slice(5) === '0000') return null
    if (published.has(digits) || isPlaceholder(digits)) return null
    return { length: candidate.length, why: 'area, group and serial in use', bare: !candidate.includes('-') }
  },
  context: ['ssn', 'ssns', 'social security', 'soc sec', 'social', 'ss', 'tax id', 'taxpayer'],
  contextIs: 'raises',
}

/** 26 USC 6109; groups as IRS Publication 1915 lists them. */
export const usItin: IdentifierType = {
  type: 'us-itin',
  title: 'US individual taxpayer identification number',
  country: 'US',
  shape: shapeOf(String.raw`9\d{2}([- ]?)(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}`),
  check(candidate) {
    const digits = digitsOf(candidate)
    if (isPlaceholder(digits) || digits.slice(5) === '0000') return null
    return { length: candidate.length, why: 'group in use', bare: !candidate.includes('-') }
  },
  context: ['itin', 'tin', 'taxpayer', 'tax id', 'individual taxpayer'],
  contextIs: 'raises',
}
